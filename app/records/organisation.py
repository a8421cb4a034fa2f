"""An organisation: harmed, accused, applying for status, or a source. Described, never labelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNoUnclear
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    choice,
    date_field,
    ltext,
    ref,
    refs,
    term,
    terms,
)
from app.records.ids import EvidenceItemId, PlaceId, RecordId
from app.records.kinds import Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, PersonName, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPeriod(Shaped):
    """A consultative status from one date to another: a history, not one value."""

    status: TermRef | None = term(N_("Status"), "consultative_status")
    since: FuzzyDate | None = date_field(N_("From"))
    until: FuzzyDate | None = date_field(N_("Until"))
    source: EvidenceItemId | None = ref(N_("Source"), Kind.EVIDENCE_ITEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A group or institution. There is no field that judges its independence (G-01).

    Leaders, consents, applications and observations point here (see backlinks.py); the two lists at
    the end are kept for what older versions wrote, and nobody is asked for them any more.
    """

    kind: ClassVar[Kind] = Kind.ORGANISATION

    names: tuple[PersonName, ...] = blocks(
        N_("Names"),
        PersonName,
        section=Section.IDENTITY,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
        help=N_("In several scripts, with the acronym; a code name if it must be coded."),
    )
    identity_mode: TermRef = term(
        N_("Recorded as"),
        "identity_mode",
        default="organisation",
        section=Section.IDENTITY,
        requirement=Requirement.DRAFT,
    )
    organisation_type: TermRef | None = term(
        N_("Kind of organisation"), "organisation_type", section=Section.IDENTITY, essential=True
    )
    country_of_seat: tuple[PlaceId, ...] = refs(
        N_("Country of its seat"), Kind.PLACE, section=Section.IDENTITY
    )
    countries_of_work: tuple[PlaceId, ...] = refs(
        N_("Countries of its work"), Kind.PLACE, section=Section.IDENTITY
    )
    registration: LText = ltext(N_("Registration"), section=Section.IDENTITY)
    rights_focus: tuple[TermRef, ...] = terms(
        N_("Rights defended"), "rights_focus", section=Section.WORK
    )
    human_rights_focus: YesNoUnclear = choice(
        N_("Works on human rights"),
        YesNoUnclear,
        default=YesNoUnclear.NOT_ASKED,
        section=Section.WORK,
    )
    human_rights_focus_basis: LText = ltext(N_("How that is known"), section=Section.WORK)
    consultative_status: tuple[StatusPeriod, ...] = blocks(
        N_("Consultative status"), StatusPeriod, section=Section.UN_LINK
    )
    ecosoc_application: tuple[RecordId, ...] = refs(
        N_("Applications for status"),
        Kind.COMMITTEE_APPLICATION,
        section=Section.UN_LINK,
        editable=False,
    )
    observations: tuple[RecordId, ...] = refs(
        N_("Sourced observations"),
        Kind.INDEPENDENCE_OBSERVATION,
        section=Section.DETAILS,
        sensitivity=Sensitivity.SEALED,
        editable=False,
    )
