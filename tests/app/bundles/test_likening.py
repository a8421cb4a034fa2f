"""Two released forms of one record meet: no conflict, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import contacts, store
from app.bundles import opening, planning, sealing
from app.bundles.likening import agree, tells_no_more
from app.bundles.release import AS_RECORDED, AgesTold, FormerNames, Release
from app.bundles.releasing import release
from app.bundles.sealing import Order, Sealed
from app.coarser_dates import DatesTold
from app.contacts import Contact
from app.inbox import importing, receipts
from app.inbox.importing import Doubt, Imported, Outcome
from app.inbox.statement import Verdict
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
from app.records.ids import IncidentId, PlaceId
from app.records.record import FieldConfidentiality
from app.storage import records as heads
from app.vault import Vault
from tests.sides import Sides, compare, meet
from tools.assessing import assess

DAY = date(2026, 3, 14)
COUNTRY = Place(
    level=TermRef(list="place_level", key="country"), names=(PlaceName(text="Meridonia"),)
)
TOWN = Place(
    level=TermRef(list="place_level", key="locality"),
    names=(PlaceName(text="Ora"),),
    parent=PlaceId(COUNTRY.id),
)
ACT = Act(
    period=FuzzyRange.on(DAY),
    age_at_act=19,
    place=PlaceRef(
        place=PlaceId(TOWN.id),
        precision_to_release=TermRef(list="location_precision", key="country"),
        as_written=LText.of("12 Rose Street", "en"),
    ),
    severity_note=LText.of("grave", "en"),
    field_confidentiality=(
        FieldConfidentiality(
            field="severity_note", level=TermRef(list="confidentiality", key="c4_sealed")
        ),
    ),
)
PERSON = Person(
    names=(
        PersonName(full="Newname", type=TermRef(list="name_type", key="chosen_name")),
        PersonName(full="Oldname", type=TermRef(list="name_type", key="former_name")),
    ),
    birth=FuzzyDate.on(date(1990, 5, 6)),
)
HOWS = (
    AS_RECORDED,
    Release(dates=DatesTold.MONTH),
    Release(dates=DatesTold.YEAR, ages=AgesTold.GROUP),
    Release(former_names=FormerNames.ASKED_FOR),
)


def in_country(place: PlaceId, whole: PlaceId) -> bool:
    return (place, whole) == (TOWN.id, COUNTRY.id)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("record", [ACT, PERSON], ids=["act", "person"])
def test_what_is_released_tells_no_more_than_the_record(record: Act | Person, how: Release) -> None:
    (made,) = release((record,), how, (record, TOWN, COUNTRY))
    assert tells_no_more(made.record, record, in_country)
    if made.record != record:
        assert not tells_no_more(record, made.record, in_country)


def test_two_forms_with_different_parts_left_out_agree_though_neither_is_within_the_other() -> None:
    coarse = release((ACT,), HOWS[1], (ACT, TOWN, COUNTRY))[0].record
    less_said = replace(ACT, place=None)
    assert not tells_no_more(coarse, less_said, in_country)
    assert not tells_no_more(less_said, coarse, in_country)
    assert agree(coarse, less_said, in_country)
    assert not agree(coarse, replace(ACT, age_at_act=20), in_country)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ACT, period=FuzzyRange.on(date(2026, 4, 1))),
        replace(ACT, severity_note=LText.of("light", "en")),
        replace(ACT, age_at_act=20),
        replace(ACT, description=LText.of("More was done.", "en")),
    ],
)
def test_what_says_something_else_is_no_form_of_it(changed: Act) -> None:
    assert not tells_no_more(changed, ACT, in_country)


def test_another_record_is_no_form_of_it() -> None:
    assert not tells_no_more(Act(), ACT, in_country)
    assert not tells_no_more(replace(PERSON, names=PERSON.names[::-1]), PERSON, in_country)


# --- between vaults -------------------------------------------------------------------------


def reported(vault: Vault) -> IncidentId:
    incident = Incident(
        title=LText.of("A visit", "en"),
        narrative=LText.of("Two men came.", "en"),
        language="en",
        period=FuzzyRange.on(DAY),
    )
    return IncidentId(store.save(vault, incident).record.id)


def seal(vault: Vault, to: Contact, folder: Path, incident: IncidentId, how: Release) -> Sealed:
    assess(vault, to, incident)
    order = Order(incidents=(incident,), receiver=to.id, release=how)
    return sealing.seal(vault, planning.plan(vault, order), folder=folder)


def take_in(desk: Vault, sealed: Sealed) -> Imported:
    plan = importing.plan_import(desk, opening.open_bundle(desk, sealed.path))
    return importing.apply(desk, sealed.path, plan, accepted=frozenset({Doubt.UNKNOWN}))


def outcome(done: Imported) -> Outcome:
    (each,) = done.records
    return each.outcome


def knows(vault: Vault, other: Vault) -> Contact:
    card = contacts.own_card(other)
    if card is None:
        card = contacts.make_own_card(other, "Third desk")
    known, _ = contacts.add_card(vault, card.marshal())
    return compare(vault, known)


def notation(vault: Vault, incident: IncidentId) -> str:
    start = store.get(vault, Incident, incident).period.start
    return "" if start is None else start.edtf


def test_two_releases_of_one_revision_meet_at_a_third_and_nothing_is_overwritten(
    new_vault: Callable[[str], Vault], tmp_path: Path
) -> None:
    author, third = new_vault("author"), new_vault("third")
    incident = reported(author)
    found = []
    for name, how in (("one", HOWS[1]), ("two", HOWS[2])):
        desk = new_vault(name)
        sealed = seal(author, knows_desk(author, desk, name), tmp_path, incident, how)
        take_in(desk, sealed)
        found.append(
            outcome(take_in(third, seal(desk, knows(desk, third), tmp_path, incident, AS_RECORDED)))
        )
    assert found == [Outcome.NEW, Outcome.IN_PART]
    assert notation(third, incident) == "2026-03"


def knows_desk(author: Vault, desk: Vault, name: str) -> Contact:
    contacts.make_own_card(desk, name)
    return knows(author, desk)


def test_the_same_revision_released_more_coarsely_later_is_the_senders_last_word(
    sides: Sides,
) -> None:
    incident = reported(sides.reporter)
    for how, wanted in ((AS_RECORDED, "2026-03-14"), (HOWS[2], "2026"), (HOWS[1], "2026-03")):
        done = take_in(
            sides.desk, seal(sides.reporter, sides.receiver, sides.folder, incident, how)
        )
        assert outcome(done) in {Outcome.NEW, Outcome.CHANGED}
        assert notation(sides.desk, incident) == wanted


def test_an_earlier_release_that_arrives_late_replaces_nothing(sides: Sides) -> None:
    incident = reported(sides.reporter)
    early = seal(sides.reporter, sides.receiver, sides.folder, incident, AS_RECORDED)
    late = seal(sides.reporter, sides.receiver, sides.folder, incident, HOWS[2])
    take_in(sides.desk, late)
    assert outcome(take_in(sides.desk, early)) is Outcome.FULLER
    assert notation(sides.desk, incident) == "2026"


def test_the_receipt_for_a_released_form_is_taken_by_its_sender(
    sides: Sides, tmp_path: Path
) -> None:
    incident = reported(sides.reporter)
    sealed = seal(sides.reporter, sides.receiver, sides.folder, incident, HOWS[2])
    (each,) = take_in(sides.desk, sealed).records
    own = heads.head(sides.reporter.database, incident)
    assert own is not None
    assert '"edtf":"2026-03-14"' in own.body
    assert b'"edtf":"2026"' in each.sealed.body
    made = receipts.make(
        sides.desk, sealed.bundle, folder=tmp_path, verdict=Verdict.ACCEPTED, message=""
    )
    taken = receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    assert taken.verdict is Verdict.ACCEPTED


def test_what_comes_back_with_less_in_it_changes_nothing_at_home(
    sides: Sides, tmp_path: Path
) -> None:
    incident = reported(sides.reporter)
    take_in(sides.desk, seal(sides.reporter, sides.receiver, sides.folder, incident, HOWS[2]))
    back = meet(sides.desk, sides.reporter, tmp_path / "back", "Reporter")
    done = take_in(
        sides.reporter, seal(sides.desk, back.receiver, back.folder, incident, AS_RECORDED)
    )
    assert outcome(done) is Outcome.IN_PART
    assert done.complete
    assert notation(sides.reporter, incident) == "2026-03-14"
