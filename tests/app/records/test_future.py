"""A day that has not come is asked about before a report is established, and saved all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.clock import now
from app.records import Act, FuzzyDate, FuzzyRange, Incident, Person, Record, SessionItem, checks
from app.records.act_blocks import Liberty
from app.records.future import not_yet

TODAY = date(2026, 3, 14)


def fields(record: Record) -> list[str]:
    return [str(each) for each in not_yet(record, TODAY)]


def ahead(days: int) -> FuzzyDate:
    return FuzzyDate.on(TODAY + timedelta(days=days))


def test_what_is_said_to_have_begun_in_the_future_is_asked_about() -> None:
    assert fields(Incident(period=FuzzyRange(start=ahead(365)))) == ["period: not_yet"]
    assert fields(Person(birth=ahead(30))) == ["birth: not_yet"]


@pytest.mark.parametrize("days", [-400, 0, 1])
def test_today_and_the_day_that_has_begun_further_east_are_no_future(days: int) -> None:
    assert fields(Incident(period=FuzzyRange(start=ahead(days)))) == []


def test_what_may_lie_ahead_is_not_asked_about() -> None:
    sentence = FuzzyRange(start=ahead(-1), end=ahead(3650))
    assert fields(Act(period=sentence, liberty=Liberty(next_hearing=ahead(30)))) == []
    assert fields(SessionItem(period=FuzzyRange(start=ahead(60)))) == []
    unsure = replace(ahead(30), earliest=TODAY)
    assert fields(Incident(period=FuzzyRange(start=unsure))) == []


def test_it_stops_nobody_from_saving() -> None:
    report = Incident(period=FuzzyRange.on(now().date() + timedelta(days=400)))
    said = "period: not_yet"
    assert said not in {str(each) for each in checks.draft(report)}
    assert said in {str(each) for each in checks.verify(report)}
