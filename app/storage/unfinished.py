"""Folders that are not finished, under a passing name: claimed while somebody works in them.

The name is `<16 hex digits>.part`. What a kill leaves of it is removed by the next work in the same
place, and only when no running program holds the claim (`flock`, which ends with the process), when
it is ours, and when it is a real folder. Where nobody can tell (Windows, a file system without
locks) it stays.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.storage.folders import make_folder

if sys.platform != "win32":
    import fcntl

_NAME: Final = re.compile(r"[0-9a-f]{16}\.part")


@contextmanager
def unfinished(inside: Path) -> Iterator[Path]:
    """Gives a new private folder in `inside`, claimed until the end of the block. Whoever makes it
    gives it another name or removes it.

    Raises NotThere, NotWritable, NoRoom, MediumFailed.
    """
    made = inside / f"{secrets.token_hex(8)}.part"
    make_folder(made)
    claim = _claim(made)
    try:
        yield made
    finally:
        if claim is not None:
            os.close(claim)


def remove_unfinished(inside: Path) -> int:
    """Remove the unfinished folders in `inside` that nobody works in; how many there were.

    What cannot be removed is left: a sweep must not stand in the way of the work.
    """
    removed = 0
    with suppress(OSError):
        for entry in inside.iterdir():
            if _NAME.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
                with suppress(OSError):
                    if _is_abandoned(entry):
                        remove_tree(entry)
                        removed += 1
    return removed


def remove_tree(folder: Path) -> None:
    """Remove a folder and what is in it; links are removed and not followed. Raises OSError."""
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            remove_tree(entry)
        else:
            entry.unlink()
    folder.rmdir()


if sys.platform == "win32":

    def _claim(_folder: Path) -> int | None:
        return None  # a folder cannot be locked there, nor renamed while a file in it is open

    def _is_abandoned(_folder: Path) -> bool:
        return False

else:

    def _claim(folder: Path) -> int | None:
        with suppress(OSError):  # not every file system knows locks
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            with suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
        return None

    def _is_abandoned(folder: Path) -> bool:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            if os.fstat(descriptor).st_uid != os.getuid():
                return False
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # held, or a file system without locks
            return False
        finally:
            os.close(descriptor)
        return True
