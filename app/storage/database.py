"""The vault's database: opened, written to by transactions alone, checked, closed.

One thread owns it (sqlcipher3 refuses another). SQLite's exclusive lock, taken at opening and kept,
is what makes a vault open in one window only. Spec: docs/formats/vault.md 4 and 6.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final, NoReturn, Protocol, final

import sqlcipher3

from app.errors import (
    AppError,
    MediumFailed,
    NotWritable,
    VaultDamaged,
    VaultInUse,
    VaultTooNew,
)
from app.oserrors import while_reading, while_writing
from app.storage.cells import Row, Value, whole
from app.storage.connection import PAGE_BYTES, connect, first_page_opens, opened, vacuum
from app.storage.folders import copy_synced, new_file, sync_folder
from app.storage.levelling import companion, cut, levelled
from app.storage.sqlfailures import failure, translated
from app.storage.versions import known_version, migrate
from crypto.secret import Secret

_HELD: Final[set[tuple[int, int]]] = set()
"""Device and inode of every database this process has open. SQLite's lock does not hold against a
second opening in the same process, and closing any handle on the file would drop it for all."""

_PAGES_A_TIME: Final = 1024

KEPT_SUFFIX: Final = "-kept"
"""Ending of the copy from before a migration, removed at the next opening that needs none."""


Connecting = Callable[[Path, Secret, Secret], sqlcipher3.Connection]


class Reading(Protocol):
    """What can be asked: the database itself, or a transaction on it."""

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of the answer."""

    def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of the answer, None when there is none."""


@final
class Transaction:
    """What can be written, until the block of `Database.transaction` ends."""

    def __init__(self, connection: sqlcipher3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of the answer, with what this transaction wrote."""
        return _rows(self._connection, self._path, sql, values)

    def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of the answer, None when there is none."""
        return next(iter(self.rows(sql, *values)), None)

    def run(self, sql: str, *values: Value) -> int:
        """Write; how many rows it touched. Raises NoRoom, MediumFailed, NotWritable."""
        try:
            return int(self._connection.execute(sql, values).rowcount)
        except sqlcipher3.Error as error:
            _refuse(error, self._path)


@final
class Database:
    """An open database. Made by `create` and `open`; `close` leaves one file."""

    def __init__(
        self,
        connection: sqlcipher3.Connection,
        path: Path,
        key: Secret,
        salt: Secret,
        *,
        connecting: Connecting = connect,
    ) -> None:
        """`connecting`: what makes another connection of the same sort, after damage was met."""
        self._connecting = connecting
        self._connection = connection
        self._path = path
        self._key = Secret(key.expose())
        self._salt = Secret(salt.expose())
        self._closed = False
        self._writing = False
        self._stuck = False
        self._identity = _identity(path)
        _HELD.add(self._identity)

    @classmethod
    def create(cls, path: Path, key: Secret, salt: Secret) -> Database:
        """Make a new database with the newest tables at `path`, where nothing may be.

        Raises UnsafeBuild, NoRoom, NotWritable, MediumFailed.
        """
        with while_writing(path):
            # Made here for its mode: SQLite would give it what the account's umask says.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with translated(path):
            connection = connect(path, key, salt)
        return cls._ready(connection, path, key, salt, 0)

    @classmethod
    def open(cls, path: Path, key: Secret, salt: Secret) -> Database:
        """Open what is there; older tables are migrated, with a copy kept until the next opening.

        Raises VaultInUse, VaultDamaged, VaultTooNew, NotWritable, NoRoom, MediumFailed,
        UnsafeBuild. The file is as it was then, but for a crash's log that may have been merged.
        """
        # SQLite makes a new database out of an empty file: never create when opening fails.
        with while_writing(path):
            size = path.stat().st_size
            log = path.with_name(path.name + "-wal")
            hot = log.exists() and log.stat().st_size > 0
        if _identity(path) in _HELD:
            raise VaultInUse(at=path.parent)
        # SQLite would fall back to reading only, and fail later with words about the medium.
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
            raise NotWritable(at=path.parent)
        if size < PAGE_BYTES:
            raise VaultDamaged(at=path.parent, detail="short")
        # Without a log nothing can mend the first page, and closing a connection would write.
        if not hot and not first_page_opens(path, key, salt):
            raise VaultDamaged(at=path.parent, detail="first page")
        connection = opened(path, key, salt)
        found = _version(connection, path)
        kept = path.with_name(path.name + KEPT_SUFFIX)
        if found == known_version():
            with suppress(OSError):
                kept.unlink()
            return cls._ready(connection, path, key, salt, found)
        # Closed before it is copied: closing a second handle on the file drops POSIX locks.
        with translated(path):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        if not kept.exists():
            copy_synced(path, kept)
        connection = opened(path, key, salt)
        return cls._ready(connection, path, key, salt, _version(connection, path))

    @classmethod
    def _ready(
        cls, connection: sqlcipher3.Connection, path: Path, key: Secret, salt: Secret, found: int
    ) -> Database:
        try:
            with translated(path):
                migrate(connection, found)
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
        return cls(connection, path, key, salt)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._path

    def rows(self, sql: str, *values: Value) -> list[Row]:
        """Every row of the answer. Raises VaultDamaged, MediumFailed; writing is refused.

        SQLite calls a page damaged that the medium did not give once: so damage is asked for twice.
        """
        try:
            return self._rows_once(sql, values)
        except VaultDamaged:
            if self._writing:
                raise
        return self._rows_once(sql, values)

    def _rows_once(self, sql: str, values: tuple[Value, ...]) -> list[Row]:
        self._unstick()
        try:
            return _rows(self._connection, self._path, sql, values)
        except VaultDamaged:
            self._stuck = True
            raise

    def row(self, sql: str, *values: Value) -> Row | None:
        """The first row of the answer, None when there is none."""
        return next(iter(self.rows(sql, *values)), None)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of the block's writes, on the medium when the block has ended, or none of them.

        The only way to write. Raises NoRoom, MediumFailed, NotWritable, VaultDamaged; a nested one
        is a bug. What SQLite calls damage is looked for in the whole file before it is said: a
        page that the medium did not give once is none.
        """
        try:
            with self._transaction_once() as transaction:
                yield transaction
        except VaultDamaged as damage:
            if isinstance(damage.__cause__, sqlcipher3.Error) and self._is_whole():
                raise MediumFailed(at=self._path.parent) from damage
            raise

    def _is_whole(self) -> bool:
        try:
            return not self.damages()
        except AppError:
            return False

    @contextmanager
    def _transaction_once(self) -> Iterator[Transaction]:
        self._unstick()
        connection = self._connection
        with translated(self._path):
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("BEGIN IMMEDIATE")
        self._writing = True
        try:
            yield Transaction(connection, self._path)
            with translated(self._path):
                connection.execute("COMMIT")
        except VaultDamaged:
            self._stuck = True
            raise
        finally:
            self._writing = False
            with translated(self._path):
                # SQLite has rolled back by itself after some failures (a full disk is one of them).
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                connection.execute("PRAGMA query_only = ON")

    def copy_to(
        self, path: Path, key: Secret, salt: Secret, seen: Callable[[int, int], None]
    ) -> None:
        """Copy every page to a new database at `path`, where nothing may be, under its own key.

        `seen` is told the pages done and how many there are; what it raises ends the copying.
        Raises VaultDamaged, AlreadyThere, NoRoom, NotWritable, MediumFailed.
        """
        new_file(path).close()
        with translated(path):
            copy = connect(path, key, salt)
            try:
                self._connection.backup(
                    copy,
                    pages=_PAGES_A_TIME,
                    progress=lambda _status, left, total: seen(total - left, total),
                )
                copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                copy.close()

    def checkpoint(self) -> None:
        """Bring the log into the file and empty it. Raises NoRoom, MediumFailed."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def write_anew(self) -> None:
        """Write every page anew, which leaves out what SQLite left behind in them. Takes as much
        room as the database has. Raises NoRoom, NotWritable, MediumFailed.
        """
        self._unstick()
        connection = self._connection
        with translated(self._path):
            connection.execute("PRAGMA query_only = OFF")
        try:
            with translated(self._path):
                vacuum(connection)
        except VaultDamaged:
            self._stuck = True
            raise
        finally:
            with translated(self._path):
                connection.execute("PRAGMA query_only = ON")
        self.checkpoint()
        if companion(self._path) is not None:
            # What lies behind the last page may be pages as they were before.
            cut(self._path, PAGE_BYTES * self._page_count())

    def damages(self) -> tuple[str, ...]:
        """What SQLCipher's and SQLite's own checks find; empty when they find nothing.

        After a checkpoint: the first one cries wolf on a log that is still full.
        """
        self.checkpoint()
        found = [str(row[0]) for row in self.rows("PRAGMA cipher_integrity_check")]
        if companion(self._path) is not None:
            found = [each for each in found if _page_in(each) <= self._page_count()]
        try:
            found += [str(row[0]) for row in self.rows("PRAGMA quick_check") if row[0] != "ok"]
            found += [f"foreign key: {row[0]!s}" for row in self.rows("PRAGMA foreign_key_check")]
        except VaultDamaged as damage:
            found.append(damage.detail)
        return tuple(found)

    def close(self) -> None:
        """Bring the log into the file and close; may be called twice."""
        if self._closed:
            return
        self._closed = True
        _HELD.discard(self._identity)
        other = companion(self._path)
        try:
            self.checkpoint()
        finally:
            # Of two that this process has open, the one that is closed last makes them equal.
            if other is not None and _identity(other) in _HELD:
                other = None
            with nullcontext() if other is None else levelled(self._path, other):
                self._connection.close()
            self._key.close()
            self._salt.close()
        sync_folder(self._path.parent)

    def _page_count(self) -> int:
        return whole(self.rows("PRAGMA page_count")[0][0])

    def _unstick(self) -> None:
        """Connect again after damage: SQLCipher answers nothing more, whatever page is asked for,
        on a connection that met a page which does not decrypt. Nothing is lost by it: what was
        committed is in the log. Not inside a transaction, which ends by its own failure.
        """
        if not self._stuck or self._writing:
            return
        self._connection.close()
        with translated(self._path):
            self._connection = self._connecting(self._path, self._key, self._salt)
            self._connection.execute("PRAGMA query_only = ON")
        self._stuck = False


def is_held(path: Path) -> bool:
    """Whether this process has the database open: then no other handle on it may be closed."""
    return _identity(path) in _HELD


def _page_in(damage: str) -> int:
    """The page that SQLCipher names; 0 where it names none."""
    found = re.search(r"page (\d+)", damage)
    return int(found[1]) if found else 0


def _refuse(error: sqlcipher3.Error, path: Path) -> NoReturn:
    found = failure(error, path)
    if found is None:
        raise error
    raise found from error


def _rows(
    connection: sqlcipher3.Connection, path: Path, sql: str, values: tuple[Value, ...]
) -> list[Row]:
    try:
        found: list[Row] = connection.execute(sql, values).fetchall()
    except sqlcipher3.Error as error:
        _refuse(error, path)
    return found


def _identity(path: Path) -> tuple[int, int]:
    with while_reading(path):
        facts = path.stat()
    return facts.st_dev, facts.st_ino


def _version(connection: sqlcipher3.Connection, path: Path) -> int:
    """The version of the tables, between 1 and the known one; the connection is closed if not."""
    try:
        with translated(path):
            found = whole(connection.execute("PRAGMA user_version").fetchone()[0])
            # A write lock, taken and given back: a medium that cannot be written shows here.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        if found < 1:
            raise VaultDamaged(at=path.parent, detail="no version")
        if found > known_version():
            raise VaultTooNew(at=path.parent, found=found, known=known_version())
    except BaseException:
        connection.close()
        raise
    return found
