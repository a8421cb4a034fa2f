"""Evidence: taken in whole or not at all, read authenticated, its custody in a chain."""

from __future__ import annotations

import hashlib
import os
import stat
import tracemalloc
from pathlib import Path

import pytest

from app import evidence, store
from app.errors import (
    Cancelled,
    EvidenceDamaged,
    Invalid,
    NotReadable,
    NotThere,
    VaultIncomplete,
)
from app.records import EvidenceItem, Incident, LText
from app.storage import evidence as rows
from app.tasks import Step, Watched
from app.vault import Vault
from crypto.age.chunks import CHUNK_SIZE, sealed_length
from crypto.padding import padme
from crypto.secret import Passphrase
from tests.app.trees import flip

SIZES = [0, 1, 15, 1000, CHUNK_SIZE - 1, CHUNK_SIZE, CHUNK_SIZE + 1, 4 * CHUNK_SIZE, 1_234_567]


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


# --- taking in ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES)
def test_what_was_taken_in_comes_out_the_same(
    vault: Vault, incident: Incident, tmp_path: Path, size: int
) -> None:
    content = os.urandom(size)
    item = take_in(vault, incident, file_of(tmp_path, content))
    assert (item.sha256, item.size) == (hashlib.sha256(content).hexdigest(), size)
    with evidence.reader(vault, item.id) as reader:
        assert reader.read() == content
        assert reader.read(10) == b""
    evidence.verify(vault, item.id)
    evidence.export(vault, item.id, to=tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == content


@pytest.mark.parametrize("size", SIZES)
def test_the_stored_file_is_as_long_as_the_class_of_its_size(
    vault: Vault, incident: Incident, tmp_path: Path, size: int
) -> None:
    take_in(vault, incident, file_of(tmp_path, bytes(size)))
    stored = stored_file(vault)
    assert stored.stat().st_size == sealed_length(padme(size))
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert len(stored.name) == 32
    assert set(stored.name) <= set("0123456789abcdef")


def test_the_item_stands_beside_its_incident_with_its_first_custody_event(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    content = b"\xff\xd8\xff\xe0 not really a picture"
    item = take_in(vault, incident, file_of(tmp_path, content))
    assert [link.supports for link in item.links] == [incident.id]
    assert (item.mime, item.title.text) == ("image/jpeg", item.short_ref)
    assert store.linked(vault, incident.id) == [item]
    (event,) = evidence.custody(vault, item.id)
    assert (str(event.action), event.hash_after) == ("custody_action:imported", item.sha256)
    assert (event.previous_hash, event.by, event.device) == ("", "", "")


def test_the_files_name_stays_on_this_device(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"x"))
    assert item.original_filename == "Maria at the office.jpg"
    for body, local in vault.database.rows("SELECT body, local FROM record"):
        assert "Maria" not in str(body)
        assert "title" not in str(local)
    assert store.search(vault, "Maria") == []


def test_two_items_of_one_content_share_nothing(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    path = file_of(tmp_path, bytes(5000))
    first, second = (take_in(vault, incident, path) for _ in range(2))
    one, other = (rows.file_of(vault.database, item.id) for item in (first, second))
    assert one is not None
    assert other is not None
    assert one.key != other.key
    contents = {each.read_bytes() for each in vault.files.folder.iterdir()}
    assert len(contents) == 2


def test_content_is_never_on_the_disk_in_clear(
    vault_folder: Path, passphrase: Passphrase, tmp_path: Path
) -> None:
    marker = b"a phrase that nobody else writes 4711 "
    with Vault.open(vault_folder, passphrase) as vault:
        top = store.save(
            vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
        ).record
        take_in(vault, top, file_of(tmp_path, marker * 9000))
        for path in vault_folder.rglob("*"):
            assert path.is_dir() or marker not in path.read_bytes()


def test_a_stopped_intake_leaves_nothing(vault: Vault, incident: Incident, tmp_path: Path) -> None:
    path = file_of(tmp_path, bytes(3_000_000))
    for stop_at in ("taking_in", "checking"):
        watched = Watched()

        def step(now: Step, at: str = stop_at, watched: Watched = watched) -> None:
            if now.doing == at and now.done:
                watched.stop()
            watched(now)

        with pytest.raises(Cancelled):
            evidence.take_in(vault, path, about=incident.id, evidence_type="photo", progress=step)
        assert list(vault.files.folder.iterdir()) == []
        assert store.every(vault, EvidenceItem) == []
        assert vault.database.rows("SELECT * FROM pending") == []


def test_a_file_that_cannot_be_read_leaves_nothing(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotThere):
        take_in(vault, incident, tmp_path / "nowhere")
    for name in ("folder", "pipe"):
        with pytest.raises(NotReadable):
            take_in(vault, incident, tmp_path / name)
    assert list(vault.files.folder.iterdir()) == []


def test_an_item_that_may_not_be_saved_leaves_no_file(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    with pytest.raises(Invalid):
        evidence.take_in(
            vault,
            file_of(tmp_path, b"x"),
            about=incident.id,
            evidence_type="other",  # without the words that have to stand beside it
        )
    assert list(vault.files.folder.iterdir()) == []
    assert vault.database.rows("SELECT * FROM pending") == []


def test_memory_does_not_grow_with_the_file(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(40_000_000)
    tracemalloc.start()
    try:
        item = take_in(vault, incident, path)
        evidence.verify(vault, item.id)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_progress_is_told_from_nothing_to_all_of_it(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    steps: list[Step] = []
    path = file_of(tmp_path, bytes(900_000))
    evidence.take_in(vault, path, about=incident.id, evidence_type="photo", progress=steps.append)
    for doing in ("taking_in", "checking"):
        done = [step.done for step in steps if step.doing == doing]
        assert done == sorted(done)
        assert done[-1] == 900_000
    assert {step.total for step in steps} == {900_000}


# --- damage ---------------------------------------------------------------------------------


def test_every_flipped_bit_and_every_cut_of_a_stored_file_is_found(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, os.urandom(150)))
    stored = stored_file(vault)
    whole = stored.read_bytes()
    for at in range(len(whole)):
        flip(stored, at, bit=at % 8)
        with pytest.raises(EvidenceDamaged) as caught:
            evidence.verify(vault, item.id)
        assert caught.value.reference == item.short_ref
        stored.write_bytes(whole[:at])
        with pytest.raises(EvidenceDamaged):
            evidence.verify(vault, item.id)
        stored.write_bytes(whole)
    stored.write_bytes(whole + b"\0")
    with pytest.raises(EvidenceDamaged):
        evidence.verify(vault, item.id)
    stored.write_bytes(whole)
    evidence.verify(vault, item.id)


def test_damage_in_the_padding_is_told_before_the_last_bytes_are_given(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    size = 10 * CHUNK_SIZE + 5  # its class ends in the chunk after
    item = take_in(vault, incident, file_of(tmp_path, os.urandom(size)))
    flip(stored_file(vault), -1)
    with evidence.reader(vault, item.id) as reader, pytest.raises(EvidenceDamaged):
        reader.read()


def test_a_chunk_is_given_only_after_it_was_authenticated(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    content = os.urandom(12 * CHUNK_SIZE)
    item = take_in(vault, incident, file_of(tmp_path, content))
    flip(stored_file(vault), 9 * (CHUNK_SIZE + 16) + 100)
    given = bytearray()

    def read_all() -> None:
        with evidence.reader(vault, item.id) as reader:
            while piece := reader.read(CHUNK_SIZE):
                given.extend(piece)

    with pytest.raises(EvidenceDamaged):
        read_all()
    assert content.startswith(given)
    assert len(given) <= 9 * CHUNK_SIZE


def test_a_missing_file_is_damage_and_the_check_names_the_item(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    item = take_in(vault, incident, file_of(tmp_path, b"content"))
    assert vault.check().whole
    assert vault.check().evidence == 1
    stored_file(vault).unlink()
    with pytest.raises(EvidenceDamaged):
        evidence.reader(vault, item.id)
    assert [each.reference for each in vault.check().findings] == [item.short_ref]


def test_a_lost_evidence_folder_is_a_missing_piece(
    vault_folder: Path, passphrase: Passphrase, tmp_path: Path
) -> None:
    with Vault.open(vault_folder, passphrase) as vault:
        top = store.save(
            vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
        ).record
        take_in(vault, top, file_of(tmp_path, b"content"))
        stored_file(vault).unlink()
    (vault_folder / "files").rmdir()
    with pytest.raises(VaultIncomplete):
        Vault.open(vault_folder, passphrase)
    assert not (vault_folder / "files").exists()


def test_two_files_that_changed_places_are_found(
    vault: Vault, incident: Incident, tmp_path: Path
) -> None:
    for content in (b"first", b"other"):
        take_in(vault, incident, file_of(tmp_path, content))
    one, other = vault.files.folder.iterdir()
    first = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(first)
    assert len(vault.check().findings) == 2


# --- the pending list -----------------------------------------------------------------------


def test_a_file_the_vault_does_not_know_is_left_alone(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    stranger = vault_folder / "files" / ("ab" * 16)
    stranger.write_bytes(b"somebody put it here")
    with Vault.open(vault_folder, passphrase) as vault:
        assert vault.check().whole
    assert stranger.exists()


def test_what_was_half_written_or_half_deleted_goes_at_the_next_opening(
    vault_folder: Path, passphrase: Passphrase, tmp_path: Path
) -> None:
    with Vault.open(vault_folder, passphrase) as vault:
        top = store.save(
            vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
        ).record
        item = take_in(vault, top, file_of(tmp_path, b"kept"))
        kept = stored_file(vault).name
        file = rows.file_of(vault.database, take_in(vault, top, file_of(tmp_path, b"x")).id)
        assert file is not None
        with vault.transaction() as tx:
            rows.begin_writing(tx, "11" * 16)
            rows.begin_writing(tx, "22" * 16)  # its file was never made
            rows.begin_deleting(tx, file)
        vault.files.path("11" * 16).write_bytes(b"half")
    with Vault.open(vault_folder, passphrase) as vault:
        assert [path.name for path in vault.files.folder.iterdir()] == [kept]
        assert vault.database.rows("SELECT * FROM pending") == []
        evidence.verify(vault, item.id)
