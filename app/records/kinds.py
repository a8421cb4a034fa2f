"""The kinds of record and the names of what a reference may point to."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A kind of record. The value is its code in bodies and bundles: never renamed or reused."""

    INCIDENT = "incident"
    ACT = "act"
    PERSON = "person"
    ORGANISATION = "organisation"
    INVOLVEMENT = "involvement"
    ENGAGEMENT = "engagement"
    PLACE = "place"
    SOURCE = "source"
    STATEMENT = "statement"
    EVIDENCE_ITEM = "evidence_item"
    CUSTODY_EVENT = "custody_event"
    CONSENT_RECORD = "consent_record"
    RELATIONSHIP = "relationship"
    INCIDENT_LINK = "incident_link"
    RISK_ASSESSMENT = "risk_assessment"
    SESSION_ITEM = "session_item"
    COMMITTEE_APPLICATION = "committee_application"
    APPLICATION_REVIEW = "application_review"
    COMMITTEE_QUESTION = "committee_question"
    INDEPENDENCE_OBSERVATION = "independence_observation"
    VERIFICATION_REVIEW = "verification_review"
    INTERVENTION = "intervention"
    CASE = "case"
    FOLLOW_UP_ENTRY = "follow_up_entry"
    RECOMMENDATION = "recommendation"
    ADDRESS_BOOK_ENTRY = "address_book_entry"


class Elsewhere(StrEnum):
    """What a reference may point to that is not a record of this version."""

    LOCAL_USER = "local_user"
    OUTPUT_DOCUMENT = "output_document"


Target = Kind | Elsewhere
