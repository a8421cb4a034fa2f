"""What holds a report back before it is sealed, in words. Reached through app.messages too."""

from __future__ import annotations

from typing import Final

from app import errors as e
from app.explanation import Explanation, said
from app.i18n import N_, _
from app.names import visible
from app.risk import Why

WHY: Final = {
    Why.NOT_ASSESSED: N_("Nobody has thought about the risk of handing it over yet."),
    Why.RAN_OUT: N_("The assessment of its risk has run out: risk changes."),
    Why.NOT_COUNTED: N_(
        "Nobody has said how many people somebody who is not named could be, by what goes along."
    ),
    Why.TOO_FEW: N_("So few people fit what goes along that somebody unnamed can be recognised."),
    Why.UNANSWERED: N_("It was not said for everybody whether they could be harmed."),
    Why.UNDECIDED: N_("Nobody has decided yet whether it may be handed over."),
    Why.NOT_AGREED: N_("The person does not accept the risk."),
    Why.NOT_TO_ACT: N_("It was decided not to hand it over."),
    Why.TWO_NEEDED: N_("The risk is extreme: two people have to approve."),
    Why.WAITING: N_("The risk is extreme: it waits 24 hours after the second approval."),
}
"""English source texts, for windows and command line."""

_ADVICE: Final = {
    Why.TOO_FEW: N_(
        "Say less: a month for a day, a region for a place, no occupation or appearance. Or ask the"
        " person whether they agree to be recognised by this receiver. Then assess it again."
    ),
    Why.NOT_AGREED: N_("Talk with the person. If they agree later, assess it again."),
    Why.NOT_TO_ACT: N_("If things have changed, assess it again. The decision stays on record."),
    Why.TWO_NEEDED: N_("Let a second person look at it, then add both names."),
    Why.WAITING: N_(
        "Use the time to make it safer. If somebody is in danger now, set the urgency of the"
        " report to immediate: then it need not wait."
    ),
}


def holds(error: e.RiskHolds) -> Explanation:
    """The words for what holds a report back from a receiver."""
    known = next((each for each in Why if each.value == error.why), Why.NOT_ASSESSED)
    text = _("{reference} was not sealed for {receiver}. {why}").format(
        reference=visible(error.reference), receiver=visible(error.receiver), why=_(WHY[known])
    )
    if error.until:
        text += " " + _("It may go from {when} (UTC).").format(when=visible(error.until))
    advice = _ADVICE.get(known, N_("Assess the risk under “Seal and hand over”, then seal it."))
    return said(_("The risk comes first"), text, _(advice))
