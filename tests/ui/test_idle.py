"""When nobody is there any more: idle, asleep, screen locked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.idle import Idle


class Clocks:
    """A monotonic clock that stands still while asleep, and one on the wall that does not."""

    def __init__(self) -> None:
        self.running = 1_000.0
        self.on_wall = 1_700_000_000.0

    def pass_seconds(self, seconds: float) -> None:
        self.running += seconds
        self.on_wall += seconds

    def sleep(self, seconds: float) -> None:
        self.on_wall += seconds


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def idle(qtbot: QtBot, clocks: Clocks) -> Iterator[tuple[Idle, list[str]]]:
    parent = QObject()
    made = Idle(5, parent, monotonic=lambda: clocks.running, wall=lambda: clocks.on_wall)
    left: list[str] = []
    made.left.connect(lambda: left.append("left"))
    made.start()
    yield made, left
    made.stop()


def test_after_the_minutes_chosen_it_locks(idle: tuple[Idle, list[str]], clocks: Clocks) -> None:
    watcher, left = idle
    clocks.pass_seconds(299)
    watcher.look()
    assert left == []
    clocks.pass_seconds(1)
    watcher.look()
    assert left == ["left"]


def test_the_time_left_is_told_each_second(
    qtbot: QtBot, idle: tuple[Idle, list[str]], clocks: Clocks
) -> None:
    watcher, _left = idle
    clocks.pass_seconds(50)
    with qtbot.waitSignal(watcher.remaining) as seen:
        watcher.look()
    assert seen.args == [250]


@pytest.mark.parametrize(
    "event",
    [
        QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a"),
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(1, 1),
            QPointF(1, 1),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    ],
    ids=["a key", "the mouse"],
)
def test_a_touch_begins_the_time_anew(
    idle: tuple[Idle, list[str]], clocks: Clocks, event: QEvent
) -> None:
    watcher, left = idle
    clocks.pass_seconds(299)
    watcher.eventFilter(QWidget(), event)
    clocks.pass_seconds(299)
    watcher.look()
    assert left == []


def test_a_sleep_locks_however_short(idle: tuple[Idle, list[str]], clocks: Clocks) -> None:
    watcher, left = idle
    clocks.pass_seconds(1)
    watcher.look()
    clocks.sleep(25)
    watcher.look()
    assert left == ["left"]


def test_another_account_on_the_screen_locks(qtbot: QtBot, clocks: Clocks) -> None:
    shown = ["tty2"]
    parent = QObject()
    made = Idle(
        5,
        parent,
        monotonic=lambda: clocks.running,
        wall=lambda: clocks.on_wall,
        screen=lambda: shown[-1],
    )
    made.start()
    with qtbot.assertNotEmitted(made.left):
        made.look()
    shown.append("tty3")
    with qtbot.waitSignal(made.left):
        made.look()
    made.stop()


def test_a_clock_set_back_does_not_lock(idle: tuple[Idle, list[str]], clocks: Clocks) -> None:
    watcher, left = idle
    clocks.sleep(-3600)
    watcher.look()
    assert left == []


def test_the_screen_being_locked_locks(idle: tuple[Idle, list[str]]) -> None:
    watcher, left = idle
    watcher.on_active(False)
    assert left == []
    watcher.on_active(True)
    watcher.on_lock()
    assert left == ["left", "left"]


def test_nothing_is_locked_while_nothing_is_open(
    idle: tuple[Idle, list[str]], clocks: Clocks
) -> None:
    watcher, left = idle
    watcher.stop()
    watcher.on_active(True)
    assert left == []


def test_listening_without_a_bus_is_harmless(
    idle: tuple[Idle, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    idle[0].listen()
