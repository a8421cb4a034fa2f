"""The history of an application to the Committee on NGOs: what follows from its reviews, counted.

Pure functions over records; nothing here is stored. Source: domain model 1.17. Every State's
questions are counted in the same way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.records import ApplicationReview, CommitteeApplication, CommitteeQuestion, SessionItem
from app.records.dates import FuzzyDate
from app.records.derive import bounds
from app.records.facts import Lag
from app.records.ids import PlaceId, RecordId

DEFERRED: Final = "deferred_"
"""How the keys of the outcomes begin that put an application off."""

NOT_ON_AGENDA: Final = "not_on_agenda"
_REPEATS: Final = "repeats_earlier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One session of the history: the review, its session where it is here, the questions asked.

    `deferral`: which deferral it was, counted from 1; None where the outcome was another.
    """

    review: ApplicationReview
    session: SessionItem | None
    questions: tuple[CommitteeQuestion, ...]
    deferral: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How many questions one State asked."""

    state: PlaceId
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An application as its reviews tell it, the earliest first.

    `gaps`: sessions whose agenda left it out. `repeats`: questions that ask what was asked before.
    `waiting`: days from the submission to the end, or to today while there is none; at least and
    at most, None where a bound is open.
    """

    sittings: tuple[Sitting, ...]
    deferrals: int
    gaps: int
    questions: int
    repeats: int
    questioners: tuple[Asked, ...]
    sessions: int
    waiting: Lag


def history(
    application: CommitteeApplication,
    reviews: Iterable[ApplicationReview],
    questions: Iterable[CommitteeQuestion],
    sessions: Iterable[SessionItem],
    today: date,
) -> History:
    """The history of one application; records of others among the given are passed over."""
    held = {session.id: session for session in sessions}
    mine = [review for review in reviews if review.application == application.id]
    in_order = sorted(mine, key=lambda each: _order(each, held))
    known = {review.id for review in mine}
    asked = [each for each in questions if each.review in known]
    sittings: list[Sitting] = []
    deferrals = 0
    for review in in_order:
        put_off = is_deferral(review)
        deferrals += put_off
        sittings.append(
            Sitting(
                review=review,
                session=None if review.session is None else held.get(review.session),
                questions=tuple(each for each in asked if each.review == review.id),
                deferral=deferrals if put_off else None,
            )
        )
    return History(
        sittings=tuple(sittings),
        deferrals=deferrals,
        gaps=sum(_outcome(each) == NOT_ON_AGENDA for each in mine),
        questions=len(asked),
        repeats=sum(is_repeat(each) for each in asked),
        questioners=_questioners(asked),
        sessions=len({each.session for each in mine if each.session is not None}),
        waiting=_waiting(application, in_order, held, today),
    )


def is_deferral(review: ApplicationReview) -> bool:
    """Whether this session put the application off, for whatever reason."""
    return _outcome(review).startswith(DEFERRED)


def is_repeat(question: CommitteeQuestion) -> bool:
    """Whether it asks what was asked before: an earlier question is named, or it is assessed so."""
    return bool(question.same_as) or any(each.key == _REPEATS for each in question.assessment)


def alike(questions: Sequence[CommitteeQuestion]) -> tuple[tuple[CommitteeQuestion, ...], ...]:
    """The questions that ask the same, side by side; those asked once only are left out.

    Sameness goes on: when a third names the second and the second the first, the three stand
    together, in the order given. References to questions that are not among them tie nothing.
    """
    group: dict[RecordId, set[RecordId]] = {each.id: {each.id} for each in questions}
    for question in questions:
        for other in question.same_as:
            if other in group and group[other] is not group[question.id]:
                joined = group[other] | group[question.id]
                group.update(dict.fromkeys(joined, joined))
    shown: list[tuple[CommitteeQuestion, ...]] = []
    seen: set[RecordId] = set()
    for question in questions:
        together = group[question.id]
        if question.id not in seen and len(together) > 1:
            shown.append(tuple(each for each in questions if each.id in together))
        seen |= together
    return tuple(shown)


def _outcome(review: ApplicationReview) -> str:
    return "" if review.outcome is None else review.outcome.key


def _order(review: ApplicationReview, sessions: dict[RecordId, SessionItem]) -> tuple[date, str]:
    """By the day it met, else by its session; what has no date at all stands at the end."""
    first, last = _days(review, sessions)
    return first or last or date.max, review.created_at.isoformat()


def _days(
    review: ApplicationReview, sessions: dict[RecordId, SessionItem]
) -> tuple[date | None, date | None]:
    if review.met_on is not None and (review.met_on.earliest or review.met_on.latest):
        return bounds(review.met_on)
    session = sessions.get(review.session) if review.session is not None else None
    return (None, None) if session is None else bounds(session.period)


def _questioners(questions: Iterable[CommitteeQuestion]) -> tuple[Asked, ...]:
    """Who asked, the most first; of equals whoever asked first."""
    counted = Counter(each.asked_by for each in questions if each.asked_by is not None)
    return tuple(Asked(state=state, questions=number) for state, number in counted.most_common())


def _waiting(
    application: CommitteeApplication,
    in_order: Sequence[ApplicationReview],
    sessions: dict[RecordId, SessionItem],
    today: date,
) -> Lag:
    since_first, since_last = _since(application, in_order, sessions)
    until_first: date | None = today
    until_last: date | None = today
    ended: FuzzyDate | None = application.final_date
    if ended is not None or application.final_outcome is not None:
        first, last = bounds(ended)
        if first is None and last is None and in_order:
            first, last = _days(in_order[-1], sessions)
        until_first, until_last = first, last
    return Lag(
        min=None if until_first is None or since_last is None else (until_first - since_last).days,
        max=None if until_last is None or since_first is None else (until_last - since_first).days,
    )


def _since(
    application: CommitteeApplication,
    in_order: Sequence[ApplicationReview],
    sessions: dict[RecordId, SessionItem],
) -> tuple[date | None, date | None]:
    """When it began to wait: the submission, or the first review where that is not known."""
    first, last = bounds(application.submitted_on)
    if first is None and last is None and in_order:
        return _days(in_order[0], sessions)
    return first, last
