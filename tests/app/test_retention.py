"""Kept until a day, removed with a way back, erased for good: what is left then, and what is not.

The words are looked for in every decrypted page of the file, not through SQL.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app import evidence, retention, store
from app.errors import NoRoom, NotFound, OnHold
from app.messages import explain
from app.records import CustodyEvent, EvidenceItem, Incident, LText
from app.records.ids import RecordId
from app.storage import drafts, erasing, origin
from app.storage.database import Database
from app.storage.origin import Act
from app.vault import EVIDENCE, Vault
from crypto.secret import Passphrase
from tests.app.pages import decrypted
from tests.conftest import NOON, PASSPHRASE, at_noon

CANARY = "zqxjkvwcanary"
OTHER = "stays to be read"


def told(words: str, **fields: object) -> Incident:
    made = Incident(title=LText.of(words, "en"), narrative=LText.of(words, "en"))
    return replace(made, **fields)  # type: ignore[arg-type]


def opened(folder: Path, at: datetime = NOON) -> Vault:
    return Vault.open(folder, Passphrase.of(PASSPHRASE), clock=lambda: at)


def removed_one(vault: Vault, words: str, **fields: object) -> RecordId:
    record = store.save(vault, told(words, **fields)).record
    store.remove(vault, record.id, why=f"because of {words}")
    return record.id


# --- due ------------------------------------------------------------------------------------


def test_a_record_is_listed_from_its_last_day_on_and_never_removed_by_itself(
    vault: Vault,
) -> None:
    today = NOON.date()
    store.save(vault, told("later", retention_until=today + timedelta(days=1)))
    store.save(vault, told("no day"))
    now = store.save(vault, told("today", retention_until=today)).record
    long_ago = store.save(vault, told("long ago", retention_until=date(2001, 1, 1))).record
    assert [each.id for each in retention.due(vault)] == [long_ago.id, now.id]
    assert len(store.every(vault, Incident)) == 4


def test_a_removed_record_is_due_after_thirty_days_and_can_still_be_brought_back(
    vault_folder: Path,
) -> None:
    with opened(vault_folder) as vault:
        record = removed_one(vault, OTHER)
        assert [(each.on, each.is_due) for each in retention.removed(vault)] == [
            (NOON.date(), False)
        ]
    with opened(vault_folder, NOON + timedelta(days=retention.DAYS_KEPT)) as vault:
        assert [each.is_due for each in retention.removed(vault)] == [True]
        store.bring_back(vault, record)
        assert store.get(vault, Incident, record).title.text == OTHER
        assert retention.removed(vault) == []


def test_a_removed_record_is_found_by_its_reference(vault: Vault) -> None:
    record = removed_one(vault, OTHER)
    found = retention.find_removed(vault, record)
    assert retention.find_removed(vault, found.short_ref.lower()).id == record
    with pytest.raises(NotFound):
        store.find(vault, found.short_ref)


# --- erasing --------------------------------------------------------------------------------


def test_after_erasing_no_page_holds_a_word_and_the_chain_still_checks(
    vault_folder: Path,
) -> None:
    with opened(vault_folder) as vault:
        kept = store.save(vault, told(OTHER)).record
        record = store.save(vault, told(f"{CANARY} one")).record
        record = store.save(vault, replace(record, tags=(f"{CANARY} two",))).record
        store.keep_draft(vault, replace(record, title=LText.of(f"{CANARY} three", "en")))
        store.remove(vault, record.id, why=f"{CANARY} four")
    assert CANARY.encode() in decrypted(vault_folder)
    with opened(vault_folder) as vault:
        done = retention.erase(vault, record.id)
        assert (done.records, done.files, done.changes.kinds) == (1, 0, frozenset({"incident"}))
        pages = decrypted(vault_folder)  # with the vault still open: nothing waits in the log
        assert CANARY.encode() not in pages
        assert OTHER.encode() in pages
        assert vault.check().whole
        assert store.get(vault, Incident, kept.id) == kept
        assert store.every_draft(vault) == []


def test_words_that_sqlite_moved_between_pages_are_gone_once_it_is_written_anew(
    vault_folder: Path,
) -> None:
    chance = random.Random(2)  # a row of insertions in which SQLite leaves one behind
    with opened(vault_folder) as vault:
        rows = []
        for number in range(200):
            words = "x" * chance.choice([20, 200, 500, 900])
            rows.append(
                drafts.DraftRow(
                    record=f"{chance.getrandbits(128):032x}",
                    kind="incident",
                    body=f"{CANARY} {words}" if number % 4 == 0 else words,
                    local="{}",
                    at="x",
                )
            )
        with vault.transaction() as tx:
            for row in rows:
                drafts.keep(tx, row)
        with vault.transaction() as tx:
            for row in rows:
                if row.body.startswith(CANARY):
                    drafts.forget(tx, row.record)
        vault.database.checkpoint()
        assert CANARY.encode() in decrypted(vault_folder)  # deleted, but not gone
        vault.database.write_anew()
        assert CANARY.encode() not in decrypted(vault_folder)
        assert vault.check().whole


def test_what_was_erased_cannot_be_brought_back_restored_or_found(vault: Vault) -> None:
    record = removed_one(vault, CANARY)
    retention.erase(vault, record)
    assert retention.removed(vault) == store.removed(vault) == []
    assert store.search(vault, CANARY) == []
    assert store.revisions(vault, Incident, record) == []
    for again in (
        lambda: store.bring_back(vault, record),
        lambda: store.restore(vault, Incident, record, 1),
        lambda: retention.erase(vault, record),
    ):
        with pytest.raises(NotFound):
            again()


def test_the_last_entry_says_that_and_when_it_was_erased(vault: Vault) -> None:
    record = removed_one(vault, CANARY)
    retention.erase(vault, record)
    entries = vault.database.rows(
        "SELECT origin, body, local FROM revision WHERE record = ? ORDER BY number", record
    )
    acts = [origin.decode(str(row[0])).act for row in entries]
    assert acts == [Act.SAVED, Act.REMOVED, Act.ERASED]
    assert all(row[1] is None and row[2] is None for row in entries)


def test_only_a_removed_record_can_be_erased_and_all_or_none(vault: Vault) -> None:
    removed = removed_one(vault, CANARY)
    standing = store.save(vault, told(OTHER)).record
    with pytest.raises(NotFound):
        retention.erase(vault, removed, standing.id)
    assert [each.record.id for each in retention.removed(vault)] == [removed]


def test_evidence_is_erased_with_its_key_its_file_and_its_custody_events(
    vault_folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / f"{CANARY}.jpg"
    source.write_bytes(b"picture" * 1000)
    with opened(vault_folder) as vault:
        about = store.save(vault, told(OTHER)).record
        item = evidence.take_in(vault, source, about=about.id, evidence_type="photo")
        words = LText.of(f"{CANARY} noted", "en")
        with vault.transaction() as tx:
            evidence.note(vault, tx, item.id, evidence.CHECKED, words=words)  # type: ignore[arg-type]
        evidence.remove(vault, item.id, why="")
        done = retention.erase(vault, item.id)
        assert (done.records, done.files) == (1, 1)
        assert store.every(vault, CustodyEvent) == store.every(vault, EvidenceItem) == []
        assert not evidence.has_file(vault, item.id)
        assert list((vault_folder / EVIDENCE).iterdir()) == []
        assert CANARY.encode() not in decrypted(vault_folder)
        assert vault.check().whole


# --- legal hold -----------------------------------------------------------------------------


def test_a_legal_hold_refuses_erasing_in_words_and_with_its_reason(vault: Vault) -> None:
    held = removed_one(
        vault, CANARY, legal_hold=True, legal_hold_reason=LText.of("Court of Appeal", "en")
    )
    assert [each.is_held for each in retention.removed(vault)] == [True]
    with pytest.raises(OnHold) as refused:
        retention.erase(vault, held)
    said = explain(refused.value)
    assert said.title == "A legal hold is on it"
    assert "Court of Appeal" in said.text
    store.bring_back(vault, held)
    assert store.get(vault, Incident, held).title.text == CANARY


def test_a_hold_on_an_incident_holds_its_evidence(vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "picture.jpg"
    source.write_bytes(b"picture")
    about = store.save(
        vault, told(OTHER, legal_hold=True, legal_hold_reason=LText.of("court", "en"))
    ).record
    item = evidence.take_in(vault, source, about=about.id, evidence_type="photo")
    with pytest.raises(OnHold):
        evidence.destroy(vault, item.id, why="")
    evidence.remove(vault, item.id, why="")
    with pytest.raises(OnHold):
        retention.erase(vault, item.id)
    store.bring_back(vault, item.id)
    evidence.verify(vault, item.id)


# --- interrupted ----------------------------------------------------------------------------


def test_an_erasing_that_found_no_room_is_finished_at_the_next_opening(
    vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_database: Database) -> None:
        raise NoRoom(at=vault_folder)

    with opened(vault_folder) as vault:
        record = removed_one(vault, CANARY)
        with monkeypatch.context() as patch:
            patch.setattr(Database, "write_anew", full)
            with pytest.raises(NoRoom):
                retention.erase(vault, record)
        assert erasing.is_due(vault.database)
        assert retention.removed(vault) == []
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        assert not erasing.is_due(vault.database)
        assert vault.check().whole
    assert CANARY.encode() not in decrypted(vault_folder)
