"""Where a report stands: being written, ready, sealed, answered, changed since."""

from __future__ import annotations

from enum import StrEnum

from app.storage import drafts, incident_list, origin
from app.storage.database import Reading
from app.storage.origin import Act
from app.storage.records import Head


class State(StrEnum):
    """Where a report stands. Later ones win over earlier ones, in this order."""

    SAVED = "saved"
    RECEIVED = "received"  # came in a bundle
    SEALED = "sealed"
    ANSWERED = "answered"  # a receipt came back
    CHANGED = "changed"  # saved again after it was sealed: an amendment may be due
    DRAFT = "draft"  # something typed is not saved yet
    DAMAGED = "damaged"  # its newest state cannot be read


def state_of(db: Reading, head: Head) -> State:
    """Where the report of this newest revision stands. Raises VaultDamaged."""
    sealing = incident_list.sealings(db, (head.id,)).get(head.id)
    if drafts.draft(db, head.id) is not None:
        return State.DRAFT
    if sealing and head.number > sealing.number:
        return State.CHANGED
    if incident_list.answers(db, (head.id,)):
        return State.ANSWERED
    if sealing:
        return State.SEALED
    received = origin.decode(head.origin).act is Act.RECEIVED
    return State.RECEIVED if received else State.SAVED
