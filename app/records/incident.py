"""An incident: one thing that happened, or one connected episode, as the reporter sees it whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNo
from app.records.dates import FuzzyRange
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    block,
    blocks,
    count,
    date_range,
    flag,
    integer,
    longtext,
    ltext,
    place,
    ref,
    refs,
    term,
    terms,
    text,
    yes_no,
)
from app.records.ids import EngagementId, PlaceId, RecordId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import Count, LText, PlaceRef, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMention(Shaped):
    """Where a report of the Secretary-General mentions the incident."""

    symbol: str = text(N_("Document symbol"))
    year: int | None = integer(N_("Year"))
    paragraph: str = text(N_("Paragraph or annex"))
    named: bool = flag(N_("The person is named"))


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimFlags(Shaped):
    """Three questions asked for figures; never printed for small groups."""

    foreign_national: YesNo = yes_no(N_("A foreign national"))
    minor: YesNo = yes_no(N_("A minor"))
    official_or_judge: YesNo = yes_no(N_("An official or judge"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Record):
    """What happened, to whom, for which cooperation with the UN, and what the person wants.

    Its acts, victims and links to other incidents point to it: see backlinks.py. When and where
    start as answers already ("not known", "withheld"), so that a draft needs a title and a line.
    """

    kind: ClassVar[Kind] = Kind.INCIDENT

    title: LText = ltext(
        N_("Title"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("No names: the title is seen in lists."),
    )
    summary: LText = longtext(
        N_("Summary"),
        section=Section.WHAT,
        requirement=Requirement.VERIFY | Requirement.SEND,
        help=N_("At most 150 words: the first paragraph of every letter."),
    )
    narrative: LText = longtext(
        N_("What happened"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("In order, in the person's own words and language."),
    )
    security_kind: TermRef | None = term(
        N_("Kind of security event"),
        "security_event_kind",
        section=Section.WHAT,
        help=N_("Small signs count: logged early, they become a pattern."),
    )
    urgency: TermRef = term(
        N_("Urgency"),
        "urgency",
        default="standard",
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    new_legislation: YesNo = yes_no(N_("Rests on new legislation"), section=Section.REASONS)
    new_legislation_note: LText = ltext(N_("Which legislation"), section=Section.REASONS)

    period: FuzzyRange = date_range(
        N_("When"),
        default=FuzzyRange.unknown_time(),
        section=Section.WHEN,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_('As you know it, in your calendar. "I don\'t know" is an answer.'),
    )
    country: PlaceRef = place(
        N_("Country"),
        default=PlaceRef.withheld(),
        section=Section.WHERE,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("It may be withheld."),
    )
    state_concerned: PlaceId | None = ref(
        N_("State concerned"),
        Kind.PLACE,
        section=Section.WHERE,
        requirement=Requirement.SEND,
        help=N_("The State held responsible; it may differ from the place."),
    )

    engagements: tuple[EngagementId, ...] = refs(
        N_("Cooperation with the UN"),
        Kind.ENGAGEMENT,
        section=Section.UN_LINK,
        requirement=Requirement.VERIFY,
        essential=True,
        help=N_("Without a link to the UN it is a violation, not a reprisal."),
    )
    protected_categories: tuple[TermRef, ...] = terms(
        N_("Protected as"),
        "protected_category",
        section=Section.UN_LINK,
        requirement=Requirement.SEND,
    )

    victim_count: Count | None = count(N_("How many people"), section=Section.WHO)
    victim_flags: VictimFlags | None = block(
        N_("About the people harmed"),
        VictimFlags,
        section=Section.WHO,
        sensitivity=Sensitivity.IDENTIFYING,
    )

    current_situation: LText = longtext(
        N_("Present situation"), section=Section.HARM, requirement=Requirement.SEND
    )
    victim_status: tuple[TermRef, ...] = terms(
        N_("Present status"),
        "victim_status",
        section=Section.HARM,
        requirement=Requirement.SEND,
    )
    present_risk: RecordId | None = ref(
        N_("Present risk"),
        Kind.RISK_ASSESSMENT,
        section=Section.HARM,
        requirement=Requirement.SEND,
    )
    harm: tuple[TermRef, ...] = terms(N_("Harm and effects"), "harm_type", section=Section.HARM)
    harm_note: LText = longtext(N_("Effects in words"), section=Section.HARM)

    requested_actions: tuple[TermRef, ...] = terms(
        N_("Requested actions"),
        "requested_action",
        section=Section.WISHES,
        requirement=Requirement.SEND,
        essential=True,
        help=N_("Nothing is asked that the person did not choose."),
    )
    requested_actions_note: LText = ltext(N_("Wishes in words"), section=Section.WISHES)
    not_wanted: LText = ltext(
        N_("What must not be done"),
        section=Section.WISHES,
        essential=True,
        help=N_("It is shown at every approval."),
    )

    verification_status: TermRef = term(
        N_("Verification"),
        "verification_status",
        default="reported",
        section=Section.VERIFICATION,
        requirement=Requirement.DRAFT,
    )
    reviews: tuple[RecordId, ...] = refs(
        N_("Reviews"),
        Kind.VERIFICATION_REVIEW,
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
    )
    included_in_sg_report: tuple[ReportMention, ...] = blocks(
        N_("Mentioned in reports of the Secretary-General"),
        ReportMention,
        section=Section.FOLLOW_UP,
    )
    case: RecordId | None = ref(N_("Case"), Kind.CASE, section=Section.FOLLOW_UP)
