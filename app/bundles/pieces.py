"""A small file of a bundle, held in memory in pieces that are let go while its lines are read.

What is made of the lines is about as large as they are: both at once would be twice the ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator


class Pieces:
    """The bytes of one file. `lines` can be read once; then nothing is held any more."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    @classmethod
    def of(cls, content: bytes) -> Pieces:
        """One piece."""
        return cls([content])

    def __iter__(self) -> Iterator[bytes]:
        """The pieces, which stay."""
        return iter(self._pieces)

    def whole(self) -> bytes:
        """All bytes in one."""
        return b"".join(self._pieces)

    def line_ends(self) -> int:
        """How many LF there are."""
        return sum(each.count(b"\n") for each in self._pieces)

    def is_cut(self) -> bool:
        """Whether the last line has no end."""
        last = next((each for each in reversed(self._pieces) if each), b"\n")
        return not last.endswith(b"\n")

    def lines(self) -> Iterator[bytes]:
        """Each whole line without its end; what is read is let go."""
        begun: list[bytes] = []
        self._pieces.reverse()
        while self._pieces:
            piece = self._pieces.pop()
            at = 0
            while (end := piece.find(b"\n", at)) >= 0:
                begun.append(piece[at:end])
                yield b"".join(begun)
                begun.clear()
                at = end + 1
            begun.append(piece[at:])
