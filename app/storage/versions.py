"""The numbered migrations that make a database what this program knows.

`migrations/NNNN_what.sql` are append-only and without a gap from 1. Each runs in one transaction
together with its `user_version`, so a kill leaves the version before or the version after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlcipher3

_NAME = re.compile(r"(\d{4})_[a-z0-9_]+\.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One file of migrations: its number and its statements, in order."""

    number: int
    statements: tuple[str, ...]


@cache
def migrations() -> tuple[Migration, ...]:
    """Every migration, from 1 without a gap. Raises ValueError when files are missing (a bug)."""
    found = []
    for entry in (files("app.storage") / "migrations").iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            text = entry.read_text(encoding="utf-8")
            found.append(Migration(number=int(match[1]), statements=tuple(statements(text))))
    found.sort(key=lambda migration: migration.number)
    if not found or [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError([migration.number for migration in found])
    return tuple(found)


def known_version() -> int:
    """The highest version this program knows."""
    return migrations()[-1].number


def statements(text: str) -> Iterator[str]:
    """Split SQL where SQLite says that a statement ends: not at a ";" in a trigger or text."""
    gathered = ""
    for line in text.splitlines(keepends=True):
        if not gathered and (not line.strip() or line.lstrip().startswith("--")):
            continue
        gathered += line
        if sqlcipher3.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""
    if gathered.strip():
        raise ValueError(gathered)


def migrate(connection: sqlcipher3.Connection, found: int) -> None:
    """Bring a database of version `found` to the known one. Raises sqlcipher3.Error."""
    for migration in migrations()[found:]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in migration.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {migration.number:d}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
