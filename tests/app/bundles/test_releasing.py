"""What of a record leaves: places, dates and ages as chosen, no former name, nothing stricter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.bundles.choosing import Reason, choose
from app.bundles.release import AS_RECORDED, AgesTold, FormerNames, Release, bracket
from app.bundles.releasing import Part, Released, release
from app.bundles.still_said import still_said
from app.coarser_dates import DatesTold, coarser
from app.records import (
    Act,
    ConsentRecord,
    CustodyEvent,
    EvidenceItem,
    FuzzyDate,
    FuzzyRange,
    Incident,
    LText,
    Person,
    PersonName,
    Place,
    PlaceName,
    PlaceRef,
    Record,
    TermRef,
    edtf,
)
from app.records.codec import encode
from app.records.ids import EvidenceItemId, PlaceId, RecordId
from app.records.person import Contact
from app.records.place import Coordinates
from app.records.record import FieldConfidentiality
from app.records.spec import UnknownMember
from app.records.values import NamePart

DAY = date(2026, 3, 14)
BY_MONTH = Release(dates=DatesTold.MONTH)
BY_YEAR = Release(dates=DatesTold.YEAR)
GROUPS = Release(ages=AgesTold.GROUP)
ASKED_FOR = Release(former_names=FormerNames.ASKED_FOR)


def released(record: Record, how: Release = AS_RECORDED, *around: Record) -> Released:
    (found,) = release((record,), how, (record, *around))
    return found


def body(record: Record, how: Release = AS_RECORDED, *around: Record) -> str:
    return encode(released(record, how, *around).record).body.decode()


def parts(record: Record, how: Release = AS_RECORDED, *around: Record) -> set[Part]:
    return {each.part for each in released(record, how, *around).left_out}


def place(level: str, name: str, parent: Place | None = None) -> Place:
    return Place(
        level=TermRef(list="place_level", key=level),
        names=(PlaceName(text=name),),
        parent=PlaceId(parent.id) if parent else None,
        coordinates=Coordinates(latitude_e6=12_345_678, longitude_e6=1, radius_metres=10),
    )


COUNTRY = place("country", "Meridonia")
TOWN = place("locality", "Ora", COUNTRY)
HOUSE = place("site", "12 Rose Street", TOWN)


def told(words: str, precision: str, where: Place | None = HOUSE) -> PlaceRef:
    return PlaceRef(
        place=PlaceId(where.id) if where else None,
        precision_to_release=TermRef(list="location_precision", key=precision),
        as_written=LText.of(words, "en"),
    )


def act(where: PlaceRef) -> Act:
    return Act(place=where)


def named(*names: PersonName) -> Person:
    return Person(names=names)


def name(full: str, kind: str = "", level: str = "") -> PersonName:
    return PersonName(
        full=full,
        type=TermRef(list="name_type", key=kind) if kind else None,
        confidentiality=TermRef(list="confidentiality", key=level) if level else None,
    )


def stricter(field: str, level: str = "c4_sealed") -> tuple[FieldConfidentiality, ...]:
    return (FieldConfidentiality(field=field, level=TermRef(list="confidentiality", key=level)),)


# --- places ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("precision", "goes"),
    [
        ("exact", HOUSE.id),
        ("locality", TOWN.id),
        ("admin1", COUNTRY.id),
        ("country", COUNTRY.id),
        ("withheld", None),
        ("from_a_newer_version", None),
    ],
    ids=["exact", "locality", "admin1", "country", "withheld", "newer"],
)
def test_m_05_a_place_is_told_as_what_it_is_part_of(precision: str, goes: str | None) -> None:
    where = act(told("at the gate of 12 Rose Street", precision))
    made = released(where, AS_RECORDED, HOUSE, TOWN, COUNTRY).record
    assert isinstance(made, Act)
    assert made.place is not None
    assert made.place.place == goes
    assert ("Rose Street" in made.place.as_written.text) is (precision == "exact")
    assert made.told_in_part is (precision != "exact")


def test_m_05_words_that_are_the_name_of_what_is_told_stay() -> None:
    where = act(told("MERIDONIA", "country"))
    assert "MERIDONIA" in body(where, AS_RECORDED, HOUSE, TOWN, COUNTRY)
    finer = act(told("Ora", "country"))
    assert "Ora" not in body(finer, AS_RECORDED, HOUSE, TOWN, COUNTRY)


def test_m_05_a_place_written_in_words_alone_goes_only_when_it_is_told_exactly() -> None:
    assert "Hill Road 9" not in body(act(told("Hill Road 9", "country", None)))
    assert "Hill Road 9" in body(act(told("Hill Road 9", "exact", None)))


def test_m_05_coordinates_go_only_where_the_place_is_told_exactly_everywhere() -> None:
    exact, coarse = act(told("", "exact", TOWN)), act(told("", "locality", TOWN))
    around = (TOWN, COUNTRY)
    assert "12345678" in body(TOWN, AS_RECORDED, exact, *around)
    assert "12345678" not in body(TOWN, AS_RECORDED, coarse, *around)
    assert "12345678" not in body(TOWN, AS_RECORDED, exact, coarse, *around)
    assert "12345678" not in body(COUNTRY, AS_RECORDED, exact, *around)


# --- dates and ages -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notation", "month", "year"),
    [
        ("2026-03-14", "2026-03", "2026"),
        ("2026-03-14~", "2026-03~", "2026~"),
        ("2026-03-1X", "2026-03", "2026"),
        ("2026-03", "2026-03", "2026"),
        ("2026-21", "2026-21", "2026"),
        ("2026-XX", "2026", "2026"),
        ("202X", "202X", "202X"),
        ("2026-03-14/2026-04-02", "2026-03/2026-04", "2026"),
        ("2026-03-14/..", "2026-03/..", "2026/.."),
        ("[2026-03-14..2026-03-20]", "2026-03", "2026"),
        ("[2025-12-14..2026-03-20]", "[2025-12..2026-03]", "[2025..2026]"),
    ],
)
def test_m_05_a_date_is_told_by_its_month_or_its_year(notation: str, month: str, year: str) -> None:
    lies = edtf.bounds(edtf.parse(notation))
    held = FuzzyDate(
        original_text="the day after the hearing",
        edtf=notation,
        earliest=lies.earliest,
        latest=lies.latest,
        precision=TermRef(list="date_precision", key="day"),
        time_of_day="04:30",
        relative_to="the hearing",
    )
    for how, wanted in ((DatesTold.MONTH, month), (DatesTold.YEAR, year)):
        made = coarser(held, how)
        assert made.edtf == wanted
        assert (made.original_text, made.time_of_day, made.relative_to) == ("", "", "")
        within = edtf.bounds(edtf.parse(wanted))
        if "season" not in wanted and "-21" not in notation:
            assert (made.earliest, made.latest) == (within.earliest, within.latest)
        assert coarser(made, how) == made


def test_m_05_a_date_with_bounds_alone_is_widened_to_whole_months() -> None:
    held = FuzzyDate(original_text="۲۴ اسفند", earliest=DAY, latest=DAY, edtf="unread")
    made = coarser(held, DatesTold.MONTH)
    assert (made.earliest, made.latest) == (date(2026, 3, 1), date(2026, 3, 31))
    assert "14" not in made.edtf
    assert not made.original_text


def test_m_05_other_dates_given_are_as_coarse_as_the_first() -> None:
    held = replace(FuzzyDate.on(DAY), alternatives=(FuzzyDate.on(date(2026, 3, 15)),))
    assert "2026-03-15" not in body(Incident(period=FuzzyRange(start=held)), BY_MONTH)


def test_m_05_every_date_of_a_record_is_told_as_chosen_and_as_recorded_otherwise() -> None:
    item = EvidenceItem(
        obtained_at=FuzzyDate.on(DAY), captured_at=datetime(2026, 3, 14, 4, 30, tzinfo=UTC)
    )
    assert "2026-03-14T04:30:00Z" in body(item)
    assert '"edtf":"2026-03-14"' in body(item)
    assert "2026-03-14" not in body(item, BY_YEAR)
    made = released(item, BY_YEAR).record
    assert isinstance(made, EvidenceItem)
    assert made.captured_at is None
    assert made.obtained_at is not None
    assert made.obtained_at.edtf == "2026"
    assert parts(item, BY_YEAR) == {Part.DATE}


def test_c_05_the_day_of_a_consent_is_told_since_it_says_how_long_it_holds() -> None:
    consent = ConsentRecord(given_at=FuzzyDate.on(DAY))
    assert "2026-03-14" in body(consent, BY_YEAR)


def test_m_05_an_age_is_told_by_its_group() -> None:
    made = released(Act(age_at_act=17), GROUPS).record
    assert isinstance(made, Act)
    assert made.age_at_act is None
    assert made.age_bracket_at_act == TermRef(list="age_bracket", key="16_17")
    born = Person(birth=FuzzyDate.on(date(1990, 5, 6)))
    assert "1990" not in body(born, GROUPS)
    assert "1990-05-06" in body(born)


@pytest.mark.parametrize(
    ("age", "key"),
    [
        (0, "under_13"),
        (12, "under_13"),
        (13, "13_15"),
        (17, "16_17"),
        (18, "18_24"),
        (60, "60_plus"),
    ],
)
def test_an_age_falls_into_its_group(age: int, key: str) -> None:
    assert bracket(age).key == key


# --- names ----------------------------------------------------------------------------------


def test_m_07_a_former_name_stays_unless_the_person_asks_and_leaves_no_trace() -> None:
    person = named(name("Newname", "chosen_name"), name("Oldname", "former_name"))
    made = released(person)
    assert encode(made.record).body == encode(replace(person, names=person.names[:1])).body
    assert [each.part for each in made.left_out] == [Part.FORMER_NAME]
    assert "Oldname" in body(person, ASKED_FOR)


def test_m_07_who_chose_a_name_has_left_the_one_of_birth() -> None:
    person = named(name("Newname", "chosen_name"), name("Birthname", "birth_name"))
    assert "Birthname" not in body(person)
    assert "Birthname" in body(named(name("Birthname", "birth_name")))


def test_m_06_another_spelling_that_may_be_of_the_former_name_stays() -> None:
    spelt = name("Starojeimja", "transliteration")
    person = named(name("Новое", "chosen_name"), name("Старое", "former_name"), spelt)
    assert "Starojeimja" not in body(person)
    assert "Starojeimja" in body(named(name("Имя", "legal_name"), spelt))


def test_m_06_the_parts_of_a_name_stay_with_it() -> None:
    former = replace(
        name("Oldname Example", "former_name"), parts=(NamePart(role="given", text="Oldgiven"),)
    )
    made = released(named(former))
    assert "Oldgiven" not in encode(made.record).body.decode()
    assert {"Oldname Example", "Oldgiven"} <= set(made.words)


@pytest.mark.parametrize(
    ("level", "goes"),
    [("c4_sealed", False), ("c9_newer", False), ("c3_case_team", True), ("c0_public", True)],
)
def test_m_07_a_name_stricter_than_its_record_stays(level: str, *, goes: bool) -> None:
    made = body(named(name("Secretname", level=level)))
    assert ("Secretname" in made) is goes
    assert ('"told_in_part":true' in made) is not goes


@pytest.mark.parametrize(
    "spelling", ["OLDNAME", "oldname", "Óldname", "Oldname's", "Oldname-Example"]
)
def test_m_06_a_name_that_was_taken_out_is_found_in_the_account(spelling: str) -> None:
    report = Incident(narrative=LText.of(f"They called {spelling}, twice.", "en"))
    (found,) = still_said((report,), ("Oldname",))
    assert (found.record, found.field, found.words) == (report, "What happened", "Oldname")


def test_m_06_a_name_within_another_word_is_not_taken_for_it() -> None:
    report = Incident(narrative=LText.of("The Oldnameberries stayed shut.", "en"))
    assert still_said((report,), ("Oldname",)) == ()
    assert still_said((Incident(narrative=LText.of("An oral hearing", "en")),), ("Ora",)) == ()


@pytest.mark.parametrize(("taken", "said"), [("Пример", "Примером"), ("مثال", "وبمثال")])
def test_m_06_a_name_with_an_ending_or_a_joined_word_is_found(taken: str, said: str) -> None:
    assert len(still_said((Incident(narrative=LText.of(said)),), (taken,))) == 1


def test_m_06_names_in_scripts_without_spaces_are_found() -> None:
    without_spaces = Incident(narrative=LText.of("他们叫了林示例两次", "zh"))
    assert len(still_said((without_spaces,), ("林示例",))) == 1


# --- stricter fields ------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["occupation", "Occupation", " OCCUPATION ", "occupation.text"])
def test_a_field_that_is_sealed_stays_however_it_is_named(field: str) -> None:
    person = Person(occupation=LText.of("Beekeeper", "en"), field_confidentiality=stricter(field))
    made = body(person)
    assert "Beekeeper" not in made
    assert "occupation" not in made.casefold()
    assert '"told_in_part":true' in made
    assert parts(person) == {Part.STRICTER_FIELD}


def test_a_field_no_stricter_than_its_record_leaves() -> None:
    person = Person(
        occupation=LText.of("Beekeeper", "en"),
        field_confidentiality=stricter("occupation", "c1_partners"),
    )
    assert "Beekeeper" in body(person)


def test_a_sealed_field_of_a_newer_version_stays() -> None:
    person = Person(
        unknown=(UnknownMember(name="home_town", json='"Ora"'),),
        field_confidentiality=stricter("home_town"),
    )
    assert "Ora" not in body(person)


def test_a_safe_contact_that_is_sealed_stays() -> None:
    person = Person(
        contact=(Contact(channel="Signal", value="0000"),),
        field_confidentiality=stricter("contact"),
    )
    assert "Signal" not in body(person)


def test_a_record_stays_that_is_sealed_or_seals_a_field_nobody_can_find() -> None:
    incident = Incident()
    sealed = Act(confidentiality=TermRef(list="confidentiality", key="c4_sealed"))
    astray = Act(field_confidentiality=stricter("the adress"))
    needed = Act(field_confidentiality=stricter("short_ref"))
    chosen = choose((incident, sealed, astray, needed), DAY)
    assert {each.record.id: each.reason for each in chosen.withheld} == dict.fromkeys(
        (sealed.id, astray.id, needed.id), Reason.SEALED
    )


# --- what stays as it is --------------------------------------------------------------------


def test_e_03_a_custody_event_leaves_byte_for_byte() -> None:
    event = CustodyEvent(
        evidence=EvidenceItemId(RecordId("a" * 32)), at=datetime(2026, 3, 14, tzinfo=UTC), by="A-1"
    )
    everything = Release(dates=DatesTold.YEAR, ages=AgesTold.GROUP, former_names=FormerNames.STAY)
    assert encode(released(event, everything).record) == encode(event)


def test_m_11_what_stays_on_this_device_is_in_no_released_body() -> None:
    person = Person(notes_internal=LText.of("her true name", "en"), tags=("cousin",))
    made = body(person)
    assert "true name" not in made
    assert "cousin" not in made


def test_a_record_of_which_nothing_is_left_out_has_the_same_bytes() -> None:
    whole = Incident(title=LText.of("A visit", "en"), period=FuzzyRange.on(DAY))
    assert encode(released(whole).record) == encode(whole)
