"""What one session of the Committee on NGOs did with one application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Stance, YesNo
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    block,
    blocks,
    choice,
    date_field,
    day,
    integer,
    ltext,
    ref,
    term,
    text,
    yes_no,
)
from app.records.ids import CommitteeApplicationId, EvidenceItemId, PlaceId, SessionItemId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberStatement(Shaped):
    """What a member said about the application, with the place where it can be read or heard."""

    state: PlaceId | None = ref(N_("State"), Kind.PLACE)
    stance: Stance = choice(N_("For or against"), Stance, default=Stance.NEUTRAL)
    summary: LText = ltext(N_("What it said"))
    quote: LText = ltext(N_("In its own words"))
    source: EvidenceItemId | None = ref(N_("Source"), Kind.EVIDENCE_ITEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote(Shaped):
    """A recorded vote: how many, and who where the record names them."""

    in_favour: int | None = integer(N_("In favour"))
    against: int | None = integer(N_("Against"))
    abstaining: int | None = integer(N_("Abstaining"))
    names: LText = ltext(N_("Who voted how"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationReview(Record):
    """One session, one outcome. The questions asked point here."""

    kind: ClassVar[Kind] = Kind.APPLICATION_REVIEW

    application: CommitteeApplicationId | None = ref(
        N_("Application"),
        Kind.COMMITTEE_APPLICATION,
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    session: SessionItemId | None = ref(
        N_("Session"),
        Kind.SESSION_ITEM,
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    session_type: TermRef | None = term(
        N_("Kind of session"),
        "cngo_session_type",
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    meeting_no: str = text(N_("Meeting"), section=Section.WHEN)
    met_on: FuzzyDate | None = date_field(N_("Date"), section=Section.WHEN, essential=True)
    application_type: TermRef | None = term(
        N_("Kind of request at that time"), "cngo_application_type", section=Section.UN_LINK
    )
    outcome: TermRef | None = term(
        N_("Outcome"),
        "cngo_outcome",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    vote: Vote | None = block(
        N_("Vote"), Vote, section=Section.UN_LINK, requirement=Requirement.CONDITIONAL
    )
    statements: tuple[MemberStatement, ...] = blocks(
        N_("Statements of members"), MemberStatement, section=Section.DETAILS
    )
    ngo_present: YesNo = yes_no(N_("The organisation was there"), section=Section.DETAILS)
    took_floor_in_q_and_a: YesNo = yes_no(
        N_("It answered in person in the hour for it"), section=Section.DETAILS
    )
    reply_deadline: date | None = day(N_("Reply due on"), section=Section.FOLLOW_UP)
    reply_sent_on: FuzzyDate | None = date_field(N_("Reply sent on"), section=Section.FOLLOW_UP)
    reply_reached_committee_on: FuzzyDate | None = date_field(
        N_("Reply reached the Committee on"), section=Section.FOLLOW_UP
    )
    source: EvidenceItemId | None = ref(
        N_("Source"),
        Kind.EVIDENCE_ITEM,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("Webcast, press release, summary or document where this can be checked."),
    )
    observers: LText = ltext(N_("Who observed the meeting"), section=Section.SOURCE)
