"""A new vault key: everything is there, one passphrase alone opens it, and no kill loses it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import evidence, openers, rekeying, store
from app.errors import Cancelled, VaultDamaged, WrongPassphrase
from app.records import Incident, LText
from app.records.ids import IncidentId
from app.storage import swapping
from app.storage.slot_store import read_slots, write_slots
from app.tasks import Step
from app.vault import DATABASE, SLOT_FILE, Vault
from crypto.kdf import FLOOR, STANDARD
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE

NEW = Passphrase.of("another six words entirely, please")
SECOND = Passphrase.of("a second way in")


def with_content(vault: Vault, tmp_path: Path) -> str:
    saved = store.save(
        vault,
        Incident(title=LText.of("A visit", "en"), narrative=LText.of("They came at three.", "en")),
    ).record
    file = tmp_path / "photo.bin"
    file.write_bytes(bytes(range(256)) * 40)
    evidence.take_in(vault, file, about=saved.id, evidence_type="photo")
    return saved.id


def opens(folder: Path, secret: Passphrase) -> bool:
    try:
        Vault.unlock_test(folder, secret)
    except WrongPassphrase:
        return False
    return True


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_everything_is_there_under_the_new_key_and_the_old_way_is_shut(
    vault: Vault, passphrase: Passphrase, tmp_path: Path
) -> None:
    kept = with_content(vault, tmp_path)
    before = vault.check()
    salt = (vault.folder / DATABASE).read_bytes()[:16]
    rekeying.rekey(vault, passphrase, NEW)
    after = vault.check()
    assert after.whole
    assert after == before
    store.save(vault, Incident(title=LText.of("Later", "en"), narrative=LText.of("x", "en")))
    vault.close()
    assert (vault.folder / DATABASE).read_bytes()[:16] != salt
    assert names(vault.folder) == {"0.dat", "1.dat", "files"}
    assert not opens(vault.folder, passphrase)
    with Vault.open(vault.folder, NEW) as again:
        assert store.get(again, Incident, IncidentId(kept)).title.text == "A visit"
        assert again.check().entries == before.entries + 1


def test_the_same_passphrase_may_be_kept_and_every_other_way_ends(
    vault: Vault, passphrase: Passphrase
) -> None:
    slot = openers.add(vault, passphrase, SECOND)
    done = rekeying.rekey(vault, passphrase, passphrase)
    assert [each.slot for each in done.ended] == [slot]
    assert len(openers.every(vault)) == 1
    assert opens(vault.folder, passphrase)
    assert not opens(vault.folder, SECOND)
    openers.add(vault, passphrase, SECOND)
    assert opens(vault.folder, SECOND)


def test_an_older_copy_of_the_slot_file_opens_nothing_afterwards(
    vault: Vault, passphrase: Passphrase, tmp_path: Path
) -> None:
    """That is what a new passphrase alone would not do."""
    old = (vault.folder / SLOT_FILE).read_bytes()
    rekeying.rekey(vault, passphrase, NEW)
    vault.close()
    thief = Path(shutil.copytree(vault.folder, tmp_path / "thief"))
    (thief / SLOT_FILE).write_bytes(old)
    with pytest.raises(VaultDamaged):
        Vault.open(thief, passphrase)


def test_a_new_cost_holds_from_then_on(vault: Vault, passphrase: Passphrase) -> None:
    assert read_slots(vault.folder / SLOT_FILE).slots.cost == FLOOR
    rekeying.rekey(vault, passphrase, NEW, cost=STANDARD)
    assert read_slots(vault.folder / SLOT_FILE).slots.cost == STANDARD
    assert opens(vault.folder, NEW)


def test_without_a_passphrase_that_opens_nothing_is_changed(vault: Vault) -> None:
    before = (vault.folder / SLOT_FILE).read_bytes()
    with pytest.raises(WrongPassphrase):
        rekeying.rekey(vault, SECOND, NEW)
    assert (vault.folder / SLOT_FILE).read_bytes() == before


@pytest.mark.parametrize("doing", ["rekeying", "checking"])
def test_stopped_on_the_way_all_is_as_it_was(
    doing: str, vault: Vault, passphrase: Passphrase
) -> None:
    before = (vault.folder / SLOT_FILE).read_bytes()

    def stop(step: Step) -> None:
        if step.doing == doing:
            raise Cancelled

    with pytest.raises(Cancelled):
        rekeying.rekey(vault, passphrase, NEW, progress=stop)
    assert (vault.folder / SLOT_FILE).read_bytes() == before
    assert names(vault.folder) <= {"0.dat", "1.dat", "1.dat-wal", "files"}
    assert vault.check().whole
    assert opens(vault.folder, passphrase)


def test_what_waits_while_somebody_holds_the_old_database_is_not_put_in_place(
    vault_folder: Path, passphrase: Passphrase, tmp_path: Path
) -> None:
    """The moment between new slots and new database, seen by a second program."""
    other = Path(shutil.copytree(vault_folder, tmp_path / "other"))
    vault = Vault.open(vault_folder, passphrase)
    with Vault.open(other, passphrase) as second:
        rekeying.rekey(second, passphrase, NEW)
    shutil.copy(other / DATABASE, swapping.waiting_place(vault.folder / DATABASE))
    write_slots(vault.folder / SLOT_FILE, read_slots(other / SLOT_FILE).slots)
    child = (
        "import sys; from pathlib import Path; from app.vault import Vault;"
        "from crypto.secret import Passphrase; from app.errors import VaultInUse\n"
        "try: Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2]))\n"
        "except VaultInUse: print('in use')"
    )
    words = [sys.executable, "-c", child, vault.folder, "another six words entirely, please"]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "in use\n"
    vault.close()
    with Vault.open(vault.folder, NEW) as opened:
        assert opened.check().whole
    assert names(vault.folder) == {"0.dat", "1.dat", "files"}


def test_slots_written_between_reading_and_locking_are_not_passed_over(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    """Whoever was about to open with the old key must not take the new database away."""
    child = f"""
