"""A folder that is built beside its place and appears whole, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import AlreadyThere
from app.oserrors import while_writing
from app.reading import refuse_network_path
from app.storage.folders import sync_folder


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


def _remove(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            _remove(entry)
        else:
            entry.unlink()
    folder.rmdir()
