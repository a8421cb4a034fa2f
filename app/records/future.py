"""Days on which something happened, and which have not come: a slip in the year, mostly.

It never stops anybody from saving: a report is written in haste, and a clock may be wrong. Only the
beginning of a period is judged, since a sentence or a ban may end years from now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.records.dates import FuzzyDate, FuzzyRange
from app.records.kinds import Kind
from app.records.problems import Code, Problem
from app.records.record import Record
from app.records.walk import walk

_TOLD: Final = frozenset(
    {
        Kind.INCIDENT,
        Kind.ACT,
        Kind.ENGAGEMENT,
        Kind.PERSON,
        Kind.STATEMENT,
        Kind.EVIDENCE_ITEM,
        Kind.CONSENT_RECORD,
        Kind.SOURCE,
        Kind.VERIFICATION_REVIEW,
    }
)
"""Kinds that tell what happened; the others hold plans and calendars of bodies too."""

_AHEAD: Final = frozenset({"liberty.next_hearing"})
_ELSEWHERE: Final = timedelta(days=1)
"""East of here the next day has begun."""


def not_yet(record: Record, today: date) -> Iterator[Problem]:
    """The fields whose date begins after `today` at the earliest."""
    if record.kind not in _TOLD:
        return
    for found in walk(record):
        match found.value:
            case FuzzyDate() as day:
                begins = day.earliest
            case FuzzyRange() as period:
                begins = None if period.start is None else period.start.earliest
            case _:
                continue
        ahead = begins is not None and begins > today + _ELSEWHERE
        if ahead and found.path not in _AHEAD:
            yield Problem(field=found.path, code=Code.NOT_YET)
