"""When it is time for a safe copy or for a drill."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from app.backup import notes
from app.vault import Vault

COPY_DAYS: Final = 7
DRILL_DAYS: Final = 90


class Due(StrEnum):
    """What is due, and why."""

    NO_COPY = "no_copy"
    """Never made, and the first record is a week old."""
    OLD_COPY = "old_copy"
    """Older than a week, and something changed since."""
    NO_DRILL = "no_drill"
    """There is a copy that was never tried."""
    OLD_DRILL = "old_drill"
    FAILED_DRILL = "failed_drill"
    """The last one did not agree, and no newer copy was made."""


def due(vault: Vault) -> tuple[Due, ...]:
    """What is due now, the most urgent first; empty when nothing is."""
    now = vault.clock()
    copies = notes.copies(vault.database)
    if not copies:
        first = vault.database.row("SELECT at FROM revision ORDER BY entry LIMIT 1")
        late = first is not None and now - _instant(str(first[0])) > timedelta(days=COPY_DAYS)
        return (Due.NO_COPY,) if late else ()
    found = []
    newest = copies[0]
    drill = notes.last_drill(vault.database)
    if drill is not None and not drill.good and drill.at >= newest.at:
        found.append(Due.FAILED_DRILL)
    old = now - _instant(newest.at) > timedelta(days=COPY_DAYS)
    if old and newest.mark != notes.mark(vault.database):
        found.append(Due.OLD_COPY)
    if drill is None:
        found.append(Due.NO_DRILL)
    elif drill.good and now - _instant(drill.at) > timedelta(days=DRILL_DAYS):
        found.append(Due.OLD_DRILL)
    return tuple(found)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
