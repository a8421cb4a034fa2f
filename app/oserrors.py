"""What the system's refusals mean: one table from errno to the leaf raised at the border."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import (
    AlreadyThere,
    AppError,
    MediumBusy,
    MediumFailed,
    NoRoom,
    NotReadable,
    NotThere,
    NotWritable,
    TooBigForMedium,
)

FAT32_LARGEST_BYTES = 4 * 1024**3 - 1
"""The largest file of FAT32: its directory entry keeps the size in 32 bits."""

_FULL = {errno.ENOSPC, errno.EDQUOT}
_MISSING = {errno.ENOENT, errno.ENOTDIR}
_THERE = {errno.EEXIST, errno.ENOTEMPTY}
_BUSY = {errno.EBUSY, errno.ETXTBSY}
_FAILED = {
    getattr(errno, name)
    for name in (
        *("EIO", "ENXIO", "ENODEV", "ENOMEDIUM", "EMEDIUMTYPE", "EBADMSG", "EUCLEAN"),
        *("ESTALE", "EREMOTEIO", "ENOTCONN", "ESHUTDOWN", "ENOLINK", "ETIMEDOUT", "EHOSTDOWN"),
    )
    if hasattr(errno, name)  # each system has its own selection
}

# Windows reports these as EINVAL or EACCES: not ready, CRC, I/O device, no media, disk removed,
# file too large; used by another program, partly locked, busy.
_WINDOWS = {
    21: errno.ENXIO,
    23: errno.EIO,
    1110: errno.EIO,
    1112: errno.ENXIO,
    1117: errno.EIO,
    1167: errno.ENXIO,
    223: errno.EFBIG,
    32: errno.EBUSY,
    33: errno.EBUSY,
    170: errno.EBUSY,
}


def _number(error: OSError) -> int:
    if sys.platform == "win32":
        return _WINDOWS.get(error.winerror or 0, error.errno or 0)
    return error.errno or 0


def _free(at: Path) -> int:
    for folder in (at, *at.parents):
        try:
            return shutil.disk_usage(folder).free
        except OSError:
            continue
    return 0


def writing_failed(error: OSError, at: Path) -> AppError:
    """The leaf for a refusal met while writing, renaming, removing or making `at`."""
    number = _number(error)
    if number in _FULL:
        return NoRoom(at=at, free=_free(at))
    if number == errno.EFBIG:
        return TooBigForMedium(at=at, size=0, limit=FAT32_LARGEST_BYTES)
    if number in _THERE:
        return AlreadyThere(at=at)
    if number in _MISSING:
        return NotThere(at=at)
    if number in _FAILED:
        return MediumFailed(at=at)
    if number in _BUSY:
        return MediumBusy(at=at)
    return NotWritable(at=at)


def reading_failed(error: OSError, at: Path) -> AppError:
    """The leaf for a refusal met while opening or reading `at`."""
    number = _number(error)
    if number in _MISSING:
        return NotThere(at=at)
    if number in _FAILED:
        return MediumFailed(at=at)
    return NotReadable(at=at)


@contextmanager
def while_writing(at: Path) -> Iterator[None]:
    """Every OSError of the block becomes the leaf of `writing_failed`."""
    try:
        yield
    except OSError as error:
        raise writing_failed(error, at) from error


@contextmanager
def while_reading(at: Path) -> Iterator[None]:
    """Every OSError of the block becomes the leaf of `reading_failed`."""
    try:
        yield
    except OSError as error:
        raise reading_failed(error, at) from error
