"""Reading a table of which some pages cannot be read: everything but what stands on them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Generic, TypeVar

from app.errors import VaultDamaged
from app.storage import records
from app.storage.cells import text, whole
from app.storage.database import Database
from app.storage.records import Entry, Head

T = TypeVar("T")

_ROWS_A_PAGE: Final = 4
"""Guessed for a table whose end cannot be read; a record with its text takes about a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[T]):
    """What was read, and the row numbers on which reading failed."""

    found: list[T] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostRow:
    """A record whose newest state cannot be read, as far as the indexes still name it."""

    id: str
    short_ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The records of a kind that can be read, in order, and those that cannot."""

    found: list[Head]
    lost: list[LostRow]


def spans(read: Callable[[int, int], list[T]], low: int, high: int) -> Read[T]:
    """Everything between two row numbers, both included; a failing span is read in halves."""
    result: Read[T] = Read()
    waiting = [(low, high)] if low <= high else []
    while waiting:
        low, high = waiting.pop()
        try:
            result.found.extend(read(low, high))
        except VaultDamaged:
            if low == high:
                result.lost.append(low)
            else:
                middle = (low + high) // 2
                waiting += [(middle + 1, high), (low, middle)]
    return result


def heads(database: Database, kind: str) -> Heads:
    """The records of a kind, not removed; damage costs those that stand on it and no others.

    Raises VaultDamaged when not even the index of the kind can be read.
    """
    try:
        return Heads(found=records.heads(database, kind), lost=[])
    except VaultDamaged:
        positions = [
            whole(row[0])
            for row in database.rows(
                "SELECT position FROM record WHERE kind = ? AND removed = 0 ORDER BY position",
                kind,
            )
        ]
    found = []
    lost = []
    for position in positions:
        try:
            head = records.head_at(database, position)
        except VaultDamaged:
            lost.append(position)
        else:
            found += [head] if head else []
    return Heads(found=found, lost=_named(database, lost))


def entries(database: Database, low: int, high: int) -> Read[Entry]:
    """The entries of the chain from `low` to `high`, both included, that can be read."""
    return spans(partial(records.entries_between, database), low, high)


def all_heads(database: Database) -> Heads:
    """Every record of every kind, removed ones too, that can be read, and those that cannot."""
    last = _last(database, "SELECT max(position) FROM record", "SELECT position FROM record")
    read = spans(partial(records.heads_between, database), 1, last)
    lost = [each for each in _named(database, read.lost) if each.id or each.short_ref]
    return Heads(found=read.found, lost=lost)


def last_entry(database: Database) -> int:
    """The number of the newest entry, or one that is not lower when that cannot be read."""
    return _last(database, "SELECT max(entry) FROM revision", "SELECT entry FROM revision")


def _last(database: Database, highest: str, every: str) -> int:
    """The second question is answered by an index, which lies on pages of its own."""
    with suppress(VaultDamaged):
        found = database.row(highest)
        return whole(found[0]) if found and found[0] is not None else 0
    with suppress(VaultDamaged):
        return max((whole(row[0]) for row in database.rows(every)), default=0)
    found = database.row("PRAGMA page_count")
    return _ROWS_A_PAGE * whole(found[0]) if found else 0


def _named(database: Database, positions: list[int]) -> list[LostRow]:
    """From the indexes alone, which lie on pages of their own."""
    ids = _by_position(database, "SELECT position, id FROM record ORDER BY id")
    references = _by_position(database, "SELECT position, short_ref FROM record ORDER BY short_ref")
    return [LostRow(id=ids.get(each, ""), short_ref=references.get(each, "")) for each in positions]


def _by_position(database: Database, sql: str) -> dict[int, str]:
    try:
        return {whole(row[0]): text(row[1]) for row in database.rows(sql)}
    except VaultDamaged:
        return {}
