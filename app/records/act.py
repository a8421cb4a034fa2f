"""An act: one kind of harm to one victim. It is the unit of counting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.act_blocks import Digital, EngagementLink, Liberty, Procedural, Transnational
from app.records.dates import FuzzyRange
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    block,
    blocks,
    date_range,
    integer,
    longtext,
    ltext,
    place,
    ref,
    refs,
    term,
    terms,
)
from app.records.ids import EvidenceItemId, IncidentId, PartyId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, PlaceRef, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Record):
    """Who was harmed, how, when, where, by what means, and why it is linked to the UN.

    Several victims are several acts. Perpetrators are involvements that point here. Whether it
    happened inside UN premises is derived from the place, see facts.py.
    """

    kind: ClassVar[Kind] = Kind.ACT

    incident: IncidentId | None = ref(
        N_("Incident"), Kind.INCIDENT, section=Section.WHAT, requirement=Requirement.DRAFT
    )
    act_type: TermRef | None = term(
        N_("Kind of act"),
        "act_type",
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("A group will do while the detail is not clear."),
    )
    victim: PartyId | None = ref(
        N_("Who was harmed"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    description: LText = longtext(
        N_("What was done"),
        section=Section.WHAT,
        requirement=Requirement.VERIFY,
        essential=True,
        help=N_("What exactly was done, said or shown; words stay in their own language."),
    )
    words_used: LText = longtext(N_("Words used"), section=Section.WHAT)
    methods: LText = ltext(N_("Manner of acting"), section=Section.WHAT)
    severity_note: LText = ltext(
        N_("How grave it was, in words"),
        section=Section.WHAT,
        help=N_("No number: suffering is not ranked."),
    )

    period: FuzzyRange = date_range(
        N_("When"),
        default=FuzzyRange.unknown_time(),
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    place: PlaceRef | None = place(N_("Where"), section=Section.WHERE)
    location_type: TermRef | None = term(
        N_("Kind of place"),
        "location_type",
        section=Section.WHERE,
        requirement=Requirement.VERIFY,
        essential=True,
    )

    age_at_act: int | None = integer(
        N_("Age at the time"), section=Section.WHO, sensitivity=Sensitivity.IDENTIFYING
    )
    age_bracket_at_act: TermRef | None = term(
        N_("Age group at the time"), "age_bracket", section=Section.WHO
    )

    engagement_links: tuple[EngagementLink, ...] = blocks(
        N_("Link to cooperation with the UN"),
        EngagementLink,
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
        essential=True,
    )

    legality: TermRef | None = term(N_("Legal form"), "act_legality", section=Section.REASONS)
    stated_reason: tuple[TermRef, ...] = terms(
        N_("Reason given"),
        "stated_reason",
        section=Section.REASONS,
        help=N_("What was said to be the reason. It is never presented as a fact."),
    )
    stated_reason_note: LText = ltext(N_("Reason given, in words"), section=Section.REASONS)
    legal_basis_cited: LText = ltext(
        N_("Law, article and case number cited"),
        section=Section.REASONS,
        requirement=Requirement.CONDITIONAL,
    )
    state_attribution: LText = longtext(
        N_("Basis for a link to the State"),
        section=Section.REASONS,
        requirement=Requirement.CONDITIONAL,
        help=N_("No link to a State without a stated basis."),
    )
    state_attribution_evidence: tuple[EvidenceItemId, ...] = refs(
        N_("Evidence for it"), Kind.EVIDENCE_ITEM, section=Section.REASONS
    )

    status_after: TermRef | None = term(
        N_("Situation after the act"), "victim_status", section=Section.HARM
    )
    consequences_physical: LText = longtext(
        N_("Physical effects"), section=Section.HARM, sensitivity=Sensitivity.SPECIAL
    )
    consequences_psychological: LText = longtext(
        N_("Psychological effects"), section=Section.HARM, sensitivity=Sensitivity.SPECIAL
    )

    liberty: Liberty | None = block(N_("Detention"), Liberty, requirement=Requirement.CONDITIONAL)
    digital: Digital | None = block(
        N_("Digital attack"), Digital, requirement=Requirement.CONDITIONAL
    )
    procedural: Procedural | None = block(
        N_("Obstruction at a UN body"), Procedural, requirement=Requirement.CONDITIONAL
    )
    transnational: Transnational | None = block(N_("Across borders"), Transnational)
