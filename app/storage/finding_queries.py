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

_DAY_BEFORE_ALL: Final = ""
"""In the place of an open beginning, so that it sorts before every day."""


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


def page(
    db: Reading, wanted: Wanted, order: Order, after: After | None, limit: int
) -> list[FoundRow]:
    """Up to `limit` incidents that follow `after`, in order."""
    conditions, values = _conditions(wanted)
    key = _key(order)
    sign = "<" if order.descending else ">"
    way = "DESC" if order.descending else "ASC"
    if after is not None and order.column == "entry":
        conditions.append(f"{'g.rowid' if wanted.words else 'i.entry'} {sign} ?")
        values.append(after.entry)
    elif after is not None:
        conditions.append(f"({key}, i.entry) {sign} (?, ?)")
        values += [after.key, after.entry]
    source, more, first = _source(wanted.words, order)
    where = " AND ".join([*more, *conditions]) or "1"
    # said by the index's own rowid, the order is known to be there already
    sorting = "g.rowid" if source.startswith("gram") else key
    if order.column != "entry":
        sorting = f"{key} {way}, i.entry"
    rows = db.rows(
        f"SELECT i.id, {key}, i.entry FROM {source} WHERE {where} "
        f"ORDER BY {sorting} {way} LIMIT ?",
        *first,
        *values,
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
    conditions, values = _conditions(wanted)
    source, more, first = _source(wanted.words, BY_CHANGE)
    where = " AND ".join([*more, *conditions]) or "1"
    row = db.row(
        f"SELECT count(*) FROM (SELECT 1 FROM {source} WHERE {where} LIMIT ?)",
        *first,
        *values,
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


def _key(order: Order) -> str:
    if order.column == "earliest":
        return f"coalesce(i.earliest, '{_DAY_BEFORE_ALL}')"
    return f"i.{order.column}"


def _sort_value(value: Value) -> str | int:
    return value if isinstance(value, int) else text(value)


def _source(words: tuple[str, ...], order: Order) -> tuple[str, list[str], list[Value]]:
    """Tables, conditions and values that bring in the words asked for.

    In the order of the index the words lead and the search stops early; in another order they are
    looked up first, all of them.
    """
    if not words:
        return "found_incident i", [], []
    asked = grams.asked(words)
    holds = ["instr(t.folded, ?) > 0"] * len(words)
    if order.column == "entry":
        tables = (
            "gram g CROSS JOIN found_incident i ON i.entry = g.rowid "
            "CROSS JOIN found_text t ON t.entry = g.rowid"
        )
        return tables, ["gram MATCH ?", *holds], [asked, *words]
    inner = " AND ".join(["gram MATCH ?", *holds])
    sub = (
        "i.entry IN (SELECT g.rowid FROM gram g "
        f"CROSS JOIN found_text t ON t.entry = g.rowid WHERE {inner})"
    )
    return "found_incident i", [sub], [asked, *words]


def _conditions(wanted: Wanted) -> tuple[list[str], list[Value]]:
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
        conditions.append(
            "i.position IN (SELECT position FROM found_fact "
            f"WHERE what = ? AND value IN ({_marks(each.values)}))"
        )
        values += [each.what, *each.values]
    for each in wanted.outside:
        conditions.append(
            "i.position IN (SELECT position FROM found_fact WHERE what = ? "
            "AND value NOT IN (SELECT value FROM json_each(?)))"
        )
        values += [each.what, json.dumps(list(each.values))]
    return conditions, values


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
