"""Whether a word that was taken out still stands in what leaves (M-06).

A former name or a house number can stand in a field of its own and in the account as well. Nobody's
words are rewritten here: the place is told, so that a person can write it differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.folding import folded
from app.records import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef
from app.records.walk import walk

_LEAST: Final = 3
"""Letters: what is shorter stands in too many words."""

_JOINED: Final = 3
"""Letters before or after a name of more than three that may still be of another word: "and the",
"of", endings of cases."""

_WITHOUT_SPACES: Final = "\u0e00"
"""From Thai on, scripts mostly have no spaces between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillSaid:
    """A released record, the label of a field in it (English source text), and the words there that
    were taken out elsewhere."""

    record: Record
    field: str
    words: str


def still_said(records: Sequence[Record], taken_out: Iterable[str]) -> tuple[StillSaid, ...]:
    """Where words that were taken out stand in these records, in any spelling (app/folding.py)."""
    sought = {
        spelling: words for words in taken_out if len(spelling := folded(words).strip()) >= _LEAST
    }
    if not sought:
        return ()
    found: dict[tuple[str, str, str], StillSaid] = {}
    for record in records:
        for label, text in _texts(record):
            within = folded(text)
            for spelling, words in sought.items():
                if _stands(spelling, within):
                    said = StillSaid(record=record, field=label, words=words)
                    found.setdefault((record.id, label, words), said)
    return tuple(found.values())


def _least(spelling: str) -> int:
    return _LEAST - 1 if spelling and spelling[0] >= _WITHOUT_SPACES else _LEAST


def _stands(sought: str, within: str) -> bool:
    """Whether it stands there as a word, which may bear an ending or a joined article or
    preposition of a few letters; in scripts without spaces anywhere."""
    room = _JOINED if len(sought) > _LEAST else 0
    at = within.find(sought)
    while at >= 0:
        end = at + len(sought)
        before = _letters(sought[0] + within[max(0, at - room - 1) : at][::-1])
        after = _letters(sought[-1] + within[end : end + room + 1])
        if max(before, after) <= room:
            return True
        at = within.find(sought, at + 1)
    return False


def _letters(beside: str) -> int:
    """How many letters go on the word of the first one, in a script with spaces between words."""
    count = 0
    for letter in beside:
        if not letter.isalnum() or letter >= _WITHOUT_SPACES:
            break
        count += 1
    return max(0, count - 1)


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    """Every text of a record that leaves, with the label of its field."""
    for found in walk(record):
        if found.spec.local:
            continue
        match found.value:
            case LText() as said:
                yield found.spec.label, said.text
                yield from ((found.spec.label, each.text) for each in said.translations)
            case TermRef() as term:
                yield found.spec.label, term.other_text
            case str() as text:
                yield found.spec.label, text
            case Shaped():
                pass
