"""Programs that are not ours open a bundle, and find nothing of what was to stay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from app import contacts, store
from app.bundles import planning, sealing
from app.bundles.release import Release
from app.bundles.sealing import Order
from app.coarser_dates import DatesTold
from app.records import (
    Act,
    FuzzyDate,
    FuzzyRange,
    Incident,
    LText,
    Person,
    PersonName,
    Place,
    PlaceName,
    PlaceRef,
    TermRef,
)
from app.records.consent_record import ConsentDecision, ConsentRecord
from app.records.ids import IncidentId, PersonId, PlaceId
from app.records.place import Coordinates
from app.records.record import FieldConfidentiality
from app.vault import Vault
from tests.app.bundles import stock
from tests.app.bundles.test_witness import identity_of, needs_stock
from tests.sides import Sides, compare

STAYS = (
    b"Rose Street",
    b"12345678",
    b"2026-02-11",
    b"11 February",
    b"Oldname",
    b"Oldgiven",
    b"Beekeeper",
    b"her cousin",
    b"field-tag",
)
GOES = (b"Newname", b"Meridonia", b'"edtf":"2026-02"', b"told_in_part")
SEALED = TermRef(list="confidentiality", key="c4_sealed")


def told(vault: Vault) -> IncidentId:
    country = Place(
        level=TermRef(list="place_level", key="country"), names=(PlaceName(text="Meridonia"),)
    )
    house = Place(
        level=TermRef(list="place_level", key="site"),
        names=(PlaceName(text="12 Rose Street"),),
        parent=PlaceId(country.id),
        coordinates=Coordinates(latitude_e6=12_345_678, longitude_e6=1, radius_metres=5),
    )
    when = FuzzyRange(
        start=replace(FuzzyDate.on(date(2026, 2, 11)), original_text="11 February at dawn")
    )
    where = PlaceRef(
        place=PlaceId(house.id),
        precision_to_release=TermRef(list="location_precision", key="country"),
        as_written=LText.of("at the gate of 12 Rose Street", "en"),
    )
    person = Person(
        names=(
            PersonName(full="Newname", type=TermRef(list="name_type", key="chosen_name")),
            PersonName(full="Oldname", type=TermRef(list="name_type", key="former_name")),
            PersonName(full="Oldgiven", type=TermRef(list="name_type", key="transliteration")),
        ),
        occupation=LText.of("Beekeeper", "en"),
        field_confidentiality=(FieldConfidentiality(field="Occupation", level=SEALED),),
        notes_internal=LText.of("her cousin told us", "en"),
        tags=("field-tag",),
        name_purpose=LText.of("a letter", "en"),
    )
    consent = ConsentRecord(
        about=PersonId(person.id),
        given_by=TermRef(list="consent_giver", key="person"),
        method=TermRef(list="consent_method", key="secure_call"),
        given_at=FuzzyDate.on(date(2026, 3, 20)),
        decisions=(
            ConsentDecision(
                scope=TermRef(list="consent_scope", key="share_named_ngo"),
                decision=TermRef(list="consent_decision", key="yes"),
            ),
        ),
    )
    incident = Incident(
        title=LText.of("A visit", "en"),
        narrative=LText.of("Two men came.", "en"),
        language="en",
        period=when,
        country=where,
    )
    act = Act(
        incident=IncidentId(incident.id),
        act_type=TermRef(list="act_type", key="threat"),
        victim=PersonId(person.id),
        period=when,
        place=where,
    )
    for record in (country, house, person, consent, incident, act):
        store.save(vault, record)
    return IncidentId(incident.id)


@needs_stock
def test_m_05_m_07_m_11_stock_tools_find_nothing_in_a_bundle_that_was_to_stay(
    new_vault: Callable[[str], Vault], tmp_path: Path
) -> None:
    reporter, desk = new_vault("reporter"), new_vault("desk")
    contacts.make_older_own_card(desk, "Older tools")
    card = contacts.own_card(desk)
    assert card is not None
    known, _ = contacts.add_card(reporter, card.marshal())
    folder = tmp_path / "out"
    folder.mkdir()
    sides = Sides(reporter=reporter, desk=desk, receiver=compare(reporter, known), folder=folder)
    incident = told(reporter)
    sides.assess(incident)
    order = Order(
        incidents=(incident,),
        receiver=sides.receiver.id,
        release=Release(dates=DatesTold.MONTH),
    )
    sealed = sealing.seal(reporter, planning.plan(reporter, order), folder=folder)
    bag = stock.unpacked(sealed.path, identity_of(desk), tmp_path / "x")
    archive = b"\0".join(
        path.name.encode() + b"\0" + path.read_bytes()
        for path in sorted(bag.parent.rglob("*"))
        if path.is_file()
    )
    assert {words: archive.count(words) for words in STAYS} == dict.fromkeys(STAYS, 0)
    assert [words for words in GOES if words not in archive] == []
