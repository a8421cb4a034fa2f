"""How exactly a date is told (M-05): as it was recorded, or only its month, or only its year.

A date told more coarsely lies within the bounds of its month or year: nothing is moved, and no day
is invented (D-13). The words in which it was given, the time of day and what it counts from go with
the detail, since each of them may tell it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date
from enum import StrEnum

from app.records import edtf
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.edtf import Doubt, Interval, NotEdtf, OneOf, Point
from app.records.values import TermRef


class DatesTold(StrEnum):
    """How exactly dates leave."""

    AS_RECORDED = "as_recorded"
    MONTH = "month"
    YEAR = "year"


def coarser_range(period: FuzzyRange, told: DatesTold) -> FuzzyRange:
    """From one such date to another, each told as `coarser` tells it."""
    if told is DatesTold.AS_RECORDED:
        return period
    return replace(
        period,
        start=None if period.start is None else coarser(period.start, told),
        end=None if period.end is None else coarser(period.end, told),
    )


def coarser(held: FuzzyDate, told: DatesTold) -> FuzzyDate:
    """The date told as coarsely as `told` says; itself when it says no more than that."""
    if told is DatesTold.AS_RECORDED or held == FuzzyDate.unknown_date():
        return held
    notation = _notation(held.edtf, told)
    first = _first(held.earliest, told)
    last = _last(held.latest, told)
    if not notation and first is not None and last is not None:
        notation = str(OneOf(first=_point_of(first, told), last=_point_of(last, told)))
    made = FuzzyDate(
        edtf=notation,
        earliest=first,
        latest=last,
        precision=_precision(held, notation, told),
        qualifier=held.qualifier,
        alternatives=tuple(coarser(each, told) for each in held.alternatives),
    )
    return held if _says_the_same(held, made) else made


def _says_the_same(held: FuzzyDate, made: FuzzyDate) -> bool:
    """Whether nothing would be taken away but words that are the notation itself."""
    said = {"", held.edtf}
    return replace(held, original_text="", lang="", calendar=made.calendar) == made and (
        held.original_text in said
    )


def _notation(text: str, told: DatesTold) -> str:
    """The notation without what is finer; nothing where it cannot be read."""
    try:
        found = edtf.parse(text)
    except NotEdtf:
        return ""
    match found:
        case Point():
            return str(_coarse(found, told))
        case Interval():
            start, end = (
                _coarse(each, told) if isinstance(each, Point) else each
                for each in (found.start, found.end)
            )
            return str(start) if start == end else str(Interval(start=start, end=end))
        case OneOf():
            first, last = (
                None if each is None else _coarse(each, told) for each in (found.first, found.last)
            )
            return str(first) if first == last else str(OneOf(first=first, last=last))


def _coarse(point: Point, told: DatesTold) -> Point:
    month = point.month if told is DatesTold.MONTH else ""
    if month == "XX":
        month = ""
    return Point(year=point.year, month=month, doubt=point.doubt)


def _point_of(day: date, told: DatesTold) -> Point:
    month = f"{day.month:02}" if told is DatesTold.MONTH else ""
    return Point(year=f"{day.year:04}", month=month, doubt=Doubt.NONE)


def _first(day: date | None, told: DatesTold) -> date | None:
    if day is None:
        return None
    return day.replace(day=1) if told is DatesTold.MONTH else day.replace(month=1, day=1)


def _last(day: date | None, told: DatesTold) -> date | None:
    if day is None:
        return None
    if told is DatesTold.YEAR:
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1])


_FINE = frozenset({"exact_time", "day", "month", "relative"})


def _precision(held: FuzzyDate, notation: str, told: DatesTold) -> TermRef:
    """What the date is now: a month or year, or as vague as it was."""
    if notation.startswith("[") or "/" in notation:
        return replace(held.precision, key="range") if _is_fine(held) else held.precision
    fine = _is_fine(held) and not (told is DatesTold.MONTH and held.precision.key == "month")
    if not fine or held.earliest is None:
        return held.precision
    return TermRef(list="date_precision", key=told.value)


def _is_fine(held: FuzzyDate) -> bool:
    return held.precision.key in _FINE
