"""The application of a sample to the Committee on NGOs, session by session, as real records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.records import (
    Act,
    ApplicationReview,
    CommitteeApplication,
    CommitteeQuestion,
    ConsentRecord,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Place,
    Record,
    SessionItem,
    TermRef,
)
from app.records.choices import PeopleVisible
from app.records.ids import (
    ActId,
    ApplicationReviewId,
    CommitteeApplicationId,
    CommitteeQuestionId,
    ConsentRecordId,
    EvidenceItemId,
    OrganisationId,
    PlaceId,
    RecordId,
    SessionItemId,
)
from app.samples.form import Question, Review, Sample, SampleApplication
from app.samples.stamps import FICTIONAL, RECORDED_ON, english, fuzzy, stamps

_SESSION: Final = re.compile(r"(\d{4}) (regular|resumed)")
_MONTHS: Final = {"regular": ((1, 1), (2, 28)), "resumed": ((5, 1), (6, 30))}
_REPEATS: Final = "repeats_earlier"
_PERSONAL: Final = "data_personal_requested"

_REASONS: Final = {
    "clarification_useful": "The application gives no amounts.",
    "within_criteria": "Resolution 1996/31 asks about it.",
    "repeats_earlier": "It was answered the year before.",
    "outside_criteria": "Words on a website are no criterion of resolution 1996/31.",
    "requires_unsafe_disclosure": "The members would be in danger.",
    "publicly_available": "The projects stand in the application.",
}


def make_application(
    sample: Sample,
    organisation: RecordId,
    consent: ConsentRecord,
    acts: Sequence[Record],
    states: Sequence[Place],
) -> tuple[Record, ...]:
    """The public record, the sessions, the application, its reviews and their questions."""
    if sample.application is None:
        return ()
    told = sample.application
    source = _source(sample)
    last = told.reviews[-1]
    application = CommitteeApplication(
        **stamps(sample.lang),
        organisation=OrganisationId(organisation),
        application_type=TermRef.parse(told.type),
        status_sought=TermRef.parse(told.status_sought),
        submitted_on=fuzzy(sample.engagements[0].period),
        final_outcome=TermRef.parse(last[2]),
        final_date=_when(last[0]),
        related_acts=tuple(ActId(each.id) for each in acts if isinstance(each, Act)),
        org_narrative=english(f"{FICTIONAL}. {sample.title}."),
        consent=ConsentRecordId(consent.id),
    )
    history = _History(
        sample=sample,
        application=CommitteeApplicationId(application.id),
        source=EvidenceItemId(source.id),
        states={each.iso_code: PlaceId(each.id) for each in states},
    )
    sessions = tuple(_session(sample, each) for each in told.reviews)
    return (source, *sessions, application, *history.records(told, sessions))


@dataclass(frozen=True, slots=True, kw_only=True)
class _History:
    """What every review and question of one application shares."""

    sample: Sample
    application: CommitteeApplicationId
    source: EvidenceItemId
    states: dict[str, PlaceId]

    def records(
        self, told: SampleApplication, sessions: tuple[SessionItem, ...]
    ) -> tuple[Record, ...]:
        made: list[Record] = []
        asked: list[CommitteeQuestion] = []
        for each, session in zip(told.reviews, sessions, strict=True):
            review = self._review(each, session, first=session is sessions[0])
            made.append(review)
            for question in each[3]:
                asked.append(self._question(question, each[0], review, asked))
        return (*made, *asked)

    def _review(self, told: Review, session: SessionItem, *, first: bool) -> ApplicationReview:
        name, kind, outcome, _ = told
        of = "new_application" if first else "deferred_application"
        return ApplicationReview(
            **stamps(self.sample.lang),
            application=self.application,
            session=SessionItemId(session.id),
            session_type=TermRef.parse(kind),
            met_on=_when(name),
            application_type=TermRef(list="cngo_application_type", key=of),
            outcome=TermRef.parse(outcome),
            source=self.source,
        )

    def _question(
        self,
        told: Question,
        session: str,
        review: ApplicationReview,
        before: Sequence[CommitteeQuestion],
    ) -> CommitteeQuestion:
        asked_by, theme, assessment, words = told
        about, assessed = TermRef.parse(theme), TermRef.parse(assessment)
        same = [each for each in before if assessed.key == _REPEATS and about in each.themes]
        return CommitteeQuestion(
            **stamps(self.sample.lang),
            review=ApplicationReviewId(review.id),
            asked_by=self.states[asked_by],
            asked_on=_when(session),
            original_text=english(words),
            themes=(about,),
            assessment=(assessed,),
            assessment_reason=english(_REASONS[assessed.key]),
            same_as=tuple(CommitteeQuestionId(each.id) for each in same),
            similarity_note=english("Both ask for the donors." if same else ""),
            personal_data_requested=about.key == _PERSONAL,
            source=self.source,
        )


def _source(sample: Sample) -> EvidenceItem:
    kind, description = sample.evidence[0]
    return EvidenceItem(
        **stamps(sample.lang),
        evidence_type=TermRef.parse(kind),
        title=english(f"{FICTIONAL} – {sample.ref}, public records of the Committee"),
        description=english(f"{FICTIONAL}. {description}"),
        handling=TermRef(list="evidence_handling", key="reference_only"),
        people_visible=PeopleVisible.NOBODY,
    )


def _session(sample: Sample, told: Review) -> SessionItem:
    return SessionItem(
        **stamps(sample.lang),
        body=TermRef(list="un_body", key="cngo"),
        name=english(f"{FICTIONAL} – {told[0]}"),
        period=FuzzyRange(start=_when(told[0])),
        last_checked=RECORDED_ON,
    )


def _when(session: str) -> FuzzyDate:
    """The months in which a session such as `2021 regular` meets."""
    found = _SESSION.fullmatch(session)
    if found is None:
        raise ValueError(session)
    year = int(found[1])
    first, last = (date(year, *day) for day in _MONTHS[found[2]])
    return FuzzyDate(
        original_text=session,
        lang="en",
        edtf=f"{first:%Y-%m}/{last:%Y-%m}",
        earliest=first,
        latest=last,
        precision=TermRef(list="date_precision", key="range"),
    )
