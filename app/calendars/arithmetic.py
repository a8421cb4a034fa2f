"""The months of a year in the calendars that follow a rule.

Ordinals are those of `date.toordinal` (day 1 is 1 January of the year 1). Source: Reingold and
Dershowitz, Calendrical Calculations; for the Persian one the 33-year cycle.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from app.calendars.months import Month, in_a_row

_ETHIOPIC_EPOCH: Final = 2796  # 29 August 8, Julian
_COPTIC_EPOCH: Final = 103605  # 29 August 284, Julian
_ISLAMIC_EPOCH: Final = 227015  # 16 July 622, Julian
_NOWRUZ: Final = (1403, date(2024, 3, 20))
_JULIAN_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def gregorian(year: int) -> tuple[Month, ...]:
    """The twelve of a Gregorian year."""
    return _like_gregorian(year, year)


def buddhist(year: int) -> tuple[Month, ...]:
    """The twelve of a Thai year: 2568 is 2025."""
    return _like_gregorian(year, year - 543)


def roc(year: int) -> tuple[Month, ...]:
    """The twelve of a Minguo year: 114 is 2025."""
    return _like_gregorian(year, year + 1911)


def julian(year: int) -> tuple[Month, ...]:
    """The twelve of a Julian year."""
    before = year - 1
    lengths = list(_JULIAN_LENGTHS)
    lengths[1] += year % 4 == 0
    # the first of January of the year 1 was 30 December of the year before: no such `date`
    start = -1 + 365 * before + before // 4
    if start < 1:
        return in_a_row(year, date(1, 1, 1), (29, *lengths[1:]))
    return in_a_row(year, date.fromordinal(start), lengths)


def persian(year: int) -> tuple[Month, ...]:
    """Six of 31 days, five of 30, and Esfand of 29 or 30."""
    known, nowruz = _NOWRUZ
    step = 1 if year >= known else -1
    between = range(known, year) if step == 1 else range(year, known)
    away = sum(365 + _persian_leap(each) for each in between)
    first = date.fromordinal(nowruz.toordinal() + step * away)
    return in_a_row(year, first, (*[31] * 6, *[30] * 5, 29 + _persian_leap(year)))


def islamic_civil(year: int) -> tuple[Month, ...]:
    """Of 30 and 29 days in turn; the twelfth of 30 in eleven years of thirty."""
    first = _ISLAMIC_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30
    leap = (14 + 11 * year) % 30 < 11
    return in_a_row(year, date.fromordinal(first), (*[30, 29] * 5, 30, 29 + leap))


def ethiopic(year: int) -> tuple[Month, ...]:
    """Twelve of 30 days and Pagumen of 5 or 6."""
    return _thirteen(_ETHIOPIC_EPOCH, year)


def coptic(year: int) -> tuple[Month, ...]:
    """Twelve of 30 days and the little month of 5 or 6."""
    return _thirteen(_COPTIC_EPOCH, year)


def _like_gregorian(year: int, western: int) -> tuple[Month, ...]:
    lengths = (monthrange(western, month)[1] for month in range(1, 13))
    return in_a_row(year, date(western, 1, 1), lengths)


def _thirteen(epoch: int, year: int) -> tuple[Month, ...]:
    first = epoch + 365 * (year - 1) + year // 4
    return in_a_row(year, date.fromordinal(first), (*[30] * 12, 5 + (year % 4 == 3)))


def _persian_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8
