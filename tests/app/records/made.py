"""Records and words that the tests of checks share."""

from __future__ import annotations

from datetime import date

from app.records import (
    Act,
    ConsentDecision,
    ConsentRecord,
    EngagementLink,
    FuzzyDate,
    Incident,
    Involvement,
    LText,
    TermRef,
)
from app.records.checks import Problem
from app.records.ids import (
    ActId,
    EngagementId,
    IncidentId,
    PersonId,
    new_id,
)

INCIDENT = Incident(
    title=LText.of("A visit", "en"), narrative=LText.of("Two people came.", "en"), language="en"
)


def said(text: str) -> LText:
    return LText.of(text, "en")


def term(code: str) -> TermRef:
    return TermRef.parse(code)


def codes(problems: list[Problem]) -> set[str]:
    return {str(problem) for problem in problems}


def consent(*granted: str, method: str = "secure_call", by: str = "person") -> ConsentRecord:
    return ConsentRecord(
        about=PersonId(new_id()),
        given_by=term(f"consent_giver:{by}"),
        method=term(f"consent_method:{method}"),
        given_at=FuzzyDate.on(date(2026, 1, 15)),
        decisions=tuple(
            ConsentDecision(
                scope=term(f"consent_scope:{scope}"), decision=term("consent_decision:yes")
            )
            for scope in granted
        ),
    )


def act(code: str) -> Act:
    return Act(
        incident=IncidentId(new_id()),
        act_type=term(code),
        victim=PersonId(new_id()),
        description=said("Taken from the office."),
        location_type=term("location_type:ngo_office"),
        engagement_links=(
            EngagementLink(
                engagement=EngagementId(new_id()),
                timing=term("timing_relation:after"),
                basis=(term("link_basis:earlier_warning"),),
                strength=term("link_strength:strong"),
            ),
        ),
    )


def blamed(on: Act) -> Involvement:
    return Involvement(
        act=ActId(on.id),
        party=PersonId(new_id()),
        role=term("person_role:alleged_perpetrator"),
        perpetrator_type=term("perpetrator_type:police"),
        degree=term("involvement_degree:carried_out"),
        confidence=term("information_credibility:cred2_probable"),
    )
