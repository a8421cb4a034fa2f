"""Power cuts: a session is recorded once, then ended at any call with any part of it on the disk.

    python -m tools.torture cuts [--cuts 3000]

The session saves and changes records, keeps drafts, takes in, exports and destroys evidence, and
changes the passphrase. The controls are the same with less syncing than the program does.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app import collecting, evidence, store, upkeep
from app.clock import now
from app.errors import AppError
from app.records import Incident
from app.records.ids import RecordId
from app.storage import evidence as rows
from app.storage.database import Database
from app.storage.evidence_files import EvidenceFolder
from app.storage.slot_store import read_slots
from app.tasks import ignore
from app.vault import DATABASE, EVIDENCE, SLOT_FILE, Vault, keys_of
from crypto import slotfile
from crypto.errors import CryptoError
from crypto.kdf import FLOOR
from crypto.secret import Passphrase, Secret
from tools.torture.disk import Fate, after_cut
from tools.torture.recording import Did, record

PASSPHRASE: Final = "only for torture"
_SESSION: Final = """
import hashlib, os, sys
from dataclasses import replace
from pathlib import Path
from app import evidence, openers, store
from app.records import Incident, LText
from app.storage import connection
from app.storage.slot_store import read_slots
from app.vault import Vault
from crypto import slotfile
from crypto.secret import Passphrase
folder, out, level = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
passphrase = Passphrase.of(sys.argv[4])
values = {"FULL": "2", "NORMAL": "1", "OFF": "0"}
connection._SETTINGS = tuple(
    ("synchronous", level, values[level]) if each[0] == "synchronous" else each
    for each in connection._SETTINGS
)
def say(*words):
    os.write(1, ("ACK " + " ".join(words) + "\\n").encode())
def text(words):
    return LText.of(words, "en")
vault = Vault.open(folder, passphrase)
record = store.save(vault, Incident(title=text("a0"), narrative=text("b" * 9000))).record
say("record", record.id, "a0")
for number in range(1, 8):
    record = store.save(vault, replace(record, title=text(f"a{number}"))).record
    say("record", record.id, f"a{number}")
    other = store.save(vault, Incident(title=text(f"o{number}"), narrative=text("c" * 3000))).record
    say("record", other.id, f"o{number}")
    store.keep_draft(vault, Incident(narrative=text(f"d{number}")))
    if number in (2, 5):
        source = out / f"source{number}"
        source.write_bytes(os.urandom(150_000 * number))
        item = evidence.take_in(vault, source, about=record.id, evidence_type="photo")
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        say("evidence", item.id, digest)
        evidence.export(vault, item.id, to=out / f"export{number}")
        say("export", f"export{number}", digest)
    if number == 6:
        evidence.destroy(vault, item.id, why="no")
        say("destroyed", item.id)
    if number in (3, 4):
        new = Passphrase.of(f"torture {number}")
        openers.change(vault, passphrase, new)
        passphrase = new
        copy = slotfile.copies(read_slots(folder / "0.dat").slots)[0].content
        say("slots", hashlib.sha256(copy).hexdigest())
    if number == 5:
        vault.database.checkpoint()
