"""The raw end of a file being written: digests what reached the system, speaks our errors."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, final

from app.digesting import Digesting
from app.oserrors import while_writing

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_STRETCH_BYTES: Final = 16 * 1024**2


@final
class Sink(io.FileIO):
    """Takes over an open descriptor. `at` is the folder that errors name.

    Raises NoRoom, TooBigForMedium, NotWritable, MediumFailed while writing. `sha256` and `size`
    (bytes) are of everything that was written.
    """

    def __init__(self, descriptor: int, at: Path) -> None:
        super().__init__(descriptor, "wb")
        self._at = at
        self.sha256 = Digesting()
        self.size = 0

    def write(self, data: ReadableBuffer, /) -> int:
        with while_writing(self._at):
            count = super().write(data)
        self.sha256.update(bytes(memoryview(data).cast("B")[:count]))
        self.size += count
        if self.size // _STRETCH_BYTES != (self.size - count) // _STRETCH_BYTES:
            _start_writing(self.fileno())
        return count

    def close(self) -> None:
        self.sha256.stop()
        super().close()

    def seekable(self) -> bool:
        return False  # the running digest is the digest of the content only without seeking


def _start_writing(descriptor: int) -> None:
    """Let the system bring to the medium what it holds, while more is made: less to wait for."""
    if sys.platform == "linux":
        with suppress(OSError):  # advice only
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
