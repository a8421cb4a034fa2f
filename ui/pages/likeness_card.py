"""What looks like a number or an address in what goes along: a warning, never a bar (M-03)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app import detecting
from app.bundles.sealing import SealPlan
from app.detecting import FoundIn
from app.i18n import _, ngettext
from ui.page import Page
from ui.widgets.arrange import INSIDE, Card, clear, column, hint
from ui.widgets.plain import Paragraph, Tone, outside
from ui.widgets.stated import Stated

_SHOWN: Final = 8


class LikenessCard(Card):
    """Hidden while nothing was found. Looked for in a job: texts may be long."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._plan: SealPlan | None = None
        self._said = column(spacing=INSIDE)
        self.body.addLayout(self._said)
        self.hide()

    def look_at(self, plan: SealPlan) -> None:
        """Look through the texts of the records that would go."""
        self._plan = plan

        def shown(found: Sequence[FoundIn]) -> None:
            if self._plan is plan:
                self._show(found)

        self._page.session.ask(
            self._page, lambda _vault, _step: detecting.in_records(plan.records), shown
        )

    def _show(self, found: Sequence[FoundIn]) -> None:
        clear(self._said)
        count = len(found)
        title = ngettext(
            "{count} place looks like a number or an address",
            "{count} places look like a number or an address",
            count,
        ).format(count=count)
        self._said.addWidget(
            Stated(
                Tone.WARN,
                title,
                _("Does the receiver need it? A code, or nothing at all, is safer."),
            )
        )
        for each in found[:_SHOWN]:
            self._said.addWidget(
                Paragraph(
                    _("{field}: {text} looks like {likeness}").format(
                        field=_(each.label),
                        text=outside(each.text),
                        likeness=_(detecting.WORDS[each.likeness]),
                    )
                )
            )
        if count > _SHOWN:
            self._said.addWidget(hint(_("… and {count} more").format(count=count - _SHOWN)))
        self.setVisible(bool(found))
