"""A risk assessment: what one disclosure could do to people, and whether to go on with it.

Risk belongs to a disclosure, not to a person, and it changes. So each assessment names one report,
person or organisation and one receiver or publication, and runs out. It never leaves this device:
it says how somebody could be hurt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Choice, YesNo
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    block,
    blocks,
    choice,
    day,
    digest,
    instant,
    integer,
    longtext,
    ltext,
    ref,
    term,
    terms,
    text,
    yes_no,
)
from app.records.ids import IncidentId, PartyId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


class Exposure(Choice):
    """Whether somebody could be harmed. No answer is not "nobody": it is a question left open."""

    NOT_CONSIDERED = "not_considered", N_("Not considered yet")
    NONE_EXPECTED = "none_expected", N_("No harm expected")
    POSSIBLE = "possible", N_("Harm is possible")
    NOBODY_THERE = "nobody_there", N_("There is nobody of the kind")


class RiskDecision(Choice):
    """What the assessment came to. Not to act is a decision like the others (R-03)."""

    OPEN = "open", N_("Not decided yet")
    GO = "go", N_("Hand it over")
    GO_WITH_LIMITS = "go_with_limits", N_("Hand it over, with limits")
    DO_NOT = "do_not", N_("Do not hand it over")


def _exposure(label: str) -> Exposure:
    exposed: Exposure = choice(
        label, Exposure, default=Exposure.NOT_CONSIDERED, requirement=Requirement.SEND
    )
    return exposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposed(Shaped):
    """Who could be harmed by it: every row is asked and answered on its own (R-02)."""

    person: Exposure = _exposure(N_("The person concerned"))
    relatives: Exposure = _exposure(N_("Relatives"))
    colleagues: Exposure = _exposure(N_("Colleagues"))
    source: Exposure = _exposure(N_("The source"))
    interpreter: Exposure = _exposure(N_("The interpreter"))
    staff: Exposure = _exposure(N_("Those who record or carry it"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Shaped):
    """That somebody approved it. `seen`: SHA-256 of the assessment as it stood then.

    The name is what was typed: it proves nothing about who typed it.
    """

    name: str = text(N_("Name or code"), sensitivity=Sensitivity.IDENTIFYING, searchable=False)
    at: datetime | None = instant(N_("When"))
    seen: str = digest(N_("What was approved"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment(Record):
    """What handing over to one receiver, or publishing, could do; valid for a time (R-01)."""

    kind: ClassVar[Kind] = Kind.RISK_ASSESSMENT

    subject: IncidentId | PartyId | None = ref(
        N_("About what or whom"),
        Kind.INCIDENT,
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.RISK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    disclosure: str = text(
        N_("Who would learn of it"),
        section=Section.RISK,
        requirement=Requirement.DRAFT,
        essential=True,
        searchable=False,
        help=N_("One receiver by its name or code, or one publication."),
    )
    receiver: str = text(N_("Its card"), section=Section.RISK, editable=False, searchable=False)
    made_on: date | None = day(N_("Assessed on"), section=Section.RISK)
    level: TermRef = term(
        N_("How great is the risk"),
        "risk_level",
        default="not_assessed",
        section=Section.RISK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    factors: tuple[TermRef, ...] = terms(
        N_("What raises it"),
        "risk_factor",
        section=Section.RISK,
        requirement=Requirement.VERIFY,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    exposed: Exposed | None = block(
        N_("Who could be harmed"),
        Exposed,
        section=Section.RISK,
        requirement=Requirement.SEND,
        essential=True,
    )
    could_match: int | None = integer(
        N_("How many known people it could be"),
        section=Section.RISK,
        requirement=Requirement.CONDITIONAL,
        help=N_(
            "Of somebody who is not named: how many people whom others know fit what goes along."
        ),
    )
    relatives_note: LText = ltext(
        N_("About the relatives"), section=Section.RISK, sensitivity=Sensitivity.IDENTIFYING
    )
    threats: LText = longtext(
        N_("Threats"),
        section=Section.RISK,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("Who could do harm, with what means and intent, and what they did before."),
    )
    vulnerabilities: LText = longtext(
        N_("What makes it worse"), section=Section.RISK, sensitivity=Sensitivity.IDENTIFYING
    )
    capacities: LText = longtext(
        N_("What protects"), section=Section.RISK, sensitivity=Sensitivity.IDENTIFYING
    )
    benefit_expected: LText = longtext(
        N_("What good it may do"), section=Section.RISK, requirement=Requirement.SEND
    )
    mitigation: LText = longtext(
        N_("What lowers the risk"), section=Section.RISK, requirement=Requirement.SEND
    )
    person_agrees: YesNo = yes_no(
        N_("The person agrees to the risk"), section=Section.RISK, requirement=Requirement.SEND
    )
    decision: RiskDecision = choice(
        N_("Decision"),
        RiskDecision,
        default=RiskDecision.OPEN,
        section=Section.RISK,
        requirement=Requirement.SEND,
        essential=True,
    )
    limits: LText = ltext(
        N_("Which limits"), section=Section.RISK, requirement=Requirement.CONDITIONAL
    )
    reason: LText = ltext(
        N_("Why not"),
        section=Section.RISK,
        requirement=Requirement.CONDITIONAL,
        help=N_("A decision not to act is kept, with its reason."),
    )
    valid_until: date | None = day(
        N_("Assess again on"), section=Section.RISK, requirement=Requirement.SEND
    )
    approvals: tuple[Approval, ...] = blocks(
        N_("Approved by"), Approval, section=Section.RISK, editable=False
    )
