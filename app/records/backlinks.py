"""The lists that a record shows but does not hold: who points at it.

An act names its incident; the incident does not name its acts. So one fact stands in one place,
and two devices that each add an act never write into the same record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.i18n import N_
from app.records.kinds import Kind
from app.records.spec import Requirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlink:
    """The list `name` of a kind: the records of kind `of` whose `field` points at it."""

    kind: Kind
    name: str
    label: str
    of: Kind
    field: str
    requirement: Requirement = Requirement.NONE


BACKLINKS: Final = (
    Backlink(
        kind=Kind.INCIDENT,
        name="acts",
        label=N_("Acts"),
        of=Kind.ACT,
        field="incident",
        requirement=Requirement.VERIFY,
    ),
    Backlink(
        kind=Kind.INCIDENT,
        name="victims",
        label=N_("People harmed"),
        of=Kind.INVOLVEMENT,
        field="incident",
    ),
    Backlink(
        kind=Kind.INCIDENT,
        name="statements",
        label=N_("Statements"),
        of=Kind.STATEMENT,
        field="incident",
    ),
    Backlink(
        kind=Kind.INCIDENT,
        name="earlier_incidents",
        label=N_("Linked incidents"),
        of=Kind.INCIDENT_LINK,
        field="incident",
    ),
    Backlink(
        kind=Kind.INCIDENT,
        name="evidence",
        label=N_("Evidence"),
        of=Kind.EVIDENCE_ITEM,
        field="links.supports",
    ),
    Backlink(
        kind=Kind.ACT,
        name="perpetrators",
        label=N_("Alleged perpetrators"),
        of=Kind.INVOLVEMENT,
        field="act",
        requirement=Requirement.VERIFY,
    ),
    Backlink(
        kind=Kind.PERSON,
        name="organisations",
        label=N_("Relationships"),
        of=Kind.RELATIONSHIP,
        field="party",
    ),
    Backlink(
        kind=Kind.PERSON,
        name="consents",
        label=N_("Consents"),
        of=Kind.CONSENT_RECORD,
        field="about",
        requirement=Requirement.SEND,
    ),
    Backlink(
        kind=Kind.ORGANISATION,
        name="leaders",
        label=N_("Leaders"),
        of=Kind.RELATIONSHIP,
        field="to",
    ),
    Backlink(
        kind=Kind.ORGANISATION,
        name="consents",
        label=N_("Consents"),
        of=Kind.CONSENT_RECORD,
        field="about",
        requirement=Requirement.SEND,
    ),
    Backlink(
        kind=Kind.ORGANISATION,
        name="applications",
        label=N_("Applications for status"),
        of=Kind.COMMITTEE_APPLICATION,
        field="organisation",
    ),
    Backlink(
        kind=Kind.ACT,
        name="applications",
        label=N_("Applications for status"),
        of=Kind.COMMITTEE_APPLICATION,
        field="related_acts",
    ),
    Backlink(
        kind=Kind.COMMITTEE_APPLICATION,
        name="reviews",
        label=N_("Reviews, session by session"),
        of=Kind.APPLICATION_REVIEW,
        field="application",
    ),
    Backlink(
        kind=Kind.APPLICATION_REVIEW,
        name="questions",
        label=N_("Questions"),
        of=Kind.COMMITTEE_QUESTION,
        field="review",
    ),
    Backlink(
        kind=Kind.CASE,
        name="entries",
        label=N_("Follow-up"),
        of=Kind.FOLLOW_UP_ENTRY,
        field="case",
    ),
    Backlink(
        kind=Kind.CASE,
        name="interventions",
        label=N_("Interventions"),
        of=Kind.INTERVENTION,
        field="case",
    ),
    Backlink(
        kind=Kind.CASE,
        name="recommendations",
        label=N_("Recommendations"),
        of=Kind.RECOMMENDATION,
        field="supports",
    ),
    Backlink(
        kind=Kind.EVIDENCE_ITEM,
        name="custody",
        label=N_("Custody"),
        of=Kind.CUSTODY_EVENT,
        field="evidence",
        requirement=Requirement.DRAFT,
    ),
)


def backlinks(kind: Kind) -> tuple[Backlink, ...]:
    """The lists of one kind, in the order they are shown."""
    return tuple(each for each in BACKLINKS if each.kind is kind)
