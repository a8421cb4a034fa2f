"""Making, opening and closing a vault: what it leaves on the disk and what it refuses."""

from __future__ import annotations

import hashlib
import stat
import subprocess
import sys
from collections import Counter
from math import log2
from pathlib import Path

import pytest

from app.clock import Clock
from app.errors import (
    NotAVault,
    NotOnThisComputer,
    NotThere,
    VaultAlreadyThere,
    VaultDamaged,
    VaultIncomplete,
    VaultInUse,
    VaultTooNew,
    WrongPassphrase,
)
from app.storage import settings
from app.vault import Vault
from crypto import slotfile
from crypto.errors import TooCheap
from crypto.kdf import FLOOR, Argon2idCost
from crypto.secret import Passphrase
from tests.app.trees import flip, snapshot

OTHER = Passphrase.of("another passphrase altogether")


def test_a_new_vault_opens_with_its_passphrase_and_is_the_same_vault(
    tmp_path: Path, clock: Clock
) -> None:
    secret = Passphrase.of("correct horse")
    with Vault.create(tmp_path / "v", secret, cost=FLOOR, clock=clock) as made:
        first = made.id
    with Vault.open(tmp_path / "v", Passphrase.of("correct horse")) as again:
        assert again.id == first
        assert [used.slot for used in settings.used_slots(again.database)] == [0]


def test_a_closed_vault_is_three_neutral_names_and_only_the_owner_reads_them(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    Vault.open(vault_folder, passphrase).close()
    assert sorted(path.name for path in vault_folder.iterdir()) == ["0.dat", "1.dat", "files"]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in vault_folder.iterdir()}
    assert modes == {"0.dat": 0o600, "1.dat": 0o600, "files": 0o700}
    assert stat.S_IMODE(vault_folder.stat().st_mode) == 0o700


def test_a_vault_looks_like_noise(empty_vault: Path) -> None:
    for name in ("0.dat", "1.dat"):
        content = (empty_vault / name).read_bytes()
        total = len(content)
        counts = Counter(content).values()
        entropy = -sum(count / total * log2(count / total) for count in counts)
        assert entropy > 7.99
        assert b"SQLite" not in content
        assert b"hoopoe" not in content.lower()


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(vault_folder: Path) -> None:
    before = snapshot(vault_folder)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault_folder, OTHER)
    assert snapshot(vault_folder) == before


def test_the_unlock_test_says_whether_a_passphrase_opens_and_writes_nothing(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    before = snapshot(vault_folder)
    Vault.unlock_test(vault_folder, passphrase)
    with pytest.raises(WrongPassphrase):
        Vault.unlock_test(vault_folder, OTHER)
    assert snapshot(vault_folder) == before


def test_opening_and_closing_without_a_write_changes_no_byte(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    before = snapshot(vault_folder)
    Vault.open(vault_folder, passphrase).close()
    assert snapshot(vault_folder) == before


def test_a_vault_is_open_in_one_place_only(vault: Vault, passphrase: Passphrase) -> None:
    with pytest.raises(VaultInUse):
        Vault.open(vault.folder, passphrase)
    other = (
        "import sys; from pathlib import Path\n"
        "from app.errors import VaultInUse; from app.vault import Vault\n"
        "from crypto.secret import Passphrase\n"
        "try:\n    Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2]))\n"
        "except VaultInUse:\n    sys.exit(7)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", other, vault.folder, passphrase.secret.expose().decode()],
        check=False,
    )
    assert done.returncode == 7


# --- pieces missing or altered --------------------------------------------------------------


def test_a_folder_without_any_piece_is_not_a_vault(tmp_path: Path, passphrase: Passphrase) -> None:
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(NotAVault):
        Vault.open(tmp_path, passphrase)
    with pytest.raises(NotThere):
        Vault.open(tmp_path / "nowhere", passphrase)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt"]


@pytest.mark.parametrize("piece", ["0.dat", "1.dat"])
def test_a_missing_piece_is_named_and_never_made_again(
    vault_folder: Path, passphrase: Passphrase, piece: str
) -> None:
    (vault_folder / piece).unlink()
    before = snapshot(vault_folder)
    with pytest.raises(VaultIncomplete) as caught:
        Vault.open(vault_folder, passphrase)
    assert caught.value.missing == piece
    assert snapshot(vault_folder) == before


def test_an_empty_evidence_folder_lost_in_copying_is_made_again(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    (vault_folder / "files").rmdir()
    Vault.open(vault_folder, passphrase).close()
    assert (vault_folder / "files").is_dir()


@pytest.mark.parametrize("size", [0, 1, 100, 4095])
def test_a_database_cut_short_is_damage_and_no_new_one_is_made(
    vault_folder: Path, passphrase: Passphrase, size: int
) -> None:
    database = vault_folder / "1.dat"
    database.write_bytes(database.read_bytes()[:size])
    before = snapshot(vault_folder)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)
    assert snapshot(vault_folder) == before


@pytest.mark.parametrize("at", [16, 100, 2048, 4095])
def test_a_flipped_bit_in_the_first_page_is_damage_and_nothing_is_written(
    vault_folder: Path, passphrase: Passphrase, at: int
) -> None:
    flip(vault_folder / "1.dat", at, bit=at % 8)
    before = snapshot(vault_folder)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)
    assert snapshot(vault_folder) == before


