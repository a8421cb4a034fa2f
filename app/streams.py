"""The two shapes of a byte stream, and exact reading from one that gives less than asked for."""

from __future__ import annotations

from typing import Protocol


class Reader(Protocol):
    """Gives up to `size` bytes; b"" means the end. May give fewer without being at the end."""

    def read(self, size: int, /) -> bytes: ...


class Writer(Protocol):
    """Takes every byte it is given, or raises. What it returns is not looked at."""

    def write(self, data: bytes, /) -> object: ...


def read_exactly(source: Reader, size: int) -> bytes:
    """`size` bytes, or fewer when the source ends before."""
    if not size:
        return b""
    first = source.read(size)
    if len(first) == size or not first:
        return first
    pieces = [first]
    missing = size - len(first)
    while missing:
        piece = source.read(missing)
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
