"""The parts of a date asked of its calendar: the days they mean, or why there are none."""

from __future__ import annotations

from datetime import date, timedelta

from app.calendars.months import Month
from app.calendars.outcome import Reading, Refused, Why, YearMissing
from app.calendars.parts import Parts
from app.calendars.systems import System, span

Resolved = Reading | Refused | YearMissing

_THIRDS = {"early": (1, 10), "middle": (11, 20), "late": (21, 99)}


def resolve(parts: Parts, system: System) -> Resolved:
    """The reading of these parts; its bounds are Gregorian days, both included."""
    if parts.year is None:
        return _without_year(parts)
    if parts.year == 0:
        return Refused(why=Why.YEAR_ZERO)
    if not system.first <= parts.year <= system.last:
        return Refused(why=Why.YEAR_OUT, first=system.first, last=system.last)
    months = system.of(parts.year)
    if parts.month is None:
        if system.like_gregorian:
            return _exactly(months[0].first, months[-1].last, "year")
        return _between(system, months[0].first, months[-1].last, "year")
    month = _month(parts, months)
    if isinstance(month, Refused):
        return month
    if parts.day is None:
        if system.like_gregorian:
            return _exactly(month.first, month.last, "month")
        return _between(system, month.first, month.last, "month")
    if not 1 <= parts.day <= month.days:
        return Refused(why=Why.NO_SUCH_DAY, last=month.days)
    day = month.first + timedelta(days=parts.day - 1)
    return _exactly(day, day, "day") if not system.spread else _between(system, day, day, "day")


def third_of(parts: Parts, system: System, which: str) -> Resolved:
    """The `early`, `middle` or `late` part of a month: its days 1 to 10, 11 to 20, from 21."""
    whole = resolve(parts, system)
    if isinstance(whole, Reading) and parts.month is not None and parts.year is not None:
        month = _month(parts, system.of(parts.year))
        if isinstance(month, Month):
            first, last = _THIRDS[which]
            start = month.first + timedelta(days=first - 1)
            end = month.first + timedelta(days=min(last, month.days) - 1)
            return bounded(*span(system, start, end), precision="range", qualifier="approximate")
    return whole


def bounded(
    first: date | None, last: date | None, *, precision: str, qualifier: str = "none"
) -> Reading:
    """One unknown day within these; None where it is open."""
    if first is not None and first == last:
        edtf = first.isoformat()
    else:
        edtf = f"[{first or ''}..{last or ''}]"
    return Reading(edtf=edtf, earliest=first, latest=last, precision=precision, qualifier=qualifier)


def _exactly(first: date, last: date, precision: str) -> Reading:
    letters = {"year": 4, "month": 7, "day": 10}[precision]
    edtf = first.isoformat()[:letters]
    return Reading(edtf=edtf, earliest=first, latest=last, precision=precision)


def _between(system: System, first: date, last: date, precision: str) -> Reading:
    qualifier = "approximate" if system.spread else "none"
    return bounded(*span(system, first, last), precision=precision, qualifier=qualifier)


def _month(parts: Parts, months: tuple[Month, ...]) -> Month | Refused:
    highest = max(each.number for each in months)
    if not 1 <= (parts.month or 0) <= highest:
        return Refused(why=Why.NO_SUCH_MONTH, last=highest)
    for month in months:
        if month.number == parts.month and month.leap == parts.leap:
            return month
    return Refused(why=Why.NO_LEAP_MONTH)


def _without_year(parts: Parts) -> Refused | YearMissing:
    if parts.month is not None and not 1 <= parts.month <= 13:
        return Refused(why=Why.NO_SUCH_MONTH, last=12)
    return YearMissing()
