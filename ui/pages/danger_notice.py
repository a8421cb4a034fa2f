"""A checklist for a text that speaks of danger now. It contacts nobody (R-10)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import danger
from app.i18n import _
from app.records import Incident
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import clear, column, within
from ui.widgets.plain import Tone
from ui.widgets.stated import Stated


class DangerNotice(QWidget):
    """Empty until a report speaks of danger. `contacts`: goes to the address book."""

    def __init__(self, contacts: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._is_shown = False
        self._said = column()
        within(self, self._said)
        self.hide()

    def look_at(self, report: Incident) -> None:
        """Show the checklist, or take it away."""
        found = danger.is_immediate(
            report.title.text,
            report.summary.text,
            report.narrative.text,
            report.current_situation.text,
        )
        if found and not self._is_shown:
            lines = "\n".join(f"• {_(each)}" for each in danger.CHECKLIST)
            self._said.addWidget(
                Stated(
                    Tone.WARN,
                    _("Is somebody in danger now?"),
                    lines,
                    buttons.plain(_("Contacts"), self._contacts, Icon.PEOPLE),
                )
            )
        elif not found:
            clear(self._said)
        self._is_shown = found
        self.setVisible(found)
