"""What every record carries, whatever its kind: the envelope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.clock import now
from app.i18n import N_
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    Shape,
    blocks,
    day,
    flag,
    integer,
    longtext,
    ltext,
    ref,
    stamp_of,
    term,
    text,
    texts,
)
from app.records.ids import RecordId, new_id, short_ref
from app.records.kinds import Elsewhere, Kind
from app.records.spec import Shaped, UnknownMember, unspecified
from app.records.values import LText, TermRef

SCHEMA_VERSION = 1
"""The version of the bodies that this program writes."""

UNDETERMINED = "und"
"""The BCP 47 tag of a language nobody has stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldConfidentiality(Shaped):
    """One field that is stricter than its record, such as an address."""

    field: str = text(N_("Field"), searchable=False)
    level: TermRef | None = term(N_("Confidentiality"), "confidentiality")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Shaped):
    """A record: the envelope, to which each kind adds its fields.

    Identity, reference and instants are given when it is made. Revision number, hash chain and
    origin belong to the store, not to the record. `unknown_local` is like `unknown`, for the part
    that stays on this device.
    """

    kind: ClassVar[Kind]

    id: RecordId = stamp_of(N_("Identifier"), Shape.REF, new_id)
    short_ref: str = stamp_of(N_("Reference"), Shape.TEXT, short_ref)
    schema_version: int = integer(
        N_("Version of the form"), default=SCHEMA_VERSION, section=Section.RECORD, editable=False
    )
    created_at: datetime = stamp_of(N_("Created"), Shape.INSTANT, now)
    updated_at: datetime = stamp_of(N_("Changed"), Shape.INSTANT, now)
    created_by: RecordId | None = ref(
        N_("Created by"), Elsewhere.LOCAL_USER, section=Section.RECORD, local=True, editable=False
    )
    updated_by: RecordId | None = ref(
        N_("Changed by"), Elsewhere.LOCAL_USER, section=Section.RECORD, local=True, editable=False
    )
    language: str = text(
        N_("Language of this record"),
        default=UNDETERMINED,
        searchable=False,
        section=Section.RECORD,
        requirement=Requirement.DRAFT,
    )
    confidentiality: TermRef = term(
        N_("Confidentiality"),
        "confidentiality",
        default="c3_case_team",
        section=Section.RECORD,
        requirement=Requirement.DRAFT,
    )
    field_confidentiality: tuple[FieldConfidentiality, ...] = blocks(
        N_("Stricter fields"), FieldConfidentiality, section=Section.RECORD
    )
    retention_until: date | None = day(
        N_("Keep until"),
        section=Section.RECORD,
        requirement=Requirement.SEND,
        help=N_("On this day the record is listed for a decision: keep it or delete it."),
    )
    legal_hold: bool = flag(N_("Do not delete: needed by a court"), section=Section.RECORD)
    legal_hold_reason: LText = ltext(
        N_("Why it must be kept"), section=Section.RECORD, requirement=Requirement.CONDITIONAL
    )
    told_in_part: bool = flag(
        N_("Told in part: the sender left something out, or told it more coarsely"),
        section=Section.RECORD,
        editable=False,
    )
    tags: tuple[str, ...] = texts(N_("Tags"), section=Section.RECORD, local=True)
    notes_internal: LText = longtext(
        N_("Internal notes"),
        section=Section.RECORD,
        local=True,
        sensitivity=Sensitivity.IDENTIFYING,
        help=N_("These notes never leave this device, in any document or bundle."),
    )
    unknown_local: tuple[UnknownMember, ...] = unspecified()
