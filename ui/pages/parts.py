"""Beginning what belongs to a report: which records are made, and which is filled in first.

A person belongs to a report by having a part in it. So whoever adds a person fills in the person
first, then the part, which points to the person by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.records import (
    Act,
    ConsentRecord,
    Involvement,
    Organisation,
    Person,
    Record,
    Statement,
    class_of,
)
from app.records.ids import IncidentId, RecordId
from app.records.kinds import Kind
from ui.pages.errand import Errand


class Part(Enum):
    """What can be added to a report by one press."""

    ACT = auto()
    PERSON = auto()
    ORGANISATION = auto()
    SOMEBODY_KNOWN = auto()
    COOPERATION = auto()
    STATEMENT = auto()
    CONSENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """Records to be kept as drafts, and the errands to go on, the last one being done first."""

    records: tuple[Record, ...]
    errands: tuple[Errand, ...]


def belonging_to(part: Part, report: RecordId) -> New:
    """A part of a report, tied to it."""
    incident = IncidentId(report)
    match part:
        case Part.ACT:
            return _alone(Act(incident=incident))
        case Part.SOMEBODY_KNOWN:
            return _alone(Involvement(incident=incident))
        case Part.STATEMENT:
            return _alone(Statement(incident=incident))
        case Part.CONSENT:
            return _alone(ConsentRecord())
        case Part.COOPERATION:
            return pointed_to(Kind.ENGAGEMENT, report)
        case Part.PERSON:
            return _with_a_part(Person(), incident)
        case Part.ORGANISATION:
            return _with_a_part(Organisation(), incident)


def pointed_to(kind: Kind, waiting: RecordId) -> New:
    """A record that another one waits for, to point to it."""
    made = class_of(kind)()
    return New(records=(made,), errands=(Errand(record=made.id, waiting=waiting),))


def _alone(made: Record) -> New:
    return New(records=(made,), errands=(Errand(record=made.id),))


def _with_a_part(party: Person | Organisation, incident: IncidentId) -> New:
    role = Involvement(incident=incident)
    return New(
        records=(role, party),
        errands=(Errand(record=role.id), Errand(record=party.id, waiting=role.id)),
    )
