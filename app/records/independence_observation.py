"""A sourced observation that bears on an organisation's independence: one fact, never a label.

There is no field that says what the organisation is, and no figure over such records (G-01).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.i18n import N_
from app.records.choices import ReplySought, YesNoUnclear
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    choice,
    date_field,
    day,
    instant,
    longtext,
    ltext,
    ref,
    refs,
    term,
    terms,
    text,
    texts,
)
from app.records.ids import EvidenceItemId, IncidentId, OrganisationId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFor(Shaped):
    """That somebody read the observation, when, and for what purpose (G-08)."""

    at: datetime | None = instant(N_("Read"))
    purpose: str = text(N_("Purpose"), searchable=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndependenceObservation(Record):
    """One fact, one public source, one date, one other explanation, one note on the law (G-02).

    Read only through app/independence.py: per organisation, with a purpose. It is in no list, no
    search, no export and no bundle (G-08). `handling`: what happened to the observation itself,
    such as a reply or a rejection. `expires_on`: at most 24 months after it was made (G-06).
    """

    kind: ClassVar[Kind] = Kind.INDEPENDENCE_OBSERVATION

    organisation: OrganisationId | None = ref(
        N_("Organisation"),
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.SEALED,
    )
    observation: TermRef | None = term(
        N_("What was observed"),
        "independence_observation",
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        searchable=False,
        essential=True,
    )
    statement: LText = ltext(
        N_("The fact"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        searchable=False,
        essential=True,
        help=N_("One sentence that can be checked, without an adjective or an opinion."),
    )
    source: EvidenceItemId | None = ref(
        N_("Public source"),
        Kind.EVIDENCE_ITEM,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("A public record that anybody can look up; no hearsay."),
    )
    date_of_fact: FuzzyDate | None = date_field(
        N_("Date of the fact"),
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        searchable=False,
        essential=True,
    )
    date_observed: FuzzyDate | None = date_field(
        N_("Looked up on"),
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        searchable=False,
    )
    expires_on: date | None = day(
        N_("Shown until"),
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("At most 24 months; facts age."),
    )
    imposed_by_law: YesNoUnclear = choice(
        N_("The law imposes this on every group there"),
        YesNoUnclear,
        default=YesNoUnclear.NOT_ASKED,
        section=Section.REASONS,
    )
    legal_context: LText = longtext(
        N_("What the law asks of every group there"),
        section=Section.REASONS,
        requirement=Requirement.DRAFT | Requirement.VERIFY,
        searchable=False,
        essential=True,
    )
    alternative_explanation: LText = longtext(
        N_("Another explanation"),
        section=Section.REASONS,
        requirement=Requirement.DRAFT | Requirement.VERIFY,
        searchable=False,
        essential=True,
        help=N_("It must be looked for. Write “none found” when there is none."),
    )
    incident: IncidentId | None = ref(
        N_("Report of the act"),
        Kind.INCIDENT,
        section=Section.WHAT,
        requirement=Requirement.CONDITIONAL,
        help=N_("Conduct against others has to be tied to a recorded act."),
    )
    reply_sought: ReplySought = choice(
        N_("Was the organisation asked"),
        ReplySought,
        default=ReplySought.NOT_YET,
        section=Section.FOLLOW_UP,
    )
    reply_not_sought_reason: LText = ltext(
        N_("Why it was not asked"),
        section=Section.FOLLOW_UP,
        requirement=Requirement.CONDITIONAL,
        searchable=False,
    )
    reply: LText = longtext(
        N_("Reply of the organisation"),
        section=Section.FOLLOW_UP,
        searchable=False,
        help=N_("It is always shown with the fact."),
    )
    reply_on: FuzzyDate | None = date_field(
        N_("Replied on"),
        section=Section.FOLLOW_UP,
        searchable=False,
    )
    handling: tuple[TermRef, ...] = terms(
        N_("How it was handled"),
        "independence_observation",
        section=Section.FOLLOW_UP,
        searchable=False,
    )
    reviewers: tuple[RecordId, ...] = refs(
        N_("Reviewed by"),
        Elsewhere.LOCAL_USER,
        section=Section.VERIFICATION,
        local=True,
        editable=False,
    )
    reviewer_names: tuple[str, ...] = texts(
        N_("Reviewed by"),
        section=Section.VERIFICATION,
        local=True,
        searchable=False,
        help=N_("Two people; a name or a pseudonym each. These stay on this device."),
    )
    readings: tuple[ReadFor, ...] = blocks(
        N_("Read for"),
        ReadFor,
        section=Section.RECORD,
        sensitivity=Sensitivity.SEALED,
        local=True,
        editable=False,
        searchable=False,
    )
