"""What arrived and was taken in here: each bundle with its sender, its items, its receipt."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from app import contacts, store
from app.contacts import Contact
from app.errors import NotFound
from app.records import Incident
from app.records.ids import IncidentId, RecordId
from app.records.values import LText
from app.storage import bundles as stored
from app.storage import receipts as answers
from app.storage.bundles import ReceivedBundle, ReceivedItem
from app.storage.receipts import Way
from app.vault import Vault

__all__ = ["Arrival", "ArrivedIncident", "ReceivedItem", "every", "get"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedIncident:
    """An incident that came in a bundle, as it stands here now."""

    id: IncidentId
    short_ref: str
    title: LText


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A bundle taken in here. `sender`: None when nobody known signed it; `verdict`: of the
    receipt made for it, "" while there is none; `reply`: whether a receipt can be sealed."""

    id: str
    name: str
    kind: str
    size: int
    day: date
    at: str
    signed: bool
    sender: Contact | None
    whole: bool
    passed_on: bool
    incidents: tuple[ArrivedIncident, ...]
    items: tuple[ReceivedItem, ...]
    verdict: str
    reply: bool


def every(vault: Vault) -> list[Arrival]:
    """Every bundle taken in, the latest first."""
    return [_arrival(vault, each) for each in stored.all_received(vault.database)]


def get(vault: Vault, bundle: str) -> Arrival:
    """One bundle taken in, by its id. Raises NotFound."""
    found = stored.received(vault.database, bundle)
    if found is None:
        raise NotFound(bundle)
    return _arrival(vault, found)


def _arrival(vault: Vault, bundle: ReceivedBundle) -> Arrival:
    db = vault.database
    items = tuple(stored.items_of(db, bundle.id))
    answer = next(iter(answers.receipts_for(db, bundle.id, Way.MADE)), None)
    return Arrival(
        id=bundle.id,
        name=bundle.file_name,
        kind=bundle.kind,
        size=bundle.file_size,
        day=date.fromisoformat(bundle.day),
        at=bundle.at,
        signed=bool(bundle.verify_key),
        sender=contacts.sender(vault, bundle.verify_key) if bundle.verify_key else None,
        passed_on=bundle.addressed == "passed_on",
        whole=all(each.verdict == "accepted" for each in items),
        incidents=_incidents(vault, items),
        items=items,
        verdict="" if answer is None else answer.verdict,
        reply=bool(bundle.reply),
    )


def _incidents(vault: Vault, items: tuple[ReceivedItem, ...]) -> tuple[ArrivedIncident, ...]:
    found: list[ArrivedIncident] = []
    for each in items:
        # A record of that id may be ours: it did not come in this bundle.
        if each.kind != Incident.kind or not each.stored:
            continue
        with suppress(NotFound):  # removed here since
            record = store.get(vault, Incident, RecordId(each.record))
            found.append(
                ArrivedIncident(
                    id=IncidentId(record.id), short_ref=record.short_ref, title=record.title
                )
            )
    return tuple(found)
