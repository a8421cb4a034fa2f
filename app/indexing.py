"""From a record to the rows that find it; the same folding for what is kept and what is asked."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from app.errors import MalformedJson, MalformedRecord
from app.folding import folded
from app.records import Record, class_of, derive
from app.records.codec import decode
from app.records.kinds import Kind
from app.storage import indexes, records
from app.storage.database import Reading, Transaction
from app.storage.indexes import DateAt, Derived, LinkAt, TermAt
from app.storage.records import Head

INDEXED_LETTERS: Final = 3
"""Shortest word that the trigram index answers."""


def derived(record: Record) -> Derived:
    """What the index tables keep of a record."""
    return Derived(
        terms=tuple(
            TermAt(field=row.field, list=row.vocabulary, key=row.key)
            for row in derive.terms(record)
        ),
        dates=tuple(
            DateAt(
                field=row.field,
                earliest=row.earliest.isoformat() if row.earliest else None,
                latest=row.latest.isoformat() if row.latest else None,
            )
            for row in derive.dates(record)
        ),
        links=tuple(
            LinkAt(field=row.field, target=row.target, protected=row.protected)
            for row in derive.links(record)
        ),
        words=_words(record),
    )


def record_of(head: Head) -> Record:
    """The record in its newest revision. Raises MalformedJson, MalformedRecord (damage)."""
    return decode(class_of(Kind(head.kind)), head.body.encode("utf-8"), head.local.encode("utf-8"))


def reindex(tx: Transaction) -> int:
    """Build the rows of every record again from the bodies; how many records there are.

    Of a body that cannot be read nothing is derived; a check names it.
    """
    indexes.forget_all(tx)
    heads = records.all_heads(tx)
    for head in heads:
        if not head.removed:
            with suppress(MalformedJson, MalformedRecord):
                indexes.put(tx, head.position, head.id, derived(record_of(head)))
    return len(heads)


def positions(db: Reading, words: str, limit: int) -> list[int]:
    """Positions of records that hold every one of `words`, the newest record first."""
    asked = folded(words).split()
    if not asked:
        return []
    return indexes.matching(
        db,
        tuple(word for word in asked if len(word) >= INDEXED_LETTERS),
        tuple(word for word in asked if len(word) < INDEXED_LETTERS),
        limit,
    )


def _words(record: Record) -> str:
    """One text of all that may be found; a line end keeps words of two fields apart."""
    texts = [row.text for row in derive.words(record)]
    return folded("\n".join([record.short_ref, *texts])) if texts else ""
