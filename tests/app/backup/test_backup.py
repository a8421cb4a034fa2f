"""Safe copies: made while the vault is open, restored whole or not at all, tried by a drill."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3

from app import channels, evidence, openers, store
from app.backup import drilling, layout, making, notes, recovery, reminding, restoring
from app.backup.comparing import Compared
from app.backup.making import Made
from app.backup.notes import Lock
from app.backup.reminding import Due
from app.bundles import naming
from app.errors import (
    AppError,
    Cancelled,
    CopyDamaged,
    CopyOfAnother,
    NoCopyKey,
    NotACopy,
    VaultAlreadyThere,
    WrongCopyKey,
    WrongPassphrase,
)
from app.files import digest_of
from app.records import Incident, LText
from app.records.ids import RecordId
from app.storage import evidence as evidence_rows
from app.tar import TarReader
from app.tasks import Step, Watched
from app.vault import Vault
from crypto import age
from crypto.age.chunks import SEALED_CHUNK_SIZE
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.app.trees import flip
from tests.conftest import NOON, PASSPHRASE, at_noon
from tests.sides import meet

QUICK = 10
OTHER = "another six words that only this copy has"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def filled(vault: Vault, tmp_path: Path) -> Vault:
    """A vault with two incidents, one changed since, and two pieces of evidence."""
    for title in ("A visit", "A dismissal"):
        case = Incident(title=LText.of(title, "en"), narrative=LText.of("Told.", "en"))
        saved = store.save(vault, case).record
        store.save(vault, replace(saved, narrative=LText.of("Told again.", "en")))
        content = tmp_path / "photo.jpg"
        content.write_bytes(os.urandom(200_000))
        evidence.take_in(vault, content, about=saved.id, evidence_type="photograph")
    return vault


def restored(made: Made, vault: Vault, to: Path) -> restoring.Restored:
    return restoring.restore(
        made.path,
        recovery.identity(vault),
        to,
        Passphrase.of(OTHER),
        cost=FLOOR,
        clock=at_noon,
    )


def everything(vault: Vault) -> list[object]:
    entries = vault.database.rows("SELECT * FROM revision ORDER BY entry")
    return [entries, vault.database.rows("SELECT * FROM evidence_file ORDER BY record")]


# --- there and back -------------------------------------------------------------------------


def test_a_restored_vault_has_everything_and_opens_with_the_passphrase_typed_then(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(filled, place)
    done = restored(made, filled, tmp_path / "again")
    assert done.report.whole
    assert done.report.evidence == 2
    with pytest.raises(WrongPassphrase):
        Vault.open(done.folder, Passphrase.of(PASSPHRASE))
    with Vault.open(done.folder, Passphrase.of(OTHER), clock=at_noon) as again:
        assert everything(again) == everything(filled)
        assert again.check().whole
        assert [each.slot for each in openers.every(again)] == [0]
        openers.add(again, Passphrase.of(OTHER), Passphrase.of(PASSPHRASE))
    assert sorted(each.name for each in done.folder.iterdir()) == ["0.dat", "1.dat", "files"]


def test_a_copy_opens_with_the_passphrase_of_its_day_after_the_vault_has_another(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_passphrase(filled, place, Passphrase.of(PASSPHRASE), work_factor=QUICK)
    openers.change(filled, Passphrase.of(PASSPHRASE), Passphrase.of(OTHER))
    assert restoring.lock_of(made.path) is Lock.PASSPHRASE
    with pytest.raises(WrongCopyKey):
        drilling.drill(filled, made.path, age.PassphraseIdentity(Passphrase.of(OTHER)))
    known = age.PassphraseIdentity(Passphrase.of(PASSPHRASE))
    assert drilling.drill(filled, made.path, known).good
    done = restoring.restore(
        made.path, known, tmp_path / "again", Passphrase.of(OTHER), cost=FLOOR, clock=at_noon
    )
    assert done.report.whole


def test_a_copy_is_named_by_its_digest_and_leaves_nothing_beside_it(
    filled: Vault, place: Path
) -> None:
    before = sorted(each.name for each in filled.folder.iterdir())
    made = making.for_recovery(filled, place)
    assert made.path.name == naming.name_of(digest_of(made.path).sha256)
    assert list(place.iterdir()) == [made.path]
    assert sorted(each.name for each in filled.folder.iterdir()) == before
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_the_content_is_in_clear_in_the_copy_or_while_it_is_made(
    filled: Vault, place: Path
) -> None:
    seen: list[bytes] = []

    def look(_step: Step) -> None:
        seen.extend(
            each.read_bytes()
            for folder in (place, *filled.folder.glob("*.part"))
            for each in folder.iterdir()
            if each.is_file()
        )

    making.for_recovery(filled, place, progress=look)
    assert seen
    assert not any(b"Told" in each or b"SQLite" in each or b"backup.json" in each for each in seen)


def test_the_copy_of_the_database_shares_no_first_bytes_with_the_vault(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    unpacked = unpack(making.for_recovery(filled, place), filled, tmp_path)
    mine = (filled.folder / "1.dat").read_bytes()[:16]
    assert (unpacked / layout.DATABASE).read_bytes()[:16] != mine


def test_the_database_in_a_copy_opens_as_its_leaflet_says(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    unpacked = unpack(making.for_recovery(filled, place), filled, tmp_path)
    heading = layout.parse((unpacked / layout.HEADING).read_bytes())
    opened = sqlcipher3.connect(str(unpacked / layout.DATABASE))
    key = heading.key.expose().hex() + heading.salt.expose().hex()
    opened.execute(f"PRAGMA key = \"x'{key}'\"")
    rows = opened.execute("SELECT body, local FROM record WHERE kind = 'incident'").fetchall()
    opened.close()
    assert len(rows) == 2
    assert b"sqlcipher database" in (unpacked / layout.LEAFLET).read_bytes()


def test_a_restored_vault_starts_new_series(
    new_vault: Callable[[str], Vault], tmp_path: Path, place: Path
) -> None:
    sides = meet(new_vault("reporter"), new_vault("desk"), tmp_path / "carried")
    sides.seal(sides.record())
    made = making.for_recovery(sides.reporter, place)
    done = restored(made, sides.reporter, tmp_path / "again")
    with Vault.open(done.folder, Passphrase.of(OTHER), clock=at_noon) as again:
        old = channels.to(sides.reporter.database, sides.receiver.id)
        new = channels.to(again.database, sides.receiver.id)
    assert (new.sequence, new.previous) == (0, "")
    assert new.series != old.series
    assert new.verify_key == old.verify_key


def test_evidence_that_is_gone_does_not_stand_in_the_way_and_is_named(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    gone = next(filled.files.folder.iterdir())
    gone.unlink()
    made = making.for_recovery(filled, place)
    assert len(made.missing) == 1
    done = restored(made, filled, tmp_path / "again")
    assert [each.reference for each in done.report.findings] == list(made.missing)


# --- what cannot be restored ----------------------------------------------------------------


def refused(made: Made, vault: Vault, to: Path, expected: type[AppError]) -> None:
    before = sorted(to.parent.iterdir())
    with pytest.raises(expected):
        restored(made, vault, to)
    assert sorted(to.parent.iterdir()) == before


def test_damage_in_any_chunk_is_told_and_leaves_nothing(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(filled, place)
    for offset in range(2000, made.size, SEALED_CHUNK_SIZE):
        flip(made.path, offset)
        refused(made, filled, tmp_path / "again", CopyDamaged)
        flip(made.path, offset)


@pytest.mark.parametrize("left", [0.999, 0.5, 0.1])
def test_a_copy_that_was_cut_is_told_and_leaves_nothing(
    filled: Vault, place: Path, tmp_path: Path, left: float
) -> None:
    made = making.for_recovery(filled, place)
    os.truncate(made.path, int(made.size * left))
    refused(made, filled, tmp_path / "again", CopyDamaged)


@pytest.mark.parametrize("content", [b"", b"age-encryption.org/v1\n", b"PK\x03\x04" * 100])
def test_another_file_is_no_copy(vault: Vault, place: Path, tmp_path: Path, content: bytes) -> None:
    made = making.for_recovery(vault, place)
    made.path.write_bytes(content)
    refused(made, vault, tmp_path / "again", NotACopy)
    with pytest.raises(NotACopy):
        restoring.lock_of(made.path)


def test_an_age_file_with_something_else_in_it_is_no_copy(
    vault: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(vault, place)
    with (
        made.path.open("wb") as file,
        age.encrypt(file, [recovery.identity(vault).recipient]) as sealed,
    ):
        sealed.write(bytes(10240))
    refused(made, vault, tmp_path / "again", NotACopy)


def test_the_key_of_another_vault_opens_nothing(
    new_vault: Callable[[str], Vault], place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(new_vault("one"), place)
    refused(made, new_vault("two"), tmp_path / "again", WrongCopyKey)


def test_a_folder_that_holds_something_is_left_alone(
    vault: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(vault, place)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine").write_bytes(b"1")
    refused(made, vault, taken, VaultAlreadyThere)
    assert (taken / "mine").read_bytes() == b"1"


def test_an_empty_folder_takes_the_restored_vault(
    vault: Vault, place: Path, tmp_path: Path
) -> None:
    (tmp_path / "again").mkdir()
    done = restored(making.for_recovery(vault, place), vault, tmp_path / "again")
    assert done.report.whole


# --- stopping -------------------------------------------------------------------------------


def stopping_at(count: int) -> Callable[[Step], None]:
    steps = iter(range(count))
    watched = Watched()

    def progress(step: Step) -> None:
        if next(steps, None) is None:
            watched.stop()
        watched(step)

    return progress


def steps_of(work: Callable[[Callable[[Step], None]], object]) -> int:
    seen: list[Step] = []
    work(seen.append)
    return len(seen)


def test_a_copy_stopped_at_any_step_leaves_nothing(filled: Vault, place: Path) -> None:
    before = sorted(filled.folder.iterdir())
    steps = steps_of(lambda progress: making.for_recovery(filled, place, progress=progress))
    (first,) = place.iterdir()
    for count in range(steps):
        with pytest.raises(Cancelled):
            making.for_recovery(filled, place, progress=stopping_at(count))
        assert list(place.iterdir()) == [first]
        assert sorted(filled.folder.iterdir()) == before
    assert len(notes.copies(filled.database)) == 1


def test_a_restore_stopped_at_any_step_leaves_nothing(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    made = making.for_recovery(filled, place)
    key = recovery.identity(filled)

    def restore(to: Path, progress: Callable[[Step], None]) -> None:
        restoring.restore(made.path, key, to, Passphrase.of(OTHER), cost=FLOOR, progress=progress)

    steps = steps_of(lambda progress: restore(tmp_path / "first", progress))
    before = sorted(tmp_path.iterdir())
    for count in {0, 1, 2, steps // 2, steps - 2, steps - 1}:
        with pytest.raises(Cancelled):
            restore(tmp_path / "again", stopping_at(count))
        assert sorted(tmp_path.iterdir()) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from app.backup import making, recovery, restoring
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
what, vault, place, to, count, words = sys.argv[1:]
left = int(count)
def progress(step):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
with Vault.open(Path(vault), Passphrase.of(words)) as opened:
    if what == "backup":
        making.for_recovery(opened, Path(place), progress=progress)
    else:
        (copy,) = Path(place).iterdir()
        key = recovery.identity(opened)
        new = Passphrase.of(words)
        restoring.restore(copy, key, Path(to), new, cost=FLOOR, progress=progress)
"""


