"""What the system refuses: input/output errors by strace, and a medium that fills up at any size.

A child opens a vault, saves records and takes in evidence, and tells each thing it has done. Then
the vault is opened again without the fault: what was told is there, what failed had a type.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app import collecting, evidence, store, upkeep
from app.clock import now
from app.errors import AppError
from app.records import Incident
from app.records.ids import RecordId
from app.storage.database import Database
from app.storage.evidence_files import EvidenceFolder
from app.tasks import ignore
from app.vault import DATABASE, EVIDENCE, Vault, keys_of
from crypto.kdf import FLOOR
from crypto.secret import Passphrase, Secret

PASSPHRASE: Final = "only for torture"
_CALLS: Final = (
    *("pwrite64", "write", "fsync", "fdatasync", "pread64", "read", "ftruncate", "unlink"),
    *("openat", "fstat", "lseek"),
)
_ERRORS: Final = ("EIO", "ENOSPC", "EMFILE")
_WORK: Final = """
import os, sys
from pathlib import Path
from app import evidence, store
from app.errors import AppError
from app.records import Incident, LText
from app.vault import Vault
from crypto.errors import CryptoError
from crypto.secret import Passphrase
folder, source, begin = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4]
def say(words):
    os.write(1, (words + "\\n").encode())
def work():
    with Vault.open(folder, Passphrase.of(sys.argv[3])) as vault:
        os.access(begin, os.F_OK)
        for number in range(6):
            body = LText.of("x" * 4000, "en")
            new = Incident(title=LText.of(f"t{number}"), narrative=body)
            record = store.save(vault, new).record
            say(f"record {record.id} t{number}")
            if number == 2:
                item = evidence.take_in(vault, source, about=record.id, evidence_type="photo")
                say(f"evidence {item.id} {item.sha256}")
try:
    work()
    say("end done")
except (AppError, CryptoError) as error:
    say("end " + type(error).__name__)
except MemoryError:
    say("end MemoryError")
except BaseException as error:
    say("end untyped " + repr(error))
"""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the faults of one kind."""

    kind: str
    faults_made: int = 0
    acknowledged: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    untyped: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.lost) + len(self.unsound) + len(self.untyped)

    def line(self) -> str:
        facts = {
            "kind": self.kind,
            "made": self.faults_made,
            "acknowledged": self.acknowledged,
            "ended": dict(self.ended),
            "lost": len(self.lost),
            "unsound": self.unsound[:3],
            "untyped": self.untyped[:3],
        }
        return json.dumps(facts)


def injected(place: Path, times: int, seed: int) -> Tally:
    """Make one call fail, or every one from there on, and look."""
    chance = random.Random(seed)
    tally = Tally(kind="input/output errors")
    pristine, source, key = _pristine(place)
    for number in range(times):
        folder = place / "vault"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pristine, folder)
        call, error = chance.choice(_CALLS), chance.choice(_ERRORS)
        when = f"{chance.randrange(1, 40)}{'+' if chance.random() < 0.5 else ''}"
        said = _told(folder, source, _failing(folder, call, error, when))
        tally.faults_made += 1
        _look(folder, key, said, tally, f"{number} {call} {error} {when}")
    return tally


def missed_readings(place: Path, readings: int) -> Tally:
    """Each of the first readings of a sound vault fails once: none of that is damage."""
    tally = Tally(kind="missed readings")
    pristine, source, key = _pristine(place)
    for number in range(1, readings + 1):
        folder = place / "vault"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pristine, folder)
        said = _told(folder, source, _failing(folder, "pread64", "EIO", f"{number}"))
        tally.faults_made += 1
        _look(folder, key, said, tally, f"reading {number}")
    return tally


def filled(place: Path, mounted: Path, sizes: int, seed: int) -> Tally:
    """Work on a medium that has room for less and less, `sizes` sizes of it."""
    tally = Tally(kind="disk full")
    chance = random.Random(seed)
    pristine, source, key = _pristine(place)
    for number in range(sizes):
        folder = mounted / "vault"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pristine, folder)
        room = 24 * 1024 * number + chance.randrange(24 * 1024)
        stats = os.statvfs(mounted)
        filler = mounted / "filler"
        filler.write_bytes(bytes(max(0, stats.f_bavail * stats.f_frsize - room)))
        said = _told(folder, source, [])
        filler.unlink()
        tally.faults_made += 1
        _look(folder, key, said, tally, f"room {room}")
    return tally


@contextmanager
def small_medium(place: Path, megabytes: int) -> Iterator[Path]:
    """A tmpfs of its own; needs root. Raises OSError where that cannot be had."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "torture", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise OSError(place)
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=False)


def loses_what_it_told(place: Path) -> Tally:
    """The control: something is told that was never saved."""
    tally = Tally(kind="control: told and not saved")
    pristine, _source, key = _pristine(place)
    tally.faults_made += 1
    _look(pristine, key, [f"record {'0' * 32} t0", "end done"], tally, "control")
    return tally


def _pristine(place: Path) -> tuple[Path, Path, bytes]:
    pristine, source = place / "pristine", place / "source"
    passphrase = Passphrase.of(PASSPHRASE)
    if not pristine.exists():
        Vault.create(pristine, passphrase, cost=FLOOR).close()
        source.write_bytes(random.Random(1).randbytes(200_000))
    with Vault.key_of(pristine, passphrase) as key:
        return pristine, source, key.expose()


def _failing(folder: Path, call: str, error: str, when: str) -> list[str]:
    """The command line of strace that makes a call fail, in strace's words."""
    inject = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
    inject += [f"--inject={call}:error={error}:when={when}"]
    # Only what touches the vault: the interpreter's own files would end the child before it.
    for path in (folder / DATABASE, folder / f"{DATABASE}-wal", folder / EVIDENCE, folder):
        inject += ["-P", str(path)]
    return inject


def _told(folder: Path, source: Path, before: list[str]) -> list[str]:
    command = [*before, sys.executable, "-c", _WORK, str(folder), str(source), PASSPHRASE]
    command += [str(source.parent / "begin")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout.splitlines() or [f"end untyped {done.stderr[-200:]}"]


def _look(folder: Path, key: bytes, said: list[str], tally: Tally, where: str) -> None:
    end = said[-1].removeprefix("end ")
    if end.startswith("untyped") or not said[-1].startswith("end "):
        tally.untyped.append(f"{where}: {end}")
    tally.ended[end.split()[0]] += 1
    tally.acknowledged += len(said) - 1
    try:
        tally.lost += [f"{where}: {each}" for each in _missing(folder, key, said)]
    except AppError as error:
        tally.unsound.append(f"{where}: {error!r}")


def _missing(folder: Path, key: bytes, said: list[str]) -> list[str]:
    database_key, salt = keys_of(Secret(key))
    database = Database.open(folder / DATABASE, database_key, salt)
    missing = []
    try:
        files = EvidenceFolder(folder / EVIDENCE)
        files.sweep(database)
        vault = Vault(folder, database, now)
        collecting.catch_up(database)  # as every opening does
        report = upkeep.check(database, files, ignore)
        missing += [f"{each.look} {each.detail}" for each in report.findings]
        for words in said:
            what, *rest = words.split()
            if what == "record" and not _is_there(vault, RecordId(rest[0]), rest[1]):
                missing.append(words)
            if what == "evidence":
                evidence.verify(vault, RecordId(rest[0]))
    finally:
        database.close()
    return missing


def _is_there(vault: Vault, record: RecordId, title: str) -> bool:
    try:
        return store.get(vault, Incident, record).title.text == title
    except AppError:
        return False
