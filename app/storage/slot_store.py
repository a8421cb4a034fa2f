"""The slot file on its medium: read whole, updated in place (docs/formats/vault.md 2).

In place, because a rename would leave the old slots, and so the old passphrase, in free space.

The lock of a database does not guard it where two databases share it (vault.md 9): whoever changes
slots holds `changing_slots` from the reading to the writing, or one change would undo another's.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.errors import NotThere, VaultInUse
from app.files import read_small
from app.oserrors import while_writing
from crypto import slotfile
from crypto.slots import Slots

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_ERASED: Final[set[Path]] = set()
"""Slot files that this process erases: a job under way on another thread may not write them back.
"""
_BEHIND_THE_END: Final = 2**30
_HELD_BY_ANOTHER: Final = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})


def read_slots(path: Path) -> slotfile.SlotFile:
    """The slots in a file. Raises Malformed, Damaged, Unsupported (crypto); NotReadable, TooBig."""
    return slotfile.parse(read_small(path, limit=2 * slotfile.FILE_SIZE))


def write_slots(path: Path, slots: Slots) -> None:
    """Write both copies of `slots` into the existing file, the second first, each synced.

    Raises NotThere, NotWritable, MediumFailed. A kill at any moment leaves one whole copy.
    """
    flags = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with while_writing(path):
        descriptor = os.open(path, flags)
        try:
            for write in slotfile.copies(slots):
                if path in _ERASED:
                    raise NotThere(at=path)
                os.lseek(descriptor, write.offset, os.SEEK_SET)
                rest = memoryview(write.content)
                while rest:
                    rest = rest[os.write(descriptor, rest) :]
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def changing_slots(path: Path) -> Iterator[None]:
    """Nobody else changes the slots in `path` during the block, in this process or another.

    The lock ends with the process. A file system without locks gives none. Raises VaultInUse at
    once when somebody else is changing them, NotThere, NotWritable, MediumFailed.
    """
    flags = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    with while_writing(path):
        descriptor = os.open(path, flags)
    try:
        if not _lock(descriptor):
            raise VaultInUse(at=path.parent)
        yield
    finally:
        os.close(descriptor)


def refuse_slots(path: Path) -> None:
    """From now on nothing in this process writes slots to `path`: they are being erased."""
    _ERASED.add(path)


if sys.platform == "win32":

    def _lock(descriptor: int) -> bool:
        # Locks are mandatory there: behind the end, so that the content can be read and erased.
        os.lseek(descriptor, _BEHIND_THE_END, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _HELD_BY_ANOTHER
        return True
