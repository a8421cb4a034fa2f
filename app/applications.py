"""Applications to the Committee on NGOs as the vault holds them: the list, and one whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app import committee, store
from app.committee import History
from app.records import (
    ApplicationReview,
    CommitteeApplication,
    CommitteeQuestion,
    Organisation,
    Place,
    SessionItem,
)
from app.records.dates import FuzzyRange
from app.records.ids import CommitteeApplicationId, RecordId
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRow:
    """A line of the list. `organisation`: None when its record is not here."""

    application: CommitteeApplication
    organisation: Organisation | None
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One application with everything its page shows; `states`: those that asked or spoke."""

    application: CommitteeApplication
    organisation: Organisation | None
    history: History
    states: tuple[Place, ...]


def rows(vault: Vault) -> list[ApplicationRow]:
    """Every application, the one that waits longest first."""
    today = vault.clock().date()
    reviews = store.every(vault, ApplicationReview)
    questions = store.every(vault, CommitteeQuestion)
    sessions = store.every(vault, SessionItem)
    organisations = {each.id: each for each in store.every(vault, Organisation)}
    found = [
        ApplicationRow(
            application=each,
            organisation=_of(organisations, each.organisation),
            history=committee.history(each, reviews, questions, sessions, today),
        )
        for each in store.every(vault, CommitteeApplication)
    ]
    return sorted(found, key=lambda row: row.history.waiting.min or 0, reverse=True)


def whole(vault: Vault, application: CommitteeApplicationId) -> Whole:
    """One application. Raises NotFound."""
    record = store.get(vault, CommitteeApplication, application)
    reviews = store.linked_by(vault, ApplicationReview, "application", application)
    questions = [
        question
        for review in reviews
        for question in store.linked_by(vault, CommitteeQuestion, "review", review.id)
    ]
    wanted = {review.session for review in reviews}
    sessions = [each for each in store.every(vault, SessionItem) if each.id in wanted]
    told = committee.history(record, reviews, questions, sessions, vault.clock().date())
    spoke = {each.state for review in reviews for each in review.statements}
    spoke |= {each.asked_by for each in questions}
    organisations = {each.id: each for each in store.every(vault, Organisation)}
    return Whole(
        application=record,
        organisation=_of(organisations, record.organisation),
        history=told,
        states=tuple(each for each in store.every(vault, Place) if each.id in spoke),
    )


def sessions(vault: Vault) -> list[SessionItem]:
    """The sessions written down here, the latest first; those without a date at the end."""
    return sorted(store.every(vault, SessionItem), key=_latest_first)


def _latest_first(session: SessionItem) -> tuple[int, str]:
    first = _first_day(session.period)
    return (-first.toordinal() if first else 0), session.name.text


def _first_day(period: FuzzyRange | None) -> date | None:
    if period is None or period.start is None:
        return None
    return period.start.earliest or period.start.latest


def _of(
    organisations: dict[RecordId, Organisation], wanted: RecordId | None
) -> Organisation | None:
    return None if wanted is None else organisations.get(wanted)
