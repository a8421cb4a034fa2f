"""What SQLite's refusals mean: one table from result code to the leaf raised at the border."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from app.errors import AppError, MediumFailed, NoRoom, NotWritable, VaultDamaged, VaultInUse
from app.medium import free_space

_BUSY, _LOCKED = 5, 6
_READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN = 8, 10, 11, 13, 14
_AUTH, _NOTADB = 23, 26


def failure(error: sqlcipher3.Error, at: Path) -> AppError | None:
    """The leaf for a refusal of the database at `at`, or None: then it is a bug of ours."""
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    if code in {_BUSY, _LOCKED}:
        return VaultInUse(at=at.parent)
    if code == _FULL:
        return NoRoom(at=at.parent, free=_free(at.parent))
    if code in {_READONLY, _CANTOPEN}:
        return NotWritable(at=at.parent)
    if code == _IOERR:
        return MediumFailed(at=at.parent)
    if code in {_CORRUPT, _NOTADB}:
        name = str(getattr(error, "sqlite_errorname", code))
        return VaultDamaged(at=at.parent, detail=name.lower())
    return None


def _free(folder: Path) -> int:
    try:
        return free_space(folder)
    except AppError:
        return 0


@contextmanager
def translated(at: Path) -> Iterator[None]:
    """Refusals of the block become leaves of app/errors.py; what is a bug passes unchanged."""
    try:
        yield
    except sqlcipher3.Error as error:
        found = failure(error, at)
        if found is None:
            raise
        raise found from error
