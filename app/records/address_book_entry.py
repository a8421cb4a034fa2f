"""An address of an office that takes reports or appeals, with how old that knowledge is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.i18n import N_
from app.records.fields import Requirement, Section, Sensitivity, day, ltext, term, text
from app.records.kinds import Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressBookEntry(Record):
    """Where to reach a body or office. Whom one writes to tells about one's plans: it stays here.

    After 90 days without a look the address counts as old: see app/ageing.py.
    """

    kind: ClassVar[Kind] = Kind.ADDRESS_BOOK_ENTRY

    recipient: LText = ltext(
        N_("Recipient"),
        section=Section.WHO,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    body: TermRef | None = term(N_("UN body"), "un_body", section=Section.WHO, essential=True)
    channel: str = text(
        N_("Channel"),
        section=Section.CONTACT,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("For instance e-mail, form, post or telephone."),
    )
    address: str = text(
        N_("Address"),
        section=Section.CONTACT,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
    )
    source: str = text(
        N_("Where it is written"), section=Section.SOURCE, requirement=Requirement.DRAFT
    )
    last_checked: date | None = day(
        N_("Last checked"),
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
