"""Bit flips, page swaps and rollbacks of a vault's files: what is read afterwards is what was
written, or a typed refusal says that it is not; nothing else is ever shown.

The control reads without comparing with what was written and without a check, so that a page that
was rolled back has to slip through.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app import evidence, store, upkeep
from app.clock import now
from app.errors import AppError
from app.records import Incident, LText
from app.records.ids import RecordId
from app.storage import evidence as rows
from app.storage.connection import PAGE_BYTES
from app.storage.database import Database
from app.storage.evidence_files import EvidenceFolder
from app.storage.slot_store import read_slots
from app.tasks import ignore
from app.vault import DATABASE, EVIDENCE, SLOT_FILE, Vault, keys_of
from crypto.errors import CryptoError
from crypto.kdf import FLOOR
from crypto.secret import Passphrase, Secret
from crypto.slots import Slots

PASSPHRASE: Final = "only for torture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """A vault with nothing wrong, an older state of its database, and what is in it."""

    folder: Path
    older: bytes
    key: bytes
    slots: Slots
    titles: dict[RecordId, str]
    digests: dict[RecordId, str]
    entries: int
    last_hash: str


@dataclass(slots=True, kw_only=True)
class Tally:
    """`silent`: something else than what was written was shown and nothing said so."""

    harm: str
    done: int = 0
    reported: Counter[str] = field(default_factory=Counter)
    harmless: int = 0
    silent: list[str] = field(default_factory=list)
    untyped: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.silent) + len(self.untyped)

    def line(self) -> str:
        facts = {
            "harm": self.harm,
            "done": self.done,
            "reported": dict(self.reported),
            "harmless": self.harmless,
            "silent": len(self.silent),
            "untyped": self.untyped[:3],
            "examples": self.silent[:3],
        }
        return json.dumps(facts)


def make(place: Path) -> Sound:
    """A vault with some records, one piece of evidence, and a database from before half of it."""
    folder = place / "sound"
    passphrase = Passphrase.of(PASSPHRASE)
    titles: dict[RecordId, str] = {}
    photo = place / "photo"
    photo.write_bytes(random.Random(1).randbytes(100_000))
    with Vault.create(folder, passphrase, cost=FLOOR) as vault:
        saved = []
        for number in range(8):
            incident = Incident(
                title=LText.of(f"t{number}"), narrative=LText.of(f"word{number} " * 300)
            )
            saved.append(store.save(vault, incident).record)
        vault.database.checkpoint()
        older = (folder / DATABASE).read_bytes()
        for number, each in enumerate(saved):
            title = f"u{number}" if number % 2 else f"t{number}"
            store.save(vault, replace(each, title=LText.of(title)))
            titles[each.id] = title
        item = evidence.take_in(vault, photo, about=saved[0].id, evidence_type="photo")
        report = vault.check()
    with Vault.key_of(folder, passphrase) as key:
        kept = key.expose()
    return Sound(
        folder=folder,
        older=older,
        key=kept,
        slots=read_slots(folder / SLOT_FILE).slots,
        titles=titles,
        digests={item.id: item.sha256},
        entries=report.entries,
        last_hash=report.last_hash,
    )


def run(sound: Sound, work: Path, harm: str, times: int, seed: int) -> Tally:
    """Harm a copy of the vault `times` times and read all of it."""
    chance = random.Random(f"{harm} {seed}")
    tally = Tally(harm=harm)
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(sound.folder, work)
    good = {path: path.read_bytes() for path in work.rglob("*") if path.is_file()}
    for _number in range(times):
        path, spoilt, where = _harmed(sound, good, harm, chance)
        path.write_bytes(spoilt)
        tally.done += 1
        try:
            _look(sound, work, tally, where)
        except (AppError, CryptoError) as error:
            tally.reported[type(error).__name__] += 1
        except Exception as error:  # what must not come up is counted
            tally.untyped.append(f"{where}: {error!r}")
        _restore(work, good)
    return tally


def _harmed(
    sound: Sound, good: dict[Path, bytes], harm: str, chance: random.Random
) -> tuple[Path, bytes, str]:
    paths = sorted(good)
    database = next(path for path in paths if path.name == DATABASE)
    content = bytearray(good[database])
    pages = len(content) // PAGE_BYTES
    if harm in {"page swap", "page rollback", "file rollback"}:
        page, other = chance.sample(range(pages), 2)
        if harm == "file rollback":
            return database, sound.older, harm
        if harm == "page swap":
            mine, its = _page(content, page), _page(content, other)
            _put(content, page, its)
            _put(content, other, mine)
            return database, bytes(content), f"{harm} {page} {other}"
        page %= len(sound.older) // PAGE_BYTES
        _put(content, page, _page(sound.older, page))
        return database, bytes(content), f"{harm} {page}"
    path = chance.choice(paths) if chance.random() < 0.5 else database
    content = bytearray(good[path])
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    return path, bytes(content), f"flip {path.name[:5]} {at}"


def _page(content: bytes | bytearray, page: int) -> bytes:
    return bytes(content[page * PAGE_BYTES : (page + 1) * PAGE_BYTES])


def _put(content: bytearray, page: int, its: bytes) -> None:
    content[page * PAGE_BYTES : (page + 1) * PAGE_BYTES] = its


def _look(sound: Sound, work: Path, tally: Tally, where: str) -> None:
    """Read as the program does, check, and compare with what was written."""
    same_slots = read_slots(work / SLOT_FILE).slots == sound.slots
    key, salt = keys_of(Secret(sound.key))
    database = Database.open(work / DATABASE, key, salt)
    try:
        wrong = [] if same_slots else ["slots"]
        wrong += _differences(sound, Vault(work, database, now))
        report = upkeep.check(database, EvidenceFolder(work / EVIDENCE), ignore)
        # The number of entries and the last hash are what a person notes on paper.
        noted = (report.entries, report.last_hash) == (sound.entries, sound.last_hash)
    finally:
        database.close()
    if not report.whole:
        tally.reported["check"] += 1
    elif not noted:
        tally.reported["paper"] += 1
    elif wrong:
        tally.silent.append(f"{where}: {wrong}")
    else:
        tally.harmless += 1


def _differences(sound: Sound, vault: Vault) -> list[str]:
    """What is shown without any complaint and is not what was written."""
    wrong: list[str] = []
    for record, title in sound.titles.items():
        try:
            found = store.get(vault, Incident, record).title.text
        except AppError:
            continue
        if found != title:
            wrong.append(record)
    for record, digest in sound.digests.items():
        try:
            evidence.verify(vault, record)
            file = rows.file_of(vault.database, record)
        except AppError:
            continue
        if file is None or file.sha256 != digest:
            wrong.append(record)
    return wrong


def run_unchecked(sound: Sound, work: Path) -> Tally:
    """The control: a database rolled back as a whole, for a reader who neither checks nor noted
    anything on paper."""
    tally = Tally(harm="control: rolled back and not checked", done=1)
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(sound.folder, work)
    (work / DATABASE).write_bytes(sound.older)
    key, salt = keys_of(Secret(sound.key))
    database = Database.open(work / DATABASE, key, salt)
    try:
        tally.silent += _differences(sound, Vault(work, database, now))
    finally:
        database.close()
    return tally


def _restore(work: Path, good: dict[Path, bytes]) -> None:
    for path in work.rglob("*"):
        if path.is_file() and path not in good:
            path.unlink()
    for path, content in good.items():
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
