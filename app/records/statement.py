"""A statement: one testimony, interview or message, in its original words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import StatementMode
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    choice,
    date_field,
    longtext,
    ltext,
    ref,
    refs,
    term,
    text,
)
from app.records.ids import ConsentRecordId, IncidentId, RecordId, SourceId, StatementId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Record):
    """What a source said. `released_form` is the version that is safe to quote.

    The language of the statement is the `language` that every record has.
    """

    kind: ClassVar[Kind] = Kind.STATEMENT

    source: SourceId | None = ref(
        N_("Source"),
        Kind.SOURCE,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
    )
    interpreter: str = text(
        N_("Interpreter"),
        section=Section.SOURCE,
        help=N_("A code, not a name."),
    )
    incident: IncidentId | None = ref(
        N_("Incident"), Kind.INCIDENT, section=Section.WHAT, requirement=Requirement.DRAFT
    )
    text: LText = longtext(
        N_("Words of the source"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        sensitivity=Sensitivity.IDENTIFYING,
        essential=True,
    )
    questions_asked: LText = longtext(
        N_("Questions asked"),
        section=Section.WHAT,
        help=N_("They show that nothing was put into the person's mouth."),
    )
    mode: StatementMode | None = choice(
        N_("How it was given"),
        StatementMode,
        section=Section.SOURCE,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    again_reason: LText = ltext(
        N_("Why they are asked again"),
        section=Section.SOURCE,
        requirement=Requirement.CONDITIONAL,
        local=True,
        help=N_("Only where somebody who told something before is interviewed again."),
    )
    taken_at: FuzzyDate | None = date_field(
        N_("Taken on"), section=Section.SOURCE, requirement=Requirement.VERIFY
    )
    taken_by: RecordId | None = ref(
        N_("Taken by"),
        Elsewhere.LOCAL_USER,
        section=Section.SOURCE,
        requirement=Requirement.VERIFY,
        local=True,
    )
    place_type: TermRef | None = term(
        N_("Kind of place"),
        "location_type",
        section=Section.SOURCE,
        requirement=Requirement.VERIFY,
    )
    credibility: TermRef | None = term(
        N_("Credibility"),
        "information_credibility",
        section=Section.VERIFICATION,
        requirement=Requirement.VERIFY,
        help=N_("Rated apart from the reliability of the source."),
    )
    credibility_reason: LText = ltext(
        N_("Why it is rated so"), section=Section.VERIFICATION, requirement=Requirement.VERIFY
    )
    conflicts_with: tuple[StatementId, ...] = refs(
        N_("Conflicts with"), Kind.STATEMENT, section=Section.VERIFICATION
    )
    conflicts_note: LText = ltext(N_("Where they differ"), section=Section.VERIFICATION)
    retracted_on: FuzzyDate | None = date_field(
        N_("Taken back on"),
        section=Section.FOLLOW_UP,
        help=N_("The words stay, struck through, unless the source asks to erase them."),
    )
    retraction_note: LText = ltext(N_("Why it was taken back"), section=Section.FOLLOW_UP)
    wellbeing_note: LText = ltext(
        N_("How the person was"),
        section=Section.SOURCE,
        sensitivity=Sensitivity.SEALED,
        help=N_("So that nobody asks twice about what hurts."),
    )
    consent: ConsentRecordId | None = ref(
        N_("Consent"),
        Kind.CONSENT_RECORD,
        section=Section.CONSENT,
        requirement=Requirement.SEND,
    )
    released_form: LText = longtext(
        N_("Version safe to quote"),
        section=Section.CONSENT,
        requirement=Requirement.SEND,
        help=N_("Without date, place or phrase that shows who speaks."),
    )
