"""How a record is called where it is listed or chosen: one line, in the window's language.

A person is called by the pseudonym, never by a name (M-01); a source by how it knows (S-01). What
people wrote comes as they wrote it: whoever shows it makes it safe to show.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from app import i18n, wording
from app.calendars import seen
from app.i18n import N_, _
from app.records import (
    Act,
    AddressBookEntry,
    ApplicationReview,
    Case,
    CommitteeApplication,
    CommitteeQuestion,
    ConsentRecord,
    CustodyEvent,
    Engagement,
    EvidenceItem,
    FollowUpEntry,
    Incident,
    IncidentLink,
    Intervention,
    Involvement,
    Kind,
    Organisation,
    Person,
    Place,
    Recommendation,
    Record,
    Relationship,
    RiskAssessment,
    SessionItem,
    Source,
    Statement,
    TermRef,
    VerificationReview,
)
from app.records.committee_question import names_individuals
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
    Kind.RISK_ASSESSMENT: N_("Risk assessment"),
    Kind.SESSION_ITEM: N_("Session"),
    Kind.COMMITTEE_APPLICATION: N_("Application for status"),
    Kind.APPLICATION_REVIEW: N_("Review of an application"),
    Kind.COMMITTEE_QUESTION: N_("Question of the Committee"),
    Kind.INDEPENDENCE_OBSERVATION: N_("Sourced observation"),
    Kind.VERIFICATION_REVIEW: N_("Review"),
    Kind.INTERVENTION: N_("Intervention"),
    Kind.CASE: N_("Case"),
    Kind.FOLLOW_UP_ENTRY: N_("Follow-up"),
    Kind.RECOMMENDATION: N_("Recommendation"),
    Kind.ADDRESS_BOOK_ENTRY: N_("Address"),
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
        case Incident() | EvidenceItem() | Case():
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
            back = _("Taken back") if record.retracted_on is not None else ""
            return (back, record.text.text, _day(record.taken_at))
        case ConsentRecord():
            return (_other(record.about, around), _day(record.given_at))
        case CustodyEvent():
            return (_term(record.action),)
        case RiskAssessment():
            return (record.disclosure, _term(record.level))
        case Relationship():
            return (_other(record.party, around), _term(record.relation))
        case IncidentLink():
            return (_term(record.link), _other(record.to, around))
        case _:
            return _parts_of_the_desk(record, around)


def _parts_of_the_desk(record: Record, around: tuple[Record, ...]) -> tuple[str, ...]:
    """An observation on an organisation says nothing here: its title stands in lists (G-08)."""
    match record:
        case SessionItem():
            return (record.name.text,)
        case CommitteeApplication():
            return (_other(record.organisation, around), _term(record.application_type))
        case ApplicationReview():
            return (_other(record.session, around), _term(record.outcome))
        case CommitteeQuestion():
            words = "" if names_individuals(record) else record.original_text.text
            return (_other(record.asked_by, around), words)
        case VerificationReview():
            return (_day(record.reviewed_on), _term(record.decision))
        case Intervention():
            return (_term(record.intervention_type), _term(record.addressee_body))
        case FollowUpEntry():
            return (_day(record.noted_on), record.what_changed.text)
        case Recommendation():
            return (record.short_title.text,)
        case AddressBookEntry():
            return (record.recipient.text, record.channel)
        case _:
            return ()


def when(record: Record) -> str:
    """When it was, for the records that say so; empty for the others."""
    period = getattr(record, "period", None)
    if isinstance(period, FuzzyRange):
        return seen.period(period)
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
    return "" if day is None else seen.when(day)
