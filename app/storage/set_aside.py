"""Files from outside that did not hold: why, and their bytes sealed as they came (vault.md 4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.storage.cells import Row, octets, text, whole
from app.storage.database import Reading, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A file that was set aside. `id`: 32 hex; `size` in bytes; `sha256` as 64 hex; `reason`: the
    code of the failure, `detail` where it was; `kept`: whether its bytes are in the vault."""

    id: str
    file_name: str
    size: int
    sha256: str
    reason: str
    detail: str
    at: str
    kept: bool


_FILE: Final = "SELECT id, file_name, size, sha256, reason, detail, at, kept FROM set_aside "


def add(tx: Transaction, file: SetAside) -> None:
    """Note a file; its pieces follow."""
    tx.run(
        "INSERT INTO set_aside (id, file_name, size, sha256, reason, detail, at, kept) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        file.id,
        file.file_name,
        file.size,
        file.sha256,
        file.reason,
        file.detail,
        file.at,
        int(file.kept),
    )


def add_piece(tx: Transaction, file: str, position: int, content: bytes) -> None:
    """Keep a piece of a file's bytes, counted from 0."""
    tx.run(
        "INSERT INTO set_aside_piece (file, position, content) VALUES (?, ?, ?)",
        file,
        position,
        content,
    )


def files(db: Reading) -> list[SetAside]:
    """Every file that was set aside, the latest first."""
    return [_file(row) for row in db.rows(_FILE + "ORDER BY at DESC, id")]


def file(db: Reading, file_id: str) -> SetAside | None:
    """One file by its id."""
    found = db.row(_FILE + "WHERE id = ?", file_id)
    return _file(found) if found else None


def of_digest(db: Reading, sha256: str) -> SetAside | None:
    """The file with this content, when it was set aside before."""
    found = db.row(_FILE + "WHERE sha256 = ?", sha256)
    return _file(found) if found else None


def kept_bytes(db: Reading) -> int:
    """How many bytes of such files lie in the vault."""
    found = db.row("SELECT coalesce(sum(size), 0) FROM set_aside WHERE kept = 1")
    return whole(found[0]) if found else 0


def pieces(db: Reading, file_id: str) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    position = 0
    while found := db.row(
        "SELECT content FROM set_aside_piece WHERE file = ? AND position = ?", file_id, position
    ):
        yield octets(found[0])
        position += 1


def forget(tx: Transaction, file_id: str) -> None:
    """Forget a file and its bytes."""
    tx.run("DELETE FROM set_aside_piece WHERE file = ?", file_id)
    tx.run("DELETE FROM set_aside WHERE id = ?", file_id)


def _file(row: Row) -> SetAside:
    return SetAside(
        id=text(row[0]),
        file_name=text(row[1]),
        size=whole(row[2]),
        sha256=text(row[3]),
        reason=text(row[4]),
        detail=text(row[5]),
        at=text(row[6]),
        kept=whole(row[7]) == 1,
    )