def killed(what: str, vault: Path, place: Path, to: Path, count: int) -> int:
    command = [sys.executable, "-c", KILLED, what, str(vault), str(place), str(to)]
    return subprocess.run([*command, str(count), PASSPHRASE], check=False).returncode


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_a_kill_leaves_nothing_under_a_final_name_and_the_next_copy_sweeps(
    filled: Vault, place: Path, tmp_path: Path
) -> None:
    filled.close()
    for count in (1, 4):
        assert killed("backup", filled.folder, place, tmp_path / "x", count) == -9
        assert not [each for each in place.iterdir() if naming.looks_like_a_name(each.name)]
    for each in place.iterdir():
        each.unlink()
    with Vault.open(filled.folder, Passphrase.of(PASSPHRASE), clock=at_noon) as again:
        assert notes.copies(again.database) == ()
        making.for_recovery(again, place)
        assert not list(again.folder.glob("*.part"))
    for count in (1, 6):
        assert killed("restore", filled.folder, place, tmp_path / "again", count) == -9
        assert not (tmp_path / "again").exists()


# --- the drill ------------------------------------------------------------------------------


def test_a_drill_says_that_everything_agrees_and_keeps_the_day(filled: Vault, place: Path) -> None:
    made = making.for_recovery(filled, place)
    before = sorted(filled.folder.iterdir())
    done = drilling.drill(filled, made.path, recovery.identity(filled))
    assert done.good
    assert (done.evidence, done.since) == (2, 0)
    assert sorted(filled.folder.iterdir()) == before
    (note,) = notes.copies(filled.database)
    assert note.tried_at == filled.now()
    assert notes.last_drill(filled.database) == notes.DrillNote(
        at=filled.now(), name=made.path.name, good=True
    )


