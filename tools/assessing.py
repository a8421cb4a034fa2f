"""The shortest assessment that lets reports go, for pictures, measurements and tests."""

from __future__ import annotations

from app import risk
from app.bundles import planning
from app.contacts import Contact
from app.records import RiskDecision
from app.records.choices import YesNo
from app.records.ids import IncidentId
from app.risk import Assessing
from app.vault import Vault


def assess(vault: Vault, receiver: Contact, *chosen: IncidentId) -> None:
    """The risk of handing these to the receiver is low, nobody is exposed, and they may go.

    What was assessed for this receiver before stays as it is.
    """
    towards = planning.towards(receiver)
    new = [each for each in chosen if risk.latest(vault, each, towards) is None]
    answers = Assessing(
        level="low",
        exposed=risk.exposed_among(frozenset()),
        person_agrees=YesNo.YES,
        decision=RiskDecision.GO,
        could_match=12,
    )
    risk.assess(vault, new, towards, answers)
