"""Kills during a migration that only this test knows: the old tables are there or the new ones.

The control migrates without a transaction, and has to leave something in between.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import sqlcipher3

from app import store
from app.errors import AppError, VaultTooNew
from app.records import Incident, LText
from app.storage import database as databases
from app.storage import versions
from app.storage.cells import whole
from app.storage.database import Database
from app.storage.versions import Migration
from app.vault import DATABASE, Vault, keys_of
from crypto.kdf import FLOOR
from crypto.secret import Passphrase, Secret

PASSPHRASE: Final = "only for torture"
_RECORDS: Final = 150
_MIGRATION: Final = Migration(
    number=versions.known_version() + 1,
    statements=(
        "CREATE TABLE extra (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
        "INSERT INTO extra SELECT id, body FROM record",
        "UPDATE record SET local = local",
        "CREATE INDEX extra_body ON extra (body)",
    ),
)


@dataclass(slots=True, kw_only=True)
class Tally:
    """`old`, `new`: which tables a kill left; `between`: neither."""

    kind: str
    kills: int = 0
    old: int = 0
    new: int = 0
    between: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.between)

    def line(self) -> str:
        facts = {
            "kind": self.kind,
            "kills": self.kills,
            "old": self.old,
            "new": self.new,
            "between": self.between[:3],
        }
        return json.dumps(facts)


def run(place: Path, kills: int, seed: int) -> Tally:
    """Kill the program's own migration."""
    return _run(place, kills, seed, Tally(kind="migration"), _as_the_program_does)


def run_broken(place: Path, kills: int, seed: int) -> Tally:
    """Kill a migration without a transaction, the control."""
    return _run(place, kills, seed, Tally(kind="control: no transaction"), _without_a_transaction)


def _run(place: Path, kills: int, seed: int, tally: Tally, prepare: Callable[[], None]) -> Tally:
    chance = random.Random(seed)
    pristine = place / "pristine"
    key = _make(pristine)
    folder = place / "vault"
    longest = 0.0
    for number in range(kills + 1):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(pristine, folder)
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            _migrate_and_end(folder, key, prepare)
        if number:
            # A wait that is no sleep for a result: the kill is to fall at any moment.
            signal.sigtimedwait([], chance.random() * longest)
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        longest = longest or 1.1 * (time.monotonic() - started)
        if number:
            tally.kills += 1
            _look(folder, key, tally)
    return tally


def _make(pristine: Path) -> bytes:
    passphrase = Passphrase.of(PASSPHRASE)
    if not pristine.exists():
        with Vault.create(pristine, passphrase, cost=FLOOR) as vault, vault.transaction() as tx:
            for number in range(_RECORDS):
                body = LText.of(f"{number} " * 800, "en")
                store.put(vault, tx, Incident(title=LText.of(f"t{number}"), narrative=body))
    with Vault.key_of(pristine, passphrase) as key:
        return key.expose()


def _migrate_and_end(folder: Path, vault_key: bytes, prepare: Callable[[], None]) -> None:
    try:
        prepare()
        key, salt = keys_of(Secret(vault_key))
        with _knowing_more():
            Database.open(folder / DATABASE, key, salt).close()
    except BaseException as error:
        sys.stderr.write(f"child: {error!r}\n")
    finally:
        os._exit(0)


def _as_the_program_does() -> None:
    """Nothing is to be changed."""


def _without_a_transaction() -> None:
    def migrate(connection: sqlcipher3.Connection, found: int) -> None:
        for migration in versions.migrations()[found:]:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {migration.number:d}")

    vars(databases)["migrate"] = migrate


@contextmanager
def _knowing_more() -> Iterator[None]:
    known = versions.migrations
    more = (*known(), _MIGRATION)
    vars(versions)["migrations"] = lambda: more
    try:
        yield
    finally:
        vars(versions)["migrations"] = known


def _look(folder: Path, vault_key: bytes, tally: Tally) -> None:
    key, salt = keys_of(Secret(vault_key))
    try:
        try:
            Database.open(folder / DATABASE, key, salt).close()
            tally.old += 1
        except VaultTooNew:
            tally.new += 1
        with _knowing_more():
            database = Database.open(folder / DATABASE, key, salt)
        try:
            [[rows]] = database.rows("SELECT count(*) FROM extra")
            if whole(rows) != _RECORDS or database.damages():
                tally.between.append(f"{rows!r} rows {database.damages()}")
        finally:
            database.close()
    except (AppError, sqlcipher3.Error) as error:
        tally.between.append(repr(error))
