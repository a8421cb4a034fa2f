"""A source: who tells us. The identity stays on this device (M-11, S-01)."""

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
    flag,
    ltext,
    ref,
    refs,
    term,
)
from app.records.ids import PersonId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where information comes from, and how far it can be relied on.

    `person`, `description` and `known_to` are local: no bundle ever names a source. What travels
    is the connection, the reliability and the reason for it.
    """

    kind: ClassVar[Kind] = Kind.SOURCE

    person: PersonId | None = ref(
        N_("Person"),
        Kind.PERSON,
        section=Section.SOURCE,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.SEALED,
        local=True,
    )
    description: LText = ltext(
        N_("Description"),
        section=Section.SOURCE,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.SEALED,
        local=True,
        help=N_("For a source who is not recorded as a person."),
    )
    connection: TermRef | None = term(
        N_("How the source knows"),
        "source_connection",
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    reliability: TermRef | None = term(
        N_("Reliability"),
        "source_reliability",
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
    )
    reliability_reason: LText = ltext(
        N_("Why"), section=Section.VERIFICATION, requirement=Requirement.VERIFY
    )
    protect_identity: bool = flag(
        N_("Protect the identity"),
        default=True,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
    )
    known_to: tuple[RecordId, ...] = refs(
        N_("May be seen by"),
        Elsewhere.LOCAL_USER,
        section=Section.SOURCE,
        sensitivity=Sensitivity.SEALED,
        local=True,
        help=N_("Nobody listed: only whoever recorded it."),
    )
    first_contact: FuzzyDate | None = date_field(N_("First contact"), section=Section.SOURCE)
    independence_of_other_sources: LText = ltext(
        N_("Independent of the other sources"),
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
        help=N_("Two people who repeat one source are one source."),
    )