def test_the_first_16_bytes_are_not_needed_because_the_key_brings_the_salt(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    for at in range(16):
        flip(vault_folder / "1.dat", at, bit=at % 8)
    with Vault.open(vault_folder, passphrase) as opened:
        assert opened.check().whole


def test_a_database_under_another_vaults_slots_is_damage(
    vault_folder: Path, tmp_path: Path, passphrase: Passphrase
) -> None:
    Vault.create(tmp_path / "other", passphrase, cost=FLOOR).close()
    (vault_folder / "0.dat").write_bytes((tmp_path / "other" / "0.dat").read_bytes())
    before = snapshot(vault_folder)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)
    assert snapshot(vault_folder) == before


@pytest.mark.parametrize("start", slotfile.COPY_OFFSETS)
def test_one_damaged_slot_copy_is_mended_by_the_next_opening(
    vault_folder: Path, passphrase: Passphrase, start: int
) -> None:
    whole = (vault_folder / "0.dat").read_bytes()
    for at in range(start, start + slotfile.COPY_SIZE, 401):
        flip(vault_folder / "0.dat", at, bit=at % 8)
    Vault.open(vault_folder, passphrase).close()
    assert (vault_folder / "0.dat").read_bytes() == whole


def test_a_wrong_passphrase_mends_nothing(vault_folder: Path) -> None:
    flip(vault_folder / "0.dat", 40)
    before = snapshot(vault_folder)
    with pytest.raises(WrongPassphrase):
        Vault.open(vault_folder, OTHER)
    assert snapshot(vault_folder) == before


@pytest.mark.parametrize("cut", [0, 100, 65535])
def test_a_slot_file_of_another_size_is_damage(
    vault_folder: Path, passphrase: Passphrase, cut: int
) -> None:
    slots = vault_folder / "0.dat"
    slots.write_bytes(slots.read_bytes()[:cut])
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)


def test_two_damaged_slot_copies_are_damage(vault_folder: Path, passphrase: Passphrase) -> None:
    for start in slotfile.COPY_OFFSETS:
        flip(vault_folder / "0.dat", start + 3000)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, passphrase)


