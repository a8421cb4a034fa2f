"""The custody log of an evidence item: append-only events in a chain of their own (E-03)."""

from __future__ import annotations

import hashlib
from typing import Final

from app import store
from app.changes import Changes
from app.records.codec import decode
from app.records.custody_event import CustodyEvent
from app.records.ids import EvidenceItemId, RecordId
from app.records.kinds import Kind
from app.records.values import NOTHING_SAID, LText, TermRef
from app.storage import records
from app.storage.database import Transaction
from app.vault import Vault

_LIST: Final = "custody_action"
COLLECTED: Final = TermRef(list=_LIST, key="collected")
IMPORTED: Final = TermRef(list=_LIST, key="imported")
RECEIVED: Final = TermRef(list=_LIST, key="received")
VIEWED: Final = TermRef(list=_LIST, key="viewed")
CHECKED: Final = TermRef(list=_LIST, key="hash_checked")
EXPORTED: Final = TermRef(list=_LIST, key="exported")
REDACTED: Final = TermRef(list=_LIST, key="redacted")
CLEANED: Final = TermRef(list=_LIST, key="metadata_removed")
RELEASED: Final = TermRef(list=_LIST, key="unsealed")
KEPT_HERE: Final = TermRef(list=_LIST, key="sealed")
DESTROYED: Final = TermRef(list=_LIST, key="destroyed")


def note(
    vault: Vault,
    tx: Transaction,
    item: EvidenceItemId,
    action: TermRef,
    *,
    before: str = "",
    after: str = "",
    by: str = "",
    words: LText = NOTHING_SAID,
) -> CustodyEvent:
    """Add a custody event to the item's chain, inside the caller's transaction. Raises Invalid."""
    last = records.heads_linking_by(tx, item, Kind.CUSTODY_EVENT, "evidence")
    event = CustodyEvent(
        evidence=item,
        action=action,
        at=vault.clock(),
        by=by,
        hash_before=before,
        hash_after=after,
        note=words,
        previous_hash=_digest(last[-1].body) if last else "",
    )
    return store.put(vault, tx, event).record


def add(vault: Vault, item: RecordId, action: TermRef, *, sha256: str, by: str = "") -> Changes:
    """Add an event that changed nothing of the content. Raises Invalid, NoRoom, NotWritable."""
    with vault.transaction() as tx:
        note(vault, tx, EvidenceItemId(item), action, before=sha256, after=sha256, by=by)
    return Changes.of(Kind.CUSTODY_EVENT)


def custody(vault: Vault, item: RecordId) -> list[CustodyEvent]:
    """The custody events of an item, in the order of its chain."""
    return store.linked_by(vault, CustodyEvent, "evidence", item)


def custody_is_whole(vault: Vault, item: RecordId) -> bool:
    """Whether one event is the first and every other follows one that is here: a gap is shown,
    not hidden (E-03).

    Two custodians go on from the same event, each in a vault of their own, and the events of one
    reach the other later: the chain may branch, and the order of arrival says nothing.
    """
    heads = records.heads_linking_by(vault.database, item, Kind.CUSTODY_EVENT, "evidence")
    here = {_digest(head.body) for head in heads}
    before = [decode(CustodyEvent, head.body.encode("utf-8")).previous_hash for head in heads]
    return not heads or (before.count("") == 1 and here.issuperset(filter(None, before)))


def _digest(body: str) -> str:
    return hashlib.sha256(body.encode("utf-8")).hexdigest()
