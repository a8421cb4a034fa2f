"""The slot file on its medium: read whole, updated in place (docs/formats/vault.md 2).

In place, because a rename would leave the old slots, and so the old passphrase, in free space.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from app.errors import NotThere
from app.files import read_small
from app.oserrors import while_writing
from crypto import slotfile
from crypto.slots import Slots

_ERASED: Final[set[Path]] = set()
"""Slot files that this process erases: a job under way on another thread may not write them back.
"""


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


def refuse_slots(path: Path) -> None:
    """From now on nothing in this process writes slots to `path`: they are being erased."""
    _ERASED.add(path)