import sys
from pathlib import Path
from app import vault as module
from app.errors import VaultInUse
from app.storage.slot_store import read_slots, write_slots
from crypto import slots
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
folder = Path(sys.argv[1])
true = module.Database.open
def late(*arguments):
    write_slots(folder / "0.dat", slots.create(Passphrase.of("x y z"), FLOOR)[0])
    (folder / "1.dat-new").write_bytes(bytes(4096))
    return true(*arguments)
module.Database.open = late
try: module.Vault.open(folder, Passphrase.of({PASSPHRASE!r}))
except VaultInUse: print("in use")
"""
    words = [sys.executable, "-c", child, vault_folder]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "in use\n"
    assert (vault_folder / "1.dat-new").exists()


@pytest.mark.parametrize("left", [b"", bytes(4096), bytes(range(256)) * 64])
def test_what_a_kill_left_of_a_new_database_is_taken_away(
    left: bytes, vault_folder: Path, passphrase: Passphrase
) -> None:
    """An empty file opens with every key."""
    (vault_folder / "1.dat-new").write_bytes(left)
    (vault_folder / "1.dat-new-wal").write_bytes(left)
    with Vault.open(vault_folder, passphrase) as vault:
        assert vault.check().whole
    assert names(vault_folder) == {"0.dat", "1.dat", "files"}


KILLED = f"""
import os, sys
from pathlib import Path
from app import rekeying
from app.vault import Vault
from crypto.secret import Passphrase
vault = Vault.open(Path(sys.argv[1]), Passphrase.of({PASSPHRASE!r}))
at, count = int(sys.argv[2]), [0]
def counted(true):
    def call(*arguments, **options):
        if count[0] == at: os.kill(os.getpid(), 9)
        count[0] += 1
        return true(*arguments, **options)
    return call
for name in ("fsync", "open", "replace", "unlink", "write", "lseek", "close", "rename"):
    setattr(os, name, counted(getattr(os, name)))
new = Passphrase.of("another six words entirely, please")
rekeying.rekey(vault, Passphrase.of({PASSPHRASE!r}), new)
vault.close()
print(count[0])
"""


def killed(folder: Path, at: int) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", KILLED, str(folder), str(at)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def sound_after(folder: Path, passphrase: Passphrase, entries: int) -> str:
    """Which of the two opens it; exactly one does, and everything is there."""
    ways = {"old": passphrase, "new": NEW}
    (found,) = [name for name, way in ways.items() if opens(folder, way)]
    with Vault.open(folder, ways[found]) as vault:
        report = vault.check()
        assert report.whole
        assert report.entries == entries
    assert names(folder) == {"0.dat", "1.dat", "files"}
    return found


@pytest.fixture
def full_folder(vault: Vault, tmp_path: Path) -> tuple[Path, int]:
    """A closed vault with something in it, and how many entries its chain has."""
    with_content(vault, tmp_path)
    entries = vault.check().entries
    vault.close()
    return vault.folder, entries


def after_kills(full: tuple[Path, int], tmp_path: Path, last: int) -> list[str]:
    """Which passphrase opens the vault after a kill at each of the `last` calls to the system."""
    folder, entries = full
    whole = Path(shutil.copytree(folder, tmp_path / "whole"))
    done = killed(whole, -1)
    assert done.returncode == 0, done.stderr
    calls = int(done.stdout)
    found = []
    for at in range(max(0, calls - last), calls):
        victim = Path(shutil.copytree(folder, tmp_path / "killed"))
        assert killed(victim, at).returncode == -9
        found.append(sound_after(victim, Passphrase.of(PASSPHRASE), entries))
        shutil.rmtree(victim)
    return found


@pytest.mark.heavy
def test_a_kill_at_every_call_to_the_system_leaves_the_old_or_the_new(
    full_folder: tuple[Path, int], tmp_path: Path
) -> None:
    found = after_kills(full_folder, tmp_path, 1000)
    assert len(found) > 10
    assert found == sorted(found, key=("old", "new").index)
    assert set(found) == {"old", "new"}


def test_a_kill_at_one_of_the_last_calls_leaves_the_new(
    full_folder: tuple[Path, int], tmp_path: Path
) -> None:
    assert set(after_kills(full_folder, tmp_path, 4)) == {"new"}


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("call", ["pwrite64", "write", "fsync", "rename", "unlink"])
def test_a_kill_inside_the_database_leaves_the_old_or_the_new(
    call: str, full_folder: tuple[Path, int], tmp_path: Path
) -> None:
    """The calls that SQLite makes itself, counted from the start of the process."""
    folder, entries = full_folder
    found = set()
    for when in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89):
        victim = Path(shutil.copytree(folder, tmp_path / "killed"))
        inject = f"inject={call}:signal=KILL:when={when}"
        words = ["strace", "-f", "-qq", "-o", tmp_path / "trace", "-e", inject]
        done = subprocess.run(
            [*words, sys.executable, "-c", KILLED, victim, "-1"], capture_output=True, check=False
        )
        found.add(done.returncode)
        sound_after(victim, Passphrase.of(PASSPHRASE), entries)
        shutil.rmtree(victim)
    assert found - {0}
