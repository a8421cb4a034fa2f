"""A folder that is built beside its place and appears whole, or not at all; and a passing one."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from app.errors import AlreadyThere
from app.oserrors import while_writing
from app.reading import refuse_network_path
from app.storage.folders import make_folder, sync_folder

_PASSING: Final = re.compile(r"[0-9a-f]{16}\.part")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Gives a new private folder beside `path`; at the end of the block it takes that name.

    After an exception neither is there. Raises AlreadyThere, NotWritable, NoRoom, MediumFailed.
    """
    refuse_network_path(path)
    if path.exists() or path.is_symlink():
        raise AlreadyThere(at=path)
    building = path.with_name(f"{secrets.token_hex(8)}.part")
    with while_writing(path):
        building.mkdir(mode=0o700)
    try:
        yield building
        with while_writing(path):
            building.rename(path)
    except BaseException:
        with suppress(OSError):
            _remove(building)
        raise
    sync_folder(path.parent)


@contextmanager
def passing(inside: Path) -> Iterator[Path]:
    """Gives a new private folder in `inside`; it is gone at the end of the block, whatever came.

    Raises NotThere, NotWritable, NoRoom, MediumFailed.
    """
    made = inside / f"{secrets.token_hex(8)}.part"
    make_folder(made)
    try:
        yield made
    finally:
        with suppress(OSError):  # the medium may be gone; what failed is what to tell
            _remove(made)


def remove_passing(inside: Path) -> None:
    """Remove the passing folders that a kill left in `inside`, which must be the caller's alone."""
    with suppress(OSError):
        for entry in inside.iterdir():
            if _PASSING.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink():
                _remove(entry)


def _remove(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            _remove(entry)
        else:
            entry.unlink()
    folder.rmdir()
