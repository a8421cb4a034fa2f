"""A folder that is built beside its place and appears whole, or not at all; and a passing one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app import files
from app.errors import AlreadyThere, AppError
from app.oserrors import while_writing
from app.reading import refuse_network_path
from app.storage.folders import sync_folder
from app.storage.unfinished import remove_tree, remove_unfinished, unfinished


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Gives a new private folder beside `path`; at the end of the block it takes that name.

    After an exception neither is there. Raises AlreadyThere, NotWritable, NoRoom, MediumFailed.
    """
    refuse_network_path(path)
    if path.exists() or path.is_symlink():
        raise AlreadyThere(at=path)
    with unfinished(path.parent) as building:
        try:
            yield building
            with while_writing(path):
                building.rename(path)
        except BaseException:
            with suppress(OSError):
                remove_tree(building)
            raise
    sync_folder(path.parent)


@contextmanager
def passing(inside: Path) -> Iterator[Path]:
    """Gives a new private folder in `inside`; it is gone at the end of the block, whatever came.

    Raises NotThere, NotWritable, NoRoom, MediumFailed.
    """
    with unfinished(inside) as made:
        try:
            yield made
        finally:
            with suppress(OSError):  # the medium may be gone; what failed is what to tell
                remove_tree(made)


def sweep(inside: Path) -> int:
    """Remove what killed programs left unfinished in `inside`, files and folders that no running
    program works on; how many there were. Never refuses.
    """
    removed = remove_unfinished(inside)
    with suppress(AppError):
        removed += files.remove_leftovers(inside)
    return removed
