"""The keys that lock, also while a dialog or a list waits: Qt leaves a window's keys aside then.

Nothing is asked: what waits for an answer loses it, and the vault is closed. File dialogs are the
program's own (ui/main.py), so their keys come by here as well.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from ui.actions import Action


class LockKeys(QObject):
    """An event filter on the application. `lock` is called when nothing else would hear the keys;
    it has to do nothing while no vault is open."""

    def __init__(self, lock: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._lock = lock
        self._keys = [QKeySequence(keys) for keys in Action.LOCK.value.keys]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Takes the keys from what waits in front of the window."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            return False
        if QKeySequence(event.keyCombination()) not in self._keys:
            return False
        self._lock()
        return True
