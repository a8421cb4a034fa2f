"""The end of a slot file: its bytes are written over where they lie (docs/formats/vault.md 8).

For a moment in which nothing may be in the way. The descriptor and the random bytes are had
beforehand; erasing asks for no memory worth the name, no room on the medium and no lock. What else
this process may be writing to the slot file is held off first (`refuse_slots`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final, final

from app.oserrors import while_writing
from app.storage.slot_store import refuse_slots
from crypto import slotfile

_FLAGS: Final = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@final
class SlotEraser:
    """Holds one slot file open for its erasure. Made when a vault is opened, or just before."""

    def __init__(self, path: Path) -> None:
        """Never refuses: what cannot be opened now is tried again when it matters."""
        self._path = path
        self._random = os.urandom(slotfile.FILE_SIZE)
        self._descriptor: int | None = None
        with suppress(OSError):
            self._descriptor = os.open(path, _FLAGS)

    def overwrite(self) -> None:
        """Put random bytes in the place of both copies, on the medium when this returns.

        Raises NotThere, NotWritable, MediumFailed: then nothing can be said of the slots.
        """
        refuse_slots(self._path)
        with while_writing(self._path):
            held = self._descriptor
            if held is not None:
                self._write(held)
            if held is None or not _is_still(self._path, held):
                # never opened, or another file has the name since: that one opens the vault now
                with _Opened(self._path) as descriptor:
                    self._write(descriptor)

    def remove(self) -> None:
        """Cut the file to nothing and take its name away. Raises NotWritable, MediumFailed."""
        with while_writing(self._path):
            if self._descriptor is not None:
                os.ftruncate(self._descriptor, 0)
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give the descriptor back; the file stays as it is."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _write(self, descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        rest = memoryview(self._random)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)


class _Opened:
    """A descriptor for the length of a block."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def __enter__(self) -> int:
        self._descriptor = os.open(self._path, _FLAGS)
        return self._descriptor

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    try:
        named = path.lstat()
    except FileNotFoundError:
        return True  # without a name there is nothing more to write over
    held = os.fstat(descriptor)
    return (named.st_dev, named.st_ino) == (held.st_dev, held.st_ino)
