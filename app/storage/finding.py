"""What finds incidents: a line each with sort keys, words and facts. All derived (vault.md 4.4).

Records whose change has still to reach these lines stand in `stale`; what an incident gathers, and
which incidents a record is gathered into, is answered here along the `Routes` that app draws.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.storage import grams
from app.storage.cells import maybe_text, text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Which references bind records into one report. Each is words with a space between.

    `down`: "kind field", followed to its target; `up`: "target-kind kind field", a record that
    names what it belongs to.
    """

    down: tuple[str, ...]
    up: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fact:
    """Something that a filter may ask an incident for."""

    what: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """All that is derived of one incident. `folded` and `written` have the same lines."""

    entry: int
    position: int
    id: str
    state: str
    title: str
    earliest: str | None
    latest: str | None
    urgency: int
    facts: tuple[Fact, ...]
    folded: str
    written: str


_DOWN: Final = (
    "WITH RECURSIVE gathered (id, kind) AS ("
    "SELECT id, kind FROM record WHERE id = ? AND removed = 0 "
    "UNION SELECT r.id, r.kind FROM gathered g JOIN link l ON l.record = g.id "
    "JOIN record r ON r.id = l.target AND r.removed = 0 "
    "WHERE g.kind || ' ' || l.field IN (SELECT value FROM json_each(?)) "
    # many thousand may name one person: most are told apart by the field alone
    "UNION SELECT r.id, r.kind FROM gathered g CROSS JOIN link l ON l.target = g.id "
    "AND l.field IN (SELECT value FROM json_each(?)) "
    "CROSS JOIN record r ON r.id = l.record AND r.removed = 0 "
    "WHERE g.kind IN (SELECT value FROM json_each(?)) "
    "AND g.kind || ' ' || r.kind || ' ' || l.field IN (SELECT value FROM json_each(?))"
    ") SELECT id FROM gathered"
)
_UP: Final = (
    "WITH RECURSIVE above (id, kind) AS ("
    "SELECT id, kind FROM record WHERE id IN (SELECT value FROM json_each(?)) "
    "UNION SELECT r.id, r.kind FROM above a JOIN link l ON l.record = a.id "
    "JOIN record r ON r.id = l.target "
    "WHERE r.kind || ' ' || a.kind || ' ' || l.field IN (SELECT value FROM json_each(?)) "
    "UNION SELECT r.id, r.kind FROM above a JOIN link l ON l.target = a.id "
    "JOIN record r ON r.id = l.record "
    "WHERE r.kind || ' ' || l.field IN (SELECT value FROM json_each(?))"
    ") SELECT id FROM above WHERE kind = 'incident'"
)


# --- what has to be made again --------------------------------------------------------------


def mark(tx: Transaction, record: str) -> None:
    """Note that the lines of whatever gathers this record are to be made again."""
    tx.run("INSERT OR IGNORE INTO stale VALUES (?)", record)


def mark_owners(tx: Transaction, record: str, kind: str, routes: Routes) -> None:
    """Note the same for the records that this one, of `kind`, names as what it belongs to."""
    tx.run(
        "INSERT OR IGNORE INTO stale SELECT l.target FROM link l JOIN record r ON r.id = l.target "
        "WHERE l.record = ? "
        "AND r.kind || ' ' || ? || ' ' || l.field IN (SELECT value FROM json_each(?))",
        record,
        kind,
        _list(routes.up),
    )


def marked(db: Reading) -> tuple[str, ...]:
    """The records noted."""
    return tuple(text(row[0]) for row in db.rows("SELECT record FROM stale ORDER BY record"))


def unmark(tx: Transaction, record: str) -> None:
    """Take a note back: its lines are made."""
    tx.run("DELETE FROM stale WHERE record = ?", record)


# --- what belongs together ------------------------------------------------------------------


def gathered(db: Reading, incident: str, routes: Routes) -> frozenset[str]:
    """The records, not removed, that an incident gathers, itself among them."""
    owners = sorted({route.partition(" ")[0] for route in routes.up})
    fields = {route.rpartition(" ")[2] for route in routes.up}
    rows = db.rows(
        _DOWN, incident, _list(routes.down), _list(fields), _list(owners), _list(routes.up)
    )
    return frozenset(text(row[0]) for row in rows)


