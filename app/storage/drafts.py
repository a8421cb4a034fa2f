"""What is being typed: kept within seconds, so that a lock or crash loses next to nothing."""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import Row, text
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """An unsaved state of a record, in the two parts of the codec. `at`: see clock.stamp."""

    record: str
    kind: str
    body: str
    local: str
    at: str


def keep(tx: Transaction, draft: DraftRow) -> None:
    """Keep a draft in the place of the record's older one."""
    tx.run(
        "INSERT INTO draft (record, kind, body, local, at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (record) DO UPDATE SET kind = excluded.kind, body = excluded.body, "
        "local = excluded.local, at = excluded.at",
        draft.record,
        draft.kind,
        draft.body,
        draft.local,
        draft.at,
    )


def draft(db: Reading, record: str) -> DraftRow | None:
    """The draft of a record, None when there is none."""
    found = db.row("SELECT record, kind, body, local, at FROM draft WHERE record = ?", record)
    return _draft(found) if found else None


def drafts(db: Reading) -> list[DraftRow]:
    """Every draft, the latest first."""
    return [
        _draft(row)
        for row in db.rows("SELECT record, kind, body, local, at FROM draft ORDER BY at DESC")
    ]


def forget(tx: Transaction, record: str) -> None:
    """Forget the draft of a record; nothing happens when there is none."""
    tx.run("DELETE FROM draft WHERE record = ?", record)


def _draft(row: Row) -> DraftRow:
    return DraftRow(
        record=text(row[0]),
        kind=text(row[1]),
        body=text(row[2]),
        local=text(row[3]),
        at=text(row[4]),
    )
