"""A person's computer in tests: the program's window on it, found by words, pressed and typed into.

Everything goes in through the window's own handle, where a mouse and a keyboard would send it, so
that what is covered, cut off, disabled or not in the tab order cannot be used here either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app import settings
from app.paths import Places
from tests.ui import walk
from ui.ask import ScriptedAsk
from ui.page import Page
from ui.wiring import Wired, wire

LONG_MS = 30_000
_MOST_TABS = 80
_IN_A_TICK = 10
_ISOLATES = {0x2068: None, 0x2069: None}


@dataclass
class Computer:
    """The program as it runs on this computer, from its start to its end."""

    wired: Wired
    qtbot: QtBot
    places: Places

    # --- what can be seen ---------------------------------------------------------------------

    @property
    def window(self) -> QWidget:
        return self.wired.window

    @property
    def page(self) -> Page:
        page = self.wired.window.page
        assert page is not None
        return page

    def words(self) -> list[str]:
        """Every text on the page, without the marks that keep names from outside apart."""
        return [
            label.text().translate(_ISOLATES)
            for label in self.page.findChildren(QLabel)
            if label.isVisible() and label.text()
        ]

    def sees(self, text: str) -> None:
        """Wait until this can be read on the page."""
        self.settle()
        told = self.words()
        assert any(text in each for each in told), f"{text!r} is not among {told}"

    def sees_no(self, text: str) -> None:
        self.settle()
        assert not [each for each in self.words() if text in each]

    def button(self, text: str) -> QAbstractButton:
        """The button with these words; else the first one whose words begin with them."""
        shown = [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
        named = [
            (each, (each.text() or each.accessibleName()).translate(_ISOLATES)) for each in shown
        ]
        exact = [each for each, name in named if name == text]
        begun = [each for each, name in named if name.startswith(text)]
        found = [*exact, *begun]
        assert found, f"{text!r} is not among {[name for _, name in named]}"
        return found[0]

    def field(self, name: str) -> QWidget:
        """The field whose spoken name begins with this."""
        kinds = (QLineEdit, QPlainTextEdit)
        shown = [
            each
            for kind in kinds
            for each in self.window.findChildren(kind)
            if each.isVisible() and each.accessibleName()
        ]
        found = [each for each in shown if each.accessibleName().startswith(name)]
        assert found, f"{name!r} is not among {[each.accessibleName() for each in shown]}"
        return found[0]

    def label(self, name: str) -> str:
        """What is written in the label with this spoken name."""
        found = [
            each.text()
            for each in self.window.findChildren(QLabel)
            if each.isVisible() and each.accessibleName() == name
        ]
        assert found, name
        return found[0]

    # --- what can be done ---------------------------------------------------------------------

    def press(self, text: str) -> None:
        """Press the button with these words."""
        self.settle()
        found = self.button(text)
        assert found.isEnabled(), text
        self.click(found)

    def click(self, widget: QWidget) -> None:
        """Press the left button of the mouse over the middle of a widget, or over a tick."""
        _scroll_to(widget)
        QApplication.processEvents()
        spot = widget.rect().center()
        if isinstance(widget, QCheckBox):
            spot.setX(_IN_A_TICK)
        middle = widget.mapTo(self.window, spot)
        there = self.window.childAt(middle)
        assert there is not None, f"{widget} lies outside of the window"
        assert there is widget or widget.isAncestorOf(there), f"{there} covers {widget}"
        handle = self.window.windowHandle()
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        self.settle()

    def open_line(self, text: str) -> None:
        """Press the first line of the list shown that has these words."""
        self.settle()
        for view in self.window.findChildren(QAbstractItemView):
            model = view.model()
            for at in range(model.rowCount()) if view.isVisible() else ():
                index = model.index(at, 0)
                if text in str(index.data()):
                    spot = view.viewport().mapTo(self.window, view.visualRect(index).center())
                    QTest.mouseClick(
                        self.window.windowHandle(),
                        Qt.MouseButton.LeftButton,
                        Qt.KeyboardModifier.NoModifier,
                        spot,
                    )
                    self.settle()
                    return
        raise AssertionError(f"no line {text!r}")

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        focused = QApplication.focusWidget()
        assert focused is not None, "nothing has the focus"
        QTest.keyClicks(focused, text)
        QApplication.processEvents()

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        QTest.keyClick(self.window.windowHandle(), key, modifier)
        self.settle()

    def tab_to(self, name: str) -> None:
        """Go with the Tab key to what is spoken by a name that begins like this."""
        passed: list[str] = []
        for _ in range(_MOST_TABS):
            focused = QApplication.focusWidget()
            spoken = "" if focused is None else focused.accessibleName() or _text(focused)
            if spoken.startswith(name):
                return
            passed.append(spoken)
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Tab)
            QApplication.processEvents()
        raise AssertionError(f"Tab never comes to {name!r}, but to {passed}")

    def lock(self) -> None:
        """Lock with the keys for it, and see the lock screen."""
        with self.qtbot.waitSignal(self.wired.session.locked, timeout=LONG_MS):
            QTest.keyClick(
                self.window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier
            )
        self.settle()
        assert self.page.id == "unlock"

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase, which the lock screen waits for, and Return."""
        self.type(passphrase)
        with self.qtbot.waitSignal(self.wired.session.unlocked, timeout=LONG_MS):
            QTest.keyClick(self.window.windowHandle(), Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        """Wait for the jobs, and for those that their answers began; see that the page is sound."""
        session = self.wired.session
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not session.is_busy, timeout=LONG_MS)
            QApplication.processEvents()
        self.look()

    def look(self) -> None:
        """Nothing on the page is without a name, is cut off, or takes markup for markup."""
        window = self.window
        # a OneLine is cut on purpose where the room ends
        cut = [each for each in walk.cut_off(window) if not each.startswith("OneLine")]
        faults = [*walk.nameless(window), *walk.rich(window), *cut]
        assert not faults, f"{self.page.id}: {faults}"


@contextmanager
def running(
    qapp: QApplication,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
    answers: Sequence[object] = (),
) -> Iterator[Computer]:
    """The program on the computer with this home, as far as its end; `answers`: files chosen."""
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    places = Places.of_this_account()
    ask = ScriptedAsk(answers)
    kept = settings.load(places)
    wired = wire(qapp, kept, lambda changed: settings.store(places, changed), ask=ask)
    computer = Computer(wired=wired, qtbot=qtbot, places=places)
    wired.window.show()
    wired.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wired.window, timeout=LONG_MS)
    try:
        computer.settle()
        yield computer
        assert len(ask.asked) == len(answers), "not every file was asked for"
        if wired.session.is_unlocked:
            computer.lock()
    finally:
        if wired.session.is_unlocked:
            with qtbot.waitSignal(wired.session.locked, timeout=LONG_MS):
                wired.session.lock()
        wired.window.close()
        wired.end()
        for listener in (wired.idle, wired.panic):
            qapp.removeEventFilter(listener)
        wired.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _scroll_to(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()


def _text(widget: QWidget) -> str:
    return str(widget.property("text") or "")
