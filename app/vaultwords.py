"""What may not be done with a vault, or a record in it, in words. Reached through app.messages."""

from __future__ import annotations

from app import errors as e
from app.explanation import Explanation, said
from app.i18n import _
from app.names import visible, visible_text


def on_hold(error: e.OnHold) -> Explanation:
    """The words for a legal hold, with the reason that somebody gave for it."""
    text = _("{reference} must be kept. Nothing was erased.").format(
        reference=visible(error.reference)
    )
    if error.reason:
        text += "\n" + _("Why it must be kept: {reason}").format(reason=visible_text(error.reason))
    return said(
        _("A legal hold is on it"),
        text,
        _("Ask whoever set the hold. When it ends, take the mark off the record, then try again."),
    )


def cost_shared() -> Explanation:
    """The words for another cost, where two files share the slots."""
    return said(
        _("The cost cannot be changed here"),
        _("This vault was made of two files, which share what a guess costs. Nothing was changed."),
        _("Make the new key without choosing a cost."),
    )
