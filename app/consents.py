"""What a person or organisation agreed to, at this moment, for one purpose and one receiver.

Silence is no (C-01); a yes to one receiver is none to another (C-02, C-07); a decision past its
review date or validity is no (C-05); a withdrawal takes effect at once (C-06); a no lower down the
chain cancels what rests on it (C-04); a yes of somebody who may not give it is none (C-08 to C-12,
app/consent_rules.py). Of several records about the same person the latest one that decides the
question counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from app import consent_rules
from app.consent_rules import About
from app.records import ConsentRecord
from app.records.choices import ConsentItems
from app.records.conditions import RESTS_ON
from app.records.consent_record import ConsentDecision

SHARE_NAMED_NGO: Final = "share_named_ngo"
SHARE_OTHER_PARTNERS: Final = "share_other_partners"
SHARE_EVIDENCE_FILES: Final = "share_evidence_files"
SHARE_HEALTH_DATA: Final = "share_health_data"
SHARE_SENSITIVE_IDENTITY: Final = "share_sensitive_identity"

REVIEWED_AFTER: Final = timedelta(days=366)
"""A yes without a day to ask again on lives no longer than this (C-05)."""

ANYBODY: Final[frozenset[str]] = frozenset()
"""No receiver in particular: only decisions that name none count."""


class Answer(StrEnum):
    """Whether something may be done, and why not."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    IN_PART = "in_part"
    CHILD = "child"
    NOT_FREE = "not_free"
    NOT_ENTITLED = "not_entitled"


_REFUSALS: Final = {"expired": Answer.EXPIRED, "withdrawn": Answer.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one record says. A yes is as old as the record; a refusal as new as its last change:
    whoever corrects an old record must not turn a later no into a yes.
    """

    answer: Answer
    at: datetime


def answer(
    held: Sequence[ConsentRecord],
    scope: str,
    today: date,
    receiver: frozenset[str] = ANYBODY,
    who: About = consent_rules.ANYBODY,
) -> Answer:
    """What the consent records about one person come to for one scope on one day.

    `receiver`: names and codes, case folded, by which a decision may mean whoever it goes to.
    `who`: the circumstances of the person. What a scope rests on is answered first (C-04).
    """
    below = RESTS_ON.get(scope)
    if below is not None:
        lower = answer(held, below, today, receiver, who)
        if lower is not Answer.YES:
            return lower
    said = [one for each in held if (one := _said(each, scope, today, receiver, who)) is not None]
    # of two at one moment the refusal counts
    latest = max(said, key=lambda each: (each.at, each.answer is not Answer.YES), default=None)
    return Answer.NOT_ASKED if latest is None else latest.answer


def is_for(decision: ConsentDecision, receiver: frozenset[str]) -> bool:
    """Whether a decision holds for this receiver: it names it, or names none."""
    named = decision.recipient.strip().casefold()
    return not named or named in receiver


def _said(
    record: ConsentRecord, scope: str, today: date, receiver: frozenset[str], who: About
) -> _Said | None:
    """What a record says of a scope; None when it says nothing."""
    if record.withdrawn_at is not None:
        return _Said(answer=Answer.WITHDRAWN, at=record.updated_at)
    decision = _decision(record, scope, receiver)
    if decision is None or decision.decision.key == "not_asked":
        return None
    if not decision.grants:
        return _Said(answer=_REFUSALS.get(decision.decision.key, Answer.NO), at=record.updated_at)
    objection = consent_rules.objection(record, scope, who)
    if objection is not None:
        return _Said(answer=Answer(objection.value), at=record.created_at)
    review = record.review_on or record.created_at.date() + REVIEWED_AFTER
    ends = [day for day in (decision.valid_until, review) if day is not None]
    granted = Answer.YES if decision.items is ConsentItems.ALL else Answer.IN_PART
    is_over = any(today > day for day in ends)
    return _Said(answer=Answer.EXPIRED if is_over else granted, at=record.created_at)


def _decision(
    record: ConsentRecord, scope: str, receiver: frozenset[str]
) -> ConsentDecision | None:
    """The last decision on a scope that names the receiver, else the last that names nobody."""
    found = [
        each
        for each in record.decisions
        if each.scope is not None and each.scope.key == scope and is_for(each, receiver)
    ]
    named = [each for each in found if each.recipient.strip()]
    return next(reversed(named or found), None)
