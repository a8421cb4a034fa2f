"""Why taking a bundle in cannot be undone any more, in words. Reached through app.messages."""

from __future__ import annotations

from app import errors as e
from app.explanation import Explanation, said
from app.i18n import N_, _

WHY = {
    "answered": N_("A receipt was made: its sender has been told that it is here."),
    "changed_since": N_("Something that came in it was changed or removed here since."),
    "being_typed": N_("Somebody is typing in something that came in it."),
    "referred_to": N_("Something that did not come in it refers to what did."),
    "came_again": N_("Another bundle brought the same record."),
    "sealed_on": N_("Something that came in it was sealed to somebody."),
}


def cannot_undo(error: e.CannotUndo) -> Explanation:
    """The words for this failure, in the window's language. Never raises."""
    reasons = [_(WHY[each]) for each in error.reasons if each in WHY]
    return said(
        _("Taking it in cannot be undone any more"),
        " ".join(reasons) or _("Something here stands on it."),
        _("Remove single records instead, each with its reason."),
    )
