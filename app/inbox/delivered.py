"""What a receiver said of each record of a bundle, and whether a report may leave this device.

Strict, for a wrong "delivered" loses what somebody said: a record is delivered only when a receipt
of the receiver names it at the revision that was sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app import incidents, store, titles
from app.changes import Changes
from app.errors import NotFound
from app.inbox.statement import Verdict
from app.indexing import record_of
from app.records import CustodyEvent, EvidenceItem, Kind
from app.records.ids import IncidentId, RecordId
from app.storage import bundles as stored
from app.storage import evidence as evidence_files
from app.storage import receipts as answers
from app.storage import records as heads
from app.storage.bundles import SealedRevision
from app.storage.database import Reading
from app.storage.receipts import Way
from app.vault import Vault


class Delivery(StrEnum):
    """Where one record of a bundle stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DAMAGED = "damaged"
    QUESTION = "question"


_DELIVERIES = {
    Verdict.ACCEPTED.value: Delivery.DELIVERED,
    Verdict.DAMAGED.value: Delivery.DAMAGED,
    Verdict.UNREADABLE.value: Delivery.DAMAGED,
    Verdict.QUESTION.value: Delivery.QUESTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAnswer:
    """One record of a bundle made here. `sent_again`: a newer state of it, or the same in a later
    bundle, went to the same receiver since."""

    record: str
    kind: Kind
    title: str
    delivery: Delivery
    sent_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What removing a delivered report from this device means. `only_here`: records of it that
    were not in the bundle; `files`: evidence whose originals lie here."""

    incident: IncidentId
    title: str
    only_here: int
    files: int


def of_bundle(vault: Vault, bundle: str) -> tuple[RecordAnswer, ...]:
    """What was said of each record, the custody log left out. Raises NotFound."""
    db = vault.database
    sealed = stored.sealed(db, bundle)
    if sealed is None:
        raise NotFound(bundle)
    later = {
        each.id
        for each in stored.sealed_to(db, sealed.contact)
        if each.series != sealed.series or each.sequence > sealed.sequence
    } - {bundle}
    said = _said(db, bundle)
    found: list[RecordAnswer] = []
    for held in stored.held_in(db, bundle):
        head = heads.head(db, held.record)
        if head is None or head.kind == Kind.CUSTODY_EVENT:
            continue
        named = "" if head.removed or not head.body else titles.title(record_of(head))
        found.append(
            RecordAnswer(
                record=held.record,
                kind=Kind(head.kind),
                title=named or head.short_ref,
                delivery=said.get(_key(held), Delivery.WAITING),
                sent_again=any(
                    each.bundle in later and each.number >= held.number
                    for each in stored.sealings_of(db, held.record)
                ),
            )
        )
    return tuple(found)


def leaving(vault: Vault, bundle: str) -> tuple[Leaving, ...]:
    """The reports of a bundle that may be removed here: the receiver has every record of it whole,
    nothing of it is damaged or asked about, and nothing changed since. Raises NotFound."""
    db = vault.database
    latest = next(iter(answers.receipts_for(db, bundle, Way.RECEIVED)), None)
    if latest is None or latest.verdict != Verdict.ACCEPTED.value:
        return ()
    said = _said(db, bundle)
    held = {each.record: each for each in stored.held_in(db, bundle)}
    if any(said.get(_key(each)) is not Delivery.DELIVERED for each in held.values()):
        return ()
    if any(_moved_on(db, each) for each in held.values()):
        return ()
    found: list[Leaving] = []
    for each in held:
        head = heads.head(db, each)
        if head is None or head.kind != Kind.INCIDENT or head.removed:
            continue
        whole = incidents.whole(vault, IncidentId(RecordId(each)))
        mine = [
            part
            for part in whole
            if part.id not in held and not isinstance(part, CustodyEvent) and part.id != each
        ]
        found.append(
            Leaving(
                incident=IncidentId(RecordId(each)),
                title=titles.title(record_of(head)) or head.short_ref,
                only_here=len(mine),
                files=sum(
                    isinstance(part, EvidenceItem)
                    and evidence_files.file_of(db, part.id) is not None
                    for part in whole
                ),
            )
        )
    return tuple(found)


def remove(vault: Vault, bundle: str, incident: IncidentId) -> Changes:
    """Removes a delivered report from the lists here, as any record: it can be brought back until
    it is erased for good. Raises NotFound when it may not leave (any more)."""
    if all(each.incident != incident for each in leaving(vault, bundle)):
        raise NotFound(incident)
    return store.remove(vault, incident, why="delivered") | Changes.of("bundle")


def _said(db: Reading, bundle: str) -> dict[tuple[str, int, str], Delivery]:
    """The latest word on each record, by the receipts' own days."""
    found: dict[tuple[str, int, str], Delivery] = {}
    for receipt in reversed(answers.receipts_for(db, bundle, Way.RECEIVED)):
        for each in answers.items_of(db, receipt.id):
            found[each.record, each.number, each.digest] = _DELIVERIES[each.verdict]
    return found


def _key(held: SealedRevision) -> tuple[str, int, str]:
    return held.record, held.number, held.digest


def _moved_on(db: Reading, held: SealedRevision) -> bool:
    """Whether the body is another one by now; what stays on this device alone may have changed."""
    head = heads.head(db, held.record)
    sealed = heads.revision(db, held.record, held.number)
    if head is None or head.removed or sealed is None:
        return True
    return head.number != held.number and head.body != sealed.body
