"""What is derived from records for finding them: terms, dates, links and words.

Never the truth: every row here can be thrown away and built again from the bodies.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import maybe_text, text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TermAt:
    """A vocabulary key in a field."""

    field: str
    list: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateAt:
    """The bounds of a date in a field, YYYY-MM-DD, both included; None: open."""

    field: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class LinkAt:
    """A reference in a field to a record, which need not be here.

    `protected`: it would tell who a source is, and is not followed from the target back.
    """

    field: str
    target: str
    protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Everything derived from one record, in a fixed order."""

    terms: tuple[TermAt, ...] = ()
    dates: tuple[DateAt, ...] = ()
    links: tuple[LinkAt, ...] = ()
    words: str = ""


NOTHING = Derived()


def put(tx: Transaction, position: int, record: str, derived: Derived) -> None:
    """Put `derived` in the place of what was derived from the record before."""
    tx.run("DELETE FROM term_of WHERE record = ?", record)
    tx.run("DELETE FROM date_of WHERE record = ?", record)
    tx.run("DELETE FROM link WHERE record = ?", record)
    tx.run("DELETE FROM words WHERE rowid = ?", position)
    for term in derived.terms:
        tx.run(
            "INSERT INTO term_of (record, field, list, term) VALUES (?, ?, ?, ?)",
            record,
            term.field,
            term.list,
            term.key,
        )
    for date in derived.dates:
        tx.run(
            "INSERT INTO date_of (record, field, earliest, latest) VALUES (?, ?, ?, ?)",
            record,
            date.field,
            date.earliest,
            date.latest,
        )
    for link in derived.links:
        tx.run(
            "INSERT INTO link (record, field, target, protected) VALUES (?, ?, ?, ?)",
            record,
            link.field,
            link.target,
            int(link.protected),
        )
    if derived.words:
        tx.run("INSERT INTO words (rowid, text) VALUES (?, ?)", position, derived.words)


def stored(db: Reading, position: int, record: str) -> Derived:
    """What is kept as derived from one record."""
    words = db.row("SELECT text FROM words WHERE rowid = ?", position)
    return Derived(
        terms=tuple(
            TermAt(field=text(row[0]), list=text(row[1]), key=text(row[2]))
            for row in db.rows(
                "SELECT field, list, term FROM term_of WHERE record = ? ORDER BY rowid", record
            )
        ),
        dates=tuple(
            DateAt(field=text(row[0]), earliest=maybe_text(row[1]), latest=maybe_text(row[2]))
            for row in db.rows(
                "SELECT field, earliest, latest FROM date_of WHERE record = ? ORDER BY rowid",
                record,
            )
        ),
        links=tuple(
            LinkAt(field=text(row[0]), target=text(row[1]), protected=whole(row[2]) == 1)
            for row in db.rows(
                "SELECT field, target, protected FROM link WHERE record = ? ORDER BY rowid", record
            )
        ),
        words=text(words[0]) if words else "",
    )


def forget_all(tx: Transaction) -> None:
    """Throw away every derived row."""
    tx.run("DELETE FROM term_of")
    tx.run("DELETE FROM date_of")
    tx.run("DELETE FROM link")
    tx.run("DELETE FROM words")


def orphans(db: Reading) -> int:
    """How many derived rows belong to no record, or to a removed one: none in a sound vault."""
    found = db.row(
        "SELECT (SELECT count(*) FROM term_of WHERE record NOT IN "
        "(SELECT id FROM record WHERE removed = 0)) + "
        "(SELECT count(*) FROM date_of WHERE record NOT IN "
        "(SELECT id FROM record WHERE removed = 0)) + "
        "(SELECT count(*) FROM link WHERE record NOT IN "
        "(SELECT id FROM record WHERE removed = 0)) + "
        "(SELECT count(*) FROM words WHERE rowid NOT IN "
        "(SELECT position FROM record WHERE removed = 0))"
    )
    return whole(found[0]) if found else 0


def matching(
    db: Reading, phrases: tuple[str, ...], parts: tuple[str, ...], limit: int
) -> list[int]:
    """Positions of records whose words hold every phrase (three letters or more) and every part.

    Phrases are answered by the index; parts, shorter than its trigrams, by reading the words.
    """
    conditions = ["words MATCH ?"] if phrases else []
    conditions += ["text LIKE ? ESCAPE '!'"] * len(parts)
    values: list[str] = []
    if phrases:
        values.append(" AND ".join('"' + phrase.replace('"', '""') + '"' for phrase in phrases))
    values += ["%" + _escaped(part) + "%" for part in parts]
    rows = db.rows(
        "SELECT rowid FROM words WHERE "
        + " AND ".join(conditions)
        + " ORDER BY rowid DESC LIMIT ?",
        *values,
        limit,
    )
    return [whole(row[0]) for row in rows]


def _escaped(part: str) -> str:
    return part.replace("!", "!!").replace("%", "!%").replace("_", "!_")