vault.close()
say("closed")
"""


Prepare = Callable[[Vault], None]
"""What is done to a new vault before the session."""

Look = Callable[[Vault, list[str]], list[str]]
"""What is missing in a vault of all that was told."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the cuts of one session."""

    session: str
    cuts: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.lost) + len(self.unsound)

    def line(self) -> str:
        facts = {
            "session": self.session,
            "cuts": self.cuts,
            "acknowledged": self.acknowledged,
            "lost": len(self.lost),
            "unsound": len(self.unsound),
            "examples": [*self.lost[:2], *self.unsound[:3]],
        }
        return json.dumps(facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session on record: the disk before it, what it did, and the vault's key."""

    before: Path
    place: Path
    did: list[Did]
    key: bytes


def record_session(
    place: Path, level: str, code: str = _SESSION, prepare: Prepare = lambda _: None
) -> Session:
    """Make a vault, prepare it, keep a copy of the disk, and record a session in it."""
    disk = place / "disk"
    (disk / "out").mkdir(parents=True)
    passphrase = Passphrase.of(PASSPHRASE)
    with Vault.create(disk / "vault", passphrase, cost=FLOOR) as vault:
        prepare(vault)
    with Vault.key_of(disk / "vault", passphrase) as key:
        kept = key.expose()
    before = place / "before"
    shutil.copytree(disk, before)
    arguments = [str(disk / "vault"), str(disk / "out"), level, PASSPHRASE]
    did = record(code, arguments, disk, place / "log")
    (place / "log").unlink()
    return Session(before=before, place=disk, did=did, key=kept)


def cut(
    session: Session, work: Path, cuts: int, seed: int, name: str, look: Look | None = None
) -> Tally:
    """Cut a session at random calls; what the real code then finds on the disk, or this look at
    the vault."""
    chance = random.Random(seed)
    tally = Tally(session=name)
    fates = list(Fate)
    _to_original(session)
    for _number in range(cuts):
        at = chance.randrange(len(session.did) + 1)
        fate = chance.choice(fates)
        done = session.did[:at]
        said = [each.name for each in done if each.what == "said"]
        content = after_cut(session.place, done, fate, chance)
        shutil.rmtree(work, ignore_errors=True)
        _write(session.place, work, content)
        tally.cuts += 1
        tally.acknowledged += len(said)
        where = f"call {at} {fate}: "
        try:
            tally.lost += [where + each for each in _missing(session, work, said, look)]
        except (AppError, CryptoError) as error:
            tally.unsound.append(where + repr(error))
    return tally


def _to_original(session: Session) -> None:
    """The disk as it was before the session, under the names that the record has."""
    shutil.rmtree(session.place)
    shutil.copytree(session.before, session.place)


def _write(disk: Path, work: Path, content: dict[str, bytes]) -> None:
    (work / "vault" / EVIDENCE).mkdir(parents=True)
    (work / "out").mkdir()
    for name, each in content.items():
        path = work / Path(name).relative_to(disk.resolve())
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(each)


def _missing(session: Session, work: Path, said: list[str], look: Look | None) -> list[str]:
    missing = _missing_slots(work / "vault" / SLOT_FILE, said)
    vault_key = Secret(session.key)
    key, salt = keys_of(vault_key)
    database = Database.open(work / "vault" / DATABASE, key, salt)
    try:
        files = EvidenceFolder(work / "vault" / EVIDENCE)
        files.sweep(database)
        collecting.catch_up(database)  # as every opening does
        report = upkeep.check(database, files, ignore)
        missing += [f"{each.look} {each.detail}" for each in report.findings]
        vault = Vault(work / "vault", database, now)
        if look is not None:
            return missing + look(vault, said)
        missing += _missing_records(vault, said)
        missing += _missing_exports(work / "out", said)
    finally:
        database.close()
    return missing


def _missing_records(vault: Vault, said: list[str]) -> list[str]:
    missing = []
    gone = {words.split()[1] for words in said if words.startswith("destroyed")}
    for words in said:
        what, *rest = words.split()
        if what == "record":
            try:
                kept = store.revisions(vault, Incident, RecordId(rest[0]))
            except AppError:
                kept = []
            if not any(each.record.title.text == rest[1] for each in kept):
                missing.append(words)
        elif what == "evidence" and rest[0] not in gone:
            file = rows.file_of(vault.database, rest[0])
            destroyed = any(
                each.action == evidence.DESTROYED
                for each in evidence.custody(vault, RecordId(rest[0]))
            )
            if (file is None or file.sha256 != rest[1]) and not destroyed:
                missing.append(words)
        elif what == "destroyed" and rows.file_of(vault.database, rest[0]) is not None:
            missing.append(words)
    return missing


def _missing_exports(out: Path, said: list[str]) -> list[str]:
    """An export that was told is there; one that is there is whole."""
    missing = []
    for words in said:
        if words.startswith("export"):
            _what, name, digest = words.split()
            file = out / name
            if not file.exists() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                missing.append(words)
    return missing


def _missing_slots(path: Path, said: list[str]) -> list[str]:
    """The slot file opens, and with the newest slots that were told or with newer ones."""
    states = [words.split()[1] for words in said if words.startswith("slots")]
    slots = read_slots(path).slots
    found = hashlib.sha256(slotfile.copies(slots)[0].content).hexdigest()
    return [f"slots {found[:8]}"] if found in states[:-1] else []
