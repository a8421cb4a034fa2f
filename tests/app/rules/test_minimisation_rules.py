"""The rules of minimisation, each by its name: what is not asked, not kept, and not sent."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import pytest

from app import mosaic, risk, store
from app.bundles import planning
from app.bundles.sealing import Order, SealPlan
from app.detecting import Likeness, findings, in_records
from app.mosaic import Trait
from app.records import (
    Act,
    ConsentDecision,
    ConsentRecord,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Involvement,
    Kind,
    LText,
    Person,
    PersonName,
    Place,
    PlaceName,
    PlaceRef,
    RiskAssessment,
    RiskDecision,
    TermRef,
    checks,
)
from app.records.choices import YesNo
from app.records.codec import encode
from app.records.ids import IncidentId, PersonId, PlaceId
from app.records.person import SpecialData
from app.risk import Assessing, Why
from tests.sides import Sides


def test_m_01_a_person_is_a_pseudonym_until_somebody_decides_otherwise() -> None:
    person = Person()
    assert person.identity_mode.key == "pseudonym"
    assert person.pseudonym
    assert person.names == ()


def test_m_01_a_real_name_is_kept_only_with_what_it_is_needed_for() -> None:
    person = Person(
        identity_mode=TermRef(list="identity_mode", key="named"),
        names=(PersonName(full="林示例"),),
    )
    assert "name_purpose: missing" in {str(each) for each in checks.draft(person)}
    stated = replace(person, name_purpose=LText.of("the letter names her", "en"))
    assert list(checks.draft(stated)) == []
    assert b"the letter names her" not in encode(stated).body


def test_m_02_a_special_fact_is_kept_only_with_its_reason() -> None:
    told = SpecialData(words=LText.of("a belief", "en"))
    missing = {str(each) for each in checks.draft(Person(religion=told))}
    assert "religion.reason: missing" in missing
    reasoned = SpecialData(
        words=LText.of("a belief", "en"), reason=LText.of("it was the ground", "en")
    )
    assert not any(
        str(each).startswith("religion") for each in checks.draft(Person(religion=reasoned))
    )


@pytest.mark.parametrize(
    ("text", "likeness"),
    [
        ("call +41 22 917 90 00 at night", Likeness.TELEPHONE),
        ("Telefon (030) 1234 5678", Likeness.TELEPHONE),
        ("اتصل على ٠٧٩١٢٣٤٥٦٧", Likeness.TELEPHONE),
        ("تماس ۰۹۱۲۳۴۵۶۷۸۹", Likeness.TELEPHONE),
        ("फ़ोन ९८५१०-१२३४५", Likeness.TELEPHONE),
        ("โทร ๐๘๑ ๒๓๔ ๕๖๗๘", Likeness.TELEPHONE),
        ("ཁ་པར་ ༠༡༢༣༤༥༦༧༨༩", Likeness.TELEPHONE),
        ("电话：＋８６ １３８ ００１３ ８０００", Likeness.TELEPHONE),
        ("身份证 11010519491231002X 号", Likeness.IDENTITY),
        ("passport P1234567", Likeness.IDENTITY),
        ("numéro 1850578006084", Likeness.IDENTITY),
        ("write to someone@example.org today", Likeness.EMAIL),
        ("someone＠example.org", Likeness.EMAIL),
        ("account GB82 WEST 1234 5698 7654 32", Likeness.IBAN),
        ("at 46.22654, 6.14042 by the gate", Likeness.COORDINATES),
        ("عند ٤٦٫٢٢٦٥٤، ٦٫١٤٠٤٢", Likeness.COORDINATES),
        ("46° 13' N", Likeness.COORDINATES),
    ],
)
def test_m_03_numbers_and_addresses_are_seen_in_every_script(text: str, likeness: Likeness) -> None:
    assert [each.likeness for each in findings(text)] == [likeness]


@pytest.mark.parametrize(
    "text",
    [
        "on 2026-03-14 at 14:30, again on 14.03.2026 and in 2024-2025",
        "A/HRC/57/60, paragraph 12, and CAT/C/55/2",
        "Room XX, 34 people, 1,250 US dollars",
        "resolution 1996/31 of 25 July",
        "@somebody said so",
        "",
    ],
)
def test_m_03_dates_symbols_and_small_numbers_are_left_alone(text: str) -> None:
    assert findings(text) == ()


def test_m_03_the_place_in_the_text_is_that_of_the_text_as_written() -> None:
    text = "هاتف ٠٧٩١٢٣٤٥٦٧ ليلا"
    (found,) = findings(text)
    assert text[found.start : found.end] == "٠٧٩١٢٣٤٥٦٧"


def test_m_03_each_field_of_a_record_is_told_with_its_label() -> None:
    report = Incident(
        title=LText.of("A visit", "en"), narrative=LText.of("He wrote to k@example.org.", "en")
    )
    (found,) = in_records([report])
    assert (found.field, found.likeness, found.text) == (
        "narrative",
        Likeness.EMAIL,
        "k@example.org",
    )


def test_m_03_a_long_text_made_to_be_slow_is_not_slow() -> None:
    begun = time.monotonic()
    for text in ("1 " * 100_000, "a@" * 100_000, "A1" * 100_000, "+(" * 100_000, "1." * 100_000):
        findings(text)
    assert time.monotonic() - begun < 5


# --- the mosaic -----------------------------------------------------------------------------


def unnamed_at_work(sides: Sides, **more: object) -> tuple[IncidentId, Person]:
    """A coded person with a calling, harmed on a known day in a known town."""
    town = store.save(
        sides.reporter,
        Place(
            names=(PlaceName(text="Example Town"),),
            level=TermRef(list="place_level", key="locality"),
        ),
    ).record
    incident = sides.record()
    person = store.save(
        sides.reporter,
        Person(occupation=LText.of("the only midwife", "en"), **more),  # type: ignore[arg-type]
    ).record
    store.save(
        sides.reporter,
        Act(
            incident=incident,
            victim=PersonId(person.id),
            act_type=TermRef(list="act_type", key="threat_direct"),
            period=FuzzyRange.on(date(2026, 3, 1)),
            place=PlaceRef(
                place=PlaceId(town.id),
                precision_to_release=TermRef(list="location_precision", key="locality"),
            ),
        ),
    )
    return incident, person


def planned(sides: Sides, incident: IncidentId) -> SealPlan:
    return planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))


def counted(sides: Sides, incident: IncidentId, people: int | None) -> list[Why]:
    answers = Assessing(
        level="low",
        exposed=risk.exposed_among(frozenset()),
        person_agrees=YesNo.YES,
        decision=RiskDecision.GO,
        could_match=people,
    )
    for each in store.linked_by(sides.reporter, RiskAssessment, "subject", incident):
        store.remove(sides.reporter, each.id, why="")
    risk.assess(sides.reporter, (incident,), planning.towards(sides.receiver), answers)
    return [each.why for each in planned(sides, incident).holds]


def test_m_04_work_place_day_and_event_together_ask_how_many_people_it_could_be(
    sides: Sides,
) -> None:
    incident, person = unnamed_at_work(sides)
    (found,) = planned(sides, incident).mosaics
    assert found.person == person.id
    assert set(found.traits) == {Trait.ROLE, Trait.PLACE, Trait.DATE, Trait.EVENT}
    assert counted(sides, incident, None) == [Why.NOT_COUNTED]
    assert counted(sides, incident, 4) == [Why.TOO_FEW]
    assert counted(sides, incident, 5) == []
    mosaic.set_threshold(sides.reporter, 10)
    assert [each.why for each in planned(sides, incident).holds] == [Why.TOO_FEW]
    mosaic.set_threshold(sides.reporter, 0)
    assert mosaic.threshold(sides.reporter) == mosaic.LEAST_K


def test_m_04_who_agreed_to_be_known_to_this_receiver_is_no_mosaic(sides: Sides) -> None:
    incident, person = unnamed_at_work(sides)
    store.save(
        sides.reporter,
        ConsentRecord(
            about=PersonId(person.id),
            given_by=TermRef(list="consent_giver", key="person"),
            method=TermRef(list="consent_method", key="secure_call"),
            given_at=FuzzyDate.on(date(2026, 3, 14)),
            decisions=(
                ConsentDecision(
                    scope=TermRef(list="consent_scope", key="share_named_ngo"),
                    decision=TermRef(list="consent_decision", key="yes"),
                ),
            ),
        ),
    )
    assert planned(sides, incident).mosaics == ()


def test_m_04_what_is_told_coarsely_is_no_mosaic(sides: Sides) -> None:
    incident = sides.record()
    person = store.save(sides.reporter, Person()).record
    store.save(
        sides.reporter,
        Involvement(
            incident=incident,
            party=PersonId(person.id),
            role=TermRef(list="person_role", key="primary_victim"),
        ),
    )
    assert planned(sides, incident).mosaics == ()


def test_m_11_notes_source_and_risk_are_part_of_no_bundle(sides: Sides) -> None:
    incident, _ = unnamed_at_work(sides, notes_internal=LText.of("her true name", "en"))
    travelling = planned(sides, incident).records
    assert Kind.RISK_ASSESSMENT not in {each.kind for each in travelling}
    assert not any(b"her true name" in encode(each).body for each in travelling)
