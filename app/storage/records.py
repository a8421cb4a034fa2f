"""Records and their revisions: the append-only chain and the newest state of each record.

`append` is the one door through which a revision enters. Everything else here reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.storage import chain
from app.storage.cells import Row, maybe_text, octets, text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The newest revision of a record. `body`, `local`: canonical JSON; `at`: see clock.stamp."""

    position: int
    id: str
    kind: str
    short_ref: str
    number: int
    at: str
    body: str
    local: str
    origin: str
    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRevision:
    """What is to be appended. The number and the entry are given by `append`."""

    id: str
    kind: str
    short_ref: str
    at: str
    body: str
    local: str
    origin: str
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the chain. `body` and `local` are None when they were erased."""

    entry: int
    record: str
    number: int
    at: str
    body: str | None
    local: str | None
    origin: str
    body_digest: bytes
    local_digest: bytes
    hash: bytes


_HEAD: Final = (
    "SELECT position, id, kind, short_ref, number, at, body, local, origin, removed FROM record "
)
_ENTRY: Final = (
    "SELECT entry, record, number, at, body, local, origin, body_digest, local_digest, hash "
    "FROM revision "
)


def append(tx: Transaction, new: NewRevision) -> Head:
    """Add a revision to the chain and make it the record's newest. Raises as `run` does."""
    last = tx.row("SELECT entry, hash FROM revision ORDER BY entry DESC LIMIT 1")
    entry = whole(last[0]) + 1 if last else 1
    previous = octets(last[1]) if last else chain.START
    older = tx.row("SELECT number FROM record WHERE id = ?", new.id)
    number = whole(older[0]) + 1 if older else 1
    tx.run(
        "INSERT INTO record (id, kind, short_ref, number, at, body, local, origin, removed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "short_ref = excluded.short_ref, number = excluded.number, at = excluded.at, "
        "body = excluded.body, local = excluded.local, origin = excluded.origin, "
        "removed = excluded.removed",
        new.id,
        new.kind,
        new.short_ref,
        number,
        new.at,
        new.body,
        new.local,
        new.origin,
        int(new.removed),
    )
    body_digest = chain.digest(new.body.encode("utf-8"))
    local_digest = chain.digest(new.local.encode("utf-8"))
    tx.run(
        "INSERT INTO revision (entry, record, number, at, body, local, origin, body_digest, "
        "local_digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry,
        new.id,
        number,
        new.at,
        new.body,
        new.local,
        new.origin,
        body_digest,
        local_digest,
        chain.link(
            previous,
            entry=entry,
            record=new.id,
            number=number,
            at=new.at,
            body_digest=body_digest,
            local_digest=local_digest,
            origin=new.origin,
        ),
    )
    found = tx.row(_HEAD + "WHERE id = ?", new.id)
    if found is None:
        raise LookupError(new.id)
    return _head(found)


def head(db: Reading, record: str) -> Head | None:
    """The newest revision of one record, also when it is removed."""
    found = db.row(_HEAD + "WHERE id = ?", record)
    return _head(found) if found else None


def head_at(db: Reading, position: int) -> Head | None:
    """The record, not removed, at a position that the index gave."""
    found = db.row(_HEAD + "WHERE position = ? AND removed = 0", position)
    return _head(found) if found else None


def short_ref_of(db: Reading, record: str) -> str:
    """The short reference of a record from the indexes alone, which lie on pages of their own."""
    position = db.row("SELECT position FROM record WHERE id = ?", record)
    rows = db.rows("SELECT short_ref, position FROM record ORDER BY short_ref") if position else []
    return next((text(row[0]) for row in rows if position and row[1] == position[0]), "")


def heads(db: Reading, kind: str) -> list[Head]:
    """Every record of a kind that is not removed, in the order in which they came here."""
    return [
        _head(row)
        for row in db.rows(_HEAD + "WHERE kind = ? AND removed = 0 ORDER BY position", kind)
    ]


def removed_heads(db: Reading) -> list[Head]:
    """Every removed record, the latest removal first."""
    return [_head(row) for row in db.rows(_HEAD + "WHERE removed = 1 ORDER BY at DESC, position")]


