"""The twelve fictional incidents, as real records: for the demonstration, tests and training.

Their content is always the same, their identifiers are new each time. Every record carries the tag
FICTIONAL and every title begins with it (D-15). What the samples say about kinds of record that
come later (interventions, the State's answer) stands in the internal notes of the incident.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.records import Engagement, Incident, LText, Place, PlaceRef, Record, TermRef
from app.records.choices import Publicity
from app.records.ids import EngagementId, IncidentId, PlaceId
from app.samples.acts import make_act, make_perpetrators
from app.samples.committee import make_application
from app.samples.form import Sample, SampleApplication, read
from app.samples.parties import Party, make_consent, make_parties, make_roles
from app.samples.places import Places
from app.samples.reviews import make_review
from app.samples.risks import SampleRisk, make_assessment, make_risk
from app.samples.stamps import FICTIONAL, english, lasting, stamps, terms

__all__ = [
    "FICTIONAL",
    "SampleCase",
    "SampleEvidence",
    "SampleRisk",
    "all_cases",
    "make_assessment",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEvidence:
    """An evidence item that the sample describes; the file is made by whoever needs one."""

    evidence_type: TermRef
    title: LText
    description: LText


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCase:
    """One sample: its reference, the incident, what belongs to it in the order to save it.

    `records` begins with the places that no earlier case has brought; then come people, acts and
    who did them, an application to the Committee on NGOs with its history, and the review that a
    status rests on. The incident itself is not among them.
    """

    ref: str
    incident: Incident
    records: tuple[Record, ...]
    evidence: tuple[SampleEvidence, ...]
    risk: SampleRisk


def all_cases() -> tuple[SampleCase, ...]:
    """The twelve cases, made anew. States are made once and shared by the cases."""
    places = Places()
    return tuple(_case(sample, places) for sample in read())


def _case(sample: Sample, places: Places) -> SampleCase:
    states = places.named_in(sample.states)
    parties = make_parties(sample)
    engagements = _engagements(sample, parties)
    incident = _incident(sample, engagements, states)
    at = IncidentId(incident.id)
    consent = make_consent(sample, parties[0].id)
    acts: list[Record] = []
    for told in sample.acts:
        victim = next(party for party in parties if party.answers_to(told.victim))
        first = EngagementId(engagements[0].id)
        act = make_act(sample, told, at, victim.id, first, states)
        acts += (act, *make_perpetrators(sample, told, act))
    return SampleCase(
        ref=sample.ref,
        incident=incident,
        records=(
            *places.take_new(),
            *(party.record for party in parties),
            *engagements,
            *make_roles(sample, parties, at),
            consent,
            *acts,
            *make_application(sample, parties[0].id, consent, acts, states),
            *make_review(incident),
        ),
        evidence=tuple(
            SampleEvidence(
                evidence_type=TermRef.parse(kind),
                title=english(f"{FICTIONAL} – {sample.ref}, evidence {number}"),
                description=english(f"{FICTIONAL}. {description}"),
            )
            for number, (kind, description) in enumerate(sample.evidence, 1)
        ),
        risk=make_risk(sample),
    )


def _incident(
    sample: Sample, engagements: tuple[Engagement, ...], states: tuple[Place, ...]
) -> Incident:
    country = PlaceId(states[0].id)
    return Incident(
        **stamps(sample.lang),
        title=english(f"{FICTIONAL} – {sample.title}"),
        summary=english(f"{FICTIONAL}. {sample.title}."),
        narrative=LText.of(_narrative(sample), sample.lang),
        urgency=TermRef.parse(sample.urgency),
        period=lasting(sample.acts[0].period),
        country=PlaceRef(place=country, as_written=english(sample.states)),
        state_concerned=country,
        engagements=tuple(EngagementId(each.id) for each in engagements),
        harm=terms(sample.harm),
        verification_status=TermRef.parse(sample.verification),
        notes_internal=english(_notes(sample)),
    )


def _engagements(sample: Sample, parties: tuple[Party, ...]) -> tuple[Engagement, ...]:
    """Whoever is not merely related to the target took part."""
    engaged = tuple(party.id for party in parties if not party.told.relation)
    return tuple(
        Engagement(
            **stamps(sample.lang),
            parties=engaged,
            un_body=TermRef.parse(told.un_body),
            engagement_type=TermRef.parse(told.type),
            state=TermRef.parse(told.state),
            period=lasting(told.period),
            subject=english(told.subject),
            public_or_confidential=next(
                each for each in Publicity if each.value == told.public_or_confidential
            ),
        )
        for told in sample.engagements
    )


def _narrative(sample: Sample) -> str:
    """What was done, in order and in its own words; the history of an application at the end."""
    paragraphs = [act.description.text for act in sample.acts]
    if sample.application:
        paragraphs.append(_history(sample.application))
    return "\n\n".join((f"[{FICTIONAL}]", *paragraphs))


def _history(application: SampleApplication) -> str:
    lines = [f"{application.type}, {application.status_sought}"]
    for session, kind, outcome, questions in application.reviews:
        lines.append(f"{session} ({kind}): {outcome}")
        lines += [
            f"  {asked_by}: “{words}” ({theme}, {assessment})"
            for asked_by, theme, assessment, words in questions
        ]
    return "\n".join(lines)


def _notes(sample: Sample) -> str:
    return "\n".join(
        (
            f"{sample.ref}. Exercises: {sample.exercises}.",
            *(f"Action: {action}; UN: {response}" for action, response in sample.follow),
            f"State: {sample.state_response}",
            f"Follow-up: {sample.outcome}",
        )
    )
