"""The least that is asked of where bytes come from and go to, and loops over short answers."""

from __future__ import annotations

from typing import Protocol


class ByteSource(Protocol):
    """Gives at most `size` bytes; none means the end. Files, pipes and our own readers do."""

    def read(self, size: int, /) -> bytes: ...


class SeekableSource(ByteSource, Protocol):
    """A source whose position can be moved."""

    def seek(self, offset: int, whence: int = ..., /) -> int: ...


class ByteSink(Protocol):
    """Takes bytes and says how many it took. None counts as all of them."""

    def write(self, content: memoryview, /) -> int | None: ...


def read_up_to(source: ByteSource, size: int) -> bytes:
    """Return `size` bytes, or fewer only at the end of `source`: a pipe answers in pieces."""
    first = source.read(size)
    if not first or len(first) >= size:
        return first
    pieces = [first]
    missing = size - len(first)
    while missing and (piece := source.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def write_all(sink: ByteSink, content: memoryview) -> None:
    """Write everything: an unbuffered file may take less than it is given."""
    while content:
        taken = sink.write(content)
        content = content[len(content) if taken is None else taken :]


class Rejoined:
    """A source whose first bytes were read already."""

    def __init__(self, first: bytes, rest: ByteSource) -> None:
        self._first = first
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        if self._first:
            piece, self._first = self._first[:size], self._first[size:]
            return piece
        return self._rest.read(size)
