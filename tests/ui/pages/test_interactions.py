"""From the unlocked home page to a saved report: counted, and by keys alone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import store
from app.records import Incident
from tests.ui.pages.conftest import Start
from ui.page import Visit
from ui.pages import PAGES
from ui.pages.home import HomePage
from ui.pages.incident import IncidentPage

MOST = 12
WORDS = "Two officers came to the house."


class Counted:
    """A person at the keyboard: each key and each field typed into counts once."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot = qtbot
        self._window = window
        self.count = 0

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        self.count += 1
        self._qtbot.keyClick(QApplication.focusWidget() or self._window, key, modifier)

    def type(self, words: str) -> None:
        self.count += 1
        self._qtbot.keyClicks(QApplication.focusWidget(), words)


def test_what_when_and_where_are_saved_by_keys_in_at_most_twelve_steps(
    start: Start, vault_folder: Path, qtbot: QtBot
) -> None:
    started = start((HomePage, IncidentPage))
    started.unlock(vault_folder)
    with qtbot.waitActive(started.wired.window):
        started.wired.window.activateWindow()
    hands = Counted(qtbot, started.wired.window)
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    started.settle()
    page = started.page
    assert isinstance(page, IncidentPage)
    assert page.form.quick is not None
    hands.type(WORDS)
    when = page.form.quick._first.rows["period"].editor.buddy()
    while QApplication.focusWidget() is not when:
        assert hands.count < MOST, QApplication.focusWidget()
        hands.key(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    hands.type("2026-03-01")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    started.settle()
    assert isinstance(started.page, HomePage)
    assert hands.count <= MOST
    found: list[list[Incident]] = []
    started.wired.session.ask(
        started.page, lambda vault, _: store.every(vault, Incident), found.append
    )
    started.settle()
    (saved,) = found[0]
    assert saved.narrative.text == WORDS
    assert saved.period.start is not None
    assert saved.period.start.edtf == "2026-03-01"


def test_f6_goes_from_part_to_part_of_the_window_and_round(
    start: Start, vault_folder: Path, qtbot: QtBot
) -> None:
    started = start((HomePage, IncidentPage))
    started.unlock(vault_folder)
    window = started.wired.window
    with qtbot.waitActive(window):
        window.activateWindow()
    window.visit(Visit(page="incident"))
    started.settle()
    parts = window._parts()
    assert len(parts) == 3

    def part() -> int:
        focused = QApplication.focusWidget()
        return next(at for at, each in enumerate(parts) if each.isAncestorOf(focused))

    seen = [part()]
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        seen.append(part())
    assert seen == [1, 2, 0, 1]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert part() == 0


def test_no_part_of_a_page_is_a_window_of_its_own_for_a_moment(
    start: Start, vault_folder: Path, qtbot: QtBot
) -> None:
    started = start(PAGES)
    started.unlock(vault_folder)
    seen = Shown()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(seen)
    for page in ("home", "incident", "timeline", "contacts", "seal", "copies", "settings"):
        started.wired.window.visit(Visit(page=page))
        started.settle()
    application.removeEventFilter(seen)
    assert seen.windows == []


class Shown(QObject):
    """Notes what is shown as a window."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(f"{type(watched).__name__} {watched.property('text')}")
        return False
