"""The audit trail: rows that are only ever appended, each chained to the one before.

Spec: docs/formats/vault.md 4.5. It holds names of fields, never what stands in them (D-09).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.storage.cells import Row, Value, maybe_text, octets, text, whole
from app.storage.chain import START, digest
from app.storage.database import Reading, Transaction

_LABEL: Final = b"hoopoe audit v1"
_SALT_BYTES: Final = 16
_ALL: Final = (
    "SELECT entry, at, who, what, record, fields, reason, salt, reason_digest, hash FROM audit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAuditRow:
    """What is to be appended. `at`: see clock.stamp; `record`: an id, or "" for the vault."""

    at: str
    who: str
    what: str
    record: str
    fields: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    """One entry. `reason` is None when its words were erased with the record."""

    entry: int
    at: str
    who: str
    what: str
    record: str
    fields: tuple[str, ...]
    reason: str | None


def append(tx: Transaction, new: NewAuditRow) -> int:
    """Add an entry at the end; its number."""
    last = tx.row("SELECT entry, hash FROM audit ORDER BY entry DESC LIMIT 1")
    entry, previous = (whole(last[0]) + 1, octets(last[1])) if last else (1, START)
    salt = secrets.token_bytes(_SALT_BYTES)
    said = digest(salt + new.reason.encode("utf-8"))
    cells = (new.at, new.who, new.what, new.record, "\n".join(new.fields))
    tx.run(
        "INSERT INTO audit (entry, at, who, what, record, fields, reason, salt, "
        "reason_digest, hash) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry,
        *cells,
        new.reason,
        salt,
        said,
        link(previous, entry, cells, said),
    )
    return entry


def link(previous: bytes, entry: int, cells: tuple[str, ...], reason_digest: bytes) -> bytes:
    """The hash of one entry: over the one before and everything that the entry says."""
    said = b"".join(
        len(encoded).to_bytes(4, "big") + encoded
        for encoded in (cell.encode("utf-8") for cell in cells)
    )
    return digest(_LABEL + previous + entry.to_bytes(8, "big") + said + reason_digest)


def rows(db: Reading, record: str) -> list[AuditRow]:
    """What was done with one record, the first entry first."""
    return [_row(each) for each in db.rows(f"{_ALL} WHERE record = ? ORDER BY entry", record)]


def every(db: Reading) -> list[AuditRow]:
    """The whole trail, the first entry first."""
    return [_row(each) for each in db.rows(f"{_ALL} ORDER BY entry")]


def erase_words(tx: Transaction, record: str) -> None:
    """Take the reasons of a record out; that, when and by whom it was looked at stays."""
    tx.run("UPDATE audit SET reason = NULL, salt = NULL WHERE record = ?", record)


def flaws(db: Reading) -> Iterator[tuple[int, str]]:
    """Entries that are not as they were written: their number, and `gap`, `content` or `hash`."""
    previous, before = START, 0
    for row in db.rows(f"{_ALL} ORDER BY entry"):
        entry = whole(row[0])
        flaw = _flaw(row, before + 1, previous)
        if flaw:
            yield entry, flaw
        previous, before = octets(row[9]), entry


def _flaw(row: Row, expected: int, previous: bytes) -> str:
    entry, said = whole(row[0]), octets(row[8])
    reason, salt = maybe_text(row[6]), row[7]
    if entry != expected:
        return "gap"
    if reason is not None and digest(_salt(salt) + reason.encode("utf-8")) != said:
        return "content"
    cells = tuple(text(each) for each in row[1:6])
    return "" if link(previous, entry, cells, said) == octets(row[9]) else "hash"


def _salt(value: Value) -> bytes:
    return b"" if value is None else octets(value)


def _row(row: Row) -> AuditRow:
    return AuditRow(
        entry=whole(row[0]),
        at=text(row[1]),
        who=text(row[2]),
        what=text(row[3]),
        record=text(row[4]),
        fields=tuple(each for each in text(row[5]).split("\n") if each),
        reason=maybe_text(row[6]),
    )
