"""What a record needs before it can be saved."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.records import (
    KINDS,
    Coordinates,
    Count,
    CustodyEvent,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Incident,
    IncidentLink,
    Involvement,
    LText,
    Organisation,
    Person,
    Place,
    PlaceName,
    PlaceRef,
    Record,
    Relationship,
    Source,
    SpecialData,
    TermRef,
    Translation,
)
from app.records.checks import Code, Problem, draft
from app.records.ids import (
    ActId,
    IncidentId,
    PersonId,
    new_id,
)
from tests.app.records.made import INCIDENT, codes, said, term


def test_a_title_and_a_line_are_enough_for_a_draft() -> None:
    assert draft(INCIDENT) == []


def test_an_empty_incident_needs_a_title_and_an_account() -> None:
    assert codes(draft(Incident())) == {"title: missing", "narrative: missing"}


def test_white_space_is_not_an_account() -> None:
    blank = dataclasses.replace(INCIDENT, narrative=said(" \n\t"))
    assert codes(draft(blank)) == {"narrative: missing"}


def test_a_withheld_country_and_an_unknown_date_are_answers() -> None:
    record = dataclasses.replace(
        INCIDENT, country=PlaceRef.withheld(), period=FuzzyRange.unknown_time()
    )
    assert draft(record) == []


def test_an_empty_period_is_no_answer() -> None:
    assert codes(draft(dataclasses.replace(INCIDENT, period=FuzzyRange()))) == {"period: missing"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_draft_ever_needs_a_real_name_a_birth_date_or_an_address(kind: type[Record]) -> None:
    needed = {problem.field for problem in draft(kind())}
    assert not needed & {"birth", "contact", "occupation", "nationalities"}
    assert kind is Organisation or kind is Place or "names" not in needed


def test_a_person_can_be_recorded_with_nothing_at_all() -> None:
    assert draft(Person()) == []


def test_other_needs_a_word_beside_it() -> None:
    bare = dataclasses.replace(INCIDENT, harm=(TermRef(list="harm_type", key="other"),))
    assert codes(draft(bare)) == {"harm: other_text_missing"}
    told = dataclasses.replace(
        INCIDENT, harm=(TermRef(list="harm_type", key="other", other_text="sleepless"),)
    )
    assert draft(told) == []


def test_another_calendar_needs_its_name() -> None:
    day = FuzzyDate(calendar=TermRef(list="calendar", key="other"))
    assert codes(draft(dataclasses.replace(INCIDENT, period=FuzzyRange(start=day)))) == {
        "period: other_text_missing"
    }
    assert codes(draft(Person(birth=day))) == {"birth: other_text_missing"}


def test_dates_have_to_be_in_order() -> None:
    early, late = date(2025, 1, 1), date(2025, 2, 1)
    wrong = [
        FuzzyRange(start=FuzzyDate(earliest=late, latest=early)),
        FuzzyRange(start=FuzzyDate.on(late), end=FuzzyDate.on(early)),
    ]
    for period in wrong:
        assert codes(draft(dataclasses.replace(INCIDENT, period=period))) == {
            "period: out_of_order"
        }
    right = [
        FuzzyRange(start=FuzzyDate.on(early), end=FuzzyDate.on(late)),
        FuzzyRange(end=FuzzyDate.on(early)),
        FuzzyRange(start=FuzzyDate.on(early), end=FuzzyDate()),
    ]
    for period in right:
        assert draft(dataclasses.replace(INCIDENT, period=period)) == []


def test_what_has_ended_does_not_go_on() -> None:
    period = FuzzyRange(
        start=FuzzyDate.on(date(2025, 1, 1)), end=FuzzyDate.on(date(2025, 2, 1)), ongoing=True
    )
    assert codes(draft(dataclasses.replace(INCIDENT, period=period))) == {
        "period: ended_and_ongoing"
    }


@pytest.mark.parametrize(
    ("count", "problem"),
    [
        (Count(min=8, max=6), {"victim_count: out_of_order"}),
        (Count(min=-1), {"victim_count: out_of_range"}),
        (Count(min=6, max=8), set()),
        (Count(max=8), set()),
    ],
)
def test_counts_have_to_make_sense(count: Count, problem: set[str]) -> None:
    assert codes(draft(dataclasses.replace(INCIDENT, victim_count=count))) == problem


def test_texts_have_a_ceiling_and_translations_too() -> None:
    long = "a" * 250_001
    (problem,) = draft(dataclasses.replace(INCIDENT, narrative=said(long)))
    assert problem == Problem(field="narrative", code=Code.TOO_LONG, limit=250_000)
    layered = LText(text="x", translations=(Translation(text=long),))
    assert codes(draft(dataclasses.replace(INCIDENT, narrative=layered))) == {"narrative: too_long"}
    assert codes(draft(Person(pronoun="a" * 5_000))) == {"pronoun: too_long"}


def test_a_legal_hold_needs_its_reason() -> None:
    held = dataclasses.replace(INCIDENT, legal_hold=True)
    assert codes(draft(held)) == {"legal_hold_reason: missing"}
    assert draft(dataclasses.replace(held, legal_hold_reason=said("court"))) == []


def test_special_data_needs_a_reason() -> None:
    person = Person(religion=SpecialData(words=said("x")), health=SpecialData())
    assert codes(draft(person)) == {"religion.reason: missing"}
    told = Person(religion=SpecialData(words=said("x"), reason=said("asylum")))
    assert draft(told) == []


def test_an_involvement_belongs_to_an_act_or_an_incident() -> None:
    record = Involvement(party=PersonId(new_id()), role=term("person_role:witness"))
    assert codes(draft(record)) == {"act: missing"}
    assert draft(dataclasses.replace(record, incident=IncidentId(new_id()))) == []
    assert draft(dataclasses.replace(record, act=ActId(new_id()))) == []


def test_a_source_is_a_person_or_described() -> None:
    record = Source(connection=term("source_connection:colleague"))
    assert codes(draft(record)) == {"description: missing"}
    assert draft(dataclasses.replace(record, description=said("a clerk"))) == []
    assert draft(dataclasses.replace(record, person=PersonId(new_id()))) == []
    assert (
        draft(dataclasses.replace(record, description=said("a clerk"), protect_identity=False))
        == []
    )


def test_coordinates_are_whole_and_on_earth() -> None:
    place = Place(level=term("place_level:country"), names=(PlaceName(text="Zerenia"),))
    assert draft(place) == []
    half = dataclasses.replace(place, coordinates=Coordinates(latitude_e6=1))
    assert codes(draft(half)) == {"coordinates.longitude_e6: missing"}
    off = Coordinates(latitude_e6=90_000_001, longitude_e6=-180_000_000)
    assert codes(draft(dataclasses.replace(place, coordinates=off))) == {
        "coordinates.latitude_e6: out_of_range"
    }


def test_nothing_is_linked_with_itself() -> None:
    one, other = PersonId(new_id()), PersonId(new_id())
    tie = Relationship(party=one, to=one, relation=term("relation_to_victim:parent"))
    assert codes(draft(tie)) == {"to: points_to_itself"}
    assert draft(dataclasses.replace(tie, to=other)) == []
    incident = IncidentId(new_id())
    link = IncidentLink(incident=incident, to=incident, link=term("incident_link:same_actor"))
    assert codes(draft(link)) == {"to: points_to_itself"}


def test_a_file_has_a_digest_a_size_and_a_type_or_none_of_them() -> None:
    item = EvidenceItem(
        evidence_type=term("evidence_type:photo"), title=said("x"), description=said("y")
    )
    assert draft(item) == []
    assert codes(draft(dataclasses.replace(item, sha256="0" * 64))) == {
        "size: missing",
        "mime: missing",
    }
    full = dataclasses.replace(item, sha256="0" * 64, size=0, mime="image/png")
    assert draft(full) == []


def test_a_custody_event_names_evidence_action_and_time() -> None:
    assert codes(draft(CustodyEvent())) == {
        "evidence: missing",
        "action: missing",
        "at: missing",
    }


def dated(edtf: str, earliest: date | None, latest: date | None) -> Incident:
    day = FuzzyDate(edtf=edtf, earliest=earliest, latest=latest)
    return dataclasses.replace(INCIDENT, period=FuzzyRange(start=day))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024-03", date(2024, 2, 1), date(2024, 3, 31)),
        ("2024-03", date(2024, 3, 1), date(2024, 4, 1)),
        ("[..2024-03-01]", None, date(2024, 3, 2)),
        ("2024-03-05", date(2025, 3, 5), None),
    ],
)
def test_days_outside_the_date_in_notation_are_a_contradiction(
    edtf: str, earliest: date | None, latest: date | None
) -> None:
    assert "period: not_as_noted" in codes(draft(dated(edtf, earliest, latest)))


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024/..", date(2024, 4, 1), None),
        ("2024-03~", date(2024, 2, 20), date(2024, 4, 9)),
        ("2024-24", date(2024, 11, 1), date(2025, 2, 28)),
        ("2024-03", None, None),
        ("{2024,2025}", date(2023, 1, 1), None),
    ],
)
def test_days_that_know_more_and_notation_that_is_vague_or_newer_agree(
    edtf: str, earliest: date | None, latest: date | None
) -> None:
    assert draft(dated(edtf, earliest, latest)) == []
