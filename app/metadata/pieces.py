"""A cleaned copy as a list of pieces: what is kept of the original, and what is put in between.

Nothing of a file is held in memory but what is put: a gigabyte of video is copied, not loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, final

from app.metadata.window import Source

_ZEROS: Final = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Bytes of the original, unchanged. `start` from its beginning."""

    start: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """New bytes."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """So many zeros."""

    size: int


Piece = Kept | Put | Blank


def length(pieces: Sequence[Piece]) -> int:
    """The bytes that they come to."""
    return sum(each.size for each in pieces)


@final
class Joined:
    """Reads pieces in their order, as one stream (app.streams.Reader)."""

    def __init__(self, source: Source, pieces: Sequence[Piece]) -> None:
        self._source = source
        self._pieces = [each for each in pieces if each.size]
        self._number = 0
        self._inside = 0

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; b"" at the end."""
        if self._number == len(self._pieces):
            return b""
        piece = self._pieces[self._number]
        count = min(size, piece.size - self._inside)
        if isinstance(piece, Kept):
            self._source.seek(piece.start + self._inside)
            content = self._source.read(count)
            if not content:
                raise EOFError  # shorter than when it was looked at
        elif isinstance(piece, Put):
            content = piece.content[self._inside : self._inside + count]
        else:
            content = bytes(min(count, _ZEROS))
        self._inside += len(content)
        if self._inside == piece.size:
            self._number += 1
            self._inside = 0
        return content
