"""The kinds of record, in order: what is told, about whom, with what proof and what consent.

Each kind is one frozen dataclass whose field specs drive form, table, storage, search, export and
bundle. A draft is made by calling it: `Incident(title=LText.of("…", "en"))`.
"""

from __future__ import annotations

from typing import Final

from app.records.act import Act
from app.records.act_blocks import (
    Delegation,
    Digital,
    EngagementLink,
    Liberty,
    Procedural,
    Transnational,
)
from app.records.address_book_entry import AddressBookEntry
from app.records.application_review import ApplicationReview, MemberStatement, Vote
from app.records.case import Case, ReportYear
from app.records.committee_application import CommitteeApplication
from app.records.committee_question import CommitteeQuestion
from app.records.consent_record import ConsentDecision, ConsentRecord, Explained
from app.records.custody_event import CustodyEvent
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.deadline import Deadline
from app.records.engagement import Engagement
from app.records.evidence_item import EvidenceItem, EvidenceLink, PreservationCheck
from app.records.follow_up_entry import FollowUpEntry
from app.records.incident import Incident, ReportMention, VictimFlags
from app.records.incident_link import IncidentLink
from app.records.independence_observation import IndependenceObservation
from app.records.intervention import Intervention, ResponseEntry
from app.records.involvement import Involvement
from app.records.kinds import Elsewhere, Kind
from app.records.organisation import Organisation, StatusPeriod
from app.records.person import Contact, Person, SpecialData
from app.records.place import Coordinates, Place, PlaceName
from app.records.recommendation import Recommendation
from app.records.record import FieldConfidentiality, Record
from app.records.relationship import Relationship
from app.records.risk_assessment import (
    Approval,
    Exposed,
    Exposure,
    RiskAssessment,
    RiskDecision,
)
from app.records.session_item import SessionItem
from app.records.source import Source
from app.records.spec import FieldSpec, Requirement, Section, Sensitivity, Shape, Shaped, specs
from app.records.statement import Statement
from app.records.values import (
    Count,
    LText,
    MoneyAmount,
    NamePart,
    PersonName,
    PlaceRef,
    TermRef,
    Translation,
)
from app.records.verification_review import ElementReview, VerificationReview

KINDS: Final[tuple[type[Record], ...]] = (
    Incident,
    Act,
    Person,
    Organisation,
    Involvement,
    Engagement,
    Place,
    Source,
    Statement,
    EvidenceItem,
    CustodyEvent,
    ConsentRecord,
    Relationship,
    IncidentLink,
    RiskAssessment,
    SessionItem,
    CommitteeApplication,
    ApplicationReview,
    CommitteeQuestion,
    IndependenceObservation,
    VerificationReview,
    Intervention,
    Case,
    FollowUpEntry,
    Recommendation,
    AddressBookEntry,
)

__all__ = [
    "KINDS",
    "Act",
    "AddressBookEntry",
    "ApplicationReview",
    "Approval",
    "Case",
    "CommitteeApplication",
    "CommitteeQuestion",
    "ConsentDecision",
    "ConsentRecord",
    "Contact",
    "Coordinates",
    "Count",
    "CustodyEvent",
    "Deadline",
    "Delegation",
    "Digital",
    "ElementReview",
    "Elsewhere",
    "Engagement",
    "EngagementLink",
    "EvidenceItem",
    "EvidenceLink",
    "Explained",
    "Exposed",
    "Exposure",
    "FieldConfidentiality",
    "FieldSpec",
    "FollowUpEntry",
    "FuzzyDate",
    "FuzzyRange",
    "Incident",
    "IncidentLink",
    "IndependenceObservation",
    "Intervention",
    "Involvement",
    "Kind",
    "LText",
    "Liberty",
    "MemberStatement",
    "MoneyAmount",
    "NamePart",
    "Organisation",
    "Person",
    "PersonName",
    "Place",
    "PlaceName",
    "PlaceRef",
    "PreservationCheck",
    "Procedural",
    "Recommendation",
    "Record",
    "Relationship",
    "ReportMention",
    "ReportYear",
    "Requirement",
    "ResponseEntry",
    "RiskAssessment",
    "RiskDecision",
    "Section",
    "Sensitivity",
    "SessionItem",
    "Shape",
    "Shaped",
    "Source",
    "SpecialData",
    "Statement",
    "StatusPeriod",
    "TermRef",
    "Translation",
    "Transnational",
    "VerificationReview",
    "VictimFlags",
    "Vote",
    "class_of",
    "specs",
]

_CLASSES: Final[dict[Kind, type[Record]]] = {each.kind: each for each in KINDS}


def class_of(kind: Kind) -> type[Record]:
    """The class of a kind, from its code."""
    return _CLASSES[kind]
