"""A hint that Caps Lock seems to be on, for hidden fields: Qt does not say so, but letters tell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.widgets.plain import Label, TextRole


class CapsLockHint(Label):
    """Watches the keys of a field; shown while typed letters have the case that Shift denies."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(_("Caps Lock seems to be on."), TextRole.STRONG, parent)
        field.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._look(event)
        return super().eventFilter(watched, event)

    def _look(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_CapsLock:
            self.hide()
            return
        text = event.text()
        # scripts without capitals tell nothing
        if len(text) != 1 or text.lower() == text.upper():
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.setVisible(text.isupper() is not shifted)
