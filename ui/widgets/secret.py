"""Fields for what must not be seen: a passphrase, hidden until the eye is pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import _
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, row, within
from ui.widgets.plain import restyle


class SecretLine(QWidget):
    """One hidden line with a button that shows it. `line` is the field itself.

    Nothing is remembered for undo or prediction beyond what Qt's own field keeps.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setProperty("role", "secret")
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        # no copy, cut or paste menu that a passer-by could use on it
        self.line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._eye = buttons.sign(Icon.EYE, _("Show what I type"), self._turn)
        self._eye.setCheckable(True)
        within(self, row(self.line, self._eye, spacing=INSIDE))
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def take(self) -> str:
        """What was typed; the field is empty afterwards."""
        typed = self.line.text()
        self.clear()
        return typed

    def clear(self) -> None:
        """Empty the field and hide it again."""
        self.line.clear()
        self._eye.setChecked(False)
        self._show(QLineEdit.EchoMode.Password)

    def set_name(self, name: str) -> None:
        """What a screen reader calls the field."""
        self.line.setAccessibleName(name)

    def _turn(self) -> None:
        hidden = not self._eye.isChecked()
        self._show(QLineEdit.EchoMode.Password if hidden else QLineEdit.EchoMode.Normal)

    def _show(self, mode: QLineEdit.EchoMode) -> None:
        self.line.setEchoMode(mode)
        hidden = mode is QLineEdit.EchoMode.Password
        self._eye.set_picture(Icon.EYE if hidden else Icon.EYE_OFF)
        name = _("Show what I type") if hidden else _("Hide what I type")
        self._eye.setAccessibleName(name)
        self._eye.setToolTip(buttons.tip(name))
        restyle(self.line)
