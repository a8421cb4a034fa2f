"""How many people somebody unnamed must be able to be, before a report goes (M-04)."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import mosaic
from app.changes import Changes
from app.i18n import _, ngettext
from app.tasks import Progress
from app.vault import Vault
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import Card, clear, flow, hint, within

_OFFERED = (3, mosaic.USUAL_K, 10, 20)


class MosaicChoice(Card):
    """Kept in the vault: it is about its people, not about this computer."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("People without a name"))
        self._page = page
        self._chips = flow()
        self.body.addWidget(within(QWidget(), self._chips))
        self.body.addWidget(
            hint(
                _(
                    "Work, place, day and event together can point to somebody without a name. A"
                    " report is held back when they fit fewer people than this."
                )
            )
        )

    def refresh(self) -> None:
        """Show what is chosen."""
        self._page.session.ask(self, lambda vault, _: mosaic.threshold(vault), self._show)

    def _show(self, now: int) -> None:
        clear(self._chips)
        made = []
        for k in sorted({*_OFFERED, now}):
            chip = buttons.chip(ngettext("{count} person", "{count} people", k).format(count=k))
            chip.setChecked(k == now)
            chip.clicked.connect(lambda _, k=k: self._choose(k))
            self._chips.addWidget(chip)
            made.append(chip)
        self._group = buttons.one_of(*made)

    def _choose(self, k: int) -> None:
        def keep(vault: Vault, _: Progress) -> Changes:
            mosaic.set_threshold(vault, k)
            return Changes.of("setting")

        self._page.session.do(self, keep, lambda _: None)
