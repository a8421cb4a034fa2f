"""More than one way into a vault, and never none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import openers
from app.errors import WrongPassphrase
from app.vault import Vault
from crypto.errors import LastSlot, PassphraseTaken
from crypto.secret import Passphrase
from crypto.slots import Opener
from tests.conftest import PASSPHRASE

SECOND = Passphrase.of("a second way in")
THIRD = Passphrase.of("a third way in")


def opens(folder: Path, secret: Passphrase) -> bool:
    try:
        Vault.unlock_test(folder, secret)
    except WrongPassphrase:
        return False
    return True


def test_an_added_passphrase_opens_the_same_vault(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    with Vault.open(vault_folder, passphrase) as vault:
        slot = openers.add(vault, passphrase, SECOND, opener=Opener.RECOVERY_PHRASE)
        known = vault.id
        assert [(each.slot, each.kind) for each in openers.every(vault)] == sorted(
            [(0, Opener.PASSPHRASE.value), (slot, Opener.RECOVERY_PHRASE.value)]
        )
    for secret in (passphrase, SECOND):
        with Vault.open(vault_folder, secret) as vault:
            assert vault.id == known


def test_a_changed_passphrase_opens_and_the_old_one_does_not(
    vault: Vault, passphrase: Passphrase
) -> None:
    openers.change(vault, passphrase, SECOND)
    assert opens(vault.folder, SECOND)
    assert not opens(vault.folder, passphrase)
    assert [each.slot for each in openers.every(vault)] == [0]


def test_changing_writes_in_place_and_leaves_no_old_slot(
    vault: Vault, passphrase: Passphrase
) -> None:
    path = vault.folder / "0.dat"
    before, inode = path.read_bytes(), path.stat().st_ino
    openers.change(vault, passphrase, SECOND)
    after = path.read_bytes()
    assert path.stat().st_ino == inode
    assert len(after) == len(before)
    old_slot = before[34 : 34 + 256]
    assert old_slot not in after


def test_a_removed_slot_opens_nothing(vault: Vault, passphrase: Passphrase) -> None:
    slot = openers.add(vault, passphrase, SECOND)
    openers.remove(vault, slot, other=passphrase)
    assert not opens(vault.folder, SECOND)
    assert opens(vault.folder, passphrase)
    assert [each.slot for each in openers.every(vault)] == [0]


def test_the_last_way_in_is_never_removed(vault: Vault, passphrase: Passphrase) -> None:
    with pytest.raises(LastSlot):
        openers.remove(vault, 0, other=passphrase)
    slot = openers.add(vault, passphrase, SECOND)
    with pytest.raises(LastSlot):
        openers.remove(vault, slot, other=SECOND)
    openers.remove(vault, 0, other=SECOND)
    assert not opens(vault.folder, passphrase)
    assert opens(vault.folder, SECOND)


def test_without_a_passphrase_that_opens_nothing_is_changed(
    vault: Vault, passphrase: Passphrase
) -> None:
    before = (vault.folder / "0.dat").read_bytes()
    for attempt in (
        lambda: openers.add(vault, SECOND, THIRD),
        lambda: openers.change(vault, SECOND, THIRD),
        lambda: openers.remove(vault, 0, other=SECOND),
    ):
        with pytest.raises(WrongPassphrase):
            attempt()
    with pytest.raises(PassphraseTaken):
        openers.add(vault, passphrase, passphrase)
    assert (vault.folder / "0.dat").read_bytes() == before


@pytest.mark.parametrize("verb", ["add", "change"])
@pytest.mark.parametrize("writes", [0, 1])
def test_a_kill_between_the_copies_leaves_a_way_in(
    vault_folder: Path, passphrase: Passphrase, verb: str, writes: int
) -> None:
    child = f"""
import os, sys
from pathlib import Path
from app import openers
from app.vault import Vault
from crypto.secret import Passphrase
vault = Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2]))
true, done = os.fsync, []
def fsync(descriptor):
    if len(done) == {writes}: os.kill(os.getpid(), 9)
    done.append(descriptor); true(descriptor)
os.fsync = fsync
openers.{verb}(vault, Passphrase.of(sys.argv[2]), Passphrase.of("a second way in"))
"""
    done = subprocess.run([sys.executable, "-c", child, vault_folder, PASSPHRASE], check=False)
    assert done.returncode == -9
    assert opens(vault_folder, passphrase) or (verb == "change" and opens(vault_folder, SECOND))
    way = passphrase if opens(vault_folder, passphrase) else SECOND
    with Vault.open(vault_folder, way) as vault:
        assert vault.check().whole
        openers.add(vault, way, THIRD)
    assert opens(vault_folder, THIRD)
