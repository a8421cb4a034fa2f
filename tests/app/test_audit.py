"""Who looked at what and why: kept in order, without values, and not to be altered unseen."""

from __future__ import annotations

import pytest

from app import audit, retention, store
from app.audit import Deed
from app.errors import Invalid
from app.records import LText, Person
from app.records.ids import RecordId
from app.records.person import SpecialData
from app.upkeep import Look
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

WHY = "the letter has to say on what ground"
BELIEF = "a belief that must not be seen"


@pytest.fixture
def person(vault: Vault) -> RecordId:
    told = SpecialData(words=LText.of(BELIEF, "en"), reason=LText.of("it was the ground", "en"))
    return RecordId(store.save(vault, Person(religion=told)).record.id)


def test_an_entry_says_who_what_when_which_record_and_why(vault: Vault, person: RecordId) -> None:
    audit.look(vault, person, ("religion",), f"  {WHY} ")
    with vault.transaction() as tx:
        audit.note(vault, tx, Deed.APPROVED, person, (), "looked through with care", who="K2")
    first, second = audit.of(vault, person)
    assert (first.number, first.at, first.who) == (1, vault.now(), "")
    assert (first.deed, first.fields, first.reason) == ("shown", ("religion",), WHY)
    assert (second.number, second.who, second.deed) == (2, "K2", "approved")
    assert audit.every(vault) == [first, second]


@pytest.mark.parametrize("reason", ["", "   ", "work", " . . . . "])
def test_a_reason_that_says_nothing_is_refused_and_keeps_nothing(
    vault: Vault, person: RecordId, reason: str
) -> None:
    with pytest.raises(Invalid):
        audit.look(vault, person, ("religion",), reason)
    assert audit.of(vault, person) == []


def test_d_09_looking_changes_no_record_and_keeps_no_value(vault: Vault, person: RecordId) -> None:
    before = store.kept(vault, Person, person)
    audit.look(vault, person, ("religion",), WHY)
    assert store.kept(vault, Person, person) == before
    rows = vault.database.rows("SELECT * FROM audit")
    assert BELIEF not in str(rows)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ("UPDATE audit SET reason = 'another one altogether' WHERE entry = 2", "content"),
        ("UPDATE audit SET fields = 'health' WHERE entry = 2", "hash"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00Z' WHERE entry = 2", "hash"),
        ("DELETE FROM audit WHERE entry = 2", "gap"),
    ],
)
def test_a_trail_that_was_altered_is_told(
    vault: Vault, person: RecordId, change: str, detail: str
) -> None:
    for _ in range(3):
        audit.look(vault, person, ("religion",), WHY)
    assert vault.check().whole
    with vault.transaction() as tx:
        tx.run(change)
    found = [each.detail for each in vault.check().findings if each.look is Look.AUDIT]
    assert detail in found


def test_erasing_a_record_takes_the_reason_and_leaves_that_it_was_looked_at(
    vault: Vault, person: RecordId
) -> None:
    audit.look(vault, person, ("religion",), WHY)
    store.remove(vault, person, why="asked for")
    retention.erase(vault, person)
    (entry,) = audit.of(vault, person)
    assert (entry.deed, entry.reason) == ("shown", None)
    assert vault.check().whole


def test_what_a_newer_version_noted_is_shown_by_its_code(vault: Vault, person: RecordId) -> None:
    audit.look(vault, person, ("religion",), WHY)
    (entry,) = audit.of(vault, person)
    with vault.transaction() as tx:
        tx.run("UPDATE audit SET what = 'a_later_deed'")
    (later,) = audit.of(vault, person)
    assert audit.words(entry) == "looked at"
    assert audit.words(later) == "a_later_deed"


def test_the_trail_outlives_closing_the_vault(new_folder: Vault) -> None:
    folder, clock, who = new_folder.folder, new_folder.clock, RecordId("ab" * 16)
    audit.look(new_folder, who, ("health",), WHY)
    new_folder.close()
    with Vault.open(folder, Passphrase.of("audit trail test"), clock=clock) as again:
        assert [each.reason for each in audit.of(again, who)] == [WHY]


@pytest.fixture
def new_folder(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    folder = tmp_path_factory.mktemp("audit") / "v"
    return Vault.create(folder, Passphrase.of("audit trail test"), cost=FLOOR)
