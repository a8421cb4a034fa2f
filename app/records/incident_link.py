"""A link between two incidents: escalation, the same actor, a duplicate of a partner's record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.i18n import N_
from app.records.fields import Requirement, Section, ltext, ref, term
from app.records.ids import IncidentId, RecordId
from app.records.kinds import Elsewhere, Kind
from app.records.record import Record
from app.records.values import LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLink(Record):
    """How `incident` stands to `to`: for instance preceded by it."""

    kind: ClassVar[Kind] = Kind.INCIDENT_LINK

    incident: IncidentId | None = ref(
        N_("Incident"), Kind.INCIDENT, section=Section.WHAT, requirement=Requirement.DRAFT
    )
    to: IncidentId | None = ref(
        N_("Other incident"), Kind.INCIDENT, section=Section.WHAT, requirement=Requirement.DRAFT
    )
    link: TermRef | None = term(
        N_("Kind of link"),
        "incident_link",
        section=Section.WHAT,
        requirement=Requirement.DRAFT,
    )
    basis: LText = ltext(N_("Why they are linked"), section=Section.WHAT)
    confirmed_by: RecordId | None = ref(
        N_("Confirmed by"), Elsewhere.LOCAL_USER, section=Section.VERIFICATION, local=True
    )
