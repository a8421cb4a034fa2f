"""The review behind a sample that stands on "reasonable grounds": two people, every element."""

from __future__ import annotations

from typing import Final

from app.records import ElementReview, FuzzyDate, Incident, TermRef, VerificationReview
from app.records.choices import Element, Finding
from app.records.desk_conditions import REASONABLE_GROUNDS
from app.samples.stamps import FICTIONAL, RECORDED_ON, stamps

_FIRST: Final = f"First reviewer ({FICTIONAL})"
_SECOND: Final = f"Second reviewer ({FICTIONAL})"


def make_review(incident: Incident) -> tuple[VerificationReview, ...]:
    """One review where the status needs it (S-03), none elsewhere."""
    if incident.verification_status.key != REASONABLE_GROUNDS:
        return ()
    return (
        VerificationReview(
            **stamps(incident.language),
            of=incident.id,
            reviewer_name=_FIRST,
            second_reviewer_name=_SECOND,
            reviewed_on=FuzzyDate.on(RECORDED_ON),
            elements=tuple(
                ElementReview(element=each, finding=Finding.SUPPORTED) for each in Element
            ),
            independent_sources=2,
            decision=TermRef(list="verification_status", key=REASONABLE_GROUNDS),
        ),
    )
