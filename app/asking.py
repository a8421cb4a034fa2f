"""What somebody types to find something: words that all have to be there, "and phrases as one".

There is no other syntax, so nothing that is typed is a mistake.
"""

from __future__ import annotations

import re
from typing import Final

from app.folding import folded

_LETTERS: Final = 1_000
_WORDS: Final = 32
_QUOTED: Final = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02]')
_BETWEEN: Final = re.compile("[\\s\u200b\u200c]+")
"""What is between words: Persian writes one word with a space, a zero-width non-joiner or nothing,
and all three are found by its parts."""

_EDGES: Final = " \n\u0f0b"
"""A Tibetan word is typed with or without the mark that ends a syllable."""


def words_of(asked: str) -> tuple[str, ...]:
    """The folded words and phrases of a search, in order, each once; none for an empty search.

    The first 1,000 letters and 32 words count. A quotation mark without its pair goes to the end.
    """
    found: list[str] = []
    for place, part in enumerate(_QUOTED.split(asked[:_LETTERS])):
        pieces = [" ".join(part.split())] if place % 2 else _BETWEEN.split(part)
        found += [folded(piece).strip(_EDGES) for piece in pieces]
    return tuple(dict.fromkeys(word for word in found if word))[:_WORDS]
