"""One SQLCipher connection with every setting of docs/formats/vault.md 4, in order and asserted.

Each line answers a measured failure: without a key SQLCipher writes plain text; its log tells page
numbers on stderr; WAL with less than synchronous=FULL lost commits at power cuts; temp_store=FILE
writes content in clear; the authorizer keeps a later line of code, or a crafted schema, from
undoing any of it.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

import sqlcipher3

from app.errors import NotWritable, UnsafeBuild, VaultDamaged
from app.oserrors import while_reading
from app.storage.sqlfailures import translated
from crypto.secret import Secret

PAGE_BYTES: Final = 4096

_PIECE_BYTES: Final = 1024 * 1024

_SETTINGS: Final = (
    ("cipher_page_size", str(PAGE_BYTES), str(PAGE_BYTES)),
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", "2"),
    ("wal_autocheckpoint", "1000", "1000"),
    ("temp_store", "MEMORY", "2"),
    ("secure_delete", "ON", "1"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("foreign_keys", "ON", "1"),
    ("mmap_size", "0", "0"),
)
_READING: Final = frozenset({"locking_mode", "journal_mode", "synchronous", "wal_autocheckpoint"})
"""What only a database that is written to can be asked for."""
_PRAGMAS: Final = frozenset(
    {
        "cipher_integrity_check",
        "data_version",
        "foreign_key_check",
        "page_count",
        "query_only",
        "quick_check",
        "user_version",
        "wal_checkpoint",
    }
)
_HELD_BY_ANOTHER: Final = frozenset({5, 6})  # SQLITE_BUSY, SQLITE_LOCKED
_FUNCTIONS_REFUSED: Final = frozenset({"load_extension", "sqlcipher_export"})


def connect(path: Path, key: Secret, salt: Secret) -> sqlcipher3.Connection:
    """A connection to `path`, which SQLite makes when it is not there.

    `key` is 32 bytes, `salt` 16. Raises UnsafeBuild, or sqlcipher3.Error as SQLite refuses.
    """
    connection = _keyed(str(path), key, salt)
    try:
        for name, wanted, read in _SETTINGS:
            _set(connection, name, wanted, read)
        connection.set_authorizer(_authorize)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_to_read(path: Path, key: Secret, salt: Secret) -> sqlcipher3.Connection:
    """A connection to a file on a medium that nobody can write to: no lock, no log, no write.

    Raises UnsafeBuild, or sqlcipher3.Error as SQLite refuses.
    """
    connection = _keyed(f"{path.absolute().as_uri()}?mode=ro&immutable=1", key, salt)
    try:
        for name, wanted, read in _SETTINGS:
            if name not in _READING:
                _set(connection, name, wanted, read)
        connection.set_authorizer(_authorize)
    except BaseException:
        connection.close()
        raise
    return connection


def first_page_opens(path: Path, key: Secret, salt: Secret) -> bool:
    """Whether the first page of the file itself decrypts, without a lock and without a write.

    The log beside it is not looked at. SQLite tells a page that the medium did not give as a
    damaged one: so the page is read by itself before it is said to be damaged, and then tried
    again. Raises UnsafeBuild; NotThere, NotReadable, NotWritable, MediumFailed when it cannot be
    read.

    Never for a file that this process itself has open: closing would drop its lock.
    """
    if _first_page_opens(path, key, salt):
        return True
    _read_first_page(path)
    return _first_page_opens(path, key, salt)


def _read_first_page(path: Path) -> None:
    with while_reading(path), path.open("rb", buffering=0) as file:
        if sys.platform == "win32":
            file.read(PAGE_BYTES)
        else:
            os.pread(file.fileno(), PAGE_BYTES, 0)


def _first_page_opens(path: Path, key: Secret, salt: Secret) -> bool:
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with translated(path), closing(_keyed(uri, key, salt)) as connection:
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (VaultDamaged, NotWritable):  # NotWritable: it is not there
        return False
    # An empty file opens with every key, as a database without a table.
    return bool(tables[0])


def opened(path: Path, key: Secret, salt: Secret) -> sqlcipher3.Connection:
    """As `connect`, and what SQLite calls damage is asked for twice: a page that the medium did
    not give is called so too, and one that it gives at no time is no damage of the vault.

    Raises VaultDamaged, VaultInUse, NotWritable, NoRoom, NotReadable, MediumFailed, UnsafeBuild.
    Never for a file that this process itself has open.
    """
    try:
        with translated(path):
            return connect(path, key, salt)
    except VaultDamaged:
        _read_through(path)
    with translated(path):
        return connect(path, key, salt)


def _read_through(path: Path) -> None:
    with while_reading(path), path.open("rb", buffering=0) as file:
        while file.read(_PIECE_BYTES):
            pass


def vacuum(connection: sqlcipher3.Connection) -> None:
    """Write every page anew. The only moment without the authorizer: it attaches a database of its
    own, in memory.
    """
    connection.set_authorizer(None)
    try:
        connection.execute("VACUUM")
    finally:
        connection.set_authorizer(_authorize)


def is_locked(path: Path, key: Secret, salt: Secret) -> bool:
    """Whether another program has the database open. Need not be its key: the lock comes first.

    Never for a file that this process itself has open: closing would drop its lock.
    """
    connection = _keyed(str(path), key, salt)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.Error as error:
        return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in _HELD_BY_ANOTHER
    else:
        return False
    finally:
        connection.close()


def _set(connection: sqlcipher3.Connection, name: str, wanted: str, read: str) -> None:
    connection.execute(f"PRAGMA {name} = {wanted}")
    found = connection.execute(f"PRAGMA {name}").fetchone()
    if found is None or str(found[0]) != read:
        raise UnsafeBuild(detail=name)


def _keyed(address: str, key: Secret, salt: Secret) -> sqlcipher3.Connection:
    connection = sqlcipher3.connect(
        address, isolation_level=None, timeout=0, uri=address.startswith("file:")
    )
    try:
        raw = f"x'{key.expose().hex()}{salt.expose().hex()}'"
        connection.execute(f'PRAGMA key = "{raw}"')
        status = connection.execute("PRAGMA cipher_status").fetchone()
        version = connection.execute("PRAGMA cipher_version").fetchone()
        # An SQLite without encryption takes the key pragma in silence and writes plain text.
        if status is None or str(status[0]) != "1":
            raise UnsafeBuild(detail="cipher_status")
        if version is None or not str(version[0]).startswith("4."):
            raise UnsafeBuild(detail="cipher_version")
        connection.execute("PRAGMA cipher_log = off")
    except BaseException:
        connection.close()
        raise
    return connection


def _authorize(
    action: int, first: str | None, second: str | None, _base: str | None, _inner: str | None
) -> int:
    refused = (
        action in {sqlcipher3.SQLITE_ATTACH, sqlcipher3.SQLITE_DETACH}
        or (action == sqlcipher3.SQLITE_PRAGMA and (first or "").lower() not in _PRAGMAS)
        or (action == sqlcipher3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS_REFUSED)
    )
    return int(sqlcipher3.SQLITE_DENY if refused else sqlcipher3.SQLITE_OK)
