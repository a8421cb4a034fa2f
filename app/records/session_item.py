"""A session of a UN body: reference data that people keep up to date by hand, offline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.dates import FuzzyRange
from app.records.deadline import Deadline
from app.records.fields import (
    Requirement,
    Section,
    blocks,
    date_range,
    day,
    ltext,
    term,
    text,
    texts,
)
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionItem(Record):
    """One session or meeting of a body, such as a regular session of the Committee on NGOs.

    Public reference data about nobody. `last_checked` says how far it may be trusted.
    """

    kind: ClassVar[Kind] = Kind.SESSION_ITEM

    body: TermRef | None = term(
        N_("UN body"),
        "un_body",
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    name: LText = ltext(
        N_("Name of the session"),
        section=Section.UN_LINK,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    number: str = text(N_("Number of the session"), section=Section.UN_LINK)
    period: FuzzyRange | None = date_range(
        N_("From when to when"), section=Section.WHEN, essential=True
    )
    place: LText = ltext(N_("Place"), section=Section.WHERE)
    deadlines: tuple[Deadline, ...] = blocks(N_("Deadlines"), Deadline, section=Section.WHEN)
    agenda_items: tuple[str, ...] = texts(N_("Agenda items"), section=Section.DETAILS)
    source: str = text(
        N_("Where it is written"),
        section=Section.SOURCE,
        help=N_("The page or document where these dates stand."),
    )
    last_checked: date | None = day(
        N_("Last checked"),
        section=Section.SOURCE,
        essential=True,
        help=N_("Dates of sessions change: write down when you last looked."),
    )
