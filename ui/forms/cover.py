"""What stands before a sealed or special value until somebody asks to see it (M-02, R-06).

A special fact is hidden, empty or not, until a reason was typed. An address is shown after it was
read how somebody may be reached. What is sealed otherwise needs one press.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app import audit
from app.i18n import _
from app.records import Sensitivity
from app.records.walk import says_nothing
from ui.forms.looking import Looking
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import TIGHT, column, row, within
from ui.widgets.plain import Line, Paragraph, TextRole


def covers(sensitivity: Sensitivity, value: object) -> bool:
    """Whether a value of a field is covered at first. A special one is even when it is empty, so
    that nobody writes one down without having said why."""
    if sensitivity is Sensitivity.SPECIAL:
        return True
    return sensitivity is Sensitivity.SEALED and not says_nothing(value)


class Cover(QWidget):
    """The button, with the reason or the warning above it. `opened`: it may be shown now."""

    opened = Signal()

    def __init__(
        self,
        field: str,
        name: str,
        sensitivity: Sensitivity,
        looking: Looking,
        warning: Callable[[], str],
    ) -> None:
        """`field`: as in the spec; `name`: in words. `warning()`: what to read before, or ""."""
        super().__init__()
        self._field = field
        self._looking = looking
        self._warn = warning
        self._is_special = sensitivity is Sensitivity.SPECIAL
        self._warning = Paragraph("", TextRole.PROBLEM)
        self._warning.hide()
        self.reason = Line()
        self.reason.setPlaceholderText(_("Why does the case need it?"))
        self.reason.setAccessibleName(f"{name}: {self.reason.placeholderText()}")
        self.reason.setAccessibleDescription(_("The reason and the time are kept in this vault."))
        self.reason.returnPressed.connect(self.press)
        self.button = buttons.plain(_("Show “{name}”").format(name=name), self.press, Icon.EYE)
        within(self, column(self._warning, self.reason, row(self.button), spacing=TIGHT))
        self.reason.hide()
        looking.given.connect(self.reason.hide)

    def close_again(self) -> None:
        """Cover it again; what was read before has to be read again."""
        self._warning.hide()
        self.reason.hide()
        self.show()

    def focus_first(self) -> None:
        """Put the cursor where the person goes on."""
        if self._is_special and not self.reason.isHidden():
            self.reason.setFocus()
        else:
            self.button.setFocus()

    def press(self) -> None:
        """Ask for what is needed first; open when it was given."""
        if self._is_special:
            reason = self._looking.reason or self.reason.text()
            if not audit.is_reason(reason):
                self._say(_("Say in a few words why the case needs it. The reason is kept."))
                self.reason.show()
                self.reason.setFocus()
                return
            self._looking.look(self._field, " ".join(reason.split()), self._open)
            return
        warning = self._warn()
        if warning and self._warning.isHidden():
            # how somebody may be reached is read before the address is seen
            self._say(warning)
            self.button.setFocus()
            return
        self._open()

    def _say(self, text: str) -> None:
        self._warning.setText(text)
        self._warning.show()

    def _open(self) -> None:
        if isValid(self):  # the page may show something else by the time the reason is kept
            self.hide()
            self.opened.emit()
