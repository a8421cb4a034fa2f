"""The months of a year in the calendars that no rule gives: they stand in tables.

Umm al-Qura: hijridate, checked by its authors against the published calendar. Nepali: the table of
nepali-datetime. Chinese: resources/calendars/chinese.txt, a line a year: the year, its first day,
the number of the month that is followed by a leap one (0 none), and `+` for a month of 30 days, `-`
for one of 29.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

import nepali_datetime
from hijridate import Hijri

from app.calendars.months import Month, in_a_row


def umm_al_qura(year: int) -> tuple[Month, ...]:
    """The twelve of a year of the Hijra, from 1343 to 1500."""
    starts = [Hijri(year, month, 1) for month in range(1, 13)]
    first = starts[0].to_gregorian()
    lengths = [start.month_length() for start in starts]
    return in_a_row(year, date(first.year, first.month, first.day), lengths)


def nepali(year: int) -> tuple[Month, ...]:
    """The twelve of a year of Bikram Sambat, from 1975 to 2100."""
    starts: list[date] = [
        nepali_datetime.date(year, month, 1).to_datetime_date() for month in range(1, 13)
    ]
    ends = [*starts[1:], _after_nepali(year)]
    return in_a_row(year, starts[0], [(b - a).days for a, b in zip(starts, ends, strict=True)])


def chinese(year: int) -> tuple[Month, ...]:
    """The twelve or thirteen of a Chinese year, from 1901 to 2099: 2025 began on 29 January."""
    first, leap, lengths = _chinese()[year]
    found = []
    for at, long in enumerate(lengths, 1):
        second = 0 < leap < at
        days = 30 if long == "+" else 29
        found.append(
            Month(
                year=year,
                number=at - second,
                leap=leap > 0 and at == leap + 1,
                first=first,
                days=days,
            )
        )
        first += timedelta(days=days)
    return tuple(found)


def _after_nepali(year: int) -> date:
    """The day after the last of Chaitra, also where the table of years ends."""
    for day in (32, 31, 30, 29):
        try:
            last = nepali_datetime.date(year, 12, day)
        except ValueError:
            continue
        ends: date = last.to_datetime_date()
        return ends + timedelta(days=1)
    raise ValueError(year)


@lru_cache(maxsize=1)
def _chinese() -> dict[int, tuple[date, int, str]]:
    text = (files("resources") / "calendars" / "chinese.txt").read_text(encoding="ascii")
    rows = (line.split() for line in text.splitlines())
    return {
        int(year): (date.fromisoformat(first), int(leap), lengths)
        for year, first, leap, lengths in rows
    }
