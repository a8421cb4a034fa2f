"""Calendars against second sources: ICU's months over all days 1990 to 2050, published days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from app.calendars import systems
from app.calendars.systems import SYSTEMS

VECTORS = Path(__file__).parents[2] / "vectors" / "calendars" / "icu.txt"
# where ICU 78 puts a new moon near midnight in Beijing on the other day, and the day it fell on
ICU_ERRS = {
    date(1999, 1, 18): date(1999, 1, 17),  # 23:46
    date(2012, 8, 18): date(2012, 8, 17),  # 23:54
    date(2018, 11, 7): date(2018, 11, 8),  # 00:02
    date(2027, 2, 7): date(2027, 2, 6),  # 23:56
    date(2030, 2, 2): date(2030, 2, 3),  # 00:07
}


@cache
def icu() -> dict[str, list[tuple[date, int, str, int]]]:
    """A line for each first day of a month: calendar, Gregorian day, year, month, day in it."""
    found = defaultdict(list)
    for line in VECTORS.read_text(encoding="ascii").splitlines():
        key, first, year, month, day = line.split()
        when = date.fromisoformat(first)
        if key == "chinese":
            when = ICU_ERRS.get(when, when)
        found[key].append((when, int(year), month, int(day)))
    return found


def written(day: systems.Day | None) -> tuple[int, str, int]:
    assert day is not None
    return day.month.year, f"{day.month.number}{'bis' if day.month.leap else ''}", day.day


@pytest.mark.parametrize("key", sorted(icu()))
def test_every_day_is_the_one_that_icu_says(key: str) -> None:
    rows = icu()[key]
    for (first, year, month, day), after in pairwise(rows):
        for ahead in range((after[0] - first).days):
            when = first + timedelta(days=ahead)
            said = written(systems.from_gregorian(SYSTEMS[key], when))
            assert said == (year, month, day + ahead), when


@pytest.mark.parametrize("key", sorted(SYSTEMS))
def test_months_follow_one_another_without_a_gap(key: str) -> None:
    system = SYSTEMS[key]
    before = None
    for year in range(max(system.first, 1), min(system.last, system.first + 300) + 1):
        for month in system.of(year):
            if before is not None:
                assert month.first == before.last + timedelta(days=1), month
            before = month


@pytest.mark.parametrize(
    ("key", "day", "said"),
    [
        ("nepali_bs", "2020-04-13", (2077, "1", 1)),
        ("nepali_bs", "2021-04-14", (2078, "1", 1)),
        ("nepali_bs", "2022-04-14", (2079, "1", 1)),
        ("nepali_bs", "2023-04-14", (2080, "1", 1)),
        ("nepali_bs", "2024-04-13", (2081, "1", 1)),
        ("nepali_bs", "2025-04-14", (2082, "1", 1)),
        ("nepali_bs", "2015-09-20", (2072, "6", 3)),  # the constitution
        ("ethiopic", "2007-09-12", (2000, "1", 1)),  # the millennium
        ("ethiopic", "2024-09-11", (2017, "1", 1)),
        ("ethiopic", "2023-09-12", (2016, "1", 1)),
        ("chinese", "2025-01-29", (2025, "1", 1)),
        ("chinese", "2025-07-25", (2025, "6bis", 1)),
        ("chinese", "2033-12-22", (2033, "11bis", 1)),
        ("chinese", "2027-02-06", (2027, "1", 1)),
        ("islamic_umalqura", "2025-03-01", (1446, "9", 1)),
        ("persian", "1979-02-11", (1357, "11", 22)),
        ("persian", "2025-03-20", (1403, "12", 30)),
        ("julian", "2025-01-07", (2024, "12", 25)),
        ("buddhist", "2025-05-20", (2568, "5", 20)),
        ("roc", "2025-10-10", (114, "10", 10)),
    ],
)
def test_published_days(key: str, day: str, said: tuple[int, str, int]) -> None:
    found = systems.from_gregorian(SYSTEMS[key], date.fromisoformat(day))
    assert written(found) == said


@pytest.mark.parametrize("key", ["islamic_umalqura", "nepali_bs", "chinese", "persian"])
def test_a_day_out_of_the_table_has_no_name_in_it(key: str) -> None:
    assert systems.from_gregorian(SYSTEMS[key], date(1700, 1, 1)) is None
    assert systems.from_gregorian(SYSTEMS[key], date(2500, 1, 1)) is None
