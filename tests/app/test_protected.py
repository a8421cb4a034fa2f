"""A vault that cannot be written to can be read, and changes in nothing by that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app import evidence, keepers, protected, salvage, store
from app.backup import drilling, making
from app.errors import NotWritable, WrongPassphrase
from app.records import Incident, LText
from app.storage.connection import PAGE_BYTES
from app.vault import DATABASE, Vault
from crypto.age import PassphraseIdentity
from crypto.secret import Passphrase
from tests.app.trees import flip
from tests.conftest import PASSPHRASE, at_noon


@pytest.fixture
def folder(vault_folder: Path, tmp_path: Path) -> Path:
    """A closed vault with a report and a file."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(bytes(1000))
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        saved = store.save(
            vault, Incident(title=LText.of("Gate", "en"), narrative=LText.of("Told.", "en"))
        ).record
        evidence.take_in(vault, photo, about=saved.id, evidence_type="photo")
    return vault_folder


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(each.relative_to(folder)): (each.read_bytes(), each.stat().st_mtime_ns)
        for each in folder.rglob("*")
        if each.is_file()
    }


def test_reading_changes_no_byte_and_saving_is_refused(folder: Path) -> None:
    before = content(folder)
    with protected.open_to_read(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        assert protected.is_protected(vault)
        (told,) = store.every(vault, Incident)
        assert told.title.text == "Gate"
        assert store.search(vault, "Gate")
        with pytest.raises(NotWritable):
            store.save(vault, replace(told, title=LText.of("New", "en")))
        with pytest.raises(NotWritable):
            store.keep_draft(vault, Incident(title=LText.of("New", "en")))
        assert vault.check().whole
    assert content(folder) == before


def test_a_vault_that_can_be_written_is_opened_as_always(folder: Path) -> None:
    with protected.open_either(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        assert not protected.is_protected(vault)


def test_a_wrong_passphrase_opens_nothing_there_either(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        protected.open_to_read(folder, Passphrase.of("another"))


def test_a_log_that_a_crash_left_needs_a_medium_that_can_be_written(
    folder: Path, tmp_path: Path
) -> None:
    with Vault.open(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        store.save(vault, Incident(title=LText.of("Late", "en"), narrative=LText.of("x", "en")))
        crashed = Path(shutil.copytree(folder, tmp_path / "crashed"))
    assert (crashed / f"{DATABASE}-wal").stat().st_size > 0
    with pytest.raises(NotWritable):
        protected.open_to_read(crashed, Passphrase.of(PASSPHRASE))


MOUNTED = """
import sys
from pathlib import Path
from app import protected, store
from app.errors import NotWritable
from app.records import Incident
from crypto.secret import Passphrase
with protected.open_either(Path(sys.argv[1]), Passphrase.of(sys.argv[2])) as vault:
    assert protected.is_protected(vault)
    print(len(store.every(vault, Incident)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts")
def test_a_vault_on_a_medium_mounted_read_only_is_opened_for_reading(folder: Path) -> None:
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1" "$4"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(folder), sys.executable, MOUNTED]
    done = subprocess.run(
        [*command, PASSPHRASE], capture_output=True, text=True, check=False, env=os.environ
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this system lets nobody mount")
    assert done.stdout == "1\n", done.stderr


# --- what can be done from it, and what is refused -------------------------------------------


def test_a_damaged_page_there_does_not_take_the_rest_with_it(folder: Path) -> None:
    middle = (folder / DATABASE).stat().st_size // PAGE_BYTES // 2
    flip(folder / DATABASE, middle * PAGE_BYTES + 1000)
    with protected.open_to_read(folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        assert not vault.check().whole
        assert protected.is_protected(vault)


def test_a_safe_copy_can_be_made_from_it_and_tried(folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    place = tmp_path / "stick"
    place.mkdir()
    words = Passphrase.of(PASSPHRASE)
    with protected.open_to_read(folder, words, clock=at_noon) as vault:
        made = making.for_passphrase(vault, place, words, work_factor=10)
        identity = PassphraseIdentity(words)
        done = drilling.drill(vault, made.path, identity, place=place)
        assert (done.good, done.evidence) == (True, 1)
        with pytest.raises(NotWritable):
            drilling.drill(vault, made.path, identity)
    assert content(folder) == before
    assert [each.name for each in place.iterdir()] == [made.path.name]


def test_what_is_readable_can_be_saved_from_it(folder: Path, tmp_path: Path) -> None:
    before = content(folder)
    words = Passphrase.of(PASSPHRASE)
    with protected.open_to_read(folder, words, clock=at_noon) as vault:
        assert salvage.salvage_open(vault, words, to=tmp_path / "new").complete
    assert content(folder) == before
    with Vault.open(tmp_path / "new", words) as new:
        assert [each.title.text for each in store.every(new, Incident)] == ["Gate"]


WAYS = """
import sys
from pathlib import Path
from app import keepers, mending, openers, protected, rekeying
from app.errors import NotWritable
from crypto.secret import Passphrase
def words():
    return Passphrase.of(sys.argv[2])
with protected.open_either(Path(sys.argv[1]), words()) as vault:
    new = Passphrase.of("six other words for nobody at all")
    refused = 0
    for change in (
        lambda: openers.add(vault, words(), new),
        lambda: openers.change(vault, words(), new),
        lambda: openers.remove(vault, 3, other=words()),
        lambda: rekeying.rekey(vault, words(), new),
        lambda: keepers.keep(vault, words(), keepers.make(2, 3)),
    ):
        try:
            change()
        except NotWritable:
            refused += 1
    print(refused, len(keepers.known(vault)), mending.repair(vault).left)
    print(sorted(keepers.drill(vault, sys.argv[3:5]).kinds))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts")
def test_on_a_mounted_medium_ways_are_refused_and_shares_can_be_tried(folder: Path) -> None:
    with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
        made = keepers.make(2, 3)
        keepers.keep(vault, Passphrase.of(PASSPHRASE), made)
    before = content(folder)
    mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" -c "$3" "$1" '
    mount += '"$4" "$5" "$6"'
    command = ["unshare", "-rm", "sh", "-c", mount, "sh", str(folder), sys.executable, WAYS]
    done = subprocess.run(
        [*command, PASSPHRASE, *made.shares[:2]], capture_output=True, text=True, check=False
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this system lets nobody mount")
    assert done.stdout == "5 1 ()\n[]\n", done.stderr
    assert content(folder) == before
