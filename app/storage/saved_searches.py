"""Searches that somebody wants to ask again, by name."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import text
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearchRow:
    """One of them. `filter`: canonical JSON; `made_at`: see clock.stamp."""

    id: str
    name: str
    filter: str
    made_at: str


def keep(tx: Transaction, search: SavedSearchRow) -> None:
    """Keep a search in the place of the one with its id."""
    tx.run(
        "INSERT INTO saved_search (id, name, filter, made_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter",
        search.id,
        search.name,
        search.filter,
        search.made_at,
    )


def every(db: Reading) -> list[SavedSearchRow]:
    """Every one, the oldest first."""
    return [
        SavedSearchRow(
            id=text(row[0]), name=text(row[1]), filter=text(row[2]), made_at=text(row[3])
        )
        for row in db.rows(
            "SELECT id, name, filter, made_at FROM saved_search ORDER BY made_at, id"
        )
    ]


def forget(tx: Transaction, search: str) -> int:
    """Forget one; how many there were."""
    return tx.run("DELETE FROM saved_search WHERE id = ?", search)
