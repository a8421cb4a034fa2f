"""What a vault remembers of its safe copies and drills: kept in its settings, as canonical JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from app import strictjson
from app.storage import settings
from app.storage.database import Reading, Transaction

_COPIES: Final = "safe_copies"
_DRILL: Final = "safe_copy_drill"
_KEPT: Final = 20
_CEILING: Final = 64 * 1024


class Lock(StrEnum):
    """What opens a copy."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyNote:
    """A copy that was made. `at`: when; `name`, `sha256`, `size`: of the file; `mark`: the state
    of the vault then; `tried_at`: when a drill last went well with it, "" never."""

    at: str
    name: str
    sha256: str
    size: int
    lock: Lock
    mark: str
    tried_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillNote:
    """The last drill: when, with which copy, and whether everything agreed."""

    at: str
    name: str
    good: bool


def copies(db: Reading) -> tuple[CopyNote, ...]:
    """The last copies made, the newest first."""
    found = _parsed(settings.setting(db, _COPIES))
    return tuple(_copy(each) for each in found) if isinstance(found, list) else ()


def last_drill(db: Reading) -> DrillNote | None:
    """The last drill, None before the first."""
    found = _parsed(settings.setting(db, _DRILL))
    if not isinstance(found, dict):
        return None
    return DrillNote(at=str(found["at"]), name=str(found["name"]), good=bool(found["good"]))


def add_copy(tx: Transaction, note: CopyNote) -> None:
    """Remember a copy; the oldest are forgotten."""
    _keep_copies(tx, (note, *copies(tx))[:_KEPT])


def keep_drill(tx: Transaction, note: DrillNote) -> None:
    """Remember a drill, also with the copy that it was done with."""
    members: strictjson.Json = {"at": note.at, "name": note.name, "good": note.good}
    settings.keep_setting(tx, _DRILL, strictjson.canonical(members).decode("utf-8"))
    tried = note.at if note.good else ""
    _keep_copies(
        tx,
        tuple(
            replace(each, tried_at=tried) if each.name == note.name else each for each in copies(tx)
        ),
    )


def forget(tx: Transaction) -> None:
    """Forget all of it: what is restored starts with no copy of its own."""
    settings.forget_setting(tx, _COPIES)
    settings.forget_setting(tx, _DRILL)


def mark(db: Reading) -> str:
    """The state of a vault, to see whether it changed: the newest entry, and what else grows."""
    counts = [
        str(row[0])
        for table in ("contact", "own_identity", "sealed_bundle", "received_bundle", "receipt")
        for row in db.rows(f"SELECT count(*) FROM {table}")
    ]
    last = db.row("SELECT entry, hex(hash) FROM revision ORDER BY entry DESC LIMIT 1")
    return " ".join([*(str(each) for each in last or ("0",)), *counts]).lower()


def _keep_copies(tx: Transaction, notes: tuple[CopyNote, ...]) -> None:
    members: list[strictjson.Json] = [
        {
            "at": each.at,
            "name": each.name,
            "sha256": each.sha256,
            "size": each.size,
            "lock": each.lock.value,
            "mark": each.mark,
            "tried_at": each.tried_at,
        }
        for each in notes
    ]
    settings.keep_setting(tx, _COPIES, strictjson.canonical(members).decode("utf-8"))


def _parsed(kept: str | None) -> strictjson.Json:
    return None if kept is None else strictjson.parse(kept.encode("utf-8"), _CEILING)


def _copy(members: strictjson.Json) -> CopyNote:
    if not isinstance(members, dict):
        raise TypeError(members)
    size = members["size"]
    return CopyNote(
        at=str(members["at"]),
        name=str(members["name"]),
        sha256=str(members["sha256"]),
        size=size if isinstance(size, int) else 0,
        lock=Lock(str(members["lock"])),
        mark=str(members["mark"]),
        tried_at=str(members["tried_at"]),
    )
