"""Identifiers: random, so that they tell neither time nor count and merge without a server."""

from __future__ import annotations

import re
import secrets
from typing import Final, NewType

RecordId = NewType("RecordId", str)
"""128 random bits as 32 lower-case hexadecimal characters."""

IncidentId = NewType("IncidentId", RecordId)
ActId = NewType("ActId", RecordId)
PersonId = NewType("PersonId", RecordId)
OrganisationId = NewType("OrganisationId", RecordId)
InvolvementId = NewType("InvolvementId", RecordId)
EngagementId = NewType("EngagementId", RecordId)
PlaceId = NewType("PlaceId", RecordId)
SourceId = NewType("SourceId", RecordId)
StatementId = NewType("StatementId", RecordId)
EvidenceItemId = NewType("EvidenceItemId", RecordId)
CustodyEventId = NewType("CustodyEventId", RecordId)
ConsentRecordId = NewType("ConsentRecordId", RecordId)
RelationshipId = NewType("RelationshipId", RecordId)
IncidentLinkId = NewType("IncidentLinkId", RecordId)
RiskAssessmentId = NewType("RiskAssessmentId", RecordId)
SessionItemId = NewType("SessionItemId", RecordId)
CommitteeApplicationId = NewType("CommitteeApplicationId", RecordId)
ApplicationReviewId = NewType("ApplicationReviewId", RecordId)
CommitteeQuestionId = NewType("CommitteeQuestionId", RecordId)
IndependenceObservationId = NewType("IndependenceObservationId", RecordId)
VerificationReviewId = NewType("VerificationReviewId", RecordId)
CaseId = NewType("CaseId", RecordId)

# A person or an organisation: both may be harmed, accused, heard or asked.
PartyId = PersonId | OrganisationId

ID_PATTERN: Final = re.compile(r"[0-9a-f]{32}")

# Crockford's base32 without the letters that are misread or misheard: i, l, o, u.
SHORT_REF_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SHORT_REF_LENGTH: Final = 7


def new_id() -> RecordId:
    """A fresh identifier: 32 lower-case hexadecimal characters of 128 random bits."""
    return RecordId(secrets.token_hex(16))


def short_ref() -> str:
    """A fresh reference safe to say on the telephone: 7 characters, 35 random bits.

    Not a running number: that would tell how many cases there are, and when each began. Two
    records may share one by chance; the identifier decides, the reference only speaks.
    """
    return "".join(secrets.choice(SHORT_REF_ALPHABET) for _ in range(SHORT_REF_LENGTH))


def is_short_ref(text: str) -> bool:
    """Whether this text has the form of a short reference. One that came from outside may not."""
    return len(text) == SHORT_REF_LENGTH and set(text) <= set(SHORT_REF_ALPHABET)


def is_record_id(text: str) -> bool:
    """Whether this text has the form of an identifier."""
    return ID_PATTERN.fullmatch(text) is not None
