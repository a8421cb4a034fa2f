"""What is done to evidence afterwards: exported, removed, destroyed, received; its custody."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import evidence, store
from app.errors import (
    AlreadyThere,
    EvidenceDamaged,
    NoRoom,
    NotFound,
)
from app.records import CustodyEvent, EvidenceItem, Incident, LText
from app.records.ids import RecordId, new_id
from app.tasks import ignore
from app.vault import Vault
from crypto.secret import Passphrase
from tests.app.trees import flip


@pytest.fixture
def incident(vault: Vault) -> Incident:
    return store.save(
        vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
    ).record


def file_of(tmp_path: Path, content: bytes, name: str = "Maria at the office.jpg") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def take_in(vault: Vault, incident: Incident, path: Path) -> EvidenceItem:
    return evidence.take_in(vault, path, about=incident.id, evidence_type="photo")


def stored_file(vault: Vault) -> Path:
    (path,) = vault.files.folder.iterdir()
    return path


# --- custody --------------------------------------------------------------------------------


def test_an_export_is_noted_and_the_custody_chain_holds(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    changes = evidence.export(vault, item.id, to=tmp_path / "copy.bin", by="K2")
    assert changes.kinds == {"custody_event"}
    imported, exported = evidence.custody(vault, item.id)
    assert (str(exported.action), exported.by) == ("custody_action:exported", "K2")
    head = vault.database.row("SELECT body FROM record WHERE id = ?", imported.id)
    assert head is not None
    assert exported.previous_hash == hashlib.sha256(str(head[0]).encode()).hexdigest()
    assert evidence.custody_is_whole(vault, item.id)


def test_a_custody_event_taken_out_or_altered_shows(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    for number in range(3):
        evidence.export(vault, item.id, to=tmp_path / f"copy{number}")
    middle = evidence.custody(vault, item.id)[1]
    store.save(vault, replace(middle, by="someone else"))
    assert not evidence.custody_is_whole(vault, item.id)
    store.restore(vault, CustodyEvent, middle.id, 1)
    store.remove(vault, middle.id, why="x")
    assert not evidence.custody_is_whole(vault, item.id)


def test_a_damaged_item_is_never_exported(vault: Vault, incident: Incident, tmp_path: Path) -> None:
    item = take_in(vault, incident, file_of(tmp_path, os.urandom(200_000)))
    flip(stored_file(vault), 150_000)
    with pytest.raises(EvidenceDamaged):
        evidence.export(vault, item.id, to=tmp_path / "copy.bin")
    assert not (tmp_path / "copy.bin").exists()
    assert list(tmp_path.glob("*.part")) == []


def test_an_export_never_writes_over_a_file(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    (tmp_path / "taken").write_bytes(b"mine")
    with pytest.raises(AlreadyThere):
        evidence.export(vault, item.id, to=tmp_path / "taken")
    assert (tmp_path / "taken").read_bytes() == b"mine"
    assert len(evidence.custody(vault, item.id)) == 1


# --- removing -------------------------------------------------------------------------------


def test_a_removed_item_keeps_its_file_and_can_be_brought_back(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    evidence.remove(vault, item.id, why="wrong case")
    assert store.every(vault, EvidenceItem) == []
    store.bring_back(vault, item.id)
    evidence.verify(vault, item.id)


def test_destroying_takes_the_key_and_the_file_and_keeps_the_log(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    evidence.destroy(vault, item.id, why="asked by the person", by="K2")
    assert list(vault.files.folder.iterdir()) == []
    assert not evidence.has_file(vault, item.id)
    assert vault.database.rows("SELECT * FROM pending") == []
    with pytest.raises(NotFound):
        evidence.reader(vault, item.id)
    assert [str(event.action) for event in evidence.custody(vault, item.id)] == [
        "custody_action:imported",
        "custody_action:destroyed",
    ]
    assert vault.check().whole


def test_an_item_without_a_file_is_told_apart(vault: Vault) -> None:
    assert not evidence.has_file(vault, RecordId(new_id()))
    for verb in (evidence.reader, evidence.verify):
        with pytest.raises(NotFound):
            verb(vault, RecordId(new_id()))


# --- received -------------------------------------------------------------------------------


def test_content_that_arrives_as_a_stream_is_stored_and_attached_later(
    vault: Vault, incident: Incident
) -> None:
    content = os.urandom(300_000)
    held = evidence.receive(vault, io.BytesIO(content), size=len(content))
    assert (held.sha256, held.size) == (hashlib.sha256(content).hexdigest(), 300_000)
    item = EvidenceItem(
        evidence_type=None, title=LText.of("x", "en"), sha256=held.sha256, size=held.size
    )
    with vault.transaction() as tx:
        store.receive(vault, tx, item, bundle="ab" * 16, signer="", number=1)
        evidence.attach(tx, item.id, held)
    evidence.discard(vault, held)  # attached: nothing happens
    with evidence.reader(vault, item.id) as reader:
        assert reader.read() == content


def test_content_that_was_not_wanted_is_removed(vault: Vault) -> None:
    held = evidence.receive(vault, io.BytesIO(b"x" * 1000), size=1000)
    evidence.discard(vault, held)
    evidence.discard(vault, held)
    assert list(vault.files.folder.iterdir()) == []
    with evidence.storing(vault, io.BytesIO(b"y"), size=1) as stored:
        assert vault.files.path(stored.stored_name).exists()
    assert list(vault.files.folder.iterdir()) == []


def test_a_stream_that_breaks_leaves_nothing(vault: Vault) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= 500_000:
                raise EvidenceDamaged(reference="from outside")
            return super().read(size)

    with pytest.raises(EvidenceDamaged):
        evidence.receive(vault, Broken(bytes(800_000)), size=800_000)
    assert list(vault.files.folder.iterdir()) == []
    assert vault.database.rows("SELECT * FROM pending") == []


# --- room -----------------------------------------------------------------------------------


@pytest.fixture
def small_vault(tmp_path: Path, empty_vault: Path, passphrase: Passphrase) -> Iterator[Vault]:
    """A vault on a medium of 6 MiB."""
    at = tmp_path / "medium"
    at.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", at], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount here")
    subprocess.run(["cp", "-a", empty_vault, at / "v"], check=True)
    try:
        with Vault.open(at / "v", passphrase) as opened:
            yield opened
    finally:
        subprocess.run(["umount", "-l", at], check=True)


def test_a_file_too_big_for_the_medium_is_refused_before_it_is_copied(
    small_vault: Vault, tmp_path: Path
) -> None:
    top = store.save(
        small_vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
    ).record
    with pytest.raises(NoRoom) as caught:
        take_in(small_vault, top, file_of(tmp_path, bytes(8_000_000)))
    assert caught.value.needed > caught.value.free > 0
    assert list(small_vault.files.folder.iterdir()) == []


def test_a_medium_that_fills_up_on_the_way_leaves_no_half_file(small_vault: Vault) -> None:
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return bytes(size or 0)

    with pytest.raises(NoRoom):
        evidence.receive(small_vault, Endless(), size=1000, progress=ignore)
    assert list(small_vault.files.folder.iterdir()) == []
    assert small_vault.check().whole
