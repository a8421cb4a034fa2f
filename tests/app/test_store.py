"""Saving records: revisions, conflicts, undo, search, drafts, and what came from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import store
from app.errors import Ambiguous, Conflict, Invalid, NotFound
from app.indexing import folded
from app.records import Act, Incident, LText, Person, Record, Source, TermRef, codec
from app.records.ids import IncidentId, PersonId, RecordId, new_id
from app.records.values import PersonName
from app.storage.origin import Act as Did
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import NOON, PASSPHRASE


def incident(
    title: str = "Stopped at the gate", account: str = "He was asked to leave."
) -> Incident:
    return Incident(title=LText.of(title, "en"), narrative=LText.of(account, "en"))


# --- saving ---------------------------------------------------------------------------------


def test_a_saved_record_is_there_after_the_vault_was_closed(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    with Vault.open(vault_folder, passphrase) as vault:
        saved = store.save(vault, incident())
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE)) as vault:
        assert store.get(vault, Incident, saved.record.id) == saved.record
        assert store.every(vault, Incident) == [saved.record]


def test_a_save_says_what_changed_and_when(vault: Vault) -> None:
    saved = store.save(vault, incident())
    assert (saved.revision, saved.changes.kinds) == (1, frozenset({"incident"}))
    assert saved.record.updated_at == NOON


def test_a_save_that_changes_nothing_makes_no_revision(vault: Vault) -> None:
    saved = store.save(vault, incident())
    later = replace(saved.record, updated_at=datetime(2030, 1, 1, tzinfo=UTC))
    again = store.save(vault, later)
    assert again == store.Saved(record=saved.record, revision=1, changes=type(saved.changes)())
    assert len(store.revisions(vault, Incident, saved.record.id)) == 1


def test_every_change_is_kept_as_a_revision(vault: Vault) -> None:
    record = store.save(vault, incident("One")).record
    for title in ("Two", "Three"):
        record = store.save(vault, replace(record, title=LText.of(title, "en"))).record
    kept = store.revisions(vault, Incident, record.id)
    assert [(each.revision, each.record.title.text) for each in kept] == [
        (1, "One"),
        (2, "Two"),
        (3, "Three"),
    ]


def test_a_record_without_what_a_draft_needs_is_not_saved(vault: Vault) -> None:
    with pytest.raises(Invalid) as caught:
        store.save(vault, Incident())
    assert "title: missing" in caught.value.problems
    assert store.every(vault, Incident) == []


def test_a_change_of_an_older_state_is_a_conflict_and_nothing_is_lost(vault: Vault) -> None:
    first = store.save(vault, incident("First"))
    store.save(
        vault, replace(first.record, title=LText.of("Mine", "en")), read_revision=first.revision
    )
    with pytest.raises(Conflict) as caught:
        store.save(
            vault,
            replace(first.record, title=LText.of("Theirs", "en")),
            read_revision=first.revision,
        )
    assert (caught.value.read, caught.value.now) == (1, 2)
    assert store.get(vault, Incident, first.record.id).title.text == "Mine"


def test_a_new_record_is_saved_as_read_at_revision_nought(vault: Vault) -> None:
    assert store.save(vault, incident(), read_revision=0).revision == 1


def test_what_stays_on_the_device_is_in_the_local_part_only(vault: Vault) -> None:
    record = replace(incident(), notes_internal=LText.of("only here", "en"), tags=("mine",))
    saved = store.save(vault, record).record
    row = vault.database.row("SELECT body, local FROM record WHERE id = ?", saved.id)
    assert row is not None
    assert "only here" not in str(row[0])
    assert "only here" in str(row[1])
    assert store.get(vault, Incident, saved.id).tags == ("mine",)


# --- finding --------------------------------------------------------------------------------


def test_a_reference_is_found_as_it_may_be_heard_and_typed(vault: Vault) -> None:
    record = store.save(vault, replace(incident(), short_ref="A01B0KZ")).record
    for said in ("A01B0KZ", "a01b0kz", "AOLBOKZ", " aoi-bok z"):
        assert store.find(vault, said) == record
    assert store.find(vault, record.id.upper()) == record


def test_an_unknown_reference_is_not_found(vault: Vault) -> None:
    for reference in ("", "0000000", new_id(), "'; DROP TABLE record; --"):
        with pytest.raises(NotFound):
            store.find(vault, reference)


def test_a_reference_of_two_records_is_ambiguous(vault: Vault) -> None:
    for _ in range(2):
        store.save(vault, replace(incident(), short_ref="ABCDEFG"))
    with pytest.raises(Ambiguous):
        store.find(vault, "ABCDEFG")


def test_a_record_is_not_found_as_another_kind(vault: Vault) -> None:
    record = store.save(vault, incident()).record
    with pytest.raises(NotFound):
        store.get(vault, Person, record.id)


def test_who_refers_to_a_record_is_found_by_any_field_or_one(vault: Vault) -> None:
    top = store.save(vault, incident()).record
    person = store.save(vault, Person(pseudonym="Heron")).record
    act = store.save(
        vault,
        Act(
            incident=IncidentId(top.id),
            act_type=TermRef(list="act_type", key="threat_verbal"),
            victim=PersonId(person.id),
        ),
    ).record
    assert store.linked(vault, top.id) == [act]
    assert store.linked_by(vault, Act, "incident", top.id) == [act]
    assert store.linked_by(vault, Act, "victim", person.id) == [act]
    assert store.linked_by(vault, Act, "victim", top.id) == []


def test_the_person_behind_a_source_is_not_told_by_going_backwards(vault: Vault) -> None:
    person = store.save(vault, Person(pseudonym="Heron")).record
    store.save(
        vault,
        Source(
            person=PersonId(person.id),
            description=LText.of("A colleague", "en"),
            connection=TermRef(list="source_connection", key="direct_witness"),
        ),
    )
    assert store.linked(vault, person.id) == []
    assert store.search(vault, "colleague") == []


@pytest.mark.parametrize(
    ("account", "asked"),
    [
        ("Arrested at the airport", "airport"),
        ("Arrested at the airport", "IRPOR"),
        ("Arrested at the airport", "at"),
        ("Arrested at the airport", "airport arrested"),
        ("Déjà arrêté à Genève", "deja GENEVE"),
        ("قُبض عليه في المطار", "قبض المطار"),
        ("他在机场被拘留", "机场"),
        ("他在机场被拘留", "拘"),
        ("བཙོན་དུ་བཅུག", "བཙོན་དུ"),
        ("50% of them_all!", "50%"),
        ("50% of them_all!", "m_a"),
        ('He said "go"', '"go"'),
        ("ꞮSTANBUL Straße", "strasse"),
    ],
)
def test_words_are_found_in_every_script_and_spelling(
    vault: Vault, account: str, asked: str
) -> None:
    found = store.save(vault, incident(account=account)).record
    store.save(vault, incident("Other", "nothing of this kind"))
    assert store.search(vault, asked) == [found]


@pytest.mark.parametrize(
    "asked", ["", "   ", "zzz", '"', "%", "_", "!", "airport zzz", "NEAR(", "*"]
)
def test_what_is_not_there_is_not_found_and_is_no_syntax(vault: Vault, asked: str) -> None:
    store.save(vault, incident(account="Arrested at the airport"))
    assert store.search(vault, asked) == []


def test_the_newest_record_is_found_first_and_the_limit_holds(vault: Vault) -> None:
    records = [store.save(vault, incident(f"Case {number}")).record for number in range(5)]
    assert store.search(vault, "case", limit=3) == records[:1:-1]


# --- removing -------------------------------------------------------------------------------


def test_a_removed_record_is_in_no_list_and_can_be_brought_back(vault: Vault) -> None:
    record = store.save(vault, incident()).record
    assert store.remove(vault, record.id, why="entered twice").kinds == {"incident"}
    assert store.every(vault, Incident) == []
    assert store.search(vault, "gate") == []
    with pytest.raises(NotFound):
        store.find(vault, record.short_ref)
    with pytest.raises(NotFound):
        store.remove(vault, record.id, why="again")
    bin_ = store.removed(vault)
    assert [(each.record, each.origin.why) for each in bin_] == [(record, "entered twice")]
    store.bring_back(vault, record.id)
    assert store.get(vault, Incident, record.id) == record
    assert store.search(vault, "gate") == [record]
    with pytest.raises(NotFound):
        store.bring_back(vault, record.id)


def test_removing_and_bringing_back_are_revisions(vault: Vault) -> None:
    record = store.save(vault, incident()).record
    store.remove(vault, record.id, why="x")
    store.bring_back(vault, record.id)
    kept = store.revisions(vault, Incident, record.id)
    assert [each.origin.act for each in kept] == [Did.SAVED, Did.REMOVED, Did.BROUGHT_BACK]
    assert [each.removed for each in kept] == [False, True, False]


def test_saving_a_removed_record_without_having_read_the_removal_is_a_conflict(
    vault: Vault,
) -> None:
    saved = store.save(vault, incident())
    store.remove(vault, saved.record.id, why="x")
    with pytest.raises(Conflict):
        store.save(vault, saved.record, read_revision=saved.revision)
    assert store.save(vault, saved.record).revision == 3
    assert store.every(vault, Incident) == [replace(saved.record, updated_at=NOON)]


def test_an_older_revision_comes_back_as_a_new_one(vault: Vault) -> None:
    record = store.save(vault, incident("Old")).record
    store.save(vault, replace(record, title=LText.of("New", "en")))
    again = store.restore(vault, Incident, record.id, 1)
    assert (again.revision, again.record.title.text) == (3, "Old")
    assert store.kept(vault, Incident, record.id).origin.number == 1
    with pytest.raises(NotFound):
        store.restore(vault, Incident, record.id, 99)
    with pytest.raises(NotFound):
        store.revisions(vault, Incident, RecordId(new_id()))


# --- drafts ---------------------------------------------------------------------------------


def test_a_draft_needs_nothing_and_goes_when_the_record_is_saved(vault: Vault) -> None:
    typing = Incident(title=LText.of("Half a", "en"), tags=("local",))
    store.keep_draft(vault, typing)
    longer = replace(typing, title=LText.of("Half a title", "en"))
    store.keep_draft(vault, longer)
    assert store.take_draft(vault, Incident, typing.id) == longer
    assert store.take_draft(vault, Person, typing.id) is None
    assert store.every_draft(vault) == [longer]
    assert store.every(vault, Incident) == []
    store.save(vault, replace(longer, narrative=LText.of("All of it", "en")))
    assert store.every_draft(vault) == []


def test_a_draft_can_be_thrown_away(vault: Vault) -> None:
    typing = Incident()
    store.keep_draft(vault, typing)
    store.forget_draft(vault, typing.id)
    store.forget_draft(vault, typing.id)
    assert store.take_draft(vault, Incident, typing.id) is None


# --- received -------------------------------------------------------------------------------


def receive(vault: Vault, record: Record, number: int) -> store.Saved[Record]:
    with vault.transaction() as tx:
        return store.receive(vault, tx, record, bundle="ab" * 16, signer="a key", number=number)


def test_a_received_revision_keeps_its_bytes_and_where_it_came_from(vault: Vault) -> None:
    sent = incident()
    body = codec.encode(sent).body
    receive(vault, codec.decode(Incident, body), 4)
    kept = store.kept(vault, Incident, sent.id)
    assert codec.encode(kept.record).body == body
    assert (kept.origin.act, kept.origin.bundle) == (Did.RECEIVED, "ab" * 16)
    assert (kept.origin.signer, kept.origin.number, kept.revision) == ("a key", 4, 1)


def test_the_same_body_again_makes_no_revision(vault: Vault) -> None:
    sent = incident()
    receive(vault, sent, 1)
    assert receive(vault, sent, 1).revision == 1


def test_a_received_amendment_leaves_our_own_notes_and_ignores_theirs(vault: Vault) -> None:
    sent = incident()
    receive(vault, sent, 1)
    ours = replace(store.get(vault, Incident, sent.id), notes_internal=LText.of("call back", "en"))
    store.save(vault, ours)
    theirs = replace(sent, title=LText.of("Amended", "en"), tags=("theirs",))
    receive(vault, theirs, 2)
    now = store.get(vault, Incident, sent.id)
    assert (now.title.text, now.notes_internal.text, now.tags) == ("Amended", "call back", ())


def test_an_import_that_stops_leaves_nothing_of_it(vault: Vault) -> None:
    def half() -> None:
        with vault.transaction() as tx:
            store.receive(vault, tx, incident(), bundle="ab" * 16, signer="", number=1)
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert store.every(vault, Incident) == []
    assert vault.check().entries == 0


# --- folding --------------------------------------------------------------------------------


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_person_is_found_by_a_part_of_a_name(vault: Vault) -> None:
    person = Person(pseudonym="Heron", names=(PersonName(full="Somebody Real"),))
    store.save(vault, person)
    assert [found.id for found in store.search(vault, "somebody real")] == [person.id]
