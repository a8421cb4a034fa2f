"""On the first page: that nothing can be saved here, or that a safe copy or a try of one is due."""

from __future__ import annotations

from app import protected
from app.backup import reminding
from app.i18n import _
from app.tasks import Progress
from app.vault import Vault
from ui.page import Page, Visit
from ui.pages import copy_words
from ui.widgets.banner import Notice
from ui.widgets.plain import Tone


def remind(page: Page) -> None:
    """Look whether there is something, and say it unless the bar says something else."""

    def look(vault: Vault, _step: Progress) -> Notice | None:
        if protected.is_protected(vault):
            return Notice(
                tone=Tone.WARN,
                title=_("Write-protected: for reading only"),
                text=_("You can read everything. What you change here cannot be saved."),
            )
        due = reminding.due(vault)
        if not due:
            return None
        title, text = copy_words.due_words(due[0])
        return Notice(
            tone=Tone.WARN,
            title=title,
            text=text,
            verb=_("Safe copies"),
            then=lambda: page.desk.go(Visit(page="copies")),
        )

    def told(notice: Notice | None) -> None:
        if notice is not None and page.banner.notice is None:
            page.banner.tell(notice)

    page.session.ask(page, look, told)
