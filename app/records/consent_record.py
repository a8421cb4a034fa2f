"""A consent record: what somebody allowed, to whom, on what understanding, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.choices import ConsentItems, YesNo
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    block,
    blocks,
    choice,
    date_field,
    day,
    longtext,
    ltext,
    ref,
    refs,
    term,
    text,
    texts,
    yes_no,
)
from app.records.ids import EvidenceItemId, PartyId, PersonId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef

GRANTS = frozenset({"yes", "yes_with_conditions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentDecision(Shaped):
    """The decision on one scope for one recipient; one never implies another (C-01, C-03).

    Without a recipient it holds for whoever the scope names. `evidence` and `fields` count when
    `items` is CHOSEN; a field is `kind.name`.
    """

    scope: TermRef | None = term(N_("For what"), "consent_scope", requirement=Requirement.DRAFT)
    decision: TermRef = term(
        N_("Decision"), "consent_decision", default="not_asked", requirement=Requirement.DRAFT
    )
    recipient: str = text(
        N_("For whom"), help=N_("The code or card of one recipient, or empty for any.")
    )
    conditions: LText = ltext(N_("Conditions"))
    items: ConsentItems = choice(N_("How much"), ConsentItems, default=ConsentItems.ALL)
    fields: tuple[str, ...] = texts(N_("Chosen fields"), searchable=False)
    evidence: tuple[EvidenceItemId, ...] = refs(N_("Chosen evidence"), Kind.EVIDENCE_ITEM)
    valid_until: date | None = day(N_("Valid until"))

    @property
    def grants(self) -> bool:
        """Whether the words are a yes. Dates and what it rests on (C-04, C-05) come on top."""
        return self.decision.key in GRANTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Shaped):
    """What was explained before asking (C-16): each point answered on its own."""

    who_we_are: YesNo = yes_no(N_("Who we are"))
    purpose: YesNo = yes_no(N_("What it is for"))
    who_will_see: YesNo = yes_no(N_("Who will see it"))
    state_may_learn: YesNo = yes_no(N_("What the State may learn"))
    risk_to_person: YesNo = yes_no(N_("Risks to the person"))
    risk_to_relatives: YesNo = yes_no(N_("Risks to relatives"))
    no_promise: YesNo = yes_no(N_("That no result is promised"))
    may_refuse_parts: YesNo = yes_no(N_("The right to refuse parts"))
    how_to_withdraw: YesNo = yes_no(N_("How to withdraw"))
    cannot_be_recalled: YesNo = yes_no(N_("What cannot be called back"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecord(Record):
    """One conversation about consent and the decisions it led to."""

    kind: ClassVar[Kind] = Kind.CONSENT_RECORD

    about: PartyId | None = ref(
        N_("About whom"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.CONSENT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    given_by: TermRef | None = term(
        N_("Given by"),
        "consent_giver",
        section=Section.CONSENT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    giver: PersonId | None = ref(
        N_("Who gave it"),
        Kind.PERSON,
        section=Section.CONSENT,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    authority: LText = ltext(
        N_("By what right"), section=Section.CONSENT, requirement=Requirement.CONDITIONAL
    )
    child_view: LText = ltext(
        N_("What the child wants"),
        section=Section.CONSENT,
        requirement=Requirement.CONDITIONAL,
        help=N_("Recorded beside the wish of the guardian."),
    )
    best_interest: LText = ltext(
        N_("What is best for the child"),
        section=Section.CONSENT,
        requirement=Requirement.CONDITIONAL,
        help=N_("Why it serves the child, whatever grown-ups want."),
    )
    method: TermRef | None = term(
        N_("How it was given"),
        "consent_method",
        section=Section.CONSENT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    given_at: FuzzyDate | None = date_field(
        N_("Given on"),
        section=Section.CONSENT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("The day must be known."),
    )
    recorded_by: RecordId | None = ref(
        N_("Recorded by"),
        Elsewhere.LOCAL_USER,
        section=Section.CONSENT,
        local=True,
    )
    language_used: str = text(N_("Language used"), section=Section.CONSENT, searchable=False)
    interpreter: str = text(
        N_("Interpreter"), section=Section.CONSENT, help=N_("A code, not a name.")
    )
    explained: Explained | None = block(
        N_("What was explained"),
        Explained,
        section=Section.CONSENT,
        requirement=Requirement.SEND,
    )
    capacity_and_pressure: LText = longtext(
        N_("Free to decide"),
        section=Section.CONSENT,
        requirement=Requirement.SEND,
        help=N_("In detention or under watch, a yes may not be free."),
    )
    decisions: tuple[ConsentDecision, ...] = blocks(
        N_("Decisions"),
        ConsentDecision,
        section=Section.CONSENT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    review_on: date | None = day(
        N_("Ask again on"), section=Section.CONSENT, requirement=Requirement.SEND
    )
    withdrawn_at: FuzzyDate | None = date_field(N_("Withdrawn on"), section=Section.FOLLOW_UP)
    withdrawal_reason: LText = ltext(N_("Why it was withdrawn"), section=Section.FOLLOW_UP)
    withdrawal_effects: LText = longtext(
        N_("What had left already, and who was told"), section=Section.FOLLOW_UP
    )
    proof: EvidenceItemId | None = ref(
        N_("Proof"),
        Kind.EVIDENCE_ITEM,
        section=Section.CONSENT,
        sensitivity=Sensitivity.SEALED,
        local=True,
        help=N_("Kept apart: a signed form is itself dangerous."),
    )
