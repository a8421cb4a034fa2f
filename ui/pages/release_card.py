"""How exactly dates and ages are told to this receiver, and whether former names go along."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.bundles.release import AgesTold, FormerNames, Release
from app.coarser_dates import DatesTold
from app.i18n import N_, _
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, flow, group, hint
from ui.widgets.choosing import Tick
from ui.widgets.plain import Label, TextRole

_DATES = {
    DatesTold.AS_RECORDED: N_("As recorded"),
    DatesTold.MONTH: N_("Only the month"),
    DatesTold.YEAR: N_("Only the year"),
}
_AGES = {
    AgesTold.AS_RECORDED: N_("As recorded"),
    AgesTold.GROUP: N_("Only the age group"),
}


class ReleaseCard(Card):
    """`changed`: another choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("How exactly?"), parent=parent)
        self.dates = {told: buttons.chip(_(words)) for told, words in _DATES.items()}
        self.ages = {told: buttons.chip(_(words)) for told, words in _AGES.items()}
        self._one_date = buttons.one_of(*self.dates.values())
        self._one_age = buttons.one_of(*self.ages.values())
        self.dates[DatesTold.AS_RECORDED].setChecked(True)
        self.ages[AgesTold.AS_RECORDED].setChecked(True)
        self.former = Tick(_("Former names go along: the person asked for it"))
        text = _(
            "As exactly as the receiver needs it. How exactly a place is told is chosen where it is"
            " named. Words in an account go as they are written."
        )
        self.body.addWidget(hint(text))
        for label, chips in ((_("Dates"), self.dates), (_("Ages"), self.ages)):
            line = flow(*chips.values())
            self.body.addWidget(group(Label(label, TextRole.STRONG), line, spacing=INSIDE))
        self.body.addWidget(self.former)
        # of two chips that change places the one that is chosen speaks
        for chip in (*self.dates.values(), *self.ages.values()):
            chip.toggled.connect(self._chip)
        self.former.toggled.connect(lambda _: self.changed.emit())

    @property
    def release(self) -> Release:
        """What is chosen."""
        return Release(
            dates=next(told for told, chip in self.dates.items() if chip.isChecked()),
            ages=next(told for told, chip in self.ages.items() if chip.isChecked()),
            former_names=FormerNames.ASKED_FOR if self.former.isChecked() else FormerNames.STAY,
        )

    def another(self) -> None:
        """For another receiver: that a former name may go was asked for the one before."""
        self.former.setChecked(False)

    def _chip(self, chosen: object) -> None:
        if chosen:
            self.changed.emit()
