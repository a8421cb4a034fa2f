"""Two windows change the ways into the two vaults of one folder at once: no change is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import openers, pairs, rekeying
from app.errors import VaultInUse, WrongPassphrase
from app.storage.slot_store import changing_slots, read_slots
from app.vault import SLOT_FILE, Vault
from crypto import slotfile
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.children import ROOT
from tests.conftest import PASSPHRASE, at_noon

COVER = "six other words that somebody might tell"
NEW = "six new words after somebody looked on"
ADDING = """
import sys
from pathlib import Path
from app import openers
from app.errors import VaultInUse
from app.vault import Vault
from crypto.secret import Passphrase
folder, mine, refused = Path(sys.argv[1]), sys.argv[2], 0
with Vault.open(folder, Passphrase.of(mine)) as vault:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(3):
        while True:
            try:
                openers.add(vault, Passphrase.of(mine), Passphrase.of(f"{mine} {number}"))
                break
            except VaultInUse:
                refused += 1
print("refused", refused)
"""


@pytest.fixture(scope="module")
def made_pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared") / "pair"
    first, cover = Passphrase.of(PASSPHRASE), Passphrase.of(COVER)
    pairs.create_with_cover(folder, first, cover, cost=FLOOR, clock=at_noon).close()
    return folder


@pytest.fixture
def pair(made_pair: Path, tmp_path: Path) -> Path:
    """A closed folder with two vaults of this test's own."""
    return Path(shutil.copytree(made_pair, tmp_path / "pair"))


def opened(folder: Path, words: str) -> Vault:
    return Vault.open(folder, Passphrase.of(words), clock=at_noon)


def test_what_two_programs_add_at_the_same_time_opens_all_of_it(pair: Path) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", ADDING, str(pair), words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for words in (PASSPHRASE, COVER)
    ]
    for each in programs:
        if each.stdout is None or each.stdout.readline() != "ready\n":
            pytest.fail("a program did not open its vault")
    for each in programs:
        if each.stdin is not None:
            each.stdin.write("go\n")
            each.stdin.flush()
    ended = [each.communicate(timeout=60)[0] for each in programs]
    assert [each.returncode for each in programs] == [0, 0]
    # They met, or this would show nothing.
    assert any(each != "refused 0\n" for each in ended)
    for words in (PASSPHRASE, COVER):
        for number in range(3):
            Vault.unlock_test(pair, Passphrase.of(f"{words} {number}"))
        with opened(pair, words) as vault:
            assert len(openers.every(vault)) == 4


def test_who_comes_second_is_refused_and_has_changed_nothing(pair: Path) -> None:
    before = (pair / SLOT_FILE).read_bytes()
    with opened(pair, PASSPHRASE) as vault:
        mine, new = Passphrase.of(PASSPHRASE), Passphrase.of(NEW)
        slot = openers.every(vault)[0].slot
        with changing_slots(pair / SLOT_FILE):
            with pytest.raises(VaultInUse):
                openers.add(vault, mine, new)
            with pytest.raises(VaultInUse):
                openers.change(vault, mine, new)
            with pytest.raises(VaultInUse):
                openers.remove(vault, slot, other=mine)
            with pytest.raises(VaultInUse):
                rekeying.rekey(vault, mine, new)
        assert (pair / SLOT_FILE).read_bytes() == before
        assert [each.slot for each in openers.every(vault)] == [slot]
        openers.change(vault, mine, new)
    with pytest.raises(WrongPassphrase):
        Vault.unlock_test(pair, Passphrase.of(PASSPHRASE))
    Vault.unlock_test(pair, Passphrase.of(COVER))


def test_a_vault_opens_while_the_ways_into_the_other_are_being_changed(pair: Path) -> None:
    with changing_slots(pair / SLOT_FILE), opened(pair, COVER) as vault:
        assert vault.check().whole


def test_slots_half_written_by_another_window_are_left_to_it(pair: Path) -> None:
    torn = bytearray((pair / SLOT_FILE).read_bytes())
    torn[-1] ^= 1
    (pair / SLOT_FILE).write_bytes(torn)
    with changing_slots(pair / SLOT_FILE):
        opened(pair, COVER).close()
        assert (pair / SLOT_FILE).read_bytes() == torn
    opened(pair, COVER).close()
    assert read_slots(pair / SLOT_FILE).condition is slotfile.Condition.BOTH_WHOLE
