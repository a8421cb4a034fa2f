"""Bounded looking at hostile bytes: every read has a place, a length and a price."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final, Protocol, Self, final

MAX_READ: Final = 512 * 1024**2
MAX_READS: Final = 200_000
MAX_PIECE: Final = 16 * 1024**2
"""The most that is asked for at once."""
_SEARCHED: Final = 1024**2


class Odd(Exception):
    """The content breaks its own format here, or is more than is looked at."""


class Source(Protocol):
    """A binary stream that can be read at any place."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, whence: int = ..., /) -> int: ...


@final
class _Purse:
    """What may still be read of one file, for all windows on it together."""

    def __init__(self) -> None:
        self.octets = MAX_READ
        self.reads = MAX_READS

    def pay(self, count: int) -> None:
        self.octets -= count
        self.reads -= 1
        if self.octets < 0 or self.reads < 0:
            raise Odd


@final
class Window:
    """A range of a file; places count from its start. Raises Odd outside of it."""

    def __init__(self, source: Source, start: int, size: int, purse: _Purse) -> None:
        self.source = source
        self._purse = purse
        self.start = start
        self.size = size

    @classmethod
    def on(cls, source: Source) -> Self:
        """The whole of a stream."""
        return cls(source, 0, source.seek(0, io.SEEK_END), _Purse())

    @classmethod
    def over(cls, content: bytes) -> Self:
        """Bytes in memory."""
        return cls.on(io.BytesIO(content))

    def at(self, place: int, count: int) -> bytes:
        """Exactly `count` bytes from `place`. Raises Odd when they are not all there."""
        if place < 0 or count < 0 or place + count > self.size or count > MAX_PIECE:
            raise Odd
        self._purse.pay(count)
        self.source.seek(self.start + place)
        content = self.source.read(count)
        while len(content) < count and (more := self.source.read(count - len(content))):
            content += more
        if len(content) != count:
            raise Odd
        return content

    def upto(self, place: int, count: int) -> bytes:
        """As `at`, fewer at the end."""
        return self.at(place, max(0, min(count, self.size - place)))

    def number(self, place: int, count: int) -> int:
        """A number of `count` bytes, the highest first."""
        return int.from_bytes(self.at(place, count), "big")

    def part(self, place: int, size: int) -> Window:
        """A window on a range of this one. Raises Odd when it does not lie inside."""
        if place < 0 or size < 0 or place + size > self.size:
            raise Odd
        return Window(self.source, self.start + place, size, self._purse)

    def blocks(self, place: int = 0, *, overlap: int = 0) -> Iterator[tuple[int, bytes]]:
        """The rest from `place` in blocks of a MiB, each with its place and `overlap` bytes of
        the next one."""
        while place < self.size:
            yield place, self.upto(place, _SEARCHED + overlap)
            place += _SEARCHED
