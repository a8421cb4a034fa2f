"""From a record to the rows that find it; the same folding for what is kept and what is asked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

from app.records import Record, class_of, derive
from app.records.codec import decode
from app.records.kinds import Kind
from app.storage import indexes, records
from app.storage.database import Reading, Transaction
from app.storage.indexes import DateAt, Derived, LinkAt, TermAt

INDEXED_LETTERS: Final = 3
"""Shortest word that the trigram index answers."""

_PIECE_LETTERS: Final = 1024
"""Folded at a time: normalising takes quadratic time on a row of combining marks, and a megabyte of
them in one received record would keep the program busy for hours."""


def folded(text: str) -> str:
    """Without case, accents and vowel points, so that a word is found however it is written.

    Marks that carry a vowel of their own (Tibetan, Indic) stay: they have other combining classes.
    """
    return "".join(_folded(piece) for piece in _pieces(text))


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


def record_of(head: records.Head) -> Record:
    """The record in its newest revision. Raises MalformedJson, MalformedRecord (damage)."""
    return decode(class_of(Kind(head.kind)), head.body.encode("utf-8"), head.local.encode("utf-8"))


def reindex(tx: Transaction) -> int:
    """Build every derived row again from the bodies; how many records there are."""
    indexes.forget_all(tx)
    heads = records.all_heads(tx)
    for head in heads:
        if not head.removed:
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


def _folded(piece: str) -> str:
    spread = unicodedata.normalize("NFKD", piece)
    kept = "".join(letter for letter in spread if not _is_accent(letter))
    return unicodedata.normalize("NFC", kept.casefold())


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, cut before a space where there is one: words stay whole."""
    at = 0
    while len(text) - at > _PIECE_LETTERS:
        end = at + _PIECE_LETTERS
        space = max(text.rfind(" ", at + 1, end), text.rfind("\n", at + 1, end))
        end = space if space > 0 else end
        yield text[at:end]
        at = end
    yield text[at:]


def _is_accent(letter: str) -> bool:
    mark = unicodedata.combining(letter)
    return mark >= 200 or 10 <= mark <= 36
