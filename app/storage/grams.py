"""The letters of a text that stand side by side, one, two and three at a time.

With them one index answers a single Chinese character as fast as a long word. It knows which grams
a text has, not where: whoever asks looks into the texts found for the word itself.
"""

from __future__ import annotations

import itertools
from typing import Final

LONGEST: Final = 3

_ASKED: Final = 12
"""Grams of one word that are asked for: more would not narrow it, and SQLite limits them."""


def of_text(text: str) -> str:
    """Every gram of the lines of a folded text, each once, in order, a line each."""
    found: set[str] = set()
    for line in text.split("\n"):
        found.update(line)
        found.update(map("".join, itertools.pairwise(line)))
        found.update(map("".join, zip(line, line[1:], line[2:], strict=False)))
    return "\n".join(sorted(found))


def asked(words: tuple[str, ...]) -> str:
    """The FTS5 query for texts that have the grams of every word; words are folded, not empty."""
    wanted: dict[str, None] = {}
    for word in words:
        length = min(len(word), LONGEST)
        starts = range(len(word) - length + 1)
        step = max(1, -(-len(starts) // _ASKED))
        for at in (*starts[::step], starts[-1]):
            wanted['"' + word[at : at + length].replace('"', '""') + '"'] = None
    return " AND ".join(wanted)
