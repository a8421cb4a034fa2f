"""A question of a member of the Committee on NGOs; recorded alike whichever State asked it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNoUnclear
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    choice,
    date_field,
    flag,
    longtext,
    ltext,
    ref,
    refs,
    terms,
)
from app.records.ids import ApplicationReviewId, CommitteeQuestionId, EvidenceItemId, PlaceId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef

__all__ = ["CommitteeQuestion", "names_individuals"]

_NAMED = "individuals_named"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeQuestion(Record):
    """What was asked, by whom, how it is assessed and why, and what was answered.

    The assessment describes the question, whoever asked it, and needs a reason. `same_as`: earlier
    questions that ask the same; they may be of another session.
    """

    kind: ClassVar[Kind] = Kind.COMMITTEE_QUESTION

    review: ApplicationReviewId | None = ref(
        N_("Asked in the review"),
        Kind.APPLICATION_REVIEW,
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    asked_by: PlaceId | None = ref(
        N_("Asked by"),
        Kind.PLACE,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("The State, never the person who spoke for it."),
    )
    asked_on: FuzzyDate | None = date_field(
        N_("Asked on"), section=Section.WHEN, requirement=Requirement.DRAFT, essential=True
    )
    original_text: LText = longtext(
        N_("The question"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("Word for word, in the language in which it was asked."),
    )
    themes: tuple[TermRef, ...] = terms(
        N_("Themes"),
        "cngo_question_theme",
        section=Section.WHAT,
        requirement=Requirement.VERIFY,
        essential=True,
    )
    in_public: bool = flag(N_("Asked in a public meeting"), default=True, section=Section.WHAT)
    assessment: tuple[TermRef, ...] = terms(
        N_("Assessment"),
        "question_assessment",
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
        essential=True,
    )
    assessment_reason: LText = ltext(
        N_("Reason for the assessment"),
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY | Requirement.CONDITIONAL,
    )
    same_as: tuple[CommitteeQuestionId, ...] = refs(
        N_("Asks the same as"), Kind.COMMITTEE_QUESTION, section=Section.VERIFICATION
    )
    similarity_note: LText = ltext(N_("How they are alike"), section=Section.VERIFICATION)
    personal_data_requested: bool = flag(N_("Asks for personal data"), section=Section.VERIFICATION)
    reply_text: LText = longtext(N_("The reply"), section=Section.FOLLOW_UP)
    reply_sent_on: FuzzyDate | None = date_field(N_("Reply sent on"), section=Section.FOLLOW_UP)
    reply_accepted: YesNoUnclear = choice(
        N_("Reply accepted"),
        YesNoUnclear,
        default=YesNoUnclear.NOT_ASKED,
        section=Section.FOLLOW_UP,
    )
    source: EvidenceItemId | None = ref(
        N_("Source"),
        Kind.EVIDENCE_ITEM,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
    )


def names_individuals(question: CommitteeQuestion) -> bool:
    """Whether the question is about named people: then its words are sealed and never searched."""
    return any(each.key == _NAMED for each in question.themes)