def test_a_page_after_the_first_that_is_altered_is_found_by_the_check(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    whole = (vault_folder / "1.dat").read_bytes()
    for page in range(1, len(whole) // 4096, 4):
        flip(vault_folder / "1.dat", page * 4096 + 777)
        try:
            with Vault.open(vault_folder, passphrase) as opened:
                assert not opened.check().whole, page
        except VaultDamaged:
            pass  # a page that opening itself reads
        (vault_folder / "1.dat").write_bytes(whole)


def test_a_database_cut_at_a_page_boundary_is_found_by_the_check(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    whole = (vault_folder / "1.dat").read_bytes()
    for pages in (len(whole) // 4096 - 1, len(whole) // 8192, 2):
        (vault_folder / "1.dat").write_bytes(whole[: pages * 4096])
        try:
            with Vault.open(vault_folder, passphrase) as opened:
                assert not opened.check().whole, pages
        except VaultDamaged:
            pass


def test_a_newer_database_is_refused_by_its_number(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    with Vault.open(vault_folder, passphrase) as opened, opened.transaction() as tx:
        tx.run("PRAGMA user_version = 9999")
    before = snapshot(vault_folder)
    with pytest.raises(VaultTooNew) as caught:
        Vault.open(vault_folder, passphrase)
    assert caught.value.found == 9999
    assert snapshot(vault_folder) == before


def test_a_slot_file_of_a_newer_version_is_refused_before_any_work(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    content = bytearray((vault_folder / "0.dat").read_bytes())
    for start in slotfile.COPY_OFFSETS:
        end = start + slotfile.COPY_SIZE
        content[start + 32] = 2
        content[end - 32 : end] = hashlib.sha256(content[start : end - 32]).digest()
    (vault_folder / "0.dat").write_bytes(bytes(content))
    with pytest.raises(VaultTooNew):
        Vault.open(vault_folder, passphrase)


# --- making ---------------------------------------------------------------------------------


def test_a_vault_is_never_made_over_something(tmp_path: Path, passphrase: Passphrase) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("hello")
    (tmp_path / "file").write_text("hello")
    before = snapshot(tmp_path)
    for taken in ("full", "file"):
        with pytest.raises(VaultAlreadyThere):
            Vault.create(tmp_path / taken, passphrase, cost=FLOOR)
    assert snapshot(tmp_path) == before


def test_an_empty_folder_may_become_a_vault(tmp_path: Path, passphrase: Passphrase) -> None:
    (tmp_path / "v").mkdir(mode=0o755)
    Vault.create(tmp_path / "v", passphrase, cost=FLOOR).close()
    assert stat.S_IMODE((tmp_path / "v").stat().st_mode) == 0o700


def test_without_its_parent_folder_no_vault_is_made(tmp_path: Path, passphrase: Passphrase) -> None:
    with pytest.raises(NotThere):
        Vault.create(tmp_path / "no" / "v", passphrase, cost=FLOOR)


def test_a_vault_on_a_network_path_is_refused_by_its_name(passphrase: Passphrase) -> None:
    for path in ("//host/share/v", "\\\\host\\share\\v"):
        with pytest.raises(NotOnThisComputer):
            Vault.create(Path(path), passphrase, cost=FLOOR)
        with pytest.raises(NotOnThisComputer):
            Vault.open(Path(path), passphrase)


def test_a_cheap_cost_makes_no_vault_and_leaves_nothing(
    tmp_path: Path, passphrase: Passphrase
) -> None:
    with pytest.raises(TooCheap):
        Vault.create(
            tmp_path / "v", passphrase, cost=Argon2idCost(memory_kib=8192, passes=1, lanes=1)
        )
    assert list(tmp_path.iterdir()) == []


def test_a_kill_while_making_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    child = (
        "import os, sys; from pathlib import Path\n"
        "from app import vault; from crypto.kdf import FLOOR\n"
        "from crypto.secret import Passphrase\n"
        "vault.rename_to = lambda *_: os.kill(os.getpid(), 9)\n"
        "vault.Vault.create(Path(sys.argv[1]), Passphrase.of('x'), cost=FLOOR)\n"
    )
    done = subprocess.run([sys.executable, "-c", child, tmp_path / "v"], check=False)
    assert done.returncode == -9
    assert not (tmp_path / "v").exists()
    Vault.create(tmp_path / "v", Passphrase.of("x"), cost=FLOOR).close()
