"""An engagement: how somebody cooperated, or tried to cooperate, with the UN."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Publicity
from app.records.dates import FuzzyRange
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    choice,
    date_range,
    longtext,
    ltext,
    ref,
    refs,
    term,
    terms,
    text,
)
from app.records.ids import PartyId, RecordId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement(Record):
    """Who engaged with which body, in what way, how far, and how the State came to know."""

    kind: ClassVar[Kind] = Kind.ENGAGEMENT

    parties: tuple[PartyId, ...] = refs(
        N_("Who engaged"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
    )
    un_body: TermRef = term(
        N_("UN body"),
        "un_body",
        default="un_unknown",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    un_body_detail: LText = ltext(
        N_("Committee, session or case number"),
        section=Section.UN_LINK,
        requirement=Requirement.SEND,
    )
    mandates: tuple[TermRef, ...] = terms(
        N_("Mandates of Special Procedures"), "sp_mandate", section=Section.UN_LINK
    )
    engagement_type: TermRef | None = term(
        N_("Kind of cooperation"),
        "engagement_type",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    state: TermRef = term(
        N_("How far it went"),
        "engagement_state",
        default="unknown",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("Planning or trying to cooperate is protected as well."),
    )
    period: FuzzyRange | None = date_range(
        N_("When"), section=Section.WHEN, requirement=Requirement.VERIFY, essential=True
    )
    session: RecordId | None = ref(N_("Session"), Kind.SESSION_ITEM, section=Section.WHEN)
    subject: LText = longtext(
        N_("What it was about"),
        section=Section.WHAT,
        requirement=Requirement.SEND,
        help=N_("What the person told or planned to tell the UN, in one or two sentences."),
    )
    public_or_confidential: Publicity = choice(
        N_("Public or confidential"),
        Publicity,
        default=Publicity.UNKNOWN,
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
    )
    how_known_to_actor: LText = ltext(
        N_("How the other side came to know"), section=Section.UN_LINK
    )
    un_contact_informed: tuple[RecordId, ...] = refs(
        N_("The UN was told of the reprisal"),
        Kind.INTERVENTION,
        section=Section.FOLLOW_UP,
    )
    reference: str = text(
        N_("Reference"),
        section=Section.UN_LINK,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("Code of a communication, registration number or document symbol."),
    )
    trigger_text: LText = ltext(N_("What set the reprisal off"), section=Section.WHAT)

    @property
    def perceived(self) -> bool:
        """Whether the cooperation was only believed by the other side."""
        return self.state.key == "perceived_only"
