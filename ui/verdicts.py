"""What a receipt says, in words: the same on every page."""

from __future__ import annotations

from app.i18n import _
from app.inbox.statement import Verdict
from ui.widgets.plain import Tone


def tone(verdict: str) -> Tone:
    """The tone of a verdict; "" is "no receipt yet"."""
    return {
        Verdict.ACCEPTED.value: Tone.OK,
        Verdict.QUESTION.value: Tone.WARN,
        Verdict.DAMAGED.value: Tone.BAD,
        Verdict.UNREADABLE.value: Tone.BAD,
    }.get(verdict, Tone.NOTE)


def word(verdict: str) -> str:
    """A verdict in a word or two."""
    return {
        Verdict.ACCEPTED.value: _("Accepted"),
        Verdict.QUESTION.value: _("A question"),
        Verdict.DAMAGED.value: _("Arrived damaged"),
        Verdict.UNREADABLE.value: _("Not readable"),
    }.get(verdict, _("No receipt yet"))


def sentence(verdict: str) -> str:
    """What it means for whoever sealed the bundle."""
    return {
        Verdict.ACCEPTED.value: _("The receiver has it, whole."),
        Verdict.QUESTION.value: _("The receiver has it and asks something."),
        Verdict.DAMAGED.value: _("Parts of it arrived damaged. Seal it again and send another."),
        Verdict.UNREADABLE.value: _("The receiver could not read it. Seal it again."),
    }.get(verdict, _("When the receiver has your bundle, they can send a receipt back."))
