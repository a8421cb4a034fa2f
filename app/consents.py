"""What a person or organisation agreed to, at this moment, for one purpose.

Silence is no (C-01); a decision past its review date or validity is no (C-05); a withdrawal takes
effect at once (C-06). Of several records about the same person the latest one counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from app import store
from app.records import ConsentRecord
from app.records.ids import RecordId
from app.vault import Vault

SHARE_NAMED_NGO: Final = "share_named_ngo"
_YES: Final = frozenset({"yes", "yes_with_conditions"})


class Answer(StrEnum):
    """Whether something may be done, and why not."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


_REFUSALS: Final = {
    "not_asked": Answer.NOT_ASKED,
    "expired": Answer.EXPIRED,
    "withdrawn": Answer.WITHDRAWN,
}


def about(vault: Vault, party: RecordId) -> list[ConsentRecord]:
    """Every consent record about a person or organisation, the oldest first."""
    return store.linked_by(vault, ConsentRecord, "about", party)


def answer(held: Sequence[ConsentRecord], scope: str, today: date) -> Answer:
    """What the consent records about one person come to for one scope on one day."""
    latest = max(held, key=lambda each: (each.updated_at, each.id), default=None)
    if latest is None:
        return Answer.NOT_ASKED
    if latest.withdrawn_at is not None:
        return Answer.WITHDRAWN
    decided = [
        each for each in latest.decisions if each.scope is not None and each.scope.key == scope
    ]
    if not decided:
        return Answer.NOT_ASKED
    decision = decided[-1]
    if decision.decision.key in _YES:
        ends = [day for day in (decision.valid_until, latest.review_on) if day is not None]
        return Answer.EXPIRED if any(today > day for day in ends) else Answer.YES
    return _REFUSALS.get(decision.decision.key, Answer.NO)
