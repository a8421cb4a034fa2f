"""An evidence item: a file or thing that shows something, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.i18n import N_
from app.records.choices import Bearing, PeopleVisible
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    blocks,
    choice,
    date_field,
    day,
    digest,
    instant,
    integer,
    longtext,
    ltext,
    ref,
    refs,
    term,
    text,
    texts,
)
from app.records.ids import EvidenceItemId, PersonId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.spec import Shaped
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink(Shaped):
    """What the item says about one element of a fact: its date, place, author."""

    supports: RecordId | None = ref(
        N_("About"),
        Kind.INCIDENT,
        Kind.ACT,
        Kind.ENGAGEMENT,
        Kind.INVOLVEMENT,
        Kind.STATEMENT,
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.VERIFICATION,
    )
    element: str = text(N_("Which element"))
    bearing: Bearing = choice(N_("What it does"), Bearing, default=Bearing.SUPPORTS)
    note: LText = ltext(N_("Note"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PreservationCheck(Shaped):
    """A look at whether the file can still be read and shown."""

    on: date | None = day(N_("Date"))
    result: LText = ltext(N_("Result"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem(Record):
    """A file kept encrypted under its own key, or a reference to something held elsewhere.

    `sha256` and `size` are those of the bytes first taken in (E-01). The original file name often
    leaks a name, so it is local. Custody events point here. A changed copy is a new item (E-02).
    """

    kind: ClassVar[Kind] = Kind.EVIDENCE_ITEM

    evidence_type: TermRef | None = term(
        N_("Kind of evidence"),
        "evidence_type",
        section=Section.FILE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    title: LText = ltext(
        N_("Title"),
        section=Section.FILE,
        requirement=Requirement.DRAFT,
        essential=True,
        help=N_("No names."),
    )
    description: LText = longtext(
        N_("Description"), section=Section.FILE, requirement=Requirement.DRAFT, essential=True
    )
    handling: TermRef = term(
        N_("Kept as"),
        "evidence_handling",
        default="original_held",
        section=Section.FILE,
        requirement=Requirement.DRAFT,
    )
    sha256: str = digest(
        N_("Digest (SHA-256)"),
        section=Section.FILE,
        requirement=Requirement.CONDITIONAL,
        editable=False,
    )
    size: int | None = integer(
        N_("Size (bytes)"),
        section=Section.FILE,
        requirement=Requirement.CONDITIONAL,
        editable=False,
    )
    mime: str = text(
        N_("Type of file"),
        searchable=False,
        section=Section.FILE,
        requirement=Requirement.CONDITIONAL,
        editable=False,
    )
    original_filename: str = text(
        N_("Original file name"),
        section=Section.FILE,
        sensitivity=Sensitivity.SEALED,
        local=True,
        editable=False,
    )
    content_warnings: tuple[str, ...] = texts(
        N_("Content warnings"), section=Section.FILE, help=N_("The picture starts blurred.")
    )

    obtained_from: RecordId | None = ref(
        N_("Obtained from"),
        Kind.SOURCE,
        Kind.PERSON,
        Kind.ORGANISATION,
        section=Section.PROVENANCE,
        requirement=Requirement.VERIFY,
        sensitivity=Sensitivity.SEALED,
        local=True,
    )
    obtained_at: FuzzyDate | None = date_field(
        N_("Obtained on"), section=Section.PROVENANCE, requirement=Requirement.VERIFY
    )
    obtained_by: RecordId | None = ref(
        N_("Obtained by"),
        Elsewhere.LOCAL_USER,
        section=Section.PROVENANCE,
        requirement=Requirement.VERIFY,
        local=True,
    )
    method: LText = ltext(
        N_("How it was obtained"),
        section=Section.PROVENANCE,
        requirement=Requirement.VERIFY,
    )
    source_url: str = text(
        N_("Address online"),
        section=Section.PROVENANCE,
        requirement=Requirement.CONDITIONAL,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    archived_url: str = text(
        N_("Address of an archived copy"),
        section=Section.PROVENANCE,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    captured_at: datetime | None = instant(
        N_("Captured"), section=Section.PROVENANCE, requirement=Requirement.CONDITIONAL
    )
    capture_tool: str = text(
        N_("Tool of the capture"),
        section=Section.PROVENANCE,
        requirement=Requirement.CONDITIONAL,
    )
    page_hash: str = digest(
        N_("Digest of the whole page"),
        section=Section.PROVENANCE,
        requirement=Requirement.CONDITIONAL,
    )
    embedded_metadata: LText = longtext(
        N_("Data embedded in the file"),
        section=Section.PROVENANCE,
        sensitivity=Sensitivity.SEALED,
        local=True,
        editable=False,
        help=N_("Kept with the original, stripped from copies that leave."),
    )

    authenticity_notes: LText = longtext(
        N_("Checks made"),
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
    )
    links: tuple[EvidenceLink, ...] = blocks(
        N_("What it bears on"), EvidenceLink, section=Section.VERIFICATION
    )
    transcript: LText = longtext(N_("Transcript"), section=Section.DETAILS)
    translation: LText = longtext(N_("Translation"), section=Section.DETAILS)
    people_visible: PeopleVisible = choice(
        N_("Who can be recognised"),
        PeopleVisible,
        default=PeopleVisible.NOT_CHECKED,
        section=Section.WHO,
        requirement=Requirement.SEND,
    )
    people_listed: tuple[PersonId, ...] = refs(
        N_("People who can be recognised"),
        Kind.PERSON,
        section=Section.WHO,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    rights_holder: str = text(N_("Rights holder"), section=Section.DETAILS)
    licence: str = text(N_("Licence"), section=Section.DETAILS)
    release_form: EvidenceItemId | None = ref(
        N_("Copy that may leave"),
        Kind.EVIDENCE_ITEM,
        section=Section.CONSENT,
        requirement=Requirement.SEND,
        help=N_("Only the copy leaves, never the original."),
    )
    preservation_checks: tuple[PreservationCheck, ...] = blocks(
        N_("Checks of preservation"), PreservationCheck, section=Section.CUSTODY
    )
