"""What becomes of each record of a bundle, decided by whose the record of its id here is.

Whoever knows the id of a record could otherwise rewrite it, take it over or bring back what was
removed here, by sealing another one of that id.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from app.bundles.likening import agree, tells_no_more
from app.bundles.report import OrderState, SealedRecord
from app.records import CustodyEvent, EvidenceItem, Kind, Place, class_of
from app.records.codec import decode
from app.records.ids import PlaceId
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
    IN_PART = "in_part"
    """Another released form, of which everything is here already. Nothing changes."""
    FULLER = "fuller"
    """Another released form, which says more than what is here, and not by who sent that. Nothing
    changes: what it adds may be anybody's."""
    CONFLICT = "conflict"


STORED: Final = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.SAME})
"""What becomes a revision here."""

QUESTIONS: Final = frozenset({Outcome.FULLER, Outcome.CONFLICT})
"""What a receipt asks about: it says something that is not here."""

_LATER: Final = frozenset({OrderState.NEXT, OrderState.GAP, OrderState.NEW_SERIES})


def outcome(
    db: Reading, sealed: SealedRecord, *, bundle: str, signer: str, order: OrderState
) -> Outcome:
    """What taking in would make of a record from this bundle.

    `signer`: fingerprint of the key that signed the bundle, "" when it is unsigned. `order`: where
    the bundle stands among those of its sender.
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
        return _another_release(db, sealed, head)
    # the same revision again in a later bundle was released another way: the sender's last word
    newer = sealed.revision > came.number or (sealed.revision == came.number and order in _LATER)
    # an older revision that arrives late must not replace the newer one that is already here
    if newer and not _is_another_file(db, sealed, head):
        return Outcome.CHANGED
    return Outcome.CONFLICT if newer else _another_release(db, sealed, head)


def _another_release(db: Reading, sealed: SealedRecord, head: Head) -> Outcome:
    """A form of the same record that contradicts nothing here is no conflict."""
    if sealed.kind == Kind.CUSTODY_EVENT:
        return Outcome.CONFLICT  # it leaves as it is, and is one thing or another
    kind = class_of(Kind(sealed.kind))
    here, there = decode(kind, head.body.encode()), decode(kind, sealed.body)

    def part_of(place: PlaceId, whole: PlaceId) -> bool:
        return _is_part_of(db, place, whole)

    if tells_no_more(there, here, part_of):
        waits = sealed.kind == Kind.EVIDENCE_ITEM and evidence_files.file_of(db, head.id) is None
        return Outcome.FULLER if waits else Outcome.IN_PART
    return Outcome.FULLER if agree(here, there, part_of) else Outcome.CONFLICT


def _is_part_of(db: Reading, place: PlaceId, whole: PlaceId) -> bool:
    """Whether a place lies in another, by the places that are here."""
    seen: set[PlaceId] = set()
    at: PlaceId | None = place
    while at is not None and at not in seen:
        if at == whole:
            return True
        seen.add(at)
        head = heads.head(db, at)
        known = head is not None and head.kind == Kind.PLACE and not head.removed
        at = decode(Place, head.body.encode()).parent if head is not None and known else None
    return False


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
