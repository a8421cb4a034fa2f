"""A date as it is entered: words, bounds by hand, certainty; nothing that was known is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.calendars import seen, window
from app.calendars.entered import Entered, own_bounds, own_qualifier
from app.records import FuzzyDate, FuzzyRange, LText, TermRef, edtf
from app.samples import form
from app.samples.stamps import fuzzy

APRIL = date(2024, 4, 1)


def entered(text: str, calendar: str = "gregorian", **more: object) -> FuzzyDate:
    found = Entered(text=text, calendar=calendar, **more).date(None)  # type: ignore[arg-type]
    assert found is not None
    return found


def shown(held: FuzzyDate) -> Entered:
    """What stands in a form that shows this date."""
    earliest, latest = own_bounds(held)
    return Entered(
        text=held.original_text or held.edtf,
        calendar=held.calendar.key,
        earliest=earliest,
        latest=latest,
        time=held.time_of_day,
        qualifier=own_qualifier(held),
        picked=held.edtf,
    )


def dates() -> list[FuzzyDate]:
    told = [each.period for sample in form.read() for each in sample.engagements]
    told += [each.period for sample in form.read() for each in sample.acts]
    return [fuzzy(each) for each in told]


@pytest.mark.parametrize("held", dates(), ids=lambda each: each.original_text)
def test_a_time_added_to_a_date_changes_nothing_else(held: FuzzyDate) -> None:
    said = replace(shown(held), time="12:00").date(held)
    assert said is not None
    assert replace(said, time_of_day=held.time_of_day, precision=held.precision) == held


def test_d_13_the_words_and_the_calendar_stay_with_what_they_mean() -> None:
    said = entered("۱۲ مهر ۱۴۰۳", "persian", language="fa")
    assert (said.original_text, said.calendar.key, said.lang) == ("۱۲ مهر ۱۴۰۳", "persian", "fa")
    assert said.edtf == "2024-10-03"


def test_two_days_are_none_until_one_is_picked() -> None:
    assert entered("03/04/2024").earliest is None
    assert entered("03/04/2024", picked="2024-03-04").earliest == date(2024, 3, 4)
    assert entered("03/04/2024", picked="2023-03-04").earliest is None


def test_bounds_by_hand_narrow_what_the_words_say() -> None:
    said = entered("since 2024", earliest=APRIL)
    assert (said.edtf, said.earliest, said.precision.key) == ("2024/..", APRIL, "ongoing")


def test_bounds_by_hand_hold_where_the_words_say_something_else() -> None:
    said = entered("2023", earliest=APRIL, latest=date(2024, 4, 9))
    assert said.edtf == "[2024-04-01..2024-04-09]"
    assert said.precision.key == "range"


def test_words_that_are_not_read_take_bounds_by_hand() -> None:
    said = entered("དགུན་ཁ", "tibetan", latest=APRIL)
    assert (said.original_text, said.edtf, said.precision.key) == (
        "དགུན་ཁ",
        "[..2024-04-01]",
        "before",
    )


def test_about_is_a_sign_in_the_notation_and_a_certainty() -> None:
    said = entered("March 2024", qualifier="approximate")
    assert (said.edtf, said.qualifier.key) == ("2024-03~", "approximate")


def test_other_dates_and_how_it_is_known_survive_a_new_date() -> None:
    held = FuzzyDate(
        original_text="2024",
        zone="Asia/Tehran",
        basis=LText(text="a letter"),
        alternatives=(FuzzyDate.on(APRIL),),
        qualifier=TermRef(list="date_qualifier", key="conflicting"),
    )
    said = Entered(text="2025", calendar="gregorian", qualifier="conflicting").date(held)
    assert said is not None
    assert (said.zone, said.basis, said.alternatives) == (held.zone, held.basis, held.alternatives)
    assert said.qualifier.key == "conflicting"


def test_nothing_entered_is_no_date() -> None:
    assert Entered(text=" ", calendar="gregorian").date(None) is None


@pytest.mark.parametrize("key", [*window.offered(), "tibetan", "other"])
def test_a_day_that_is_written_in_a_calendar_is_read_as_that_day(key: str) -> None:
    for day in (date(2024, 2, 29), date(2025, 7, 27), date(2026, 11, 24)):
        text, calendar = window.written(day, key)
        said = entered(text, calendar)
        assert (said.earliest, said.latest) == (day, day)
        assert edtf.parse(said.edtf)


def test_a_date_is_seen_in_the_calendar_of_the_person_too() -> None:
    day = FuzzyDate.on(date(2024, 10, 3))
    assert seen.when(day) == "2024-10-03"
    window.use("persian")
    try:
        assert seen.when(day) == "2024-10-03 · 12 Mehr 1403"
        assert seen.period(FuzzyRange(start=day, ongoing=True)).endswith("· 12 Mehr 1403")
        written = entered("12 Mehr 1403", "persian")
        assert seen.when(written) == "12 Mehr 1403 (2024-10-03)"
    finally:
        window.use("gregorian")
    assert seen.when(FuzzyDate.unknown_date()) == "not known"


def test_a_calendar_that_is_not_known_here_is_the_gregorian_one() -> None:
    window.use("from_a_newer_version")
    assert window.chosen() == "gregorian"
