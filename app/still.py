"""A file that must not grow while it is read: a recording that goes on would have no end."""

from __future__ import annotations

from pathlib import Path
from typing import final

from app.errors import ChangedWhileRead
from app.streams import Reader


@final
class Still:
    """Passes `source` on, of which there are to be `size` bytes. Raises ChangedWhileRead."""

    def __init__(self, source: Reader, size: int, at: Path) -> None:
        self._source = source
        self._left = size
        self._at = at

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        piece = self._source.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise ChangedWhileRead(at=self._at)
        return piece