def test_a_drill_counts_what_came_after_the_copy(filled: Vault, place: Path) -> None:
    made = making.for_recovery(filled, place)
    store.save(filled, Incident(title=LText.of("Late", "en"), narrative=LText.of("Told.", "en")))
    for item in evidence_rows.files(filled.database)[:1]:
        evidence.destroy(filled, RecordId(item.record), why="asked to")
    done = drilling.drill(filled, made.path, recovery.identity(filled))
    assert done.good
    assert done.since == 3


def test_a_drill_finds_a_record_and_evidence_that_are_not_as_in_the_vault(
    filled: Vault, place: Path
) -> None:
    made = making.for_recovery(filled, place)
    with filled.transaction() as tx:
        tx.run("UPDATE revision SET body = '{}' WHERE entry = 2")
        tx.run("UPDATE revision SET hash = zeroblob(32) WHERE entry = 3")
        tx.run("UPDATE evidence_file SET sha256 = ? WHERE size = 200000", "0" * 64)
    done = drilling.drill(filled, made.path, recovery.identity(filled))
    assert not done.good
    assert {each.what for each in done.differences} == set(Compared)
    assert reminding.due(filled)[0] is Due.FAILED_DRILL


def test_a_copy_of_another_vault_is_told_and_not_taken_for_a_bad_one(
    new_vault: Callable[[str], Vault], place: Path
) -> None:
    one, other = new_vault("one"), new_vault("other")
    made = making.for_passphrase(one, place, Passphrase.of(OTHER), work_factor=QUICK)
    with pytest.raises(CopyOfAnother):
        drilling.drill(other, made.path, age.PassphraseIdentity(Passphrase.of(OTHER)))
    assert notes.last_drill(other.database) is None


