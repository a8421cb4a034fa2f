"""An application to the Committee on NGOs: what an organisation asks for, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    date_field,
    longtext,
    ref,
    refs,
    term,
    text,
)
from app.records.ids import ActId, ConsentRecordId, OrganisationId, SessionItemId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeApplication(Record):
    """One request of one organisation. Its reviews point here: one for each session.

    Deferrals, sessions, days and questions are counted from the reviews: see app/committee.py.
    """

    kind: ClassVar[Kind] = Kind.COMMITTEE_APPLICATION

    organisation: OrganisationId | None = ref(
        N_("Organisation"),
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
    )
    application_type: TermRef | None = term(
        N_("Kind of request"),
        "cngo_application_type",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    status_sought: TermRef | None = term(
        N_("Status asked for"),
        "consultative_status",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    submitted_on: FuzzyDate | None = date_field(
        N_("Submitted on"), section=Section.WHEN, requirement=Requirement.VERIFY, essential=True
    )
    first_considered: SessionItemId | None = ref(
        N_("First considered at"), Kind.SESSION_ITEM, section=Section.WHEN
    )
    reference: str = text(
        N_("Reference"),
        section=Section.UN_LINK,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("Number in the portal or document symbol."),
    )
    final_outcome: TermRef | None = term(
        N_("How it ended"), "cngo_outcome", section=Section.FOLLOW_UP
    )
    final_date: FuzzyDate | None = date_field(N_("Ended on"), section=Section.FOLLOW_UP)
    related_acts: tuple[ActId, ...] = refs(
        N_("Acts linked to the application"),
        Kind.ACT,
        section=Section.UN_LINK,
        help=N_("Pressure on the organisation because it applied."),
    )
    org_narrative: LText = longtext(
        N_("The organisation's own account"),
        section=Section.WHAT,
        requirement=Requirement.SEND,
        essential=True,
    )
    consent: ConsentRecordId | None = ref(
        N_("Consent"),
        Kind.CONSENT_RECORD,
        section=Section.CONSENT,
        requirement=Requirement.SEND,
        help=N_("Even public facts about a small group may endanger it."),
    )
