"""An involvement: the role of one person or organisation in an act or incident."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import NamingDecision
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    choice,
    longtext,
    ltext,
    ref,
    refs,
    term,
    texts,
)
from app.records.ids import ActId, EvidenceItemId, IncidentId, PartyId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Involvement(Record):
    """Who took part, how, and how we know. Naming outside is a decision of its own (N-02)."""

    kind: ClassVar[Kind] = Kind.INVOLVEMENT

    act: ActId | None = ref(
        N_("Act"), Kind.ACT, section=Section.WHAT, requirement=Requirement.CONDITIONAL
    )
    incident: IncidentId | None = ref(
        N_("Incident"), Kind.INCIDENT, section=Section.WHAT, requirement=Requirement.CONDITIONAL
    )
    party: PartyId | None = ref(
        N_("Who"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
        help=N_("It may be somebody not identified."),
    )
    role: TermRef | None = term(
        N_("Role"),
        "person_role",
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    perpetrator_type: TermRef | None = term(
        N_("Kind of perpetrator"),
        "perpetrator_type",
        section=Section.WHO,
        requirement=Requirement.CONDITIONAL,
        essential=True,
    )
    degree: TermRef | None = term(
        N_("Part taken"),
        "involvement_degree",
        section=Section.WHO,
        requirement=Requirement.CONDITIONAL,
    )
    relation_to_victim: TermRef | None = term(
        N_("Relation to the person harmed"), "relation_to_victim", section=Section.WHO
    )
    note: LText = ltext(N_("What was noticed"), section=Section.WHO)
    identified_by: LText = longtext(
        N_("How they were identified"),
        section=Section.VERIFICATION,
        requirement=Requirement.CONDITIONAL,
    )
    identified_by_evidence: tuple[EvidenceItemId, ...] = refs(
        N_("Evidence for it"), Kind.EVIDENCE_ITEM, section=Section.VERIFICATION
    )
    confidence: TermRef | None = term(
        N_("Credibility"),
        "information_credibility",
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
    )
    status: TermRef | None = term(
        N_("Accountability"), "perpetrator_status", section=Section.FOLLOW_UP
    )
    naming_decision: NamingDecision = choice(
        N_("May be named"),
        NamingDecision,
        default=NamingDecision.NEVER,
        section=Section.FOLLOW_UP,
        requirement=Requirement.CONDITIONAL,
    )
    naming_reason: LText = ltext(N_("Why"), section=Section.FOLLOW_UP)
    naming_reviewers: tuple[RecordId, ...] = refs(
        N_("Decided by"),
        Elsewhere.LOCAL_USER,
        section=Section.FOLLOW_UP,
        local=True,
        editable=False,
    )
    naming_reviewer_names: tuple[str, ...] = texts(
        N_("Decided by"),
        section=Section.FOLLOW_UP,
        local=True,
        searchable=False,
        help=N_("Two people decide; a name or a pseudonym each. These stay on this device."),
    )
