"""Receipts, both ways: made here for a bundle received, received here for a bundle sealed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.storage.cells import Row, text, whole
from app.storage.database import Reading, Transaction


class Way(StrEnum):
    """On whose side the receipt stands here."""

    MADE = "made"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt. `id`: of the bundle that carries it; `bundle`, `manifest`: of the one it is about;
    `verify_key`: who signed it; `verdict`: see docs/formats/bundle.md 7."""

    id: str
    way: Way
    bundle: str
    manifest: str
    verdict: str
    message: str
    verify_key: str
    file_name: str
    day: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptItem:
    """What a receipt says of one record at one of the sender's revisions."""

    receipt: str
    position: int
    record: str
    number: int
    digest: str
    verdict: str


_RECEIPT: Final = (
    "SELECT id, way, bundle, manifest, verdict, message, verify_key, file_name, day, at "
    "FROM receipt "
)
_ITEM: Final = "SELECT receipt, position, record, number, digest, verdict FROM receipt_item "


def add(tx: Transaction, receipt: Receipt, items: tuple[ReceiptItem, ...]) -> None:
    """Note a receipt and what it says of each record."""
    tx.run(
        "INSERT INTO receipt (id, way, bundle, manifest, verdict, message, verify_key, file_name, "
        "day, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        receipt.id,
        receipt.way.value,
        receipt.bundle,
        receipt.manifest,
        receipt.verdict,
        receipt.message,
        receipt.verify_key,
        receipt.file_name,
        receipt.day,
        receipt.at,
    )
    for item in items:
        tx.run(
            "INSERT INTO receipt_item (receipt, position, record, number, digest, verdict) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            receipt.id,
            item.position,
            item.record,
            item.number,
            item.digest,
            item.verdict,
        )


def receipt(db: Reading, receipt_id: str) -> Receipt | None:
    """One receipt."""
    found = db.row(_RECEIPT + "WHERE id = ?", receipt_id)
    return _receipt(found) if found else None


def receipts(db: Reading, way: Way) -> list[Receipt]:
    """Every receipt of one way, the latest first."""
    return [
        _receipt(row) for row in db.rows(_RECEIPT + "WHERE way = ? ORDER BY at DESC, id", way.value)
    ]


def receipts_for(db: Reading, bundle: str, way: Way) -> list[Receipt]:
    """The receipts for one bundle, the latest first by its own day: an older one that was held
    back on its way does not become the last word."""
    return [
        _receipt(row)
        for row in db.rows(
            _RECEIPT + "WHERE bundle = ? AND way = ? ORDER BY day DESC, at DESC, id",
            bundle,
            way.value,
        )
    ]


def items_of(db: Reading, receipt_id: str) -> list[ReceiptItem]:
    """What a receipt says of each record, in its order."""
    return [
        _item(row) for row in db.rows(_ITEM + "WHERE receipt = ? ORDER BY position", receipt_id)
    ]


def _receipt(row: Row) -> Receipt:
    return Receipt(
        id=text(row[0]),
        way=Way(text(row[1])),
        bundle=text(row[2]),
        manifest=text(row[3]),
        verdict=text(row[4]),
        message=text(row[5]),
        verify_key=text(row[6]),
        file_name=text(row[7]),
        day=text(row[8]),
        at=text(row[9]),
    )


def _item(row: Row) -> ReceiptItem:
    return ReceiptItem(
        receipt=text(row[0]),
        position=whole(row[1]),
        record=text(row[2]),
        number=whole(row[3]),
        digest=text(row[4]),
        verdict=text(row[5]),
    )
