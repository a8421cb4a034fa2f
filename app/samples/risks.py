"""The risk of a sample, as an assessment of handing it to one receiver (R-01)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app import mosaic, risk
from app.records import Approval, Incident, LText, RiskAssessment, RiskDecision, TermRef
from app.records.choices import YesNo
from app.records.ids import IncidentId
from app.risk import Towards
from app.samples.form import Sample
from app.samples.stamps import FICTIONAL, english, stamps, terms

_APPROVERS: Final = (f"First approver ({FICTIONAL})", f"Second approver ({FICTIONAL})")
_ROW_OF_FACTOR: Final = {"relatives_in_reach": "relatives", "sole_witness": "source"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRisk:
    """What the sample says of its risk: the level and what raises it."""

    level: TermRef
    factors: tuple[TermRef, ...]


def make_risk(sample: Sample) -> SampleRisk:
    """The risk that the sample tells."""
    level, factors = sample.risk
    return SampleRisk(level=TermRef.parse(level), factors=terms(factors))


def make_assessment(
    incident: Incident, told: SampleRisk, towards: Towards, at: datetime
) -> RiskAssessment:
    """An assessment made and, where it has to be, approved by two at the moment `at`."""
    factors = {each.key for each in told.factors}
    rows = {"person"} | {_ROW_OF_FACTOR[each] for each in factors & _ROW_OF_FACTOR.keys()}
    stamped = stamps(incident.language)
    made = RiskAssessment(
        created_at=at,
        updated_at=at,
        language=incident.language,
        retention_until=stamped["retention_until"],
        tags=stamped["tags"],
        subject=IncidentId(incident.id),
        disclosure=towards.name,
        receiver=towards.receiver,
        made_on=at.date(),
        level=told.level,
        factors=told.factors,
        exposed=risk.exposed_among(frozenset(rows)),
        could_match=mosaic.USUAL_K,
        benefit_expected=english("The UN hears of it (fictional)."),
        mitigation=english("Handed over on a stick, names left out (fictional)."),
        person_agrees=YesNo.YES,
        decision=RiskDecision.GO_WITH_LIMITS,
        limits=LText.of(f"{FICTIONAL}: in confidence.", "en"),
        valid_until=at.date() + risk.lasts(told.level.key),
    )
    if told.level.key != risk.EXTREME:
        return made
    seen = risk.digest_of(made)
    return replace(
        made, approvals=tuple(Approval(name=name, at=at, seen=seen) for name in _APPROVERS)
    )
