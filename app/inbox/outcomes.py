"""What becomes of each record of a bundle, decided by whose the record of its id here is.

Whoever knows the id of a record could otherwise rewrite it, take it over or bring back what was
removed here, by sealing another one of that id.
"""

from __future__ import annotations

from enum import StrEnum

from app.bundles.report import SealedRecord
from app.records import CustodyEvent, EvidenceItem, Kind
from app.records.codec import decode
from app.storage import evidence as evidence_files
from app.storage import origin
from app.storage import records as heads
from app.storage.database import Reading
from app.storage.origin import Act
from app.storage.records import Head
from crypto.digest import sha256


class Outcome(StrEnum):
    """What becomes of one record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"


def outcome(db: Reading, sealed: SealedRecord, *, bundle: str, signer: str) -> Outcome:
    """What taking in would make of a record from this bundle.

    `signer`: fingerprint of the key that signed the bundle, "" when it is unsigned.
    """
    head = heads.head(db, sealed.id)
    if head is None:
        return _of_new(db, sealed, bundle, signer)
    if head.kind != sealed.kind:
        return Outcome.CONFLICT
    if head.removed:
        return _of_removed(db, sealed, head, bundle, signer)
    if sha256(head.body.encode()).hex() == sealed.digest:
        return Outcome.SAME
    came = origin.decode(head.origin)
    # Only the same key may continue what it sent; an unsigned bundle can continue nothing, and a
    # record changed here since is a person's decision.
    if came.act is not Act.RECEIVED or not signer or came.signer != signer:
        return Outcome.CONFLICT
    # an older revision that arrives late must not replace the newer one that is already here
    if sealed.revision <= came.number or _is_another_file(db, sealed, head):
        return Outcome.CONFLICT
    return Outcome.CHANGED


def _of_removed(db: Reading, sealed: SealedRecord, head: Head, bundle: str, signer: str) -> Outcome:
    """A removal here is a person's decision, and stays; that of undoing a bundle is none."""
    if not origin.decode(head.origin).bundle or not head.body:
        return Outcome.CONFLICT
    if _is_another_file(db, sealed, head):
        return Outcome.CONFLICT
    return _of_new(db, sealed, bundle, signer)


def _of_new(db: Reading, sealed: SealedRecord, bundle: str, signer: str) -> Outcome:
    """A new record is welcome, but nobody writes into the custody chain of another's evidence."""
    if sealed.kind != Kind.CUSTODY_EVENT:
        return Outcome.NEW
    item = decode(CustodyEvent, sealed.body).evidence
    first = heads.revision(db, item, 1) if item is not None else None
    if first is None:
        return Outcome.NEW
    came = origin.decode(first.origin)
    theirs = came.signer == signer if signer else came.bundle == bundle
    return Outcome.NEW if came.act is Act.RECEIVED and theirs else Outcome.CONFLICT


def _is_another_file(db: Reading, sealed: SealedRecord, head: Head) -> bool:
    """Whether an evidence item would describe other bytes than those kept for it (E-01, E-02)."""
    if sealed.kind != Kind.EVIDENCE_ITEM or evidence_files.file_of(db, head.id) is None:
        return False
    before = decode(EvidenceItem, head.body.encode())
    return before.sha256 != decode(EvidenceItem, sealed.body).sha256
