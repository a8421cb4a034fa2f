"""What the vault's index tables hold about a record, from the specs alone.

The body is the truth; these rows can be thrown away and made again at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from app.records.committee_question import CommitteeQuestion, names_individuals
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.ids import RecordId
from app.records.independence_observation import IndependenceObservation
from app.records.kinds import Target
from app.records.record import Record
from app.records.source import Source
from app.records.spec import Sensitivity, Shape
from app.records.values import LText, TermRef
from app.records.walk import Found, walk

_FINDABLE: Final = frozenset({Sensitivity.ORDINARY, Sensitivity.IDENTIFYING})


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow:
    """A key of a vocabulary that stands in a field."""

    field: str
    vocabulary: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRow:
    """A date or period in a field: Gregorian bounds, both included; None where there is none."""

    field: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """A reference. `protected`: it would tell who a source is; shown only to `known_to` (S-01)."""

    field: str
    target: RecordId
    kinds: tuple[Target, ...]
    protected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """Text for the full-text search, with its language (BCP 47) where one is stated."""

    field: str
    text: str
    lang: str


def terms(record: Record) -> tuple[TermRow, ...]:
    """The terms in a record, each once a field; those inside dates describe only the date.

    None of an observation on an organisation: nothing filters, sorts or counts by it (G-08).
    """
    if isinstance(record, IndependenceObservation):
        return ()
    rows = (
        TermRow(field=found.path, vocabulary=found.value.list, key=found.value.key)
        for found in walk(record)
        if isinstance(found.value, TermRef)
    )
    return tuple(dict.fromkeys(rows))


def dates(record: Record) -> tuple[DateRow, ...]:
    """The days, instants, dates and periods in a record: one row for a period (none as above)."""
    if isinstance(record, IndependenceObservation):
        return ()
    rows = []
    first: date | None
    last: date | None
    for found in walk(record):
        match found.value:
            case datetime() as instant:
                first = last = instant.date()
            case date() as day:
                first = last = day
            case FuzzyDate() | FuzzyRange() as period:
                first, last = bounds(period)
            case _:
                continue
        rows.append(DateRow(field=found.path, earliest=first, latest=last))
    return tuple(dict.fromkeys(rows))


def links(record: Record) -> tuple[LinkRow, ...]:
    """The references in a record, its own identifier left out."""
    guarded = isinstance(record, Source) and record.protect_identity
    rows = (
        LinkRow(
            field=found.path,
            target=RecordId(str(found.value)),
            kinds=found.spec.targets,
            protected=guarded or found.sensitivity is Sensitivity.SEALED,
        )
        for found in walk(record)
        if found.spec.shape in (Shape.REF, Shape.REFS) and found.spec.targets
    )
    return tuple(dict.fromkeys(rows))


def words(record: Record) -> tuple[WordRow, ...]:
    """What the full-text search may find.

    Nothing sealed and no special data; of a source with a protected identity nothing at all, so
    that a search returns it to nobody, not even as a count (S-01); of an observation on an
    organisation nothing (G-08), nor of a committee's question about named people.
    """
    if isinstance(record, IndependenceObservation):
        return ()
    if isinstance(record, Source) and record.protect_identity:
        return ()
    if isinstance(record, CommitteeQuestion) and names_individuals(record):
        return ()
    rows = (
        row
        for found in walk(record)
        if found.spec.searchable and found.sensitivity in _FINDABLE
        for row in _words_of(found)
    )
    return tuple(dict.fromkeys(row for row in rows if row.text))


def bounds(period: FuzzyRange | FuzzyDate | None) -> tuple[date | None, date | None]:
    """The first and last day in which it lies; None where that is open or not known."""
    match period:
        case FuzzyDate():
            return period.earliest, period.latest
        case FuzzyRange():
            first = period.start.earliest if period.start else None
            if period.ongoing:
                return first, None
            last = period.end or period.start
            return first, last.latest if last else None
        case _:
            return None, None


def _words_of(found: Found) -> Iterator[WordRow]:
    match found.value:
        case LText() as said:
            yield WordRow(field=found.path, text=said.text, lang=said.lang)
            for layer in said.translations:
                yield WordRow(field=found.path, text=layer.text, lang=layer.lang)
        case TermRef() as term:
            yield WordRow(field=found.path, text=term.other_text, lang="")
        case FuzzyDate() as day:
            yield WordRow(field=found.path, text=day.original_text, lang=day.lang)
        case FuzzyRange() as period:
            for end in (period.start, period.end):
                if end is not None:
                    yield WordRow(field=found.path, text=end.original_text, lang=end.lang)
        case str() as text if found.spec.shape in (Shape.TEXT, Shape.TEXTS):
            yield WordRow(field=found.path, text=text, lang="")
        case _:
            pass
