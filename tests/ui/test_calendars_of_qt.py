"""The Persian and the civil Islamic calendar, day by day against those of Qt, a second source.

The Persian year 1437 (2058) begins a day apart: Qt counts by a cycle of 2,820 years, we by one of
33, which keeps to the equinox there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCalendar, QDate

from app.calendars import arithmetic
from app.calendars.months import Month


@pytest.mark.parametrize(
    ("of", "theirs", "years"),
    [
        (arithmetic.persian, QCalendar.System.Jalali, range(1300, 1437)),
        (arithmetic.islamic_civil, QCalendar.System.IslamicCivil, range(1340, 1491)),
    ],
    ids=["persian", "islamic-civil"],
)
def test_every_month_begins_on_the_day_that_qt_says(
    of: Callable[[int], tuple[Month, ...]], theirs: QCalendar.System, years: range
) -> None:
    calendar = QCalendar(theirs)
    differ = [
        (year, number, month.first)
        for year in years
        for number, month in enumerate(of(year), start=1)
        if month.first != day_of(calendar.dateFromParts(year, number, 1))
    ]
    assert differ == []


def day_of(found: QDate) -> date:
    return date(found.year(), found.month(), found.day())