def gathering(db: Reading, records: Iterable[str], routes: Routes) -> tuple[str, ...]:
    """The incidents, removed ones too, that gather one of these records."""
    rows = db.rows(_UP, _list(records), _list(routes.up), _list(routes.down))
    return tuple(sorted(text(row[0]) for row in rows))


# --- lines ----------------------------------------------------------------------------------


def entry_of(db: Reading, record: str, number: int) -> int:
    """The place in the chain of one revision; 0 when it is not there (damage)."""
    found = db.row("SELECT entry FROM revision WHERE record = ? AND number = ?", record, number)
    return whole(found[0]) if found else 0


def put(tx: Transaction, line: Line) -> None:
    """Put a line in the place of the one that the incident had."""
    before = stored(tx, line.id)
    if before == line:
        return
    same_words = before is not None and _words(before) == _words(line)
    if before is not None:
        _forget_facts(tx, before)
        if not same_words:
            _forget_words(tx, before)
    tx.run(
        "INSERT INTO found_incident (entry, position, id, state, title, earliest, latest, urgency) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        line.entry,
        line.position,
        line.id,
        line.state,
        line.title,
        line.earliest,
        line.latest,
        line.urgency,
    )
    for fact in line.facts:
        tx.run("INSERT INTO found_fact VALUES (?, ?, ?)", fact.what, fact.value, line.position)
    if not same_words:
        tx.run("INSERT INTO found_text VALUES (?, ?, ?)", line.entry, line.folded, line.written)
        tx.run(
            "INSERT INTO gram (rowid, grams) VALUES (?, ?)", line.entry, grams.of_text(line.folded)
        )


def forget(tx: Transaction, incident: str) -> None:
    """Take the line of an incident away; nothing happens when it has none."""
    before = stored(tx, incident)
    if before is not None:
        _forget_facts(tx, before)
        _forget_words(tx, before)


def forget_all(tx: Transaction) -> None:
    """Take every line away."""
    tx.run("DELETE FROM found_incident")
    tx.run("DELETE FROM found_text")
    tx.run("DELETE FROM found_fact")
    tx.run("DELETE FROM stale")
    tx.run("INSERT INTO gram (gram) VALUES ('delete-all')")


def stored(db: Reading, incident: str) -> Line | None:
    """The line of an incident as it is kept, None when it has none."""
    row = db.row(
        "SELECT i.entry, i.position, i.state, i.title, i.earliest, i.latest, i.urgency, "
        "t.folded, t.written FROM found_incident i JOIN found_text t ON t.entry = i.entry "
        "WHERE i.id = ?",
        incident,
    )
    if row is None:
        return None
    facts = db.rows(
        "SELECT what, value FROM found_fact WHERE position = ? ORDER BY what, value", row[1]
    )
    return Line(
        entry=whole(row[0]),
        position=whole(row[1]),
        id=incident,
        state=text(row[2]),
        title=text(row[3]),
        earliest=maybe_text(row[4]),
        latest=maybe_text(row[5]),
        urgency=whole(row[6]),
        facts=tuple(Fact(what=text(each[0]), value=text(each[1])) for each in facts),
        folded=text(row[7]),
        written=text(row[8]),
    )


def orphans(db: Reading) -> int:
    """How many lines belong to no incident, or to a removed one: none in a sound vault."""
    found = db.row(
        "SELECT (SELECT count(*) FROM found_incident WHERE id NOT IN "
        "(SELECT id FROM record WHERE removed = 0 AND kind = 'incident')) + "
        "(SELECT count(*) FROM found_text WHERE entry NOT IN (SELECT entry FROM found_incident)) + "
        "(SELECT count(*) FROM found_fact WHERE position NOT IN "
        "(SELECT position FROM found_incident))"
    )
    return whole(found[0]) if found else 0


def _forget_facts(tx: Transaction, line: Line) -> None:
    tx.run("DELETE FROM found_incident WHERE entry = ?", line.entry)
    tx.run("DELETE FROM found_fact WHERE position = ?", line.position)


def _forget_words(tx: Transaction, line: Line) -> None:
    tx.run("DELETE FROM found_text WHERE entry = ?", line.entry)
    # A table without content is told what to take out.
    tx.run(
        "INSERT INTO gram (gram, rowid, grams) VALUES ('delete', ?, ?)",
        line.entry,
        grams.of_text(line.folded),
    )


def _words(line: Line) -> tuple[int, str, str]:
    return line.entry, line.folded, line.written


def _list(values: Iterable[str]) -> str:
    return json.dumps(sorted(values))