def all_heads(db: Reading) -> list[Head]:
    """Every record of every kind, removed ones too, in the order in which they came here."""
    return [_head(row) for row in db.rows(_HEAD + "ORDER BY position")]


def heads_saying(db: Reading, kind: str, member: str) -> list[Head]:
    """Those of a kind ("" any kind) whose body has this member, not removed. Reads every body."""
    return [
        _head(row)
        for row in db.rows(
            f"{_HEAD}WHERE removed = 0 AND (? = '' OR kind = ?) AND instr(body, ?) > 0 "
            "ORDER BY position",
            kind,
            kind,
            f'"{member}":',
        )
    ]


def heads_by_ref(db: Reading, short_ref: str) -> list[Head]:
    """The records, not removed, that share a short reference: one, unless chance had it."""
    return [
        _head(row)
        for row in db.rows(
            _HEAD + "WHERE short_ref = ? AND removed = 0 ORDER BY position", short_ref
        )
    ]


def heads_linking(db: Reading, target: str) -> list[Head]:
    """The records, not removed, with a reference to `target` that tells no source (S-01)."""
    return [
        _head(row)
        for row in db.rows(
            _HEAD + "WHERE removed = 0 AND id IN "
            "(SELECT record FROM link WHERE target = ? AND protected = 0) ORDER BY position",
            target,
        )
    ]


def heads_linking_by(db: Reading, target: str, kind: str, field: str) -> list[Head]:
    """The records of `kind`, not removed, that refer to `target` in `field`."""
    return [
        _head(row)
        for row in db.rows(
            _HEAD + "WHERE removed = 0 AND kind = ? AND id IN "
            "(SELECT record FROM link WHERE target = ? AND field = ?) ORDER BY position",
            kind,
            target,
            field,
        )
    ]


def revision(db: Reading, record: str, number: int) -> Entry | None:
    """One revision of a record."""
    found = db.row(_ENTRY + "WHERE record = ? AND number = ?", record, number)
    return _entry(found) if found else None


def last_revision(db: Reading, record: str) -> Entry | None:
    """The last revision of a record in the chain."""
    found = db.row(_ENTRY + "WHERE record = ? ORDER BY number DESC LIMIT 1", record)
    return _entry(found) if found else None


def revisions(db: Reading, record: str) -> list[Entry]:
    """Every revision of a record, the first one first."""
    return [_entry(row) for row in db.rows(_ENTRY + "WHERE record = ? ORDER BY number", record)]


def entries(db: Reading, after: int, limit: int) -> list[Entry]:
    """Up to `limit` entries of the chain that follow the entry numbered `after`."""
    return [
        _entry(row)
        for row in db.rows(_ENTRY + "WHERE entry > ? ORDER BY entry LIMIT ?", after, limit)
    ]


def entries_between(db: Reading, low: int, high: int) -> list[Entry]:
    """The entries numbered from `low` to `high`, both included."""
    return [
        _entry(row)
        for row in db.rows(_ENTRY + "WHERE entry BETWEEN ? AND ? ORDER BY entry", low, high)
    ]


def heads_between(db: Reading, low: int, high: int) -> list[Head]:
    """The records, removed ones too, at the positions from `low` to `high`, both included."""
    return [
        _head(row)
        for row in db.rows(_HEAD + "WHERE position BETWEEN ? AND ? ORDER BY position", low, high)
    ]


def count(db: Reading) -> int:
    """How many entries the chain has."""
    found = db.row("SELECT count(*) FROM revision")
    return whole(found[0]) if found else 0


def _head(row: Row) -> Head:
    return Head(
        position=whole(row[0]),
        id=text(row[1]),
        kind=text(row[2]),
        short_ref=text(row[3]),
        number=whole(row[4]),
        at=text(row[5]),
        body=text(row[6]),
        local=text(row[7]),
        origin=text(row[8]),
        removed=whole(row[9]) == 1,
    )


def _entry(row: Row) -> Entry:
    return Entry(
        entry=whole(row[0]),
        record=text(row[1]),
        number=whole(row[2]),
        at=text(row[3]),
        body=maybe_text(row[4]),
        local=maybe_text(row[5]),
        origin=text(row[6]),
        body_digest=octets(row[7]),
        local_digest=octets(row[8]),
        hash=octets(row[9]),
    )
