"""Beside an act: how long after the cooperation with the UN it came, from the dates of both."""

from __future__ import annotations

from collections.abc import Sequence

from app import lagstold
from app.i18n import _
from app.lagstold import LagTold
from app.records import Act, Record
from ui.page import Page
from ui.widgets.arrange import TIGHT, Card, clear, column
from ui.widgets.plain import Label, Paragraph, TextRole, outside_text


class LagCard(Card):
    """Hidden where an act is linked to nothing. It follows what is typed."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Time from the cooperation to the act"))
        self._page = page
        self._asked: tuple[object, ...] = ()
        self.told = column(spacing=TIGHT)
        self.body.addLayout(self.told)
        self.hide()

    def look_at(self, record: Record) -> None:
        """Show what follows from this act; nothing for other records."""
        if not isinstance(record, Act):
            self._asked = ()
            self.hide()
            return
        links = tuple(each.engagement for each in record.engagement_links)
        asked = (record.id, record.period, links)
        if asked == self._asked:
            return
        self._asked = asked

        def show(found: Sequence[LagTold]) -> None:
            if asked == self._asked:
                self._show(found)

        self._page.session.ask(self, lambda vault, _: lagstold.told(vault, record), show)

    def forget(self) -> None:
        """Look again the next time, whatever was asked before: the cooperation may have changed."""
        self._asked = ()

    def _show(self, found: Sequence[LagTold]) -> None:
        clear(self.told)
        for each in found:
            self.told.addWidget(Label(outside_text(each.engagement), TextRole.STRONG))
            words = each.words or _("Not known: one of the two has no date.")
            self.told.addWidget(Paragraph(words))
        self.setVisible(bool(found))
