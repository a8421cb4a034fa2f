"""The index rows of a record: terms, dates, links and words."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.records import (
    Act,
    ConsentRecord,
    Contact,
    CustodyEvent,
    EngagementLink,
    EvidenceItem,
    EvidenceLink,
    FuzzyDate,
    FuzzyRange,
    Incident,
    Kind,
    Liberty,
    LText,
    Person,
    PersonName,
    Place,
    PlaceRef,
    Source,
    SpecialData,
    TermRef,
    Translation,
)
from app.records.derive import DateRow, TermRow, bounds, dates, links, terms, words
from app.records.ids import EngagementId, IncidentId, PersonId, PlaceId, new_id


def said(text: str) -> LText:
    return LText.of(text, "en")


def found(record: Incident | Person | Source | EvidenceItem | Act) -> set[str]:
    return {row.text for row in words(record)}


def test_terms_are_found_at_the_top_and_inside_blocks() -> None:
    act = Act(
        act_type=TermRef.parse("act_type:arrest"),
        engagement_links=(
            EngagementLink(timing=TermRef.parse("timing_relation:after")),
            EngagementLink(timing=TermRef.parse("timing_relation:after")),
        ),
    )
    rows = terms(act)
    assert TermRow(field="act_type", vocabulary="act_type", key="arrest") in rows
    link = TermRow(field="engagement_links.timing", vocabulary="timing_relation", key="after")
    assert rows.count(link) == 1


def test_the_calendar_of_a_date_is_not_a_term_of_the_case() -> None:
    assert not [row for row in terms(Act()) if row.vocabulary == "calendar"]


def test_a_period_is_one_row_from_its_first_to_its_last_day() -> None:
    act = Act(
        period=FuzzyRange(
            start=FuzzyDate(earliest=date(2025, 3, 1), latest=date(2025, 3, 31)),
            end=FuzzyDate(earliest=date(2025, 5, 1), latest=date(2025, 5, 31)),
        ),
        liberty=Liberty(last_seen=FuzzyDate.on(date(2025, 3, 2))),
    )
    rows = dates(act)
    assert DateRow(field="period", earliest=date(2025, 3, 1), latest=date(2025, 5, 31)) in rows
    assert (
        DateRow(field="liberty.last_seen", earliest=date(2025, 3, 2), latest=date(2025, 3, 2))
        in rows
    )


def test_days_and_instants_are_rows_of_one_day() -> None:
    event = CustodyEvent(
        at=datetime(2026, 1, 15, 23, 59, tzinfo=UTC), retention_until=date(2028, 1, 15)
    )
    rows = {row.field: (row.earliest, row.latest) for row in dates(event)}
    assert rows["at"] == (date(2026, 1, 15), date(2026, 1, 15))
    assert rows["retention_until"] == (date(2028, 1, 15), date(2028, 1, 15))


def test_bounds_are_open_where_nothing_is_known() -> None:
    day = FuzzyDate.on(date(2025, 1, 1))
    assert bounds(None) == (None, None)
    assert bounds(day) == (date(2025, 1, 1), date(2025, 1, 1))
    assert bounds(FuzzyRange()) == (None, None)
    assert bounds(FuzzyRange(start=day, ongoing=True)) == (date(2025, 1, 1), None)
    assert bounds(FuzzyRange(start=day)) == (date(2025, 1, 1), date(2025, 1, 1))
    assert bounds(FuzzyRange(end=day)) == (None, date(2025, 1, 1))


def test_links_name_what_they_may_point_to_and_leave_the_own_identifier_out() -> None:
    engagement, place = EngagementId(new_id()), PlaceId(new_id())
    incident = Incident(engagements=(engagement,), country=PlaceRef(place=place))
    rows = {row.field: row for row in links(incident)}
    assert rows.keys() == {"engagements", "country.place"}
    assert rows["engagements"].target == engagement
    assert rows["country.place"].kinds == (Kind.PLACE,)
    assert not rows["country.place"].protected


def test_links_inside_blocks_are_found() -> None:
    target = IncidentId(new_id())
    item = EvidenceItem(links=(EvidenceLink(supports=target),))
    assert [(row.field, row.target) for row in links(item)] == [("links.supports", target)]


def test_words_are_found_with_their_language_and_their_translations() -> None:
    title = LText(text="Besuch", lang="de", translations=(Translation(text="Visit", lang="en"),))
    rows = {(row.field, row.text, row.lang) for row in words(Incident(title=title))}
    assert {("title", "Besuch", "de"), ("title", "Visit", "en")} <= rows


def test_words_come_from_dates_other_texts_tags_notes_and_references() -> None:
    incident = Incident(
        period=FuzzyRange(
            start=FuzzyDate(original_text="دی", lang="fa"), end=FuzzyDate(original_text="بهمن")
        ),
        harm=(TermRef(list="harm_type", key="other", other_text="sleepless"),),
        tags=("north",),
        notes_internal=said("call in May"),
    )
    assert {"دی", "بهمن", "sleepless", "north", "call in May", incident.short_ref} <= found(
        incident
    )
    birth = Person(birth=FuzzyDate(original_text="١٢ رمضان"))
    assert "١٢ رمضان" in found(birth)


def test_an_open_end_has_no_words() -> None:
    act = Act(period=FuzzyRange(end=FuzzyDate(original_text="harvest")))
    assert "harvest" in found(act)


def test_names_and_pseudonyms_can_be_searched() -> None:
    person = Person(names=(PersonName(full="مثال بن عيّنة", lang="ar"),), pseudonym="NORTH GATE")
    assert {"مثال بن عيّنة", "NORTH GATE"} <= found(person)


def test_codes_of_languages_and_files_are_not_words() -> None:
    assert not {"ar", "image/png", "und"} & found(EvidenceItem(mime="image/png"))
    assert "ar" not in found(Person(languages=("ar",), names=(PersonName(full="x", lang="ar"),)))


def test_sealed_and_special_data_are_never_found() -> None:
    person = Person(
        religion=SpecialData(words=said("of the old rite"), reason=said("asylum claim")),
        contact=(Contact(channel="radio", value="+41 00", safe_times=said("at noon")),),
    )
    assert not {"of the old rite", "asylum claim", "radio", "+41 00", "at noon"} & found(person)
    item = EvidenceItem(original_filename="anna.jpg", embedded_metadata=said("camera 7"))
    assert not {"anna.jpg", "camera 7"} & found(item)


def test_a_protected_source_is_found_by_nothing() -> None:
    source = Source(
        description=said("the cook"), reliability_reason=said("worked there"), tags=("kitchen",)
    )
    assert words(source) == ()


def test_a_source_without_protection_is_found_but_never_by_its_identity() -> None:
    source = Source(
        description=said("the cook"),
        reliability_reason=said("an office that publishes"),
        protect_identity=False,
    )
    assert "an office that publishes" in found(source)
    assert "the cook" not in found(source)


def test_the_links_of_a_protected_source_are_marked() -> None:
    person = PersonId(new_id())
    (row,) = links(Source(person=person))
    assert row.target == person
    assert row.protected
    (row,) = links(Source(person=person, protect_identity=False))
    assert row.protected
    (consent,) = links(ConsentRecord(about=person))
    assert not consent.protected


def test_a_place_in_a_list_of_names_is_found_by_any_of_them() -> None:
    place = Place(tags=("border",))
    assert "border" in {row.text for row in words(place)}
