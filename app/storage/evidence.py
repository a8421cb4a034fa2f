"""Which evidence file belongs to which record, under which key; and which names are in flux.

A name is in `pending` before its file is made, and leaves it in the transaction that refers to the
file. So whatever kills the program, what is left over is known by name (vault.md 5).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.storage.cells import Row, octets, text, whole
from app.storage.database import Reading, Transaction
from crypto.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A stored file. `sha256`: 64 hex of the content; `size`: its bytes, without padding."""

    record: str
    stored_name: str
    key: Secret
    sha256: str
    size: int


_FILE = "SELECT record, stored_name, key, sha256, size FROM evidence_file "


def begin_writing(tx: Transaction, stored_name: str) -> None:
    """Enter a name before its file is made."""
    tx.run("INSERT INTO pending (stored_name, doing) VALUES (?, 'writing')", stored_name)


def refer(tx: Transaction, file: EvidenceFile) -> None:
    """Refer to a file that is on the medium, and clear its pending name."""
    tx.run("DELETE FROM pending WHERE stored_name = ?", file.stored_name)
    tx.run(
        "INSERT INTO evidence_file (record, stored_name, key, sha256, size) VALUES (?, ?, ?, ?, ?)",
        file.record,
        file.stored_name,
        file.key.expose(),
        file.sha256,
        file.size,
    )


def begin_deleting(tx: Transaction, file: EvidenceFile) -> None:
    """Forget a file's key, which destroys it, and enter its name for removal."""
    tx.run("DELETE FROM evidence_file WHERE record = ?", file.record)
    tx.run("INSERT INTO pending (stored_name, doing) VALUES (?, 'deleting')", file.stored_name)


def forget(tx: Transaction, record: str) -> None:
    """Refer no more to a file that is not there."""
    tx.run("DELETE FROM evidence_file WHERE record = ?", record)


def end_pending(tx: Transaction, stored_name: str) -> None:
    """Clear a name whose file is gone."""
    tx.run("DELETE FROM pending WHERE stored_name = ?", stored_name)


def pending(db: Reading) -> list[str]:
    """Names being written or deleted that no record refers to."""
    return [
        text(row[0])
        for row in db.rows(
            "SELECT stored_name FROM pending "
            "WHERE stored_name NOT IN (SELECT stored_name FROM evidence_file)"
        )
    ]


def is_pending(db: Reading, stored_name: str) -> bool:
    """Whether one name is being written or deleted, and no record refers to it."""
    found = db.row("SELECT 1 FROM pending WHERE stored_name = ?", stored_name)
    return found is not None


def file_of(db: Reading, record: str) -> EvidenceFile | None:
    """The stored file of an evidence record, None when it has none."""
    found = db.row(_FILE + "WHERE record = ?", record)
    return _file(found) if found else None


def files(db: Reading) -> list[EvidenceFile]:
    """Every stored file, by record."""
    return [_file(row) for row in db.rows(_FILE + "ORDER BY record")]


def _file(row: Row) -> EvidenceFile:
    return EvidenceFile(
        record=text(row[0]),
        stored_name=text(row[1]),
        key=Secret(octets(row[2])),
        sha256=text(row[3]),
        size=whole(row[4]),
    )
