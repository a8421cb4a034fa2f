"""What a medium can hold: free space and the largest single file, asked before a long write."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from app.errors import NoRoom, TooBigForMedium
from app.oserrors import FAT32_LARGEST_BYTES, while_reading

_FAT = {"vfat", "msdos", "fat", "fat32", "fat16"}
_MOUNTS = Path("/proc/self/mountinfo")


def free_space(folder: Path) -> int:
    """Bytes that this account can still write below `folder`.

    Raises: NotThere, NotReadable, MediumFailed.
    """
    with while_reading(folder):
        return shutil.disk_usage(folder).free


def largest_file(folder: Path) -> int | None:
    """The largest file in bytes that the file system below `folder` holds; None: no known limit.

    FAT32 is recognised on Linux and Windows. Elsewhere, and behind a FUSE driver that does not
    say what it drives, the limit shows while writing, as TooBigForMedium.
    """
    with while_reading(folder):
        kind = _file_system(folder)
    return FAT32_LARGEST_BYTES if kind.lower() in _FAT else None


def ensure_room(folder: Path, size: int) -> None:
    """Refuse now what would fail after minutes of writing. `size` in bytes.

    Raises: TooBigForMedium, NoRoom, NotThere, NotReadable, MediumFailed.
    """
    refuse_size(folder, size, largest_file(folder))
    free = free_space(folder)
    if size > free:
        raise NoRoom(at=folder, needed=size, free=free)


def refuse_size(folder: Path, size: int, limit: int | None) -> None:
    """Refuse a file that is larger than one file may be there. Raises: TooBigForMedium."""
    if limit is not None and size > limit:
        raise TooBigForMedium(at=folder, size=size, limit=limit)


def kind_in_mounts(mounts: str, device: str) -> str:
    """The file system type of `device` ("major:minor") in the text of proc's mountinfo, or ""."""
    for line in mounts.splitlines():
        before, separator, after = line.partition(" - ")
        if separator and before.split()[2:3] == [device]:
            return after.split(maxsplit=1)[0]
    return ""


if sys.platform == "win32":
    import ctypes

    def _file_system(folder: Path) -> str:
        root = folder.resolve().anchor
        kind = ctypes.create_unicode_buffer(64)
        if not ctypes.windll.kernel32.GetVolumeInformationW(
            root, None, 0, None, None, None, kind, len(kind)
        ):
            raise ctypes.WinError()
        return kind.value

else:

    def _file_system(folder: Path) -> str:
        number = folder.stat().st_dev
        if not _MOUNTS.is_file():
            return ""
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        return kind_in_mounts(mounts, f"{os.major(number)}:{os.minor(number)}")
