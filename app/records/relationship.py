"""A relationship between two people or organisations: relative, lawyer, member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.dates import FuzzyRange
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    date_range,
    ltext,
    ref,
    term,
)
from app.records.ids import EvidenceItemId, PartyId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship(Record):
    """What `party` is to `to`: for instance a parent of the person targeted."""

    kind: ClassVar[Kind] = Kind.RELATIONSHIP

    party: PartyId | None = ref(
        N_("Who"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    to: PartyId | None = ref(
        N_("To whom"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    relation: TermRef | None = term(
        N_("Relation"),
        "relation_to_victim",
        section=Section.WHO,
        requirement=Requirement.DRAFT,
    )
    period: FuzzyRange | None = date_range(N_("When"), section=Section.WHEN)
    post: LText = ltext(N_("Post held"), section=Section.WORK)
    source: EvidenceItemId | None = ref(
        N_("Source"), Kind.EVIDENCE_ITEM, section=Section.PROVENANCE
    )
