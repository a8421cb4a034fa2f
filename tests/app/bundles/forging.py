"""Bundles as somebody hostile would make them, with the real writer and any content."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app import contacts
from app.bundles import lines, packing
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.packing import Laid, Payload
from app.bundles.reading import CUSTODY, RECEIPT, RECORDS
from app.bundles.report import SealedRecord
from app.records import CustodyEvent, Incident, Record
from app.records.codec import encode
from app.vault import Vault
from crypto import age
from crypto.digest import sha256
from crypto.signing import SigningKey

DAY = date(2026, 3, 14)


def hoopoe(kind: BundleKind = BundleKind.REPORT, **more: object) -> Manifest:
    """hoopoe.json of a first bundle of some series."""
    made = Manifest(
        kind=kind,
        bundle=secrets.token_hex(16),
        day=DAY,
        verify_key=None,
        reply=None,
        recipients=(),
        series=secrets.token_hex(16),
        sequence=1,
        previous=None,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def line(record: Record, revision: int = 1) -> SealedRecord:
    """A record as a sender would seal it."""
    body = encode(record).body
    return SealedRecord(
        kind=record.kind.value,
        id=record.id,
        revision=revision,
        at="2026-03-14T12:00:00Z",
        digest=sha256(body).hex(),
        body=body,
    )


def payload(*records: SealedRecord) -> list[Payload]:
    """records.jsonl and custody.jsonl of these records."""
    events = [each for each in records if each.kind == CustodyEvent.kind]
    others = [each for each in records if each.kind != CustodyEvent.kind]
    return [
        Payload.of(RECORDS, lines.marshal(others)),
        Payload.of(CUSTODY, lines.marshal(events)),
    ]


def write(
    receiver: Vault,
    path: Path,
    files: Sequence[Payload],
    *,
    manifest: Manifest | None = None,
    key: SigningKey | None = None,
) -> Path:
    """A bundle for the receiver's own card at `path`."""
    card = contacts.own_card(receiver)
    recipient = card.recipient if card else contacts.make_own_card(receiver, "Desk").recipient
    write_laid(packing.lay_out(manifest or hoopoe(), files, recipient, key), recipient, path)
    return path


def write_laid(laid: Laid, recipient: str, path: Path) -> None:
    """The file of a bundle that was laid out, and perhaps changed since."""
    with path.open("wb") as to:
        packing.write(laid, to, age.parse_recipient(recipient), lambda _: None)


def swapped(laid: Laid, path: str, content: bytes) -> Laid:
    """The same tags and signature around another file of the same size."""
    members = tuple(
        replace(each, content=lambda: (content,))
        if each.path == f"{packing.FOLDER}{path}"
        else each
        for each in laid.members
    )
    return replace(laid, members=members)


def receipt(content: bytes, reply: str, key: SigningKey | None = None) -> Laid:
    """A receipt with this content."""
    files = [Payload.of(RECEIPT, content)]
    return packing.lay_out(hoopoe(BundleKind.RECEIPT), files, reply, key)


def bad_records() -> Payload:
    """records.jsonl with one good line and one that is none."""
    return Payload.of(RECORDS, lines.marshal([line(Incident())]) + b"{}\n")
