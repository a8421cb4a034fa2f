"""A review of an incident or act against a standard of proof: which element rests on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Element, Finding
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    blocks,
    choice,
    date_field,
    integer,
    longtext,
    ltext,
    ref,
    refs,
    term,
    text,
)
from app.records.ids import EvidenceItemId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementReview(Shaped):
    """How far one element of what happened is shown, and by what."""

    element: Element | None = choice(N_("Element"), Element)
    finding: Finding | None = choice(N_("Finding"), Finding)
    evidence: tuple[EvidenceItemId, ...] = refs(N_("Evidence"), Kind.EVIDENCE_ITEM)
    note: LText = ltext(N_("Note"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationReview(Record):
    """Who looked at which elements, on what they rest, and what was decided (S-03).

    Reviewers stand as references where the desk keeps a list of its people, else as typed names;
    both stay on this device.
    """

    kind: ClassVar[Kind] = Kind.VERIFICATION_REVIEW

    of: RecordId | None = ref(
        N_("Review of"),
        Kind.INCIDENT,
        Kind.ACT,
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    reviewer: RecordId | None = ref(
        N_("Reviewer"),
        Elsewhere.LOCAL_USER,
        section=Section.WHO,
        local=True,
        editable=False,
    )
    reviewer_name: str = text(
        N_("Reviewed by"),
        section=Section.WHO,
        requirement=Requirement.CONDITIONAL,
        local=True,
        searchable=False,
        help=N_("Not the person who wrote the account down."),
    )
    second_reviewer: RecordId | None = ref(
        N_("Second reviewer"),
        Elsewhere.LOCAL_USER,
        section=Section.WHO,
        local=True,
        editable=False,
    )
    second_reviewer_name: str = text(
        N_("Reviewed by as well"),
        section=Section.WHO,
        requirement=Requirement.CONDITIONAL,
        local=True,
        searchable=False,
        help=N_("Needed for “reasonable grounds”: two people decide."),
    )
    reviewed_on: FuzzyDate | None = date_field(
        N_("Reviewed on"), section=Section.WHEN, requirement=Requirement.DRAFT, essential=True
    )
    elements: tuple[ElementReview, ...] = blocks(
        N_("Elements"),
        ElementReview,
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
        essential=True,
    )
    independent_sources: int | None = integer(
        N_("Independent sources"),
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
        help=N_("Two people who repeat one source are one source."),
    )
    strong_document: EvidenceItemId | None = ref(
        N_("One strong document"),
        Kind.EVIDENCE_ITEM,
        section=Section.VERIFICATION,
        help=N_("It may stand for a second source when everything else agrees with it."),
    )
    standard: str = text(
        N_("Standard"), default="reasonable grounds to believe", section=Section.VERIFICATION
    )
    decision: TermRef | None = term(
        N_("Decision"),
        "verification_status",
        section=Section.VERIFICATION,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    open_questions: LText = longtext(N_("Open questions"), section=Section.FOLLOW_UP)
