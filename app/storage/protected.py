"""A database on a write-protected medium: read as it lies there, never written (vault.md 6)."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3

from app.errors import NotWritable, VaultDamaged, VaultTooNew
from app.oserrors import while_reading
from app.storage.cells import whole
from app.storage.connection import PAGE_BYTES, connect_to_read, first_page_opens
from app.storage.database import Database
from app.storage.sqlfailures import translated
from app.storage.versions import known_version
from crypto.secret import Secret


def database_of(folder: Path, key: Secret, salt: Secret) -> Path | None:
    """Which database in a vault's folder this key opens, None when none."""
    with while_reading(folder):
        found = sorted(folder.glob("[0-9].dat"))
    return next((each for each in found if first_page_opens(each, key, salt)), None)


def open_to_read(path: Path, key: Secret, salt: Secret) -> Database:
    """Open a database whose medium takes no writing; every transaction raises NotWritable.

    Raises NotWritable where writing is needed before reading: a crash left a log, or the tables
    are older; VaultDamaged, VaultTooNew, MediumFailed, UnsafeBuild.
    """
    with while_reading(path):
        size = path.stat().st_size
        log = path.with_name(path.name + "-wal")
        hot = log.exists() and log.stat().st_size > 0
    if hot:
        raise NotWritable(at=path.parent)
    if size < PAGE_BYTES:
        raise VaultDamaged(at=path.parent, detail="short")
    with translated(path):
        connection = connect_to_read(path, key, salt)
    try:
        _refuse_other_version(connection, path)
        return Database(connection, path, key, salt, connecting=connect_to_read)
    except BaseException:
        connection.close()
        raise


def refuses_writing(database: Database) -> bool:
    """Whether nothing can be written. Asked of SQLite itself, which writes nothing for it."""
    try:
        with database.transaction() as tx:
            tx.run("DELETE FROM setting WHERE 0")
    except NotWritable:
        return True
    else:
        return False


def _refuse_other_version(connection: sqlcipher3.Connection, path: Path) -> None:
    with translated(path):
        found = whole(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.execute("PRAGMA query_only = ON")
    if found > known_version():
        raise VaultTooNew(at=path.parent, found=found, known=known_version())
    if found < known_version():
        raise NotWritable(at=path.parent)
