"""How dear a guess at the passphrase is, by the weakest machine that will open the vault."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import costs
from app.i18n import _
from app.tasks import Progress
from crypto.kdf import FLOOR, STANDARD, STRONG, Argon2idCost
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, column, flow, hint, within
from ui.widgets.plain import Paragraph, TextRole


class CostChoice(QWidget):
    """Three machines to choose from; what a try costs here is measured when one is chosen."""

    def __init__(self, page: Page, cost: Argon2idCost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.cost = cost
        self._said = Paragraph("", TextRole.SMALL)
        chips = []
        for each, text in (
            (FLOOR, _("Very old or small: one gigabyte of memory")),
            (STANDARD, _("Ordinary")),
            (STRONG, _("Four gigabytes or more")),
        ):
            chip = buttons.chip(text)
            chip.setChecked(each == cost)
            chip.clicked.connect(lambda _, each=each: self.choose(each))
            chips.append(chip)
        self._group = buttons.one_of(*chips)
        about = _(
            "Each try at the passphrase takes memory and time, for you and for whoever guesses."
            " The weakest computer on which you will open the vault decides how much."
        )
        within(
            self,
            column(hint(about), within(QWidget(), flow(*chips)), self._said, spacing=INSIDE),
        )

    def choose(self, cost: Argon2idCost) -> None:
        """Take this cost, and measure what it comes to here."""
        self.cost = cost

        def measured(_: Progress) -> str:
            return costs.measured_one(cost).words

        self._page.session.work(self._page, measured, self._said.setText)
