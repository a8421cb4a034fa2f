"""On the first page: that a safe copy, or trying one, is due."""

from __future__ import annotations

from app.backup import reminding
from app.backup.reminding import Due
from app.i18n import _
from ui.page import Page, Visit
from ui.pages import copy_words
from ui.widgets.banner import Notice
from ui.widgets.plain import Tone


def remind(page: Page) -> None:
    """Look whether something is due and say it in the page's bar, unless it says something else."""

    def told(due: tuple[Due, ...]) -> None:
        if not due or page.banner.notice is not None:
            return
        title, text = copy_words.due_words(due[0])
        page.banner.tell(
            Notice(
                tone=Tone.WARN,
                title=title,
                text=text,
                verb=_("Safe copies"),
                then=lambda: page.desk.go(Visit(page="copies")),
            )
        )

    page.session.ask(page, lambda vault, _: reminding.due(vault), told)
