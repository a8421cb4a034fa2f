"""Facts that follow from records: lags, groups, premises, childhood."""

from __future__ import annotations

from datetime import date

import pytest

from app.records import (
    Act,
    Engagement,
    FuzzyDate,
    FuzzyRange,
    LText,
    Person,
    PlaceRef,
    TermRef,
)
from app.records.choices import Direction
from app.records.facts import Lag, group, inside_un_premises, lag


def engaged(day: date) -> Engagement:
    return Engagement(period=FuzzyRange.on(day))


def test_a_lag_has_a_least_and_a_most() -> None:
    act = Act(
        period=FuzzyRange(start=FuzzyDate(earliest=date(2025, 10, 2), latest=date(2025, 10, 11)))
    )
    assert lag(engaged(date(2025, 9, 18)), act) == Lag(min=14, max=23)


def test_a_lag_is_negative_when_the_act_came_first() -> None:
    act = Act(period=FuzzyRange.on(date(2025, 1, 1)))
    assert lag(engaged(date(2025, 1, 11)), act) == Lag(min=-10, max=-10)


def test_an_unknown_date_gives_no_lag() -> None:
    assert lag(engaged(date(2025, 1, 1)), Act()) == Lag(min=None, max=None)
    act = Act(period=FuzzyRange.on(date(2025, 1, 1)))
    assert lag(Engagement(), act) == Lag(min=None, max=None)
    assert lag(engaged(date(2025, 1, 1)), Act(period=FuzzyRange())) == Lag(min=None, max=None)


def test_a_long_act_counts_from_its_beginning() -> None:
    act = Act(
        period=FuzzyRange(
            start=FuzzyDate.on(date(2025, 1, 3)), end=FuzzyDate.on(date(2025, 12, 31))
        )
    )
    assert lag(engaged(date(2025, 1, 1)), act) == Lag(min=2, max=2)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("act_type:arrest", "liberty"),
        ("act_type:liberty", "liberty"),
        ("act_type:of_a_newer_version", "of_a_newer_version"),
    ],
)
def test_a_term_has_a_group(code: str, expected: str) -> None:
    assert group(TermRef.parse(code)) == expected


def test_no_term_has_no_group() -> None:
    assert group(None) == ""


@pytest.mark.parametrize(
    ("place", "inside"),
    [
        ("location_type:un_side_event_room", True),
        ("location_type:un_premises", True),
        ("location_type:relatives_home", False),
    ],
)
def test_un_premises_are_told_from_the_kind_of_place(place: str, inside: bool) -> None:
    assert inside_un_premises(Act(location_type=TermRef.parse(place))) is inside
    assert inside_un_premises(Act()) is None


@pytest.mark.parametrize(
    ("bracket", "child"),
    [("under_13", True), ("16_17", True), ("18_24", False), ("unknown", False)],
)
def test_a_child_is_told_from_the_age_group(bracket: str, child: bool) -> None:
    assert Person(age_bracket=TermRef(list="age_bracket", key=bracket)).is_child is child
    assert not Person().is_child


def test_cooperation_that_was_only_believed_is_told_apart() -> None:
    assert Engagement(state=TermRef.parse("engagement_state:perceived_only")).perceived
    assert not Engagement().perceived


def test_words_are_kept_composed_and_know_their_direction() -> None:
    assert LText.of("e\u0301", "fr").text == "é"
    assert LText.of("مثال", "ar").dir is Direction.RTL
    assert LText.of("example", "en").dir is Direction.LTR
    assert LText.of("?").dir is Direction.AUTO
    assert str(LText.of("x")) == "x"
    assert not LText()


def test_a_term_is_written_with_its_list() -> None:
    assert str(TermRef.parse("urgency:urgent")) == "urgency:urgent"


@pytest.mark.parametrize("text", ["urgency", "urgency:", ":urgent", ""])
def test_a_term_without_list_or_key_is_a_mistake(text: str) -> None:
    with pytest.raises(ValueError, match=text or "^$"):
        TermRef.parse(text)


def test_withheld_is_not_unknown() -> None:
    assert PlaceRef.withheld().precision_to_release.key == "withheld"
    assert PlaceRef().precision_to_release.key == "country"
