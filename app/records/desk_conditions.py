"""Requirements that depend on another field, for the kinds that a desk works with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app import termlists
from app.records.application_review import ApplicationReview
from app.records.case import Case
from app.records.choices import Element, ReplySought
from app.records.committee_question import CommitteeQuestion
from app.records.independence_observation import IndependenceObservation
from app.records.intervention import Intervention
from app.records.problems import Code, Problem
from app.records.recommendation import Recommendation
from app.records.record import Record
from app.records.values import TermRef
from app.records.verification_review import VerificationReview
from app.records.walk import says_nothing

FACT_WORDS: Final = 60
"""Words of an observation: one sentence, one fact (G-02)."""

LONGEST_MONTHS: Final = 24
"""Months that an observation is shown at most (G-06)."""

HANDLING: Final = "process_obs"
"""The group of terms that tell how an observation was handled, not what was observed."""

AGAINST_OTHERS: Final = frozenset({"disrupts_others", "photographs_others"})
"""Conduct that has to be tied to a recorded act (G-09)."""

REASONABLE_GROUNDS: Final = "reasonable_grounds"
_BY_VOTE: Final = frozenset({"recommended_by_vote", "rejected_by_vote", "closed_by_vote"})
_SHOWN_BY_EVIDENCE: Final = frozenset({"partly_implemented", "implemented", "rejected"})


def draft(record: Record) -> Iterator[Problem]:
    """What saving needs beyond the fields marked D."""
    match record:
        case ApplicationReview():
            yield from _vote(record)
        case CommitteeQuestion() if record.id in record.same_as:
            yield Problem(field="same_as", code=Code.POINTS_TO_ITSELF)
        case IndependenceObservation():
            yield from _observation(record)
        case VerificationReview():
            yield from _reviewers(record)
        case Intervention():
            if record.case is None and record.incident is None:
                yield _missing("incident")
            if not any((record.addressee, record.addressee_body, record.addressee_state)):
                yield _missing("addressee_body")
        case Case():
            yield from _closing(record)
        case _:
            pass


def verify(record: Record) -> Iterator[Problem]:
    """What may be relied on, beyond the fields marked V."""
    match record:
        case ApplicationReview() if _key(record.outcome) in _BY_VOTE and record.vote is None:
            yield _missing("vote")
        case VerificationReview() if _key(record.decision) == REASONABLE_GROUNDS:
            yield from _elements(record)
        case IndependenceObservation():
            if len(_people(record.reviewers, record.reviewer_names)) < 2:
                yield Problem(field="reviewer_names", code=Code.TWO_NEEDED, limit=2)
        case Recommendation() if _key(record.status) in _SHOWN_BY_EVIDENCE:
            if not record.evidence_of_status:
                yield _missing("evidence_of_status")
        case _:
            pass


def longest(made: date) -> date:
    """The last day on which an observation made that day may be shown (G-06)."""
    year = made.year + LONGEST_MONTHS // 12
    try:
        return made.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 3, 1)


def _observation(record: IndependenceObservation) -> Iterator[Problem]:
    group = termlists.get("independence_observation").find
    observed = group(record.observation.key) if record.observation else None
    if observed is not None and observed.parent == HANDLING:
        yield Problem(field="observation", code=Code.NOT_HERE)
    for each in record.handling:
        known = group(each.key)
        if known is not None and known.parent != HANDLING:
            yield Problem(field="handling", code=Code.NOT_HERE)
    if len(record.statement.text.split()) > FACT_WORDS:
        yield Problem(field="statement", code=Code.TOO_MANY_WORDS, limit=FACT_WORDS)
    if record.expires_on is not None and record.expires_on > longest(record.created_at.date()):
        yield Problem(field="expires_on", code=Code.TOO_LATE, limit=LONGEST_MONTHS)
    if _key(record.observation) in AGAINST_OTHERS and record.incident is None:
        yield _missing("incident")
    unsafe = record.reply_sought is ReplySought.UNSAFE
    if unsafe and says_nothing(record.reply_not_sought_reason):
        yield _missing("reply_not_sought_reason")


def _reviewers(record: VerificationReview) -> Iterator[Problem]:
    first = record.reviewer or record.reviewer_name.strip()
    second = record.second_reviewer or record.second_reviewer_name.strip()
    if not first:
        yield _missing("reviewer_name")
    if _key(record.decision) != REASONABLE_GROUNDS:
        return
    if not second or str(first).casefold() == str(second).casefold():
        yield Problem(field="second_reviewer_name", code=Code.TWO_NEEDED, limit=2)


def _elements(record: VerificationReview) -> Iterator[Problem]:
    """Each key element looked at; two sources, or one strong document (S-03)."""
    looked_at = {each.element for each in record.elements if each.finding is not None}
    if set(Element) - looked_at:
        yield _missing("elements")
    sources = record.independent_sources or 0
    if sources < 2 and record.strong_document is None:
        yield Problem(field="independent_sources", code=Code.TWO_NEEDED, limit=2)


def _vote(record: ApplicationReview) -> Iterator[Problem]:
    if record.vote is None:
        return
    for name in ("in_favour", "against", "abstaining"):
        number = getattr(record.vote, name)
        if number is not None and number < 0:
            yield Problem(field=f"vote.{name}", code=Code.OUT_OF_RANGE)


def _closing(record: Case) -> Iterator[Problem]:
    if record.closed_at is None:
        return
    if says_nothing(record.closing_reason):
        yield _missing("closing_reason")
    if record.opened_at is not None and record.closed_at < record.opened_at:
        yield Problem(field="closed_at", code=Code.OUT_OF_ORDER)


def _people(references: tuple[str, ...], names: tuple[str, ...]) -> frozenset[str]:
    """Who decided, each once however their name was typed."""
    typed = {" ".join(name.split()).casefold() for name in names}
    return frozenset(references) | (typed - {""})


def _key(term: TermRef | None) -> str:
    return "" if term is None else term.key


def _missing(field: str) -> Problem:
    return Problem(field=field, code=Code.MISSING)
