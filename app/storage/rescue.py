"""Taking out of a damaged database whatever can be read, from a copy of it (vault.md 7.1).

The damaged files are only read: each block that the medium still gives is copied, zeros stand for
the others. In the copy SQLCipher refuses exactly the pages that are damaged.
"""

from __future__ import annotations

import itertools
import os
import re
import string
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sqlcipher3

from app.errors import NotThere, VaultDamaged, VaultInUse
from app.oserrors import while_reading, while_writing
from app.storage.cells import Row, text
from app.storage.connection import PAGE_BYTES, connect, first_page_opens
from app.storage.database import Database, Transaction, is_held
from app.storage.folders import new_file
from crypto.secret import Secret

if sys.platform != "win32":
    import fcntl

_LOG: Final = "-wal"
_BLOCK_BYTES: Final = 1024**2
_LOCKS_AT: Final = 0x40000002
_LOCK_BYTES: Final = 510
"""Where SQLite locks the file of a database that is open (sqlite.org/fileformat2 1.3.1)."""
_FIRST_COLUMN: Final = re.compile(r"\(\s*(\w+)")
_OWN: Final = frozenset(
    {
        "record",
        "revision",
        "opener",
        "pending",
        "term_of",
        "date_of",
        "link",
        "words",
        "found_incident",
        "found_text",
        "found_fact",
        "gram",
        "stale",
    }
)
"""Tables that a new vault fills in its own way."""
_FIRST: Final = [*(a + b for a, b in itertools.product("0123456789abcdef", repeat=2))]
_MARKS: Final = ["", *_FIRST, *string.ascii_lowercase[6:], "\U0010ffff"]
"""Where the keys of a table are cut, when it cannot be read in one: most are hexadecimal."""


@dataclass(slots=True, kw_only=True)
class Tables:
    """Rows copied, and by table how many rows or stretches of rows were lost."""

    copied: int = 0
    lost: dict[str, int] = field(default_factory=dict)

    def lose(self, table: str) -> None:
        self.lost[table] = self.lost.get(table, 0) + 1


def open_copy(source: Path, copy: Path, key: Secret, salt: Secret) -> tuple[Database, int]:
    """Copy a damaged database and open the copy; with how many blocks the medium did not give.

    Where its list of tables is damaged, that of a new database is put in its place, which fits when
    the program that made it made the same tables. Raises VaultInUse, VaultDamaged (nothing can be
    read), VaultTooNew, NoRoom, NotWritable, MediumFailed.
    """
    _refuse_in_use(source)
    unread = _copy_blocks(source, copy)
    with suppress(NotThere):
        log = source.with_name(source.name + _LOG)
        unread += _copy_blocks(log, copy.with_name(copy.name + _LOG))
    try:
        return Database.open(copy, key, salt), unread
    except VaultDamaged:
        _replace_list_of_tables(copy, key, salt)
    return Database.open(copy, key, salt), unread


def _refuse_in_use(source: Path) -> None:
    """Without a connection, which would bring the log into the damaged file when it is closed."""
    if is_held(source):
        raise VaultInUse(at=source.parent)
    if sys.platform == "win32":
        return  # what another program has locked cannot be read there
    with while_reading(source), source.open("rb") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _LOCK_BYTES, _LOCKS_AT)
        except BlockingIOError:
            raise VaultInUse(at=source.parent) from None
        except OSError:
            return  # a file system without locks


def _copy_blocks(source: Path, copy: Path) -> int:
    unread = 0
    with while_reading(source), source.open("rb", buffering=0) as content, new_file(copy) as made:
        size = os.fstat(content.fileno()).st_size
        at = 0
        while at < size:
            # A bad spot costs one page and not the megabyte around it.
            block = _read(content.fileno(), min(_BLOCK_BYTES, size - at), at)
            block = block or _read(content.fileno(), min(PAGE_BYTES, size - at), at)
            if not block:
                unread += 1
                block = bytes(min(PAGE_BYTES, size - at))
            with while_writing(copy):
                at += _write(made.fileno(), block, at)
    return unread


def _read(descriptor: int, length: int, at: int) -> bytes:
    # not pread and pwrite, which Windows has not
    try:
        os.lseek(descriptor, at, os.SEEK_SET)
        return os.read(descriptor, length)
    except OSError:
        return b""


def _write(descriptor: int, block: bytes, at: int) -> int:
    os.lseek(descriptor, at, os.SEEK_SET)
    return os.write(descriptor, block)


def _replace_list_of_tables(copy: Path, key: Secret, salt: Secret) -> None:
    fresh = copy.with_name(copy.name + "-fresh")
    Database.create(fresh, key, salt).close()
    places = _places_of_list(fresh, key, salt)
    # The first page says how many pages there are; more than that are not looked at.
    wanted = copy.stat().st_size // PAGE_BYTES + 1
    grown = connect(fresh, key, salt)
    try:
        grown.execute(
            "INSERT INTO setting (name, value) VALUES ('-', ?)", ("0" * (wanted * PAGE_BYTES),)
        )
    finally:
        grown.close()
    with while_writing(copy), copy.open("r+b", buffering=0) as file, fresh.open("rb") as good:
        for place in places:
            good.seek(place * PAGE_BYTES)
            _write(file.fileno(), good.read(PAGE_BYTES), place * PAGE_BYTES)
        file.truncate(fresh.stat().st_size)


def _places_of_list(fresh: Path, key: Secret, salt: Secret) -> list[int]:
    """The pages, counted from 0, without which the list of tables does not open."""
    content = fresh.read_bytes()
    trial = fresh.with_name(fresh.name + "-trial")
    found = []
    for place in range(len(content) // PAGE_BYTES):
        spoilt = bytearray(content)
        spoilt[place * PAGE_BYTES : (place + 1) * PAGE_BYTES] = bytes(PAGE_BYTES)
        with while_writing(trial):
            trial.write_bytes(spoilt)
        if not first_page_opens(trial, key, salt):
            found.append(place)
    return found


def copy_tables(damaged: Database, tx: Transaction, kept: frozenset[str]) -> Tables:
    """Copy every row that can be read of every table but those of records and what finds them.

    `kept`: names of settings that stay as they are in the new vault. A row whose parent is lost is
    lost with it.
    """
    done = Tables()
    for name, column in _tables(tx):
        for row in _rows_of(damaged, name, column, done):
            if name == "setting" and row[0] in kept:
                continue
            marks = ", ".join("?" * len(row))
            try:
                tx.run(f"INSERT OR REPLACE INTO {name} VALUES ({marks})", *row)
                done.copied += 1
            except sqlcipher3.IntegrityError:
                done.lose(name)
    return done


def _tables(tx: Transaction) -> list[tuple[str, str]]:
    """Our own names with that of the first column, as they were made: parents before children."""
    found = []
    for row in tx.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid"):
        name = text(row[0])
        first = _FIRST_COLUMN.search(text(row[1]))
        if first and name not in _OWN and not name.startswith(("words_", "gram_", "sqlite_")):
            found.append((name, first[1]))
    return found


def _rows_of(damaged: Database, table: str, column: str, done: Tables) -> Iterator[Row]:
    sql = f"SELECT * FROM {table}"
    try:
        yield from damaged.rows(sql)
        return
    except VaultDamaged:
        pass
    for low, high in itertools.pairwise(_MARKS):
        try:
            yield from damaged.rows(f"{sql} WHERE {column} >= ? AND {column} < ?", low, high)
        except VaultDamaged:
            done.lose(table)
