"""Every action of the window: its words, its shortcut and its picture, in one enum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _
from ui.icons import Icon


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an action is: `text` is the English source text."""

    text: str
    keys: tuple[str, ...]
    icon: Icon


class Action(Enum):
    """What can be done from anywhere. Keys are Qt's portable names; on a Mac Ctrl is Command."""

    NEW = About(text=N_("Record what happened"), keys=("Ctrl+N",), icon=Icon.WRITE)
    LOCK = About(text=N_("Lock now"), keys=("Ctrl+L",), icon=Icon.LOCK)
    SEARCH = About(text=N_("Search"), keys=("Ctrl+F",), icon=Icon.SEARCH)
    GO_ON = About(
        text=N_("Do the main thing here"), keys=("Ctrl+Return", "Ctrl+Enter"), icon=Icon.CHECK
    )
    BACK = About(text=N_("Back"), keys=("Escape",), icon=Icon.BACK)
    UNDO = About(text=N_("Undo what was typed"), keys=("Ctrl+Z",), icon=Icon.UNDO)
    REDO = About(
        text=N_("Do again what was undone"), keys=("Ctrl+Shift+Z", "Ctrl+Y"), icon=Icon.UNDO
    )
    LARGER = About(text=N_("Larger text"), keys=("Ctrl++", "Ctrl+="), icon=Icon.TEXT)
    SMALLER = About(text=N_("Smaller text"), keys=("Ctrl+-",), icon=Icon.TEXT)
    NORMAL = About(text=N_("Normal text size"), keys=("Ctrl+0",), icon=Icon.TEXT)
    SETTINGS = About(text=N_("Settings"), keys=("Ctrl+,",), icon=Icon.SETTINGS)
    GUIDE = About(text=N_("Guide"), keys=("F1",), icon=Icon.GUIDE)
    NEXT_PART = About(text=N_("Next part of the window"), keys=("F6",), icon=Icon.NEXT)
    PART_BEFORE = About(text=N_("Part of the window before"), keys=("Shift+F6",), icon=Icon.BACK)
    KEYS = About(text=N_("Show all keys"), keys=("Ctrl+/",), icon=Icon.GUIDE)

    def text(self) -> str:
        """The words in the window's language."""
        return _(self.value.text)

    def shortcut(self) -> QKeySequence:
        """The first key combination, the one that is shown."""
        return QKeySequence(self.value.keys[0])


def attach(window: QWidget, action: Action, then: Callable[[], None]) -> QAction:
    """Let the keys of an action work anywhere in the window."""
    made = QAction(action.text(), window)
    made.setShortcuts([QKeySequence(keys) for keys in action.value.keys])
    made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    made.triggered.connect(lambda _: then())
    window.addAction(made)
    return made
