"""Out of a damaged vault comes what it still gives, whole, and a list of what is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import evidence, mending, store
from app.errors import AlreadyThere, VaultDamaged, VaultInUse, WrongPassphrase
from app.records import Incident, LText
from app.salvage import SalvageReport, salvage, salvage_in_clear
from app.storage.connection import PAGE_BYTES
from app.vault import DATABASE, EVIDENCE, Vault
from crypto.secret import Passphrase
from tests.app.trees import flip, snapshot

HOW_MANY = 12


def incident(number: int) -> Incident:
    return Incident(title=LText.of(f"t{number}"), narrative=LText.of(f"word{number} " * 200))


@pytest.fixture
def filled(vault_folder: Path, passphrase: Passphrase, tmp_path: Path) -> Path:
    """A closed vault with records, one of them changed twice, a draft and a piece of evidence."""
    photo = tmp_path / "photo"
    photo.write_bytes(bytes(range(256)) * 1000)
    with Vault.open(vault_folder, passphrase) as vault:
        saved = [store.save(vault, incident(number)).record for number in range(HOW_MANY)]
        for again in (100, 101):
            store.save(vault, replace(saved[0], title=LText.of(f"t{again}")))
        store.remove(vault, saved[1].id, why="twice")
        evidence.take_in(vault, photo, about=saved[2].id, evidence_type="photo")
        store.keep_draft(vault, Incident(narrative=LText.of("half a sen")))
    return vault_folder


def pages(folder: Path) -> Iterator[int]:
    yield from range((folder / DATABASE).stat().st_size // PAGE_BYTES)


def test_a_sound_vault_is_saved_whole(filled: Path, tmp_path: Path, passphrase: Passphrase) -> None:
    before = snapshot(filled)
    report = salvage(filled, passphrase, to=tmp_path / "new")
    assert report.complete
    assert snapshot(filled) == before
    with Vault.open(filled, passphrase) as old, Vault.open(tmp_path / "new", passphrase) as new:
        assert new.check().whole
        assert new.check().entries == old.check().entries == report.revisions
        assert store.every_kept(new, Incident) == store.every_kept(old, Incident)
        assert store.removed(new) == store.removed(old)
        assert store.every_draft(new) == store.every_draft(old)
        first = store.every(old, Incident)[0]
        assert store.revisions(new, Incident, first.id) == store.revisions(old, Incident, first.id)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "photo", "vault"]


def test_every_single_page_may_be_damaged_and_nothing_is_lost_in_silence(
    filled: Path, tmp_path: Path, passphrase: Passphrase
) -> None:
    with Vault.open(filled, passphrase) as vault:
        whole = vault.check()
        titles = {each.title.text for each in store.every(vault, Incident)}
    chosen = [0, *list(pages(filled))[1::11]]
    for page in chosen:
        flip(filled / DATABASE, page * PAGE_BYTES + 1000)
        report = salvage(filled, passphrase, to=tmp_path / f"new{page}")
        with Vault.open(tmp_path / f"new{page}", passphrase) as new:
            assert new.check().whole, page
            found = {each.title.text for each in store.every(new, Incident)}
        assert found == titles or not report.complete, page
        # Body and newest state stand on two pages: one of them is enough.
        assert report.records == whole.records, page
        flip(filled / DATABASE, page * PAGE_BYTES + 1000)


def test_damaged_evidence_is_named_and_does_not_come_along(
    filled: Path, tmp_path: Path, passphrase: Passphrase
) -> None:
    flip(next((filled / EVIDENCE).iterdir()), 100_000)
    report = salvage(filled, passphrase, to=tmp_path / "new")
    assert (report.evidence, len(report.lost_evidence), report.complete) == (0, 1, False)
    with Vault.open(tmp_path / "new", passphrase) as new:
        assert new.check().whole
        assert store.find(new, report.lost_evidence[0]).short_ref == report.lost_evidence[0]


def test_in_clear_it_is_lines_of_json_and_files(
    filled: Path, tmp_path: Path, passphrase: Passphrase
) -> None:
    report: SalvageReport = salvage_in_clear(filled, passphrase, to=tmp_path / "clear")
    lines = (tmp_path / "clear" / "records.jsonl").read_text().splitlines()
    assert len(lines) == report.revisions
    assert all("body_sha256" in json.loads(line) for line in lines)
    [piece] = (tmp_path / "clear" / "evidence").iterdir()
    assert piece.read_bytes() == (tmp_path / "photo").read_bytes()
    assert json.loads((tmp_path / "clear" / "report.json").read_text())["evidence"] == 1


def test_what_cannot_be_salvaged_is_refused_and_leaves_nothing(
    filled: Path, tmp_path: Path, passphrase: Passphrase
) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(AlreadyThere):
        salvage(filled, passphrase, to=tmp_path / "taken")
    with pytest.raises(WrongPassphrase):
        salvage(filled, Passphrase.of("no"), to=tmp_path / "new")
    with Vault.open(filled, passphrase), pytest.raises(VaultInUse):
        salvage(filled, passphrase, to=tmp_path / "new")
    (filled / DATABASE).write_bytes(bytes(10 * PAGE_BYTES))
    with pytest.raises(VaultDamaged):
        salvage(filled, passphrase, to=tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["photo", "taken", "vault"]


def test_repair_builds_again_what_finds_records(filled: Path, passphrase: Passphrase) -> None:
    with Vault.open(filled, passphrase) as vault:
        with vault.transaction() as tx:
            tx.run("DELETE FROM words")
        done = mending.repair(vault)
        assert (done.left, done.mended > 0) == ((), True)
        assert len(store.search(vault, "word3")) == 1


def test_repair_says_what_it_cannot_mend(filled: Path, passphrase: Passphrase) -> None:
    flip(next((filled / EVIDENCE).iterdir()), 100_000)
    with Vault.open(filled, passphrase) as vault:
        done = mending.repair(vault)
        assert (done.mended, [each.look.value for each in done.left]) == (0, ["evidence"])
