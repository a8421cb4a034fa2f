"""Pages of the list of incidents: one statement a page, by the sort key and not by counting rows.

Ordered by the newest revision, which is the rowid of the words, a search stops at the last row it
shows: a word in every report costs no more than a rare one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.storage import grams
from app.storage.cells import Value, text, whole
from app.storage.database import Reading

FEW: Final = 2_000
"""As many incidents as are looked up at once. With more of them a page in any order is not far:
at 100,000 incidents both ways cost about the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """A fact of this name with one of these values."""

    what: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How a list is sorted: the column of `found_incident`, and which end comes first."""

    column: str
    descending: bool


BY_CHANGE: Final = Order(column="entry", descending=True)
BY_ARRIVAL: Final = Order(column="position", descending=True)
BY_DATE: Final = Order(column="earliest", descending=True)
BY_URGENCY: Final = Order(column="urgency", descending=False)
BY_TITLE: Final = Order(column="title", descending=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """The last row of a page: where the next one goes on."""

    key: str | int
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which incidents. `words`: folded; `since`, `until`: YYYY-MM-DD; `contacts`: sealed to one of
    them; `all_of`: each has to be there; `outside`: a fact `what` with a value not among these.
    """

    words: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    contacts: tuple[str, ...] = ()
    all_of: tuple[AnyOf, ...] = ()
    outside: tuple[AnyOf, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRow:
    """A row of a page: the incident's id and where the page could end."""

    id: str
    after: After


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """Tables, conditions and values of a statement; `leads`: in the order of the index of words."""

    tables: str
    conditions: tuple[str, ...]
    values: tuple[Value, ...]
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A stretch of an order; `keyed`: sorted by the column and not by the entry alone."""

    where: str
    values: tuple[Value, ...]
    keyed: bool


def page(
    db: Reading,
    wanted: Wanted,
    order: Order,
    after: After | None,
    limit: int,
    few: int = FEW,
) -> list[FoundRow]:
    """Up to `limit` incidents that follow `after`, in order; `few` alters the way, not the rows."""
    way = _way(db, wanted, order, few)
    found: list[FoundRow] = []
    for part in _parts(order, after):
        if len(found) < limit:
            found += _page(db, order, way, part, limit - len(found))
    return found


def _parts(order: Order, after: After | None) -> list[_Part]:
    """The stretches of an order, each in the order of an index: those without a day come last."""
    if order.column == "entry":
        beyond = _Part(where="", values=(), keyed=False)
        if after is not None:
            beyond = _Part(where="{entry} < ?", values=(after.entry,), keyed=False)
        return [beyond]
    sign = "<" if order.descending else ">"
    key = f"i.{order.column}"
    beyond = _Part(where=f"{key} IS NOT NULL", values=(), keyed=True)
    if order.column != "earliest":
        beyond = _Part(where="", values=(), keyed=True)
    dayless = _Part(where="i.earliest IS NULL", values=(), keyed=False)
    if after is not None and after.key == "" and order.column == "earliest":
        where = f"i.earliest IS NULL AND i.entry {sign} ?"
        return [_Part(where=where, values=(after.entry,), keyed=False)]
    if after is not None:
        where = f"({key}, i.entry) {sign} (?, ?)"
        beyond = _Part(where=where, values=(after.key, after.entry), keyed=True)
    return [beyond, dayless] if order.column == "earliest" else [beyond]


def _page(db: Reading, order: Order, way: _Way, part: _Part, limit: int) -> list[FoundRow]:
    key = f"i.{order.column}"
    # said by the index's own rowid, the order is known to be there already
    entry = "g.rowid" if way.leads else "i.entry"
    direction = "DESC" if order.descending else "ASC"
    sorting = f"{key} {direction}, i.entry {direction}" if part.keyed else f"{entry} {direction}"
    conditions = [*way.conditions, part.where.format(entry=entry)]
    where = " AND ".join(each for each in conditions if each) or "1"
    rows = db.rows(
        f"SELECT i.id, {key}, i.entry FROM {way.tables} WHERE {where} ORDER BY {sorting} LIMIT ?",
        *way.values,
        *part.values,
        limit,
    )
    return [
        FoundRow(
            id=text(row[0]),
            after=After(key=_sort_value(row[1]), entry=whole(row[2])),
        )
        for row in rows
    ]


def count(db: Reading, wanted: Wanted, most: int) -> int:
    """How many incidents fit, counted up to `most`."""
    way = _way(db, wanted, BY_CHANGE, FEW)
    where = " AND ".join(way.conditions) or "1"
    row = db.row(
        f"SELECT count(*) FROM (SELECT 1 FROM {way.tables} WHERE {where} LIMIT ?)",
        *way.values,
        most,
    )
    return whole(row[0]) if row else 0


def states(db: Reading) -> dict[str, int]:
    """How many incidents are in each state."""
    rows = db.rows("SELECT state, count(*) FROM found_incident GROUP BY state")
    return {text(row[0]): whole(row[1]) for row in rows}


def values_of(db: Reading, what: str) -> dict[str, int]:
    """Every value of a fact with how many incidents have it, the commonest first."""
    rows = db.rows(
        "SELECT value, count(*) FROM found_fact WHERE what = ? GROUP BY value "
        "ORDER BY count(*) DESC, value",
        what,
    )
    return {text(row[0]): whole(row[1]) for row in rows}


def receivers(db: Reading) -> dict[str, int]:
    """Every contact that an incident was sealed to, with how many."""
    rows = db.rows(
        "SELECT b.contact, count(DISTINCT s.record) FROM sealed_bundle b "
        "JOIN sealed_revision s ON s.bundle = b.id JOIN found_incident i ON i.id = s.record "
        "WHERE b.kind <> 'receipt' GROUP BY b.contact ORDER BY b.contact"
    )
    return {text(row[0]): whole(row[1]) for row in rows}


def texts(db: Reading, incidents: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Of these incidents, all words: folded, and as they were written, a line a field."""
    rows = db.rows(
        "SELECT i.id, t.folded, t.written FROM found_incident i "
        "JOIN found_text t ON t.entry = i.entry WHERE i.id IN (SELECT value FROM json_each(?))",
        json.dumps(list(incidents)),
    )
    return {text(row[0]): (text(row[1]), text(row[2])) for row in rows}


def _sort_value(value: Value) -> str | int:
    if value is None:
        return ""
    return value if isinstance(value, int) else text(value)


def _way(db: Reading, wanted: Wanted, order: Order, few: int) -> _Way:
    """How the words and facts are brought in: whatever is rare is looked up first, all of it;
    what very many incidents have is looked for along the order, where a page of it is near.

    In the order of the index of words these lead, and the search stops by itself.
    """
    conditions, values = _conditions(db, wanted, few)
    if not wanted.words:
        return _Way(tables="found_incident i", conditions=conditions, values=values)
    asked = grams.asked(wanted.words)
    holds = ["instr(t.folded, ?) > 0"] * len(wanted.words)
    if order.column == "entry":
        tables = (
            "gram g CROSS JOIN found_incident i ON i.entry = g.rowid "
            "CROSS JOIN found_text t ON t.entry = g.rowid"
        )
        return _Way(
            tables=tables,
            conditions=("gram MATCH ?", *holds, *conditions),
            values=(asked, *wanted.words, *values),
            leads=True,
        )
    if _many(db, few, "gram WHERE gram MATCH ?", asked):
        return _Way(
            tables="found_incident i CROSS JOIN found_text t ON t.entry = i.entry",
            conditions=(*conditions, *holds),
            values=(*values, *wanted.words),
        )
    inner = " AND ".join(["gram MATCH ?", *holds])
    rare = (
        "i.entry IN (SELECT g.rowid FROM gram g "
        f"CROSS JOIN found_text t ON t.entry = g.rowid WHERE {inner})"
    )
    return _Way(
        tables="found_incident i",
        conditions=(rare, *conditions),
        values=(asked, *wanted.words, *values),
    )


def _many(db: Reading, few: int, source: str, *values: Value) -> bool:
    row = db.row(f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT ?)", *values, few)
    return row is not None and whole(row[0]) == few


def _conditions(db: Reading, wanted: Wanted, few: int) -> tuple[tuple[str, ...], tuple[Value, ...]]:
    conditions: list[str] = []
    values: list[Value] = []
    if wanted.states:
        conditions.append(f"i.state IN ({_marks(wanted.states)})")
        values += wanted.states
    if wanted.since:
        conditions.append("(i.latest IS NULL OR i.latest >= ?)")
        values.append(wanted.since)
    if wanted.until:
        conditions.append("(i.earliest IS NULL OR i.earliest <= ?)")
        values.append(wanted.until)
    if wanted.contacts:
        conditions.append(
            "i.id IN (SELECT s.record FROM sealed_bundle b "
            "JOIN sealed_revision s ON s.bundle = b.id WHERE b.kind <> 'receipt' "
            f"AND b.contact IN ({_marks(wanted.contacts)}))"
        )
        values += wanted.contacts
    for each in wanted.all_of:
        fact = f"found_fact f WHERE f.what = ? AND f.value IN ({_marks(each.values)})"
        conditions.append(_with_fact(db, few, fact, (each.what, *each.values)))
        values += [each.what, *each.values]
    for each in wanted.outside:
        fact = "found_fact f WHERE f.what = ? AND f.value NOT IN (SELECT value FROM json_each(?))"
        allowed = json.dumps(list(each.values))
        conditions.append(_with_fact(db, few, fact, (each.what, allowed)))
        values += [each.what, allowed]
    return tuple(conditions), tuple(values)


def _with_fact(db: Reading, few: int, fact: str, values: tuple[Value, ...]) -> str:
    if _many(db, few, fact, *values):
        return f"EXISTS (SELECT 1 FROM {fact} AND f.position = i.position)"
    return f"i.position IN (SELECT f.position FROM {fact})"


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
