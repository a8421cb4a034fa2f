"""Places leave at the level that was chosen (M-05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.bundles.choosing import Reason, choose
from app.records import Incident, Place, PlaceRef, Record, TermRef
from app.records.ids import PlaceId
from app.records.place import PlaceName

TODAY = date(2026, 3, 14)


def place(level: str, parent: Place | None = None) -> Place:
    return Place(
        level=TermRef(list="place_level", key=level),
        names=(PlaceName(text=level),),
        parent=PlaceId(parent.id) if parent else None,
    )


def told(where: Place, precision: str) -> PlaceRef:
    return PlaceRef(
        place=PlaceId(where.id),
        precision_to_release=TermRef(list="location_precision", key=precision),
    )


def kept(*records: Record) -> dict[str, Reason]:
    return {each.record.id: each.reason for each in choose(records, TODAY).withheld}


COUNTRY = place("country")
TOWN = place("locality", COUNTRY)
HOUSE = place("site", TOWN)


@pytest.mark.parametrize(
    ("precision", "stays"),
    [
        ("exact", set()),
        ("locality", {HOUSE.id}),
        ("admin1", {HOUSE.id}),
        ("country", {HOUSE.id}),
        ("withheld", {HOUSE.id}),
        ("from_a_newer_version", {HOUSE.id}),
    ],
)
def test_m_05_a_place_leaves_only_at_the_level_that_was_chosen(
    precision: str, stays: set[str]
) -> None:
    incident = Incident(country=told(HOUSE, precision))
    assert set(kept(incident, HOUSE)) == stays


def test_m_05_the_country_of_a_house_that_stays_may_go() -> None:
    incident = Incident(country=told(HOUSE, "country"))
    assert kept(incident, HOUSE, TOWN, COUNTRY) == {
        HOUSE.id: Reason.TOO_EXACT,
        TOWN.id: Reason.TOO_EXACT,
    }


def test_m_05_of_two_levels_the_strictest_counts() -> None:
    one = Incident(country=told(TOWN, "exact"))
    other = Incident(country=told(TOWN, "country"))
    assert kept(one, TOWN) == {}
    assert kept(one, other, TOWN) == {TOWN.id: Reason.TOO_EXACT}


def test_m_05_a_place_without_a_level_counts_as_exact() -> None:
    bare = replace(HOUSE, level=None)
    assert kept(Incident(country=told(bare, "locality")), bare) == {bare.id: Reason.TOO_EXACT}


def test_m_05_a_country_told_by_itself_goes_though_a_house_in_it_is_withheld() -> None:
    one = Incident(country=told(COUNTRY, "country"))
    other = Incident(country=told(HOUSE, "withheld"))
    assert set(kept(one, other, HOUSE, TOWN, COUNTRY)) == {HOUSE.id, TOWN.id}
