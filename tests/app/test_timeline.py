"""The layout of time: spans of what is not known exactly, lanes, scales, and their limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import store, timeline
from app.records import (
    FuzzyDate,
    FuzzyRange,
    Incident,
    IndependenceObservation,
    Kind,
    LText,
    TermRef,
)
from app.records.ids import RecordId
from app.tasks import ignore
from app.timeline import Mark, Span
from app.vault import Vault

YEAR = Span(begin=date(2026, 1, 1), end=date(2026, 12, 31))
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def mark(first: date | None, last: date | None) -> Mark:
    return Mark(record=RecordId("0" * 32), kind=Kind.ACT, title="x", first=first, last=last)


def place(*marks: Mark, span: Span = YEAR) -> tuple[timeline.Placed, ...]:
    return timeline.placed(marks, span, [0.1] * len(marks))


def test_a_month_known_only_as_a_month_is_as_long_as_the_month() -> None:
    (found,) = place(mark(date(2026, 3, 1), date(2026, 3, 31)))
    assert found.left == YEAR.place(date(2026, 3, 1))
    assert found.right == YEAR.place(date(2026, 4, 1))


def test_what_has_not_ended_goes_on_to_the_edge_and_says_so() -> None:
    (found,) = place(mark(date(2026, 3, 1), None))
    assert (found.right, found.opens_after, found.opens_before) == (1.0, True, False)


def test_marks_that_would_overlap_stand_in_lanes_of_their_own() -> None:
    day = mark(date(2026, 3, 1), date(2026, 3, 1))
    later = mark(date(2026, 9, 1), date(2026, 9, 1))
    assert [each.lane for each in place(day, day, later)] == [0, 1, 0]


def test_what_lies_outside_is_not_placed() -> None:
    assert place(mark(date(2025, 1, 1), date(2025, 12, 31))) == ()


@given(DAYS, DAYS, st.floats(0.01, 100), st.floats(-3, 3))
def test_zooming_and_moving_never_leave_what_a_date_can_say(
    one: date, other: date, factor: float, part: float
) -> None:
    span = timeline.span_of([mark(min(one, other), max(one, other))], one)
    zoomed = span.zoomed(factor, one)
    assert zoomed.begin <= zoomed.end
    assert zoomed.moved(part).days == zoomed.days
    assert len(timeline.ticks(zoomed, 12)) <= 13


@given(st.lists(st.tuples(DAYS, DAYS), max_size=20))
def test_the_first_piece_of_time_shows_every_mark(pairs: list[tuple[date, date]]) -> None:
    marks = [mark(min(pair), max(pair)) for pair in pairs]
    span = timeline.span_of(marks, date(2026, 1, 1))
    if span.days < 200 * 366:
        assert len(place(*marks, span=span)) == len(marks)


@pytest.mark.parametrize(
    ("days", "most", "second"),
    [
        (7, 12, date(2026, 1, 2)),
        (200, 12, date(2026, 2, 1)),
        (3000, 12, date(2027, 1, 1)),
    ],
)
def test_the_scale_is_as_fine_as_there_is_room(days: int, most: int, second: date) -> None:
    span = Span(begin=date(2026, 1, 1), end=date(2026, 1, 1) + timedelta(days=days - 1))
    assert timeline.ticks(span, most)[1].day == second


def test_reports_without_a_day_are_counted_and_observations_never_shown(vault: Vault) -> None:
    report = Incident(title=LText(text="One"), narrative=LText(text="A"))
    store.save(vault, report)
    told = Incident(title=LText(text="Two"), narrative=LText(text="B"))
    month = FuzzyDate(
        original_text="2026-03",
        edtf="2026-03",
        earliest=date(2026, 3, 1),
        latest=date(2026, 3, 31),
        precision=TermRef(list="date_precision", key="month"),
    )
    store.save(vault, replace(told, period=FuzzyRange(start=month)))
    found = timeline.marks(vault, ignore)
    assert [(each.title, each.first, each.last) for each in found.marks] == [
        ("Two", date(2026, 3, 1), date(2026, 3, 31))
    ]
    assert found.undated == 1
    assert timeline.of(IndependenceObservation(expires_on=date(2026, 1, 1))) == []


def test_a_day_has_what_lies_on_it_and_nothing_that_lies_everywhere() -> None:
    day = date(2026, 3, 1)

    def lying(first: date | None, last: date | None) -> Mark:
        return Mark(record=RecordId("r"), kind=Kind.INCIDENT, title="", first=first, last=last)

    exact = lying(day, day)
    around = lying(date(2026, 2, 20), date(2026, 3, 5))
    year = lying(date(2026, 1, 1), date(2026, 12, 31))
    open_end = lying(day, None)
    assert timeline.on_day((exact, around, year, open_end), day) == (exact, around)
    assert timeline.on_day((exact, around), date(2026, 3, 2)) == (around,)
