"""A recommendation: what was asked of whom, on which cases it rests, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    date_field,
    day,
    longtext,
    ltext,
    ref,
    refs,
    term,
    terms,
    text,
)
from app.records.ids import EvidenceItemId, PartyId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Record):
    """One sentence to one or more addressees, followed until it is done or refused."""

    kind: ClassVar[Kind] = Kind.RECOMMENDATION

    short_title: LText = ltext(
        N_("Short title"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    theme: str = text(N_("Theme"), section=Section.WHAT)
    text: LText = longtext(
        N_("Recommendation"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    addressee: tuple[TermRef, ...] = terms(
        N_("To"),
        "recommendation_addressee",
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    made_by: PartyId | None = ref(
        N_("Made by"), Kind.ORGANISATION, Kind.PERSON, section=Section.SOURCE
    )
    made_in: RecordId | None = ref(
        N_("Made in"), Kind.EVIDENCE_ITEM, Elsewhere.OUTPUT_DOCUMENT, section=Section.SOURCE
    )
    made_on: FuzzyDate | None = date_field(N_("Made on"), section=Section.WHEN, essential=True)
    supports: tuple[RecordId, ...] = refs(
        N_("Rests on"), Kind.CASE, Kind.INCIDENT, section=Section.REASONS
    )
    status: TermRef = term(
        N_("What became of it"),
        "recommendation_status",
        default="no_information",
        section=Section.FOLLOW_UP,
        essential=True,
    )
    evidence_of_status: tuple[EvidenceItemId, ...] = refs(
        N_("Evidence of it"),
        Kind.EVIDENCE_ITEM,
        section=Section.FOLLOW_UP,
        requirement=Requirement.CONDITIONAL,
    )
    next_check: date | None = day(N_("Look again on"), section=Section.FOLLOW_UP)
