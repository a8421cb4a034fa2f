"""Sticks and cards that are plugged in, and what a folder can take: asked, never written to.

Source: the places where desktops mount media (udisks: /run/media/USER and /media/USER; macOS:
/Volumes; Windows: drives of the removable kind).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app import medium
from app.errors import AppError
from app.oserrors import while_reading
from app.reading import refuse_network_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """A place to save to. `free`: bytes; `largest`: the largest single file in bytes (FAT32), None
    when there is no known limit; `writable`: whether this account may write there; `others`: how
    many files and folders lie there already."""

    path: Path
    name: str
    free: int
    largest: int | None
    writable: bool
    others: int

    def fits(self, size: int) -> bool:
        """Whether a file of `size` bytes can be written there, as far as can be told."""
        return (
            self.writable and size <= self.free and (self.largest is None or size <= self.largest)
        )


def plugged_in() -> list[Stick]:
    """Every stick that is plugged in, by name. One that does not answer is left out."""
    return looked_at(_plugged_in())


def mounted(parents: Iterable[Path]) -> list[Stick]:
    """The media mounted directly in these folders, by name."""
    return looked_at(_mounts(parents))


def looked_at(paths: Iterable[Path]) -> list[Stick]:
    """What these places can take, by name; those that do not answer are left out."""
    found: list[Stick] = []
    for path in paths:
        with suppress(AppError):
            found.append(look(path))
    return sorted(found, key=lambda each: each.name.casefold())


def look(folder: Path) -> Stick:
    """What a folder can take. Raises NotThere, NotReadable, MediumFailed, NotOnThisComputer."""
    refuse_network_path(folder)
    with while_reading(folder):
        others = sum(1 for each in folder.iterdir() if not each.name.startswith("."))
        writable = os.access(folder, os.W_OK | os.X_OK)
    return Stick(
        path=folder,
        name=folder.name or str(folder),
        free=medium.free_space(folder),
        largest=medium.largest_file(folder),
        writable=writable,
        others=others,
    )


def _mounts(parents: Iterable[Path]) -> Iterator[Path]:
    for parent in parents:
        with suppress(OSError):
            yield from (each for each in sorted(parent.iterdir()) if each.is_mount())


if sys.platform == "win32":
    import ctypes

    _REMOVABLE = 2

    def _plugged_in() -> Iterator[Path]:
        letters = ctypes.windll.kernel32.GetLogicalDrives()
        for at in range(26):
            root = f"{chr(ord('A') + at)}:\\"
            if letters >> at & 1 and ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE:
                yield Path(root)

else:

    def _plugged_in() -> Iterator[Path]:
        user = Path.home().name
        names = ("/media", f"/media/{user}", f"/run/media/{user}", "/Volumes")
        return _mounts(Path(name) for name in names)
