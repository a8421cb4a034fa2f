"""The window's end of the pipes to the server."""

from __future__ import annotations

import os
import sys
from threading import Lock
from typing import final

from app.errors import CannotBeShown
from app.preview import frames, wishes
from app.preview.starting import DOOR_SWITCH
from app.preview.wishes import Format, Picture, Plain, Wish


@final
class Door:
    """One file at a time, whatever thread asks. Every failure is CannotBeShown."""

    def __init__(self, reads: int, writes: int) -> None:
        """The descriptors from which answers come and to which wishes go; they are kept."""
        self._reads = reads
        self._writes = writes
        self._lock = Lock()
        self._is_broken = False

    @classmethod
    def of_this_process(cls) -> Door | None:
        """The door that the supervisor made: it takes the standard streams away from everybody
        else in this process. None where the window was started without a server."""
        if DOOR_SWITCH not in sys.argv[1:]:
            return None
        door = cls(os.dup(0), os.dup(1))
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)
        os.close(nothing)
        return door

    def see(self, content: bytes, wish: Wish) -> Picture | Plain:
        """Have a file decoded. Blocks, for 20 seconds at the most. Raises CannotBeShown."""
        if wish.format is Format.TEXT:
            content = content[: wishes.MAX_TEXT_INPUT_BYTES]
        if not content or len(content) > wishes.MAX_INPUT_BYTES:
            raise CannotBeShown
        seen = self._asked(content, wish)
        if isinstance(seen, frames.Measured):
            raise CannotBeShown
        return seen

    def is_confined(self) -> bool:
        """Measured now, by a decoder that tries. Raises CannotBeShown when none answers."""
        seen = self._asked(b"", Wish(format=Format.PROBE))
        return isinstance(seen, frames.Measured) and seen.confined

    def close(self) -> None:
        """Let the server end."""
        with self._lock:
            if not self._is_broken:
                self._is_broken = True
                os.close(self._reads)
                os.close(self._writes)

    def _asked(self, content: bytes, wish: Wish) -> Picture | Plain | frames.Measured:
        with self._lock:
            if self._is_broken:
                raise CannotBeShown
            try:
                frames.write_all(self._writes, frames.packed_wish(wish, len(content)))
                frames.write_all(self._writes, content)
                answer, is_whole = frames.read_parcels(self._reads, frames.most_bytes(wish))
            except (OSError, frames.Broken):
                # nothing that comes through these pipes now can be told apart
                self._is_broken = True
                raise CannotBeShown from None
        if not is_whole:
            raise CannotBeShown
        try:
            return frames.read_answer(answer, wish)
        except frames.Broken:
            raise CannotBeShown from None
