"""The calendars that are converted: for each year its months, with their first day and length.

| key | rule | years |
|---|---|---|
| gregorian | proleptic | 1 to 9999 |
| buddhist | Gregorian months, year + 543 (Thailand since 1941) | 2484 to 2700 |
| roc | Gregorian months, year - 1911 | 1 to 300 |
| julian | a leap day every fourth year | 1 to 9000 |
| persian | 33-year cycle, the same as the observed equinox in these years | 1244 to 1472 |
| islamic_civil | tabular, 30-year cycle, leap 2, 5, 7, 10, 13, 16 …; from 16 July 622 | 1 to 1700 |
| islamic_umalqura | table of Umm al-Qura, from hijridate | 1343 to 1500 |
| islamic_local | Umm al-Qura; the new moon may be seen a day earlier or later | 1343 to 1500 |
| ethiopic, coptic | twelve months of 30 days and one of 5 or 6 | 1 to 2300 |
| nepali_bs | table from nepali-datetime | 1975 to 2100 |
| chinese | table of new moons in Beijing and leap months | 1901 to 2099 |

The others (`tibetan`, `hebrew`, `japanese`, `indian_saka`, `other`) are kept in words, with bounds
set by hand. Sources: Reingold and Dershowitz, Calendrical Calculations; the tables named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from app.calendars import arithmetic, tables
from app.calendars.months import Month

GREGORIAN: Final = "gregorian"


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A calendar. `first`, `last`: the years it is known for; `months`: those of a year, in order;
    `spread`: days by which the real day may come earlier or later; `like_gregorian`: whether its
    months are the Gregorian ones, under other years; `names`: the table of its months' names."""

    key: str
    first: int
    last: int
    months: Callable[[int], tuple[Month, ...]]
    names: str
    spread: int = 0
    like_gregorian: bool = False

    def of(self, year: int) -> tuple[Month, ...]:
        """The months of a year within the table."""
        return _months(self.months, year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day in a calendar: `month` with its year, and the number of the day in it."""

    month: Month
    day: int


_ALL: Final = (
    System(
        key=GREGORIAN,
        first=1,
        last=9998,
        months=arithmetic.gregorian,
        names=GREGORIAN,
        like_gregorian=True,
    ),
    System(
        key="buddhist",
        first=2484,
        last=2700,
        months=arithmetic.buddhist,
        names=GREGORIAN,
        like_gregorian=True,
    ),
    System(
        key="roc",
        first=1,
        last=300,
        months=arithmetic.roc,
        names=GREGORIAN,
        like_gregorian=True,
    ),
    System(key="julian", first=1, last=9000, months=arithmetic.julian, names=GREGORIAN),
    System(key="persian", first=1244, last=1472, months=arithmetic.persian, names="persian"),
    System(
        key="islamic_civil", first=1, last=1700, months=arithmetic.islamic_civil, names="islamic"
    ),
    System(
        key="islamic_umalqura", first=1343, last=1500, months=tables.umm_al_qura, names="islamic"
    ),
    System(
        key="islamic_local",
        first=1343,
        last=1500,
        months=tables.umm_al_qura,
        names="islamic",
        spread=1,
    ),
    System(key="ethiopic", first=1, last=2300, months=arithmetic.ethiopic, names="ethiopic"),
    System(key="coptic", first=1, last=2300, months=arithmetic.coptic, names="coptic"),
    System(key="nepali_bs", first=1975, last=2100, months=tables.nepali, names="nepali_bs"),
    System(key="chinese", first=1901, last=2099, months=tables.chinese, names="chinese"),
)
SYSTEMS: Final = {each.key: each for each in _ALL}


def from_gregorian(system: System, when: date) -> Day | None:
    """The day in the calendar; None where its table does not reach."""
    years = range(system.first, system.last + 1)
    at = bisect_right(years, when, key=lambda year: system.of(year)[0].first) - 1
    if at < 0:
        return None
    for month in reversed(system.of(years[at])):
        if month.first <= when:
            ahead = (when - month.first).days
            return Day(month=month, day=ahead + 1) if ahead < month.days else None
    return None


def span(system: System, first: date, last: date) -> tuple[date, date]:
    """The Gregorian days that these can be, where the calendar is kept by sight."""
    around = timedelta(days=system.spread)
    return first - around, last + around


@lru_cache(maxsize=4096)
def _months(of: Callable[[int], tuple[Month, ...]], year: int) -> tuple[Month, ...]:
    return of(year)
