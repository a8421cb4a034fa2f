"""An entry in the log of a case: what changed, who said so, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.choices import YesNo
from app.records.dates import FuzzyDate
from app.records.fields import (
    Requirement,
    Section,
    Sensitivity,
    date_field,
    longtext,
    ltext,
    ref,
    term,
    text,
    yes_no,
)
from app.records.ids import CaseId, IncidentId, RecordId, SourceId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpEntry(Record):
    """One look at a case. Entries are added, not changed: the log is the history."""

    kind: ClassVar[Kind] = Kind.FOLLOW_UP_ENTRY

    case: CaseId | None = ref(
        N_("Case"),
        Kind.CASE,
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    noted_on: FuzzyDate | None = date_field(
        N_("Date"), section=Section.WHEN, requirement=Requirement.DRAFT, essential=True
    )
    by: RecordId | None = ref(
        N_("By"), Elsewhere.LOCAL_USER, section=Section.WHO, local=True, editable=False
    )
    by_name: str = text(N_("By"), section=Section.WHO, local=True, searchable=False)
    source: SourceId | None = ref(
        N_("Source"),
        Kind.SOURCE,
        section=Section.SOURCE,
        sensitivity=Sensitivity.SEALED,
        local=True,
    )
    what_changed: LText = longtext(
        N_("What changed"),
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
        essential=True,
    )
    new_state: TermRef | None = term(
        N_("Where the case stands now"),
        "follow_up_outcome",
        section=Section.FOLLOW_UP,
        essential=True,
    )
    victim_status: TermRef | None = term(
        N_("Present status of the person"), "victim_status", section=Section.HARM
    )
    new_incident: IncidentId | None = ref(
        N_("New report"), Kind.INCIDENT, section=Section.FOLLOW_UP
    )
    next_step: LText = ltext(N_("Next step"), section=Section.FOLLOW_UP, essential=True)
    contact_safe: YesNo = yes_no(N_("Contact is safe"), section=Section.CONTACT)
    person_satisfied: YesNo = yes_no(N_("The person is content"), section=Section.FOLLOW_UP)
