"""What was sealed here: each bundle with its receiver, what it held, and the answer to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app import indexing
from app.contacts import ContactId
from app.errors import NotFound
from app.records import EvidenceItem, Incident, Record
from app.records.ids import IncidentId
from app.records.values import LText
from app.storage import bundles as stored
from app.storage import contacts as known
from app.storage import receipts as answers
from app.storage import records as heads
from app.storage.bundles import SealedBundle
from app.storage.receipts import Way
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class SentIncident:
    """An incident in a bundle. `changed`: it was saved again since, or parts of it were."""

    id: IncidentId
    short_ref: str
    title: LText
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A bundle made here. `verdict`: of the latest receipt, "" while there is none; `message`:
    what the receiver wrote with it. Size in bytes."""

    id: str
    name: str
    kind: str
    size: int
    day: date
    contact: ContactId
    receiver: str
    signed: bool
    incidents: tuple[SentIncident, ...]
    records: int
    evidence: int
    verdict: str
    message: str
    answered_on: str

    @property
    def changed(self) -> bool:
        """Whether an amendment may be due."""
        return any(each.changed for each in self.incidents)


def every(vault: Vault) -> list[Sent]:
    """Every bundle made here, the latest first."""
    return [_sent(vault, each) for each in stored.all_sealed(vault.database)]


def get(vault: Vault, bundle: str) -> Sent:
    """One bundle made here, by its id. Raises NotFound."""
    found = stored.sealed(vault.database, bundle)
    if found is None:
        raise NotFound(bundle)
    return _sent(vault, found)


def last_receiver(vault: Vault) -> ContactId | None:
    """To whom the latest bundle was sealed; None before the first one."""
    latest = next(iter(stored.all_sealed(vault.database)), None)
    return None if latest is None else ContactId(latest.contact)


def _sent(vault: Vault, bundle: SealedBundle) -> Sent:
    db = vault.database
    held = list(_held(vault, bundle))
    changed = any(moved for _, moved in held)
    answer = next(iter(answers.receipts_for(db, bundle.id, Way.RECEIVED)), None)
    receiver = known.contact(db, bundle.contact)
    return Sent(
        id=bundle.id,
        name=bundle.file_name,
        kind=bundle.kind,
        size=bundle.file_size,
        day=date.fromisoformat(bundle.day),
        contact=ContactId(bundle.contact),
        receiver="" if receiver is None else receiver.name,
        signed=bool(bundle.verify_key),
        incidents=tuple(
            SentIncident(
                id=IncidentId(record.id),
                short_ref=record.short_ref,
                title=record.title,
                # with one incident in the bundle every part of it is its own; with several, a
                # part that changed may belong to another one
                changed=moved or (changed and _only_incident(held)),
            )
            for record, moved in held
            if isinstance(record, Incident)
        ),
        records=len(held),
        evidence=sum(isinstance(record, EvidenceItem) for record, _ in held),
        verdict="" if answer is None else answer.verdict,
        message="" if answer is None else answer.message,
        answered_on="" if answer is None else answer.day,
    )


def _only_incident(held: list[tuple[Record, bool]]) -> bool:
    return sum(isinstance(record, Incident) for record, _ in held) == 1


def _held(vault: Vault, bundle: SealedBundle) -> Iterator[tuple[Record, bool]]:
    """Each record of the bundle as it stands now, and whether it moved on since: what it says now
    went to this receiver neither in this bundle nor in another one. What stays here may differ."""
    db = vault.database
    sent_there = {each.id for each in stored.sealed_to(db, bundle.contact)}
    for each in stored.held_in(db, bundle.id):
        head = heads.head(db, each.record)
        if head is None or head.removed:
            continue
        sealed = [
            one.number for one in stored.sealings_of(db, each.record) if one.bundle in sent_there
        ]
        latest = heads.revision(db, each.record, max(sealed))
        yield indexing.record_of(head), latest is None or latest.body != head.body
