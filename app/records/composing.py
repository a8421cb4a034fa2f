"""Typed text in its composed form (NFC), at a cost that grows with its length and no faster.

Composing sorts each run of marks, in a time that grows with the square of the run: a megabyte of
marks would stand still for minutes. Runs that no script writes stay as they were typed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

LONGEST_RUN: Final = 256
"""Characters. Unicode's own bound for streams is 30 marks on a letter (UAX #15, 13)."""

_JAMO_THAT_JOIN: Final = range(0x1160, 0x1200)
"""Vowels and finals of Hangul, which are letters and yet join with the one before."""


def composed(text: str) -> str:
    """The text in NFC; runs of more than 256 characters that begin nothing stay as they are.

    Composing twice changes nothing.
    """
    if text.isascii():
        return text
    return "".join(
        piece if len(piece) > LONGEST_RUN else unicodedata.normalize("NFC", piece)
        for piece in _pieces(text)
    )


def _pieces(text: str) -> Iterator[str]:
    """The text cut where nothing joins: pieces of some 256 characters, longer ones if need be."""
    at = 0
    while len(text) - at > LONGEST_RUN:
        end = at + LONGEST_RUN
        while end > at and not _begins(text[end]):
            end -= 1
        if end == at:
            end = at + LONGEST_RUN
            while end < len(text) and not _begins(text[end]):
                end += 1
        yield text[at:end]
        at = end
    yield text[at:]


def _begins(letter: str) -> bool:
    """Whether no letter before this one can join with it."""
    return unicodedata.category(letter)[0] != "M" and ord(letter) not in _JAMO_THAT_JOIN
