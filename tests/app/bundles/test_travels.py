"""Consent and protection, against mistakes and against attacks (rules C, M, S, D)."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app import consents, contacts, evidence, released, store
from app.bundles import choosing, opening, planning, sealing
from app.bundles.choosing import Arrived, Chosen, Reason
from app.bundles.packing import Payload
from app.bundles.planning import Order
from app.bundles.reading import CUSTODY, MAX_RECORDS_BYTES, RECORDS
from app.bundles.report import ItemState
from app.consents import SHARE_NAMED_NGO, Answer
from app.demo import exhibits
from app.errors import CannotPack, PlanChanged, TooBig
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records import (
    ConsentRecord,
    CustodyEvent,
    EvidenceItem,
    Incident,
    Involvement,
    Person,
    Record,
    Source,
    Statement,
)
from app.records.choices import ConsentItems, NamingDecision
from app.records.consent_record import ConsentDecision
from app.records.dates import FuzzyDate
from app.records.evidence_item import EvidenceLink
from app.records.ids import (
    ConsentRecordId,
    EvidenceItemId,
    IncidentId,
    PersonId,
    SourceId,
)
from app.records.person import SpecialData
from app.records.values import LText, PersonName, TermRef
from app.vault import Vault
from tests.app.bundles import forging
from tests.conftest import NOON
from tests.sides import Sides, new_incident

TODAY = date(2026, 3, 14)
DESK = frozenset({"human rights desk"})
MONTH = timedelta(days=30)


def named(**more: object) -> Person:
    person = Person(
        identity_mode=TermRef(list="identity_mode", key="named"),
        names=(PersonName(full="林示例", primary=True),),
        name_purpose=LText.of("The letter has to say who it is about.", "en"),
    )
    return replace(person, **more)  # type: ignore[arg-type]


def coded(**more: object) -> Person:
    person = Person(identity_mode=TermRef(list="identity_mode", key="coded"))
    return replace(person, **more)  # type: ignore[arg-type]


def decided(decision: str, scope: str = SHARE_NAMED_NGO, **more: object) -> ConsentDecision:
    return ConsentDecision(
        scope=TermRef(list="consent_scope", key=scope),
        decision=TermRef(list="consent_decision", key=decision),
        **more,  # type: ignore[arg-type]
    )


def given(
    person: Person, *decisions: ConsentDecision, at: datetime = NOON, **more: object
) -> ConsentRecord:
    return ConsentRecord(
        about=PersonId(person.id),
        decisions=decisions,
        **{"created_at": at, "updated_at": at, **more},  # type: ignore[arg-type]
    )


def in_incident(*people: Person, role: str = "primary_victim") -> list[Record]:
    """An incident with these people in it."""
    incident = Incident()
    return [
        incident,
        *people,
        *(
            Involvement(
                incident=IncidentId(incident.id),
                party=PersonId(each.id),
                role=TermRef(list="person_role", key=role),
            )
            for each in people
        ),
    ]


def may_be_named(part: Record) -> Involvement:
    """The same accusation, after two people decided that the name may be told (N-02)."""
    return replace(
        part,  # type: ignore[arg-type]
        identified_by=LText.of("By the name on the order.", "en"),
        confidence=TermRef(list="information_credibility", key="cred2_probable"),
        naming_decision=NamingDecision.CONFIDENTIAL_UN,
        naming_reason=LText.of("The recipient has to address somebody.", "en"),
        naming_reviewer_names=("Heron", "Owl"),
    )


def why(chosen: Chosen) -> dict[str, Reason]:
    return {each.record.id: each.reason for each in chosen.withheld}


def answer(*held: ConsentRecord, receiver: frozenset[str] = DESK) -> Answer:
    return consents.answer(held, SHARE_NAMED_NGO, TODAY, receiver)


# --- consent --------------------------------------------------------------------------------


def test_c_07_a_yes_to_one_receiver_is_none_to_another() -> None:
    person = named()
    told = given(person, decided("yes", recipient=" Human Rights Desk "))
    assert answer(told) is Answer.YES
    assert answer(told, receiver=frozenset({"other desk"})) is Answer.NOT_ASKED
    assert answer(told, receiver=consents.ANYBODY) is Answer.NOT_ASKED


def test_what_was_said_of_this_receiver_comes_before_what_was_said_of_any() -> None:
    person = named()
    told = given(person, decided("no", recipient="Human Rights Desk"), decided("yes"))
    assert answer(told) is Answer.NO
    assert answer(told, receiver=frozenset({"other desk"})) is Answer.YES


def test_a_later_conversation_about_something_else_does_not_silence_a_no() -> None:
    person = coded()
    no = given(person, decided("no"))
    later = given(person, decided("yes", "un_confidential"), at=NOON + MONTH)
    unasked = given(person, decided("not_asked"), at=NOON + MONTH)
    assert answer(no, later, unasked) is Answer.NO
    assert choosing.choose([person, no, later], TODAY).travels == ()


def test_correcting_an_old_yes_does_not_overrule_a_later_no() -> None:
    person = named()
    yes = given(person, decided("yes"), updated_at=NOON + 2 * MONTH)
    no = given(person, decided("no"), at=NOON + MONTH)
    assert answer(yes, no) is Answer.NO


def test_an_old_yes_turned_to_no_overrules_a_later_yes() -> None:
    person = named()
    turned = given(person, decided("no"), updated_at=NOON + 2 * MONTH)
    yes = given(person, decided("yes"), at=NOON + MONTH)
    assert answer(turned, yes) is Answer.NO


def test_c_06_a_withdrawal_is_overruled_only_by_a_later_yes() -> None:
    person = named()
    first = given(
        person,
        decided("yes"),
        withdrawn_at=FuzzyDate.on(TODAY),
        updated_at=NOON + MONTH,
    )
    assert answer(first, given(person, decided("yes"))) is Answer.WITHDRAWN
    assert answer(first, given(person, decided("yes"), at=NOON + 2 * MONTH)) is Answer.YES


def test_of_two_answers_at_one_moment_the_refusal_counts() -> None:
    person = named()
    assert answer(given(person, decided("yes")), given(person, decided("no"))) is Answer.NO


def test_a_yes_to_chosen_parts_does_not_let_the_whole_record_travel() -> None:
    person = named()
    part = given(person, decided("yes", items=ConsentItems.CHOSEN))
    assert why(choosing.choose([person, part], TODAY))[person.id] is Reason.IN_PART


@pytest.mark.parametrize(
    ("scope", "more"),
    [
        ("share_health_data", {"health": SpecialData(words=LText.of("burns"))}),
        ("share_sensitive_identity", {"religion": SpecialData(words=LText.of("old rite"))}),
    ],
)
def test_a_no_to_sharing_special_data_keeps_who_has_them_here(
    scope: str, more: dict[str, object]
) -> None:
    person = named(**more)
    yes = given(person, decided("yes"))
    both = given(person, decided("yes"), decided("no", scope))
    plain = named()
    assert choosing.choose([person, yes], TODAY).travels == (person, yes)
    assert why(choosing.choose([person, both], TODAY))[person.id] is Reason.IN_PART
    assert plain in choosing.choose([plain, given(plain, *both.decisions)], TODAY).travels


def test_a_consent_for_another_receiver_is_not_told_to_this_one() -> None:
    person = coded()
    other = given(person, decided("yes", recipient="Other Desk"))
    chosen = choosing.choose([person, other], TODAY, receiver=DESK)
    assert chosen.travels == (person,)
    assert why(chosen)[other.id] is Reason.CONSENT_FOR_ANOTHER


# --- who is seen through others -------------------------------------------------------------


def test_the_picture_of_somebody_who_stays_here_stays_too() -> None:
    picture = EvidenceItem()
    person = named(image=EvidenceItemId(picture.id))
    records = [*in_incident(person), picture]
    pinned = replace(picture, links=(EvidenceLink(supports=records[0].id),))
    for item in (picture, pinned):
        chosen = choosing.choose([*records[:-1], item], TODAY)
        assert why(chosen)[picture.id] is Reason.SHOWS_WITHHELD


def test_a_photograph_in_which_somebody_who_stays_here_can_be_recognised_stays() -> None:
    person, other = named(), coded()
    records = in_incident(person, other)
    both = EvidenceItem(
        links=(EvidenceLink(supports=records[0].id),),
        people_listed=(PersonId(other.id), PersonId(person.id)),
    )
    one = EvidenceItem(
        links=(EvidenceLink(supports=records[0].id),), people_listed=(PersonId(other.id),)
    )
    chosen = choosing.choose([*records, both, one], TODAY)
    assert why(chosen)[both.id] is Reason.SHOWS_WITHHELD
    assert one in chosen.travels


def test_a_no_to_sharing_files_keeps_the_files_and_not_the_person() -> None:
    person = named()
    records = in_incident(person)
    item = EvidenceItem(
        links=(EvidenceLink(supports=records[0].id),), people_listed=(PersonId(person.id),)
    )
    yes = given(person, decided("yes"), decided("no", "share_evidence_files"))
    chosen = choosing.choose([*records, item, yes], TODAY)
    assert person in chosen.travels
    assert why(chosen)[item.id] is Reason.SHOWS_WITHHELD


def test_what_hangs_on_somebody_who_stays_here_alone_stays_too() -> None:
    person, guardian, both = named(), coded(), coded()
    said = given(person, decided("no"), giver=PersonId(guardian.id))
    chosen = choosing.choose([*in_incident(person, both), guardian, said], TODAY)
    assert why(chosen)[guardian.id] is Reason.PART_OF_WITHHELD
    assert both in chosen.travels


def test_s_01_the_consent_of_who_speaks_does_not_tell_who_it_is() -> None:
    speaker = named()
    incident = Incident()
    consent = given(speaker, decided("yes"))
    source = Source(protect_identity=True)
    said = Statement(
        incident=IncidentId(incident.id),
        source=SourceId(source.id),
        consent=ConsentRecordId(consent.id),
    )
    chosen = choosing.choose([incident, said, source, consent, speaker], TODAY)
    assert chosen.travels == (incident, said)
    assert why(chosen) == {
        source.id: Reason.PROTECTED_SOURCE,
        consent.id: Reason.CONSENT_OF_WITHHELD,
        speaker.id: Reason.PART_OF_WITHHELD,
    }


def test_the_consent_of_an_open_source_goes_along() -> None:
    speaker = named()
    incident = Incident()
    consent = given(speaker, decided("yes"))
    source = Source(protect_identity=False)
    said = Statement(
        incident=IncidentId(incident.id),
        source=SourceId(source.id),
        consent=ConsentRecordId(consent.id),
    )
    records = [incident, said, source, consent, speaker]
    assert choosing.choose(records, TODAY).travels == tuple(records)


def test_who_is_accused_in_one_act_and_harmed_in_another_is_asked() -> None:
    person = named()
    accused = in_incident(person, role="alleged_perpetrator")
    accused[2] = may_be_named(accused[2])
    assert person in choosing.choose(accused, TODAY).travels
    harmed = in_incident(person)
    both = [*accused, harmed[0], harmed[2]]
    assert why(choosing.choose(both, TODAY)) == {person.id: Reason.NOT_ASKED}


# --- what others wrote ----------------------------------------------------------------------


def test_an_accusation_from_outside_does_not_set_ones_own_people_free() -> None:
    person = named()
    records = in_incident(person, role="alleged_perpetrator")
    records[2] = may_be_named(records[2])
    theirs = [Arrived(record=records[2].id, sender="a")]
    assert why(choosing.choose(records, TODAY, arrived=theirs)) == {person.id: Reason.NOT_ASKED}
    whole = [Arrived(record=each.id, sender="a") for each in records]
    assert person in choosing.choose(records, TODAY, arrived=whole).travels


def test_a_consent_from_outside_does_not_set_ones_own_people_free() -> None:
    person = named()
    yes = given(person, decided("yes"))
    for sender in ("a", "b"):
        chosen = choosing.choose(
            [person, yes], TODAY, arrived=[Arrived(record=yes.id, sender=sender)]
        )
        assert chosen.travels == ()


def test_a_refusal_counts_from_whomever_it_came() -> None:
    person = named()
    yes, no = given(person, decided("yes")), given(person, decided("no"), at=NOON + MONTH)
    chosen = choosing.choose([person, yes, no], TODAY, arrived=[Arrived(record=no.id, sender="a")])
    assert why(chosen)[person.id] is Reason.NO


def test_d_05_who_came_from_others_is_passed_on_only_with_a_yes_to_that() -> None:
    person = named()
    share, further = decided("yes"), decided("yes", "share_other_partners")
    for decisions, travels in (((share,), False), ((share, further), True)):
        told = given(person, *decisions)
        both = [Arrived(record=each.id, sender="a") for each in (person, told)]
        assert (person in choosing.choose([person, told], TODAY, arrived=both).travels) is travels
    # asked again here
    mine = given(person, further)
    theirs = [Arrived(record=person.id, sender="a")]
    assert person in choosing.choose([person, mine], TODAY, arrived=theirs).travels
    # the word of another sender is none
    other = [*theirs, Arrived(record=mine.id, sender="b")]
    assert choosing.choose([person, mine], TODAY, arrived=other).travels == ()


def test_a_bundle_that_accuses_ones_own_people_does_not_let_them_travel(
    sides: Sides, tmp_path: Path
) -> None:
    incident, person = _with_victim(sides.reporter)
    forged = Involvement(
        incident=incident,
        party=PersonId(person.id),
        role=TermRef(list="person_role", key="alleged_perpetrator"),
    )
    yes = given(person, decided("yes"))
    path = forging.write(
        sides.reporter,
        tmp_path / "forged",
        forging.payload(forging.line(forged), forging.line(yes)),
    )
    opened = opening.open_bundle(sides.reporter, path)
    importing.apply(
        sides.reporter,
        path,
        importing.plan_import(sides.reporter, opened),
        accepted=frozenset({Doubt.UNSIGNED}),
    )
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert person.id not in {each.id for each in plan.records}


# --- files ----------------------------------------------------------------------------------


def test_m_08_only_the_copy_made_to_leave_goes_along(sides: Sides) -> None:
    incident = sides.record()
    sides.attach(incident, b"the original" * 100, "one")
    (original,) = store.every(sides.reporter, EvidenceItem)
    sides.attach(incident, b"the copy" * 100, "two")
    copy = next(
        each for each in store.every(sides.reporter, EvidenceItem) if each.id != original.id
    )
    store.save(sides.reporter, replace(original, release_form=EvidenceItemId(copy.id)))
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert [each.item.id for each in plan.files] == [copy.id]
    assert [(each.record.id, each.reason) for each in plan.withheld] == [
        (original.id, Reason.ORIGINAL)
    ]
    done = sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    assert (done.evidence, done.complete) == (1, True)
    assert not evidence.has_file(sides.desk, original.id)


def test_m_08_a_photo_stays_until_its_copy_is_made_and_then_the_copy_goes(sides: Sides) -> None:
    incident = sides.record()
    photo = sides.folder.parent / "IMG_1.jpg"
    photo.write_bytes(exhibits.photo(1))
    item = evidence.take_in(sides.reporter, photo, about=incident, evidence_type="photo")
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    plan = planning.plan(sides.reporter, order)
    assert plan.files == ()
    assert [(each.record.id, each.reason) for each in plan.withheld] == [
        (item.id, Reason.NOT_RELEASED)
    ]
    copy = released.make_clean(sides.reporter, item.id)
    sealed = sides.seal(incident)
    assert sides.take_in(sealed, Doubt.UNKNOWN).complete
    with evidence.reader(sides.desk, copy.id) as reader:
        arrived = reader.read()
    assert b"Telephone 1" not in arrived
    assert not evidence.has_file(sides.desk, item.id)
    # whoever received it may pass it on: it was released by who sealed it
    (received,) = (each for each in store.every(sides.desk, EvidenceItem) if each.id == copy.id)
    came = [Arrived(record=received.id, sender="K")]
    assert choosing.choose([received], TODAY, arrived=came).withheld == ()


def test_a_file_in_which_nothing_is_hidden_goes_along_without_a_decision(sides: Sides) -> None:
    incident = sides.record()
    note = sides.folder.parent / "note.txt"
    note.write_bytes(b"What they said, word for word.")
    item = evidence.take_in(sides.reporter, note, about=incident, evidence_type="photo")
    plan = planning.plan(sides.reporter, Order(incidents=(incident,), receiver=sides.receiver.id))
    assert [each.item.id for each in plan.files] == [item.id]


def test_a_copy_of_a_picture_of_somebody_who_stays_here_stays_too() -> None:
    copy = EvidenceItem()
    original = EvidenceItem(release_form=EvidenceItemId(copy.id))
    person = Person(image=EvidenceItemId(original.id))
    found = choosing.choose([person, original, copy], TODAY)
    stays = {each.record.id: each.reason for each in found.withheld}
    assert stays[original.id] == stays[copy.id] == Reason.SHOWS_WITHHELD


def test_an_item_that_is_its_own_copy_goes_along() -> None:
    item = EvidenceItem()
    own = replace(item, release_form=EvidenceItemId(item.id))
    assert choosing.choose([own], TODAY) == Chosen(travels=(own,), withheld=())


# --- between looking and sealing ------------------------------------------------------------


def test_a_consent_withdrawn_after_the_plan_was_shown_stops_the_sealing(sides: Sides) -> None:
    incident, person = _with_victim(sides.reporter)
    consent = store.save(sides.reporter, _saved(given(person, decided("yes")))).record
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    plan = planning.plan(sides.reporter, order)
    assert person.id in {each.id for each in plan.records}
    store.save(sides.reporter, replace(consent, withdrawn_at=FuzzyDate.on(TODAY)))
    with pytest.raises(PlanChanged):
        sealing.seal(sides.reporter, plan, folder=sides.folder)
    assert list(sides.folder.iterdir()) == []


def test_words_taken_out_after_the_plan_was_shown_are_not_in_the_leaflet(sides: Sides) -> None:
    incident = sides.record()
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    plan = planning.plan(sides.reporter, order)
    kept = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(kept, narrative=LText.of("Somebody came.", "en")))
    with pytest.raises(PlanChanged):
        sealing.seal(sides.reporter, plan, folder=sides.folder)
    sealing.seal(sides.reporter, planning.plan(sides.reporter, order), folder=sides.folder)


def test_a_consent_may_name_the_receiver_by_the_name_on_its_card(sides: Sides) -> None:
    incident, person = _with_victim(sides.reporter)
    told = given(person, decided("yes", recipient="Human Rights Desk"))
    store.save(sides.reporter, _saved(told))
    contacts.rename(sides.reporter, sides.receiver.id, "Anna")
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    assert person.id in {each.id for each in planning.plan(sides.reporter, order).records}


def test_custody_travels_in_the_order_of_its_chain_though_the_clock_went_back(
    sides: Sides, tmp_path: Path
) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(100))
    (item,) = store.every(sides.reporter, EvidenceItem)
    evidence.export(sides.reporter, item.id, to=tmp_path / "copy")
    first, second, third = evidence.custody(sides.reporter, item.id)
    with sides.reporter.transaction() as tx:
        store.put(sides.reporter, tx, replace(second, created_at=NOON - MONTH))
    opened = sides.open(sides.seal(incident))
    assert [each.id for each in opened.records if each.kind == CustodyEvent.kind] == [
        first.id,
        second.id,
        third.id,
    ]
    assert all(each.state is ItemState.GOOD for each in opened.items)


def _with_victim(vault: Vault) -> tuple[IncidentId, Person]:
    incident = IncidentId(new_incident(vault, "A visit").id)
    person = store.save(vault, named()).record
    part = Involvement(
        incident=incident,
        party=PersonId(person.id),
        role=TermRef(list="person_role", key="primary_victim"),
    )
    store.save(vault, part)
    return incident, person


def _saved(record: ConsentRecord) -> ConsentRecord:
    """With what a consent record needs to be saved."""
    return replace(
        record,
        given_by=TermRef(list="consent_giver", key="person"),
        method=TermRef(list="consent_method", key="in_person_oral"),
        given_at=FuzzyDate.on(TODAY),
    )


@pytest.mark.parametrize("reference", ["../../etc/x", "a/b", "ABCDEFG", "", "x" * 3000])
def test_evidence_with_any_reference_from_outside_can_be_sealed_on(
    sides: Sides, reference: str
) -> None:
    incident = sides.record()
    sides.attach(incident, b"the same", "one")
    sides.attach(incident, b"the same", "two")
    with sides.reporter.transaction() as tx:
        for item in store.every(sides.reporter, EvidenceItem):
            store.put(sides.reporter, tx, replace(item, short_ref=reference))
    done = sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    assert (done.evidence, done.complete) == (2, True)


def test_what_no_reader_would_take_is_not_sealed(tmp_path: Path) -> None:
    line = forging.line(Incident())
    with pytest.raises(CannotPack):
        sealing.refuse_unreadable([], [line] * 10_001, tmp_path)
    half = replace(Payload.of(RECORDS, b""), size=MAX_RECORDS_BYTES // 2 + 1)
    both = [half, replace(half, path=CUSTODY)]
    with pytest.raises(TooBig):
        sealing.refuse_unreadable(both, [], tmp_path)
    sealing.refuse_unreadable([half], [line] * 10_000, tmp_path)
