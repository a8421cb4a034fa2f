"""Looking at special facts, kept in the audit trail of the vault before they are shown (M-02)."""

from __future__ import annotations

from app import audit
from app.changes import Changes
from app.records.ids import RecordId
from app.tasks import Progress
from app.vault import Vault
from ui.forms.looking import Looking, Show
from ui.page import Page


def into_trail(page: Page, record: RecordId) -> Looking:
    """What asks for the reason once on this page; where keeping it fails nothing is shown."""

    def keep(field: str, reason: str, show: Show) -> None:
        def look(vault: Vault, _: Progress) -> Changes:
            return audit.look(vault, record, (field,), reason)

        page.session.do(page, look, lambda _: show())

    return Looking(keep)
