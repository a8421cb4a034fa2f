"""Erasing a vault: unreadable first, gone as far as it goes, and never a fresh start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app import openers
from app.errors import (
    NotAVault,
    NotThere,
    NotWritable,
    VaultAlreadyThere,
    VaultDamaged,
    VaultIncomplete,
)
from app.panic import Eraser, erase, eraser_of
from app.vault import DATABASE, EVIDENCE, SLOT_FILE, Vault
from crypto import slotfile
from crypto.errors import Damaged
from crypto.kdf import FLOOR
from crypto.secret import Passphrase

STORED = "0123456789abcdef" * 2


def test_overwritten_slots_open_nothing(vault_folder: Path, passphrase: Passphrase) -> None:
    before = (vault_folder / SLOT_FILE).read_bytes()
    eraser_of(vault_folder).overwrite()
    after = (vault_folder / SLOT_FILE).read_bytes()
    with pytest.raises(Damaged):
        slotfile.parse(after)
    same = sum(one == other for one, other in zip(before, after, strict=True))
    assert same < 2 * len(before) / 256
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)


def test_the_bytes_are_written_where_they_lay(vault_folder: Path) -> None:
    before = (vault_folder / SLOT_FILE).stat()
    eraser_of(vault_folder).overwrite()
    after = (vault_folder / SLOT_FILE).stat()
    assert (after.st_ino, after.st_size) == (before.st_ino, before.st_size)


def test_every_piece_of_the_vault_goes_and_nothing_else(vault_folder: Path) -> None:
    for name in (f"{DATABASE}-wal", f"{DATABASE}-kept", f"{EVIDENCE}/{STORED}"):
        (vault_folder / name).write_bytes(b"x")
    for name in ("notes.txt", f"{EVIDENCE}/photo.jpg"):
        (vault_folder / name).write_bytes(b"somebody else's")
    assert erase(eraser_of(vault_folder)) == ()
    left = sorted(each.relative_to(vault_folder).as_posix() for each in vault_folder.rglob("*"))
    assert left == ["files", "files/photo.jpg", "notes.txt"]


def test_an_erased_vault_is_a_vault_that_cannot_be_read(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    erase(eraser_of(vault_folder))
    with pytest.raises(VaultIncomplete):
        Vault.open(vault_folder, passphrase)
    with pytest.raises(VaultAlreadyThere):
        Vault.create(vault_folder, passphrase, cost=FLOOR)


def test_a_job_under_way_cannot_write_the_slots_back(vault: Vault, passphrase: Passphrase) -> None:
    eraser = Eraser(vault.folder)
    eraser.overwrite()
    erased = (vault.folder / SLOT_FILE).read_bytes()
    with pytest.raises(Damaged):
        openers.add(vault, passphrase, Passphrase.of("another passphrase of some length"))
    assert (vault.folder / SLOT_FILE).read_bytes() == erased


def test_slots_that_took_the_place_of_the_old_ones_are_erased_too(vault_folder: Path) -> None:
    eraser = eraser_of(vault_folder)
    slots = vault_folder / SLOT_FILE
    content = slots.read_bytes()
    old = slots.rename(vault_folder / "old")
    slots.write_bytes(content)
    eraser.overwrite()
    for each in (old, slots):
        with pytest.raises(Damaged):
            slotfile.parse(each.read_bytes())


def test_a_vault_without_slots_is_erased_as_far_as_it_is_there(vault_folder: Path) -> None:
    (vault_folder / SLOT_FILE).unlink()
    assert erase(eraser_of(vault_folder)) == ()
    assert not (vault_folder / DATABASE).exists()


def test_a_folder_that_is_no_vault_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotThere):
        eraser_of(tmp_path / "nowhere")
    (tmp_path / "report.txt").write_text("keep me")
    with pytest.raises(NotAVault):
        eraser_of(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs links")
def test_a_link_in_the_place_of_the_slots_is_not_followed(
    vault_folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"not ours")
    (vault_folder / SLOT_FILE).unlink()
    (vault_folder / SLOT_FILE).symlink_to(elsewhere)
    with pytest.raises(NotWritable):
        eraser_of(vault_folder).overwrite()
    assert elsewhere.read_bytes() == b"not ours"
