"""What the window is called: it stands in lists of windows, on screens that others see."""

from __future__ import annotations

from typing import Final

from app.i18n import _
from app.settings import Settings, Title

PROGRAM: Final = "notes"
"""What the desktop is told instead of the program's name, to put its windows together by."""


def usual_title() -> str:
    """Where no settings are at hand: nothing that tells."""
    return _("Notes")


def titles() -> tuple[tuple[Title, str], ...]:
    """The neutral titles to choose from, in the window's language."""
    return (
        (Title.NOTES, usual_title()),
        (Title.DOCUMENTS, _("Documents")),
        (Title.LISTS, _("Lists")),
    )


def title_now(settings: Settings) -> str:
    """The title that was chosen."""
    if settings.title is Title.OWN and settings.own_title:
        return settings.own_title
    return dict(titles()).get(settings.title, usual_title())
