"""The acts of a sample, who is said to have done them, and why they are linked to the UN."""

from __future__ import annotations

from app.records import (
    Act,
    Delegation,
    Digital,
    EngagementLink,
    FuzzyDate,
    Involvement,
    Liberty,
    LText,
    Person,
    Place,
    Procedural,
    Record,
    TermRef,
    Transnational,
)
from app.records.choices import Access
from app.records.ids import ActId, EngagementId, IncidentId, PartyId, PersonId, PlaceId
from app.samples.form import Sample, SampleAct
from app.samples.stamps import english, lasting, stamps, term, terms


def make_act(
    sample: Sample,
    told: SampleAct,
    incident: IncidentId,
    victim: PartyId,
    engagement: EngagementId,
    states: tuple[Place, ...],
) -> Act:
    """One act. `states`: those the sample names, the one that acts first."""
    return Act(
        **stamps(sample.lang),
        incident=incident,
        act_type=TermRef.parse(told.act_type),
        victim=victim,
        period=lasting(told.period),
        location_type=TermRef.parse(told.location_type),
        description=LText.of(told.description.text, told.description.lang),
        engagement_links=_links(told, engagement),
        legality=term(told.legality),
        stated_reason=terms(told.stated_reason),
        liberty=_liberty(told),
        digital=_digital(told),
        procedural=_procedural(sample, told, states),
        transnational=_transnational(told, states),
    )


def make_perpetrators(sample: Sample, told: SampleAct, act: Act) -> tuple[Record, ...]:
    """For each alleged perpetrator a person who is not identified, and the part taken."""
    records: list[Record] = []
    for number, each in enumerate(told.perpetrators, 1):
        person = Person(
            **stamps(sample.lang),
            identity_mode=TermRef(list="identity_mode", key="anonymous"),
            pseudonym=f"UNIDENTIFIED {number} ({sample.ref}, {act.act_type})",
        )
        involvement = Involvement(
            **stamps(sample.lang),
            act=ActId(act.id),
            party=PersonId(person.id),
            role=TermRef(list="person_role", key="alleged_perpetrator"),
            perpetrator_type=TermRef.parse(each.type),
            degree=TermRef.parse(each.degree),
            note=english(each.note),
            confidence=TermRef(list="information_credibility", key="cred3_possible"),
        )
        records += (person, involvement)
    return tuple(records)


def _links(told: SampleAct, engagement: EngagementId) -> tuple[EngagementLink, ...]:
    if told.engagement_link is None:
        return ()
    lag = f"{told.lag_days} days between the engagement and the act." if told.lag_days else ""
    return (
        EngagementLink(
            engagement=engagement,
            timing=TermRef.parse(told.engagement_link.timing),
            basis=terms(told.engagement_link.basis),
            strength=TermRef.parse(told.engagement_link.strength),
            explanation=english(lag),
        ),
    )


def _liberty(told: SampleAct) -> Liberty | None:
    if told.liberty is None:
        return None
    return Liberty(
        access_lawyer=_access(told.liberty.access_lawyer),
        access_family=_access(told.liberty.access_family),
        next_hearing=FuzzyDate(original_text=told.liberty.next_hearing, lang="en"),
    )


def _access(code: str) -> Access:
    return next(each for each in Access if each.value == code)


def _digital(told: SampleAct) -> Digital | None:
    if not told.digital:
        return None
    codes = terms(told.digital)
    return Digital(
        attack_type=tuple(each for each in codes if each.list == "digital_attack_type"),
        confidence=next(each for each in codes if each.list == "digital_confidence"),
    )


def _procedural(sample: Sample, told: SampleAct, states: tuple[Place, ...]) -> Procedural | None:
    if not told.procedural:
        return None
    raising = states[1:] if sample.application else ()
    return Procedural(
        obstruction=terms(told.procedural),
        outcome=term(told.obstruction_outcome),
        time_lost_seconds=told.time_lost_seconds,
        interruptions=told.interruptions,
        delegations_raising=tuple(Delegation(state=PlaceId(each.id)) for each in raising),
    )


def _transnational(told: SampleAct, states: tuple[Place, ...]) -> Transnational | None:
    if not told.transnational:
        return None
    return Transnational(
        method=(TermRef.parse(told.transnational),),
        acting_state=PlaceId(states[0].id),
        state_where_target_was=PlaceId(states[1].id) if len(states) > 1 else None,
    )
