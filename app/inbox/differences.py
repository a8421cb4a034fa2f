"""What a record of a bundle says otherwise than the one here, field by field, and why it may not
take its place. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app import i18n, store, titles
from app.errors import NotFound
from app.history import Change, diff
from app.inbox.importing import ImportPlan, PlannedRecord
from app.inbox.outcomes import Outcome
from app.indexing import record_of
from app.records import Kind, Record, class_of
from app.records.codec import decode, encode
from app.records.ids import RecordId
from app.storage import origin
from app.storage import records as heads
from app.storage.origin import Act
from app.vault import Vault

MOST: Final = 50
"""Records compared at once: what one person can look over."""


class Side(StrEnum):
    """On whose side a record was changed, or what else stands in the way."""

    THEIRS = "theirs"
    BOTH = "both"
    OURS = "ours"
    REMOVED = "removed"
    OTHER_SENDER = "other_sender"
    OLDER = "older"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record of a bundle against the one here. `changes`: from ours to theirs."""

    record: RecordId
    kind: Kind
    title: str
    outcome: Outcome
    side: Side
    changes: tuple[Change, ...]


def of(vault: Vault, plan: ImportPlan) -> tuple[Difference, ...]:
    """The records that are not as they are here, up to fifty, in the order of the bundle."""
    odd = [each for each in plan.records if each.outcome in {Outcome.CHANGED, Outcome.CONFLICT}]
    return tuple(_difference(vault, plan, each) for each in odd[:MOST])


def _difference(vault: Vault, plan: ImportPlan, planned: PlannedRecord) -> Difference:
    kind = Kind(planned.sealed.kind)
    theirs = decode(class_of(kind), planned.sealed.body)
    head = heads.head(vault.database, planned.sealed.id)
    changes: tuple[Change, ...] = ()
    if head is not None and head.kind == kind and head.body:
        ours = record_of(head)
        # what stays on this device is no part of the difference
        theirs = decode(type(ours), planned.sealed.body, encode(ours).local)
        changes = tuple(diff(ours, theirs, i18n.window(), lambda target: _called(vault, target)))
    return Difference(
        record=theirs.id,
        kind=kind,
        title=_title(theirs),
        outcome=planned.outcome,
        side=_side(vault, plan, planned),
        changes=changes,
    )


def _side(vault: Vault, plan: ImportPlan, planned: PlannedRecord) -> Side:
    if planned.outcome is Outcome.CHANGED:
        return Side.THEIRS
    head = heads.head(vault.database, planned.sealed.id)
    if head is None or head.kind != planned.sealed.kind:
        return Side.OTHER
    if head.removed:
        return Side.REMOVED
    came = [
        origin.decode(each.origin) for each in heads.revisions(vault.database, planned.sealed.id)
    ]
    received = [each for each in came if each.act is Act.RECEIVED]
    signer = plan.opened.signer.fingerprint
    if not received:
        return Side.OURS
    if not signer or received[-1].signer != signer:
        return Side.OTHER_SENDER
    if planned.sealed.revision <= received[-1].number:
        return Side.OLDER
    return Side.BOTH if came[-1].act is not Act.RECEIVED else Side.OTHER


def _title(record: Record) -> str:
    return titles.title(record) or record.short_ref


def _called(vault: Vault, target: str) -> str:
    try:
        return titles.title(store.find(vault, target))
    except NotFound:
        return i18n.window().gettext("A record that is not here")
