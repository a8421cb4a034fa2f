"""What is due for a decision, what is removed, and erasing for good.

Nothing is ever erased by itself: a day that has come only puts a record on a list. Erasing takes
two steps of a person, removing and then erasing, and a legal hold refuses the second.
Spec: docs/formats/vault.md 4.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from app import store
from app.changes import Changes
from app.errors import Ambiguous, NotFound, OnHold
from app.indexing import record_of
from app.oserrors import while_writing
from app.records import KINDS, CustodyEvent, EvidenceItem, Record
from app.records.ids import RecordId
from app.records.kinds import Kind
from app.storage import erasing, evidence, records
from app.storage.database import KEPT_SUFFIX, Reading
from app.storage.evidence import EvidenceFile
from app.storage.records import Head
from app.vault import Vault

DAYS_KEPT: Final = 30
"""After this many days a removed record is listed as due to be erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A removed record that can still be brought back. `on`: the day it was removed."""

    record: Record
    on: date
    is_due: bool
    is_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What erasing came to: how many records, their custody events with them, and files."""

    records: int
    files: int
    changes: Changes


def due(vault: Vault) -> list[Record]:
    """Records whose last day has come, the longest due first; a legal hold does not hide them."""
    today = vault.clock().date()
    found = [
        (record.retention_until, record)
        for kind in KINDS
        for record in store.every(vault, kind)
        if record.retention_until is not None and record.retention_until <= today
    ]
    return [record for _, record in sorted(found, key=lambda pair: (pair[0], pair[1].id))]


def removed(vault: Vault) -> list[Removed]:
    """What can be brought back or erased, the latest removal first."""
    last = vault.clock().date() - timedelta(days=DAYS_KEPT)
    found = []
    for head in records.removed_heads(vault.database):
        if head.body:
            on = datetime.fromisoformat(head.at).date()
            found.append(
                Removed(
                    record=record_of(head),
                    on=on,
                    is_due=on <= last,
                    is_held=_hold(vault.database, head) is not None,
                )
            )
    return found


def find_removed(vault: Vault, reference: str) -> Record:
    """The removed record with this id or short reference. Raises NotFound, Ambiguous."""
    wanted = reference.strip()
    found = [
        each.record
        for each in removed(vault)
        if each.record.id == wanted.lower() or each.record.short_ref == store.as_short_ref(wanted)
    ]
    if not found:
        raise NotFound(reference=reference)
    if len(found) > 1:
        raise Ambiguous(reference=reference)
    return found[0]


def erase(vault: Vault, *chosen: RecordId) -> Erased:
    """Erase removed records for good, with every earlier state, draft, file and custody event.

    All of them or none. Bundles sealed before, and safe copies, keep what they hold. Raises
    NotFound (unknown, not removed, or erased before), OnHold; NoRoom, NotWritable, MediumFailed:
    when the room ran out after the words were taken out, the next opening goes on with the rest.
    """
    database = vault.database
    files: list[EvidenceFile] = []
    with vault.transaction() as tx:
        heads = [_erasable(tx, record) for record in dict.fromkeys(chosen)]
        with_events = {head.id: head for top in heads for head in (top, *_events_of(tx, top))}
        for head in with_events.values():
            file = evidence.file_of(tx, head.id)
            if file is not None:
                # the key first: without it the file is noise, whatever becomes of it
                evidence.begin_deleting(tx, file)
                files.append(file)
            erasing.erase(tx, head, vault.now())
    database.checkpoint()
    for file in files:
        vault.files.remove(file.stored_name)
        with vault.transaction() as tx:
            evidence.end_pending(tx, file.stored_name)
    finish(vault)
    return Erased(
        records=len(heads),
        files=len(files),
        changes=Changes.of(*(head.kind for head in with_events.values())),
    )


def finish(vault: Vault) -> None:
    """What an erasing still owes: older copies of pages. Nothing happens when nothing is owed.

    Raises NoRoom, NotWritable, MediumFailed.
    """
    if erasing.is_due(vault.database):
        # from before a change of the tables; the next opening would remove it as well
        kept = vault.folder / (vault.database.path.name + KEPT_SUFFIX)
        with while_writing(kept), suppress(FileNotFoundError):
            kept.unlink()
    erasing.finish(vault.database)


def refuse_held(db: Reading, record: RecordId) -> None:
    """Refuse what must be kept. Raises OnHold, NotFound."""
    head = records.head(db, record)
    if head is None:
        raise NotFound(reference=record)
    held = _hold(db, head)
    if held is not None:
        raise OnHold(reference=held.short_ref, reason=held.legal_hold_reason.text)


# --- inside ---------------------------------------------------------------------------------


def _erasable(db: Reading, record: RecordId) -> Head:
    head = records.head(db, record)
    if head is None or not head.removed or not head.body:
        raise NotFound(reference=record)
    refuse_held(db, record)
    return head


def _hold(db: Reading, head: Head) -> Record | None:
    """The record that says this one must be kept: itself, or for a piece of evidence, and its
    custody events, what it supports."""
    return next((each for each in _holders(db, head) if each.legal_hold), None)


def _holders(db: Reading, head: Head) -> Iterator[Record]:
    if not head.body:
        return
    record = record_of(head)
    yield record
    above: list[RecordId] = []
    if isinstance(record, EvidenceItem):
        above = [RecordId(link.supports) for link in record.links if link.supports]
    elif isinstance(record, CustodyEvent) and record.evidence is not None:
        above = [RecordId(record.evidence)]
    for each in above:
        found = records.head(db, each)
        if found is not None:
            yield from _holders(db, found)


def _events_of(db: Reading, head: Head) -> list[Head]:
    if head.kind != Kind.EVIDENCE_ITEM:
        return []
    standing = records.heads_linking_by(db, head.id, Kind.CUSTODY_EVENT, "evidence")
    gone = [
        each
        for each in records.removed_heads(db)
        if each.kind == Kind.CUSTODY_EVENT and each.body and _is_about(each, head.id)
    ]
    return [*standing, *gone]


def _is_about(head: Head, item: str) -> bool:
    event = record_of(head)
    return isinstance(event, CustodyEvent) and event.evidence == item