def test_a_drill_with_a_damaged_copy_is_remembered_as_failed(filled: Vault, place: Path) -> None:
    made = making.for_recovery(filled, place)
    flip(made.path, made.size - 100)
    with pytest.raises(CopyDamaged):
        drilling.drill(filled, made.path, recovery.identity(filled))
    found = notes.last_drill(filled.database)
    assert found is not None
    assert not found.good


# --- what is due ----------------------------------------------------------------------------


def later(vault: Vault, days: int) -> tuple[Due, ...]:
    vault.clock = lambda: NOON + timedelta(days=days)
    return reminding.due(vault)


def test_an_empty_vault_needs_no_copy(vault: Vault) -> None:
    assert later(vault, 400) == ()


def test_a_vault_without_a_copy_is_told_so_after_a_week(filled: Vault) -> None:
    assert later(filled, 7) == ()
    assert later(filled, 8) == (Due.NO_COPY,)


def test_a_copy_is_due_when_it_is_a_week_old_and_something_changed(
    filled: Vault, place: Path
) -> None:
    made = making.for_recovery(filled, place)
    assert reminding.due(filled) == (Due.NO_DRILL,)
    drilling.drill(filled, made.path, recovery.identity(filled))
    assert later(filled, 80) == ()
    store.save(filled, Incident(title=LText.of("Late", "en"), narrative=LText.of("Told.", "en")))
    assert later(filled, 7) == ()
    assert later(filled, 8) == (Due.OLD_COPY,)
    assert later(filled, 91) == (Due.OLD_COPY, Due.OLD_DRILL)


# --- the copy key -----------------------------------------------------------------------


def test_the_printed_key_reads_back_however_it_is_broken_into_lines(vault: Vault) -> None:
    key = recovery.identity(vault)
    assert recovery.in_text(recovery.paper(key)).text() == key.text()
    typed = " ".join(key.text()[at : at + 5] for at in range(0, len(key.text()), 5)).lower()
    assert recovery.parse(typed).text() == key.text()
    assert recovery.identity(vault).text() == key.text()


@pytest.mark.parametrize("text", ["", "AGE-SECRET-KEY-PQ-1", "hello", "a" * 5000])
def test_a_text_that_is_no_recovery_key_is_refused(text: str) -> None:
    with pytest.raises(NoCopyKey):
        recovery.parse(text)


def unpack(made: Made, vault: Vault, to: Path) -> Path:
    folder = to / "unpacked"
    folder.mkdir()
    with made.path.open("rb") as file:
        for member in TarReader(age.decrypt(file, [recovery.identity(vault)])):
            content = b""
            while piece := member.reader.read(1_000_000):
                content += piece
            (folder / Path(member.name).name).write_bytes(content)
    return folder
