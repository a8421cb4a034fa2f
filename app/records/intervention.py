"""An intervention: what somebody did about a case, what was asked, and what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Effect, Publicity
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    choice,
    date_field,
    day,
    longtext,
    ltext,
    ref,
    refs,
    term,
    terms,
    text,
)
from app.records.ids import (
    CaseId,
    ConsentRecordId,
    EvidenceItemId,
    IncidentId,
    OrganisationId,
    PartyId,
    PlaceId,
    RecordId,
)
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseEntry(Shaped):
    """One answer: from a UN body, a State or somebody else."""

    from_body: TermRef | None = term(N_("From the UN body"), "un_body")
    from_state: PlaceId | None = ref(N_("From the State"), Kind.PLACE)
    from_other: str = text(N_("From somebody else"))
    un_response: TermRef | None = term(N_("What the UN did"), "un_response")
    state_response: TermRef | None = term(N_("What the State did"), "state_response")
    received_on: FuzzyDate | None = date_field(N_("Date"))
    public_or_confidential: Publicity = choice(
        N_("Public or confidential"), Publicity, default=Publicity.UNKNOWN
    )
    text: LText = longtext(N_("What it says"))
    evidence: tuple[EvidenceItemId, ...] = refs(N_("Evidence"), Kind.EVIDENCE_ITEM)
    effect_on_person: Effect = choice(N_("Effect on the person"), Effect, default=Effect.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention(Record):
    """What was sent to whom, on which consents it rests, and what became of it.

    `result_for_person` is asked from the person, never assumed.
    """

    kind: ClassVar[Kind] = Kind.INTERVENTION

    case: CaseId | None = ref(
        N_("Case"), Kind.CASE, section=Section.WHAT, requirement=Requirement.CONDITIONAL
    )
    incident: IncidentId | None = ref(
        N_("Incident"),
        Kind.INCIDENT,
        section=Section.WHAT,
        requirement=Requirement.CONDITIONAL,
        essential=True,
    )
    intervention_type: TermRef | None = term(
        N_("Kind of intervention"),
        "intervention_type",
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    by: OrganisationId | None = ref(
        N_("By the organisation"), Kind.ORGANISATION, section=Section.WHO
    )
    by_user: RecordId | None = ref(
        N_("By"), Elsewhere.LOCAL_USER, section=Section.WHO, local=True, editable=False
    )
    by_name: str = text(N_("By"), section=Section.WHO, local=True, searchable=False)
    addressee: PartyId | None = ref(
        N_("To"),
        Kind.ORGANISATION,
        Kind.PERSON,
        section=Section.WHO,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    addressee_body: TermRef | None = term(
        N_("To the UN body"),
        "un_body",
        section=Section.WHO,
        requirement=Requirement.CONDITIONAL,
        essential=True,
    )
    addressee_state: PlaceId | None = ref(
        N_("To the State"), Kind.PLACE, section=Section.WHO, essential=True
    )
    asked: tuple[TermRef, ...] = terms(
        N_("What was asked"),
        "requested_action",
        section=Section.WISHES,
        requirement=Requirement.SEND,
    )
    date_sent: FuzzyDate | None = date_field(
        N_("Sent on"), section=Section.WHEN, requirement=Requirement.SEND, essential=True
    )
    channel: str = text(N_("Sent by"), section=Section.WHEN, requirement=Requirement.SEND)
    public_or_confidential: Publicity = choice(
        N_("Public or confidential"),
        Publicity,
        default=Publicity.CONFIDENTIAL,
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
    )
    document: RecordId | None = ref(
        N_("Document"), Elsewhere.OUTPUT_DOCUMENT, section=Section.WHAT, editable=False
    )
    consents_relied_on: tuple[ConsentRecordId, ...] = refs(
        N_("Consents it rests on"),
        Kind.CONSENT_RECORD,
        section=Section.CONSENT,
        requirement=Requirement.SEND,
    )
    reference_given: str = text(
        N_("Reference given by the UN"),
        section=Section.FOLLOW_UP,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    reply_due: date | None = day(N_("Reply due on"), section=Section.FOLLOW_UP, essential=True)
    responses: tuple[ResponseEntry, ...] = blocks(
        N_("Answers"), ResponseEntry, section=Section.FOLLOW_UP
    )
    result_for_person: LText = ltext(
        N_("What it changed for the person"),
        section=Section.FOLLOW_UP,
        help=N_("Asked from the person, not assumed."),
    )
    result: TermRef | None = term(
        N_("State of the case after it"), "follow_up_outcome", section=Section.FOLLOW_UP
    )
