"""A case: incidents of the same people, followed over years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNo
from app.records.deadline import Deadline
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    day,
    flag,
    integer,
    longtext,
    ltext,
    refs,
    term,
    text,
    texts,
    yes_no,
)
from app.records.ids import IncidentId, PartyId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportYear(Shaped):
    """How the report of the Secretary-General of one year treated the case."""

    year: int | None = integer(N_("Year"))
    symbol: str = text(N_("Document symbol"))
    named: bool = flag(N_("The person is named"))
    followed_up: YesNo = yes_no(N_("Followed up from an earlier year"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(Record):
    """Who is followed, for what goal, where it stands and when to look again.

    Its entries and interventions point here. The people who work on it stay on this device:
    references where the desk keeps a list of its people, else typed names.
    """

    kind: ClassVar[Kind] = Kind.CASE

    title: LText = ltext(
        N_("Title"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("No names: the title is seen in lists."),
    )
    subjects: tuple[PartyId, ...] = refs(
        N_("Who it is about"),
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
    )
    incidents: tuple[IncidentId, ...] = refs(
        N_("Reports"),
        Kind.INCIDENT,
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    goal: LText = longtext(N_("Goal"), section=Section.WISHES, essential=True)
    team: tuple[RecordId, ...] = refs(
        N_("Team"), Elsewhere.LOCAL_USER, section=Section.WHO, local=True, editable=False
    )
    team_names: tuple[str, ...] = texts(
        N_("Who works on it"), section=Section.WHO, local=True, searchable=False
    )
    state: TermRef = term(
        N_("Where it stands"),
        "follow_up_outcome",
        default="new",
        section=Section.FOLLOW_UP,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    next_check: date | None = day(
        N_("Look again on"),
        section=Section.FOLLOW_UP,
        requirement=Requirement.SEND,
        essential=True,
    )
    check_interval_days: int | None = integer(
        N_("Look again every so many days"), section=Section.FOLLOW_UP
    )
    opened_at: date | None = day(N_("Opened on"), section=Section.WHEN)
    closed_at: date | None = day(N_("Closed on"), section=Section.WHEN)
    closing_reason: LText = ltext(
        N_("Why it was closed"), section=Section.FOLLOW_UP, requirement=Requirement.CONDITIONAL
    )
    sg_report_history: tuple[ReportYear, ...] = blocks(
        N_("Reports of the Secretary-General"), ReportYear, section=Section.FOLLOW_UP
    )
    deadlines: tuple[Deadline, ...] = blocks(N_("Deadlines"), Deadline, section=Section.WHEN)
