"""How a record is called where it is listed or chosen: one line, in the window's language.

A person is called by the pseudonym, never by a name (M-01); a source by how it knows (S-01). What
people wrote comes as they wrote it: whoever shows it makes it safe to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app import i18n, wording
from app.i18n import N_, _
from app.records import (
    Act,
    ConsentRecord,
    CustodyEvent,
    Engagement,
    EvidenceItem,
    Incident,
    IncidentLink,
    Involvement,
    Kind,
    Organisation,
    Person,
    Place,
    Record,
    Relationship,
    Source,
    Statement,
    TermRef,
)
from app.records.dates import FuzzyDate, FuzzyRange

LONGEST: Final = 90

SINGULAR: Final = {
    Kind.INCIDENT: N_("Report"),
    Kind.ACT: N_("Act"),
    Kind.PERSON: N_("Person"),
    Kind.ORGANISATION: N_("Organisation"),
    Kind.INVOLVEMENT: N_("Part in it"),
    Kind.ENGAGEMENT: N_("Cooperation with the UN"),
    Kind.PLACE: N_("Place"),
    Kind.SOURCE: N_("Source"),
    Kind.STATEMENT: N_("Statement"),
    Kind.EVIDENCE_ITEM: N_("Evidence"),
    Kind.CUSTODY_EVENT: N_("Custody"),
    Kind.CONSENT_RECORD: N_("Consent"),
    Kind.RELATIONSHIP: N_("Relationship"),
    Kind.INCIDENT_LINK: N_("Link to another report"),
}
"""English source texts: the name of one record of each kind."""


def kind(of: Kind) -> str:
    """The name of a kind, for one record of it."""
    return _(SINGULAR[of])


def title(record: Record, around: Iterable[Record] = ()) -> str:
    """The title of a record; its kind and reference where it says nothing of itself.

    `around`: records whose titles may stand in it, such as the person that an act harmed.
    """
    said = " · ".join(part for part in _parts(record, tuple(around)) if part)
    if not said:
        return f"{kind(record.kind)} {record.short_ref}"
    first = said.split("\n", 1)[0]
    return first if len(first) <= LONGEST else first[: LONGEST - 1] + "…"


def _parts(record: Record, around: tuple[Record, ...]) -> tuple[str, ...]:
    match record:
        case Incident() | EvidenceItem():
            return (record.title.text,)
        case Act():
            return (_term(record.act_type), _other(record.victim, around))
        case Person():
            return (record.pseudonym,)
        case Organisation() | Place():
            return (next((name for each in record.names if (name := _name(each))), ""),)
        case Involvement():
            return (_other(record.party, around), _term(record.role))
        case Engagement():
            return (_term(record.engagement_type), _term(record.un_body))
        case Source():
            return (_term(record.connection), record.short_ref)
        case Statement():
            return (record.text.text, _day(record.taken_at))
        case ConsentRecord():
            return (_other(record.about, around), _day(record.given_at))
        case CustodyEvent():
            return (_term(record.action),)
        case Relationship():
            return (_other(record.party, around), _term(record.relation))
        case IncidentLink():
            return (_term(record.link), _other(record.to, around))
        case _:
            return ()


def when(record: Record) -> str:
    """When it was, for the records that say so; empty for the others."""
    period = getattr(record, "period", None)
    if isinstance(period, FuzzyRange):
        return wording.period(period, i18n.window())
    return ""


def _other(reference: str | None, around: tuple[Record, ...]) -> str:
    found = next((each for each in around if each.id == reference), None)
    return title(found) if found is not None else ""


def _name(named: object) -> str:
    """The words of a name: a person's or organisation's in full, or a place's."""
    full = getattr(named, "full", None)
    return str(full if full is not None else getattr(named, "text", ""))


def _term(term: TermRef | None) -> str:
    return "" if term is None else wording.term(term, i18n.window())


def _day(day: FuzzyDate | None) -> str:
    return "" if day is None else wording.when(day, i18n.window())
