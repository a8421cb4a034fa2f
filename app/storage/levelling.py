"""Two databases in one folder, made equally long (docs/formats/vault.md 9).

One of them may be noise that no key opens, and nobody may see which: so both have a length of the
same class, and noise behind their last page up to it. SQLite takes no notice of what lies behind
the last page that its header counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.oserrors import while_writing
from app.storage.folders import write_synced
from crypto.padding import padded

NAMES: Final = ("1.dat", "2.dat")
SMALLEST_BYTES: Final = 1024**2
_BLOCK_BYTES: Final = 1024**2
_FLAGS: Final = os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def companion(database: Path) -> Path | None:
    """The other database of the folder, or the noise that lies there in its place."""
    if database.name not in NAMES:
        return None
    other = database.with_name(NAMES[1 - NAMES.index(database.name)])
    return other if other.is_file() else None


def write_noise(path: Path) -> None:
    """A new file of noise, of the smallest length. Raises AlreadyThere, NoRoom, NotWritable."""
    write_synced(path, os.urandom(SMALLEST_BYTES))


@contextmanager
def levelled(database: Path, other: Path) -> Iterator[None]:
    """Both files are equally long, and on the medium, when the block begins.

    The block closes the database: a descriptor of ours on the same file that was closed before
    would take SQLite's lock with it. Where there is no room they stay unlike until the next
    closing: what was saved is more than how it looks.
    """
    held: list[int] = []
    try:
        with suppress(OSError):
            wanted = padded(max(_size(database), _size(other)), SMALLEST_BYTES)
            for each in (database, other):
                held.append(os.open(each, _FLAGS))
                _lengthen(held[-1], wanted)
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)


def cut(database: Path, length: int) -> None:
    """Take away what lies behind `length` bytes. By name, without a descriptor: see `levelled`.

    Raises NotWritable, MediumFailed.
    """
    with while_writing(database):
        if _size(database) > length:
            os.truncate(database, length)


def _size(path: Path) -> int:
    return path.stat().st_size


def _lengthen(descriptor: int, wanted: int) -> None:
    at = os.fstat(descriptor).st_size
    if at >= wanted:
        return
    os.lseek(descriptor, at, os.SEEK_SET)
    while at < wanted:
        at += os.write(descriptor, os.urandom(min(_BLOCK_BYTES, wanted - at)))
    os.fsync(descriptor)
