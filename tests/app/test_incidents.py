"""The list of incidents, what belongs to one, and what ties two together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import belonging, evidence, incidents, samples, store
from app.errors import NotFound
from app.incidents import Filter, State
from app.records import (
    KINDS,
    Act,
    ConsentRecord,
    CustodyEvent,
    Engagement,
    EvidenceItem,
    FuzzyRange,
    Incident,
    IncidentLink,
    Involvement,
    Kind,
    LText,
    Person,
    Record,
    Relationship,
    Source,
    Statement,
)
from app.records.ids import EngagementId, IncidentId, PersonId, RecordId, SourceId, new_id
from app.records.values import PersonName
from app.storage import bundles, contacts, receipts
from app.storage.bundles import SealedBundle, SealedRevision
from app.storage.contacts import ContactRow
from app.storage.receipts import Receipt, ReceiptItem, Way
from app.vault import Vault


def put(vault: Vault, record: Record) -> None:
    """Keep a record as if it had come in a bundle: these tests are not about what drafts need."""
    with vault.transaction() as tx:
        store.receive(vault, tx, record, bundle="ab" * 16, signer="", number=1)


def saved(vault: Vault, title: str = "Case", period: FuzzyRange | None = None) -> Incident:
    record = Incident(title=LText.of(title, "en"), narrative=LText.of("Told.", "en"))
    return store.save(vault, replace(record, period=period) if period else record).record


def sealed(vault: Vault, record: Record, number: int, *contact: str) -> None:
    with vault.transaction() as tx:
        for name in contact:
            contacts.keep(tx, ContactRow(id=name, name=name))
            bundle = SealedBundle(
                id=f"{name}-{number}",
                kind="report",
                contact=name,
                series="s",
                sequence=number,
                previous="",
                manifest="m",
                verify_key="",
                file_name="f",
                file_size=1,
                day="2026-03-14",
                at="2026-03-14T12:00:00Z",
            )
            held = SealedRevision(bundle=bundle.id, record=record.id, number=number, digest="d")
            bundles.add_sealed(tx, bundle, (held,))


def answered(vault: Vault, bundle: str, verdict: str, *items: ReceiptItem) -> None:
    with vault.transaction() as tx:
        receipt = Receipt(
            id=f"r-{bundle}-{verdict}",
            way=Way.RECEIVED,
            bundle=bundle,
            manifest="m",
            verdict=verdict,
            message="",
            verify_key="",
            file_name="",
            day="2026-03-15",
            at="2026-03-15T12:00:00Z",
        )
        receipts.add(tx, receipt, items)


# --- the list -------------------------------------------------------------------------------


def test_a_row_tells_where_a_report_stands(vault: Vault) -> None:
    record = saved(vault)
    assert [row.state for row in incidents.rows(vault)] == [State.SAVED]
    sealed(vault, record, 1, "one", "two")
    (row,) = incidents.rows(vault)
    assert (row.state, row.receivers, row.revision) == (State.SEALED, 2, 1)
    answered(vault, "one-1", "accepted")
    (row,) = incidents.rows(vault)
    assert (row.state, row.verdict) == (State.ANSWERED, "accepted")
    store.save(vault, replace(record, title=LText.of("Changed", "en")))
    (row,) = incidents.rows(vault)
    assert (row.state, row.verdict) == (State.CHANGED, "accepted")
    store.keep_draft(vault, record)
    assert [row.state for row in incidents.rows(vault)] == [State.DRAFT]


def test_what_a_receipt_says_of_a_record_counts_more_than_what_it_says_of_the_bundle(
    vault: Vault,
) -> None:
    record = saved(vault)
    sealed(vault, record, 1, "one")
    item = ReceiptItem(
        receipt="r-one-1-accepted",
        position=0,
        record=record.id,
        number=1,
        digest="d",
        verdict="question",
    )
    answered(vault, "one-1", "accepted", item)
    assert [row.verdict for row in incidents.rows(vault)] == ["question"]


def test_a_received_report_and_a_draft_never_saved_are_in_the_list(vault: Vault) -> None:
    put(vault, Incident(title=LText.of("Theirs", "en"), narrative=LText.of("Told.", "en")))
    store.keep_draft(vault, Incident(title=LText.of("Half", "en")))
    found = {row.title.text: (row.state, row.revision) for row in incidents.rows(vault)}
    assert found == {"Theirs": (State.RECEIVED, 1), "Half": (State.DRAFT, 0)}


def test_evidence_on_an_incident_and_on_its_acts_is_counted_once(
    vault: Vault, tmp_path: Path
) -> None:
    record = saved(vault)
    act = Act(incident=IncidentId(record.id))
    put(vault, act)
    (tmp_path / "x").write_bytes(b"x")
    _, _, item = (
        evidence.take_in(vault, tmp_path / "x", about=about, evidence_type="photo")
        for about in (record.id, record.id, act.id)
    )
    both = replace(item, links=(*item.links, replace(item.links[0], supports=record.id)))
    store.save(vault, both)
    assert [row.evidence for row in incidents.rows(vault)] == [3]


def test_a_filter_holds_only_what_fits_all_of_it(vault: Vault) -> None:
    early = saved(vault, "Early gate", FuzzyRange.on(date(2024, 5, 1)))
    late = saved(vault, "Late gate", FuzzyRange.on(date(2026, 5, 1)))
    unknown = saved(vault, "Unknown gate")
    sealed(vault, late, 1, "one")

    def titles(where: Filter) -> set[str]:
        return {row.title.text for row in incidents.rows(vault, where)}

    every = {each.title.text for each in (early, late, unknown)}
    assert titles(incidents.ALL) == every
    assert titles(Filter(words="gate")) == every
    assert titles(Filter(words="early")) == {"Early gate"}
    assert titles(Filter(since=date(2025, 1, 1))) == every - {"Early gate"}
    assert titles(Filter(until=date(2025, 1, 1))) == every - {"Late gate"}
    assert titles(Filter(states=frozenset({State.SEALED}))) == {"Late gate"}
    assert titles(Filter(words="gate", states=frozenset({State.SAVED}))) == every - {"Late gate"}


def test_words_in_what_belongs_to_an_incident_find_the_incident(vault: Vault) -> None:
    record = saved(vault)
    saved(vault, "Other")
    person = Person(pseudonym="Heron", names=(PersonName(full="Zarathustra"),))
    act = Act(
        incident=IncidentId(record.id),
        victim=PersonId(person.id),
        description=LText.of("held in a corridor", "en"),
    )
    statement = Statement(incident=IncidentId(record.id), text=LText.of("I saw a lorry", "en"))
    for each in (person, act, statement):
        put(vault, each)
    for words in ("zarathustra", "corridor", "lorry"):
        assert [row.id for row in incidents.rows(vault, Filter(words=words))] == [record.id]


# --- the whole ------------------------------------------------------------------------------


def test_everything_that_belongs_to_an_incident_is_gathered_once(
    vault: Vault, tmp_path: Path
) -> None:
    person, accused, behind = (Person(pseudonym=name) for name in ("Heron", "Unit", "Owl"))
    engagement = Engagement(parties=(PersonId(person.id),))
    record = replace(
        Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en")),
        engagements=(EngagementId(engagement.id),),
    )
    act = Act(incident=IncidentId(record.id), victim=PersonId(person.id))
    source = Source(person=PersonId(behind.id))
    belongs: list[Record] = [
        record,
        act,
        person,
        accused,
        engagement,
        source,
        Involvement(act=act.id, party=PersonId(accused.id)),  # type: ignore[arg-type]
        Statement(incident=IncidentId(record.id), source=SourceId(source.id)),
        ConsentRecord(about=PersonId(person.id)),
        Relationship(party=PersonId(person.id), to=PersonId(accused.id)),
    ]
    other, stranger = saved(vault, "Other"), Person(pseudonym="Stranger")
    apart: list[Record] = [
        behind,  # who the source is stays on this device
        Act(incident=IncidentId(other.id), victim=PersonId(person.id)),
        IncidentLink(incident=IncidentId(record.id), to=IncidentId(other.id)),
        stranger,
        Relationship(party=PersonId(person.id), to=PersonId(stranger.id)),
    ]
    for each in (*belongs, *apart):
        put(vault, each)
    (tmp_path / "x").write_bytes(b"x")
    item = evidence.take_in(vault, tmp_path / "x", about=act.id, evidence_type="photo")
    found = incidents.whole(vault, IncidentId(record.id))
    custody = evidence.custody(vault, item.id)
    expected = {each.id for each in belongs} | {item.id} | {event.id for event in custody}
    assert {each.id for each in found} == expected
    assert len(found) == len(expected)
    assert found[0] == record
    order = [KINDS.index(type(each)) for each in found]
    assert order == sorted(order)


def test_two_incidents_that_share_people_do_not_melt_into_one(vault: Vault) -> None:
    person = Person(pseudonym="Heron")
    put(vault, person)
    first, second = saved(vault, "One"), saved(vault, "Two")
    for top in (first, second):
        put(vault, Act(incident=IncidentId(top.id), victim=PersonId(person.id)))
    found = incidents.whole(vault, IncidentId(first.id))
    assert {each.kind for each in found} == {Kind.INCIDENT, Kind.ACT, Kind.PERSON}
    assert [each for each in found if isinstance(each, Incident)] == [first]
    assert len(found) == 3


def test_what_is_removed_or_not_here_is_passed_over(vault: Vault) -> None:
    record = saved(vault)
    act = Act(incident=IncidentId(record.id), victim=PersonId(RecordId(new_id())))
    gone = Act(incident=IncidentId(record.id))
    for each in (act, gone):
        put(vault, each)
    store.remove(vault, gone.id, why="x")
    assert [each.id for each in incidents.whole(vault, IncidentId(record.id))] == [
        record.id,
        act.id,
    ]
    store.remove(vault, record.id, why="x")
    with pytest.raises(NotFound):
        incidents.whole(vault, IncidentId(record.id))


def test_links_and_shared_people_relate_two_incidents(vault: Vault) -> None:
    person = Person(pseudonym="Heron")
    put(vault, person)
    first, second, third, _apart = (saved(vault, name) for name in ("1", "2", "3", "4"))
    for top in (first, second):
        put(vault, Act(incident=IncidentId(top.id), victim=PersonId(person.id)))
    link = IncidentLink(incident=IncidentId(third.id), to=IncidentId(first.id))
    put(vault, link)
    found = {
        each.incident.id: each.through.id for each in incidents.related(vault, IncidentId(first.id))
    }
    assert found == {second.id: person.id, third.id: link.id}


def test_the_fictional_incidents_are_gathered_with_what_each_brings(vault: Vault) -> None:
    cases = samples.all_cases()
    for case in cases:
        for record in (*case.records, case.incident):
            store.save(vault, record)
    for case in cases:
        found = {each.id for each in incidents.whole(vault, IncidentId(case.incident.id))}
        # A place comes along when something refers to it.
        apart = {Kind.PLACE, *belonging.DESK}
        assert {each.id for each in case.records if each.kind not in apart} <= found
        assert found & {each.incident.id for each in cases} == {case.incident.id}
    assert len(incidents.rows(vault)) == len(cases) == 12
    assert vault.check().whole


# --- the table ------------------------------------------------------------------------------


def test_every_reference_is_followed_or_left_alone_for_a_reason() -> None:
    members = {
        (member.kind, member.field) for each in belonging.MEMBERS.values() for member in each
    }
    for kind in KINDS:
        for reference in belonging.references(kind.kind):
            name = (reference.kind, reference.field)
            followed = reference.field in belonging.followed(kind.kind)
            reasons = (
                reference.local,
                name in members,
                name in belonging.LEFT_ALONE,
                kind.kind in {Kind.RELATIONSHIP, Kind.INCIDENT_LINK},
                kind.kind in belonging.DESK,
            )
            assert followed or any(reasons), name


def test_no_field_that_stays_on_the_device_is_followed() -> None:
    local = {
        (reference.kind, reference.field)
        for kind in KINDS
        for reference in belonging.references(kind.kind)
        if reference.local
    }
    assert (Kind.SOURCE, "person") in local
    assert (Kind.CONSENT_RECORD, "proof") in local
    assert not {name for name in local if name[1] in belonging.followed(name[0])}


def test_the_table_names_only_fields_that_exist() -> None:
    known = {
        (reference.kind, reference.field)
        for kind in KINDS
        for reference in belonging.references(kind.kind)
    }
    for members in belonging.MEMBERS.values():
        for member in members:
            assert (member.kind, member.field) in known
    assert known >= belonging.LEFT_ALONE


def test_a_custody_event_leads_to_nothing_but_its_item() -> None:
    assert belonging.followed(CustodyEvent.kind) == {"evidence"}
    assert belonging.followed(EvidenceItem.kind) == {"people_listed", "release_form"}
