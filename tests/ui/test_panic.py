"""The keys that erase the open vault: held, from anywhere, with nothing in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.panic import Eraser
from app.settings import EraseKeys
from app.vault import EVIDENCE, SLOT_FILE, Vault
from ui.panic import Panic
from ui.tasks import Lane

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
HELD_MS = 30

Stand = Callable[..., Panic]


class Ends:
    """Counts instead of ending the tests' own process."""

    def __init__(self) -> None:
        self.count = 0
        self.now = 0.0

    def end(self) -> None:
        self.count += 1


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def stand(qapp: QApplication, vault_folder: Path, ends: Ends) -> Iterator[Stand]:
    """What watches over the vault of this test: `stand(EraseKeys.HELD)`."""
    made: list[Panic] = []
    parent = QObject()

    def ready(keys: EraseKeys) -> Panic:
        panic = Panic(keys, parent, held_ms=HELD_MS, end=ends.end, monotonic=lambda: ends.now)
        panic.stand_ready(vault_folder)
        made.append(panic)
        return panic

    yield ready
    for each in made:
        each.stand_down()


def press(
    key: Qt.Key = Qt.Key.Key_Delete, modifiers: Qt.KeyboardModifier = BOTH, *, over: QObject
) -> None:
    QApplication.sendEvent(over, QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def let_go(*, over: QObject) -> None:
    QApplication.sendEvent(over, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Delete, BOTH))


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit("what was being written")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_held_keys_erase_the_vault_and_end_the_program(
    qtbot: QtBot, stand: Stand, ends: Ends, line: QLineEdit, vault_folder: Path, key: Qt.Key
) -> None:
    stand(EraseKeys.HELD)
    press(key, over=line)
    qtbot.waitUntil(lambda: ends.count == 1)
    assert [each.name for each in vault_folder.iterdir()] == [EVIDENCE]
    assert line.text() == "what was being written"
    assert not line.isVisible()


def test_keys_let_go_too_early_erase_nothing(
    stand: Stand, ends: Ends, line: QLineEdit, vault_folder: Path
) -> None:
    panic = stand(EraseKeys.HELD)
    before = (vault_folder / SLOT_FILE).read_bytes()
    press(over=line)
    let_go(over=line)
    assert not panic.is_counting
    assert ends.count == 0
    assert (vault_folder / SLOT_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Delete, BOTH | Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_End, BOTH),
    ],
)
def test_other_keys_erase_nothing(
    stand: Stand,
    line: QLineEdit,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
) -> None:
    panic = stand(EraseKeys.HELD)
    press(key, modifiers, over=line)
    assert not panic.is_counting


def test_switched_off_the_keys_do_nothing(stand: Stand, line: QLineEdit) -> None:
    panic = stand(EraseKeys.HELD)
    panic.set_keys(EraseKeys.OFF)
    press(over=line)
    assert not panic.is_counting


def test_where_twice_was_chosen_holding_once_erases_nothing(
    qtbot: QtBot, stand: Stand, ends: Ends, line: QLineEdit
) -> None:
    panic = stand(EraseKeys.TWICE)
    for held_at, ended in ((0.0, 0), (11.0, 0), (20.0, 1)):
        ends.now = held_at
        press(over=line)
        qtbot.waitUntil(lambda: not panic.is_counting)
        let_go(over=line)
        assert ends.count == ended


def test_repeated_presses_do_not_put_off_the_moment_and_do_not_count_twice(
    qtbot: QtBot, stand: Stand, ends: Ends, line: QLineEdit
) -> None:
    panic = stand(EraseKeys.TWICE)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, BOTH, "", True)
    QApplication.sendEvent(line, again)
    assert panic.is_counting
    qtbot.waitUntil(lambda: not panic.is_counting)
    QApplication.sendEvent(line, again)
    assert not panic.is_counting
    assert ends.count == 0


def test_an_open_question_and_a_busy_lane_are_not_in_the_way(
    qtbot: QtBot, stand: Stand, ends: Ends, vault_folder: Path
) -> None:
    stand(EraseKeys.HELD)
    let_on = threading.Event()
    lane = Lane("vault", workers=1)
    lane.start(lane, lambda _: let_on.wait(), lambda _: None, lambda _: None)
    dialog = QDialog()
    dialog.setModal(True)
    qtbot.addWidget(dialog)
    dialog.open()
    press(over=dialog)
    qtbot.waitUntil(lambda: ends.count == 1)
    assert not (vault_folder / SLOT_FILE).exists()
    let_on.set()
    qtbot.waitUntil(lambda: not lane.is_busy)
    lane.close()


def test_a_vault_that_cannot_be_written_over_is_left_and_the_window_stays(
    qtbot: QtBot, ends: Ends, line: QLineEdit, vault_folder: Path
) -> None:
    parent = QObject()
    panic = Panic(EraseKeys.HELD, parent, held_ms=HELD_MS, end=ends.end)
    slots = vault_folder / SLOT_FILE
    slots.rename(vault_folder / "away")
    slots.mkdir()
    panic.stand_ready(vault_folder)
    press(over=line)
    qtbot.waitUntil(lambda: not panic.is_counting)
    panic.stand_down()
    assert ends.count == 0
    assert line.isVisible()


def test_with_no_vault_open_nothing_is_watched(stand: Stand, line: QLineEdit) -> None:
    panic = stand(EraseKeys.HELD)
    panic.stand_down()
    press(over=line)
    assert not panic.is_counting


def test_an_open_vault_is_erased_under_its_own_hands(vault: Vault) -> None:
    eraser = Eraser(vault.folder)
    eraser.overwrite()
    assert eraser.remove() == ()
    assert [each.name for each in vault.folder.iterdir()] == [EVIDENCE]
