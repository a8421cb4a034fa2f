"""A custody event: what was done to an evidence item. Append-only, hash-chained (E-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.i18n import N_
from app.records.fields import (
    Requirement,
    Section,
    digest,
    instant,
    ltext,
    ref,
    term,
    text,
)
from app.records.ids import EvidenceItemId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyEvent(Record):
    """One step in the life of an evidence item.

    `by` and `device` are codes, because the log travels with the item. `previous_hash` is the
    SHA-256 of the body of the event before it of the same item; empty for the first.
    """

    kind: ClassVar[Kind] = Kind.CUSTODY_EVENT

    evidence: EvidenceItemId | None = ref(
        N_("Evidence"),
        Kind.EVIDENCE_ITEM,
        section=Section.CUSTODY,
        requirement=Requirement.DRAFT,
    )
    action: TermRef | None = term(
        N_("What was done"),
        "custody_action",
        section=Section.CUSTODY,
        requirement=Requirement.DRAFT,
    )
    at: datetime | None = instant(
        N_("When"), section=Section.CUSTODY, requirement=Requirement.DRAFT
    )
    by: str = text(N_("By whom"), section=Section.CUSTODY, help=N_("A code, not a name."))
    device: str = text(N_("On which device"), section=Section.CUSTODY)
    hash_before: str = digest(N_("Digest before"), section=Section.CUSTODY, editable=False)
    hash_after: str = digest(N_("Digest after"), section=Section.CUSTODY, editable=False)
    note: LText = ltext(N_("Note"), section=Section.CUSTODY)
    previous_hash: str = digest(
        N_("Digest of the event before"), section=Section.CUSTODY, editable=False
    )
