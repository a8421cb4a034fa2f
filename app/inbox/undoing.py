"""Undo taking a bundle in, as long as nothing stands on what it brought.

What was new is removed as any record is, and what was changed is as it was before; the chain keeps
both. The bundle counts as not received then: it can be taken in again, and its number is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from app import collecting, indexing
from app.changes import Changes
from app.custody import CHECKED, RECEIVED, VIEWED
from app.errors import CannotUndo, NotFound
from app.inbox.outcomes import Outcome
from app.records import CustodyEvent, Kind
from app.records.codec import decode
from app.storage import bundles as stored
from app.storage import drafts, indexes, origin, records
from app.storage import receipts as answers
from app.storage.bundles import ReceivedItem
from app.storage.database import Reading, Transaction
from app.storage.origin import Act, Origin
from app.storage.receipts import Way
from app.storage.records import NewRevision
from app.vault import Vault

_HARMLESS = frozenset({RECEIVED, CHECKED, VIEWED})


class Stands(StrEnum):
    """What stands on a bundle that was taken in, so that it cannot be undone."""

    ANSWERED = "answered"
    CHANGED_SINCE = "changed_since"
    BEING_TYPED = "being_typed"
    REFERRED_TO = "referred_to"
    CAME_AGAIN = "came_again"
    SEALED_ON = "sealed_on"


def what_stands_on(vault: Vault, bundle: str) -> frozenset[Stands]:
    """Why it cannot be undone; nothing when it can. Raises NotFound."""
    if stored.received(vault.database, bundle) is None:
        raise NotFound(bundle)
    return frozenset(_standing(vault.database, bundle))


def undo(vault: Vault, bundle: str) -> Changes:
    """Undoes taking in, in one transaction. Raises NotFound, CannotUndo, NoRoom, NotWritable."""
    with vault.transaction() as tx:
        if stored.received(tx, bundle) is None:
            raise NotFound(bundle)
        why = sorted(set(_standing(tx, bundle)))
        if why:
            raise CannotUndo(bundle=bundle, reasons=tuple(each.value for each in why))
        items = _brought(tx, bundle)
        for item in items:
            if item.detail == Outcome.NEW:
                _take_out(vault, tx, item)
            else:
                _put_back(vault, tx, item)
        stored.forget_received(tx, bundle)
    return Changes.of("bundle", *(each.kind for each in items))


def _brought(db: Reading, bundle: str) -> list[ReceivedItem]:
    """What it brought that was not here: the last of it first."""
    found = stored.items_of(db, bundle)
    return [
        each
        for each in reversed(found)
        if each.stored and each.detail in {Outcome.NEW, Outcome.CHANGED}
    ]


def _standing(db: Reading, bundle: str) -> Iterator[Stands]:
    if answers.receipts_for(db, bundle, Way.MADE):
        yield Stands.ANSWERED
    items = _brought(db, bundle)
    new = {each.record for each in items if each.detail == Outcome.NEW}
    for item in items:
        head = records.head(db, item.record)
        if head is None or head.removed or head.number != item.stored:
            yield Stands.CHANGED_SINCE
            continue
        if drafts.draft(db, item.record) is not None:
            yield Stands.BEING_TYPED
        if item.record in new and any(
            not _is_note_of_arrival(db, each)
            for each in stored.referring(db, item.record)
            if each not in new
        ):
            yield Stands.REFERRED_TO
        others = [each for each in stored.arrivals_of(db, item.record) if each.bundle != bundle]
        if any(each.stored >= item.stored for each in others):
            yield Stands.CAME_AGAIN
        if any(each.number >= item.stored for each in stored.sealings_of(db, item.record)):
            yield Stands.SEALED_ON


def _is_note_of_arrival(db: Reading, record: str) -> bool:
    """Whether it is an entry of custody that taking in, or only looking, made."""
    head = records.head(db, record)
    if head is None or head.kind != Kind.CUSTODY_EVENT:
        return False
    event = decode(CustodyEvent, head.body.encode())
    return event.action in _HARMLESS


def _take_out(vault: Vault, tx: Transaction, item: ReceivedItem) -> None:
    head = records.head(tx, item.record)
    if head is None:
        raise NotFound(item.record)
    appended = records.append(
        tx,
        NewRevision(
            id=head.id,
            kind=head.kind,
            short_ref=head.short_ref,
            at=vault.now(),
            body=head.body,
            local=head.local,
            origin=origin.encode(Origin(act=Act.REMOVED, bundle=item.bundle)),
            removed=True,
        ),
    )
    collecting.put(tx, appended, indexes.NOTHING)


def _put_back(vault: Vault, tx: Transaction, item: ReceivedItem) -> None:
    """The revision before, with the origin it had: its sender may go on with it."""
    head = records.head(tx, item.record)
    before = records.revision(tx, item.record, item.stored - 1)
    if head is None or before is None or before.body is None:
        raise NotFound(item.record)
    appended = records.append(
        tx,
        NewRevision(
            id=head.id,
            kind=head.kind,
            short_ref=head.short_ref,
            at=vault.now(),
            body=before.body,
            local=head.local,
            origin=before.origin,
        ),
    )
    collecting.put(tx, appended, indexing.derived(indexing.record_of(appended)))
