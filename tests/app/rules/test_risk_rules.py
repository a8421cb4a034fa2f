"""The rules of risk, each by its name: what has to be thought about before anything is sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app import risk, store
from app.bundles import planning, sealing
from app.bundles.sealing import Order, SealPlan
from app.errors import RiskHolds
from app.records import (
    Exposed,
    Exposure,
    Incident,
    Involvement,
    Kind,
    LText,
    Person,
    RiskAssessment,
    RiskDecision,
    TermRef,
)
from app.records.choices import YesNo
from app.records.ids import IncidentId, PersonId, RecordId
from app.risk import Assessing, Why
from tests.conftest import NOON
from tests.sides import Sides, new_incident


def answers(level: str = "low", **more: object) -> Assessing:
    usual = Assessing(
        level=level,
        exposed=risk.exposed_among(frozenset({"relatives"})),
        person_agrees=YesNo.YES,
        decision=RiskDecision.GO,
    )
    return replace(usual, **more)  # type: ignore[arg-type]


def fresh(sides: Sides) -> IncidentId:
    """A report whose risk nobody has assessed."""
    return IncidentId(new_incident(sides.reporter, "A visit").id)


def plan(sides: Sides, *chosen: IncidentId) -> SealPlan:
    return planning.plan(sides.reporter, Order(incidents=chosen, receiver=sides.receiver.id))


def why(sides: Sides, *chosen: IncidentId) -> list[Why]:
    return [each.why for each in plan(sides, *chosen).holds]


def assess(sides: Sides, incident: IncidentId, said: Assessing) -> RiskAssessment:
    towards = planning.towards(sides.receiver)
    (saved,) = risk.assess(sides.reporter, (incident,), towards, said)
    return saved.record


def test_r_01_without_an_assessment_nothing_is_sealed_and_no_file_is_made(sides: Sides) -> None:
    incident = fresh(sides)
    assert why(sides, incident) == [Why.NOT_ASSESSED]
    with pytest.raises(RiskHolds) as refused:
        sealing.seal(sides.reporter, plan(sides, incident), folder=sides.folder)
    assert refused.value.why == "not_assessed"
    assert list(sides.folder.iterdir()) == []


def test_r_01_an_assessment_lets_a_report_go_to_that_receiver_alone(sides: Sides) -> None:
    incident = fresh(sides)
    towards = planning.towards(sides.receiver)
    other = replace(towards, receiver="another", name="Another", called=frozenset({"another"}))
    risk.assess(sides.reporter, (incident,), other, answers())
    assert why(sides, incident) == [Why.NOT_ASSESSED]
    assess(sides, incident, answers())
    assert why(sides, incident) == []


def test_r_01_each_report_needs_its_own(sides: Sides) -> None:
    first, second = fresh(sides), fresh(sides)
    assess(sides, first, answers())
    (hold,) = plan(sides, first, second).holds
    assert hold.incident == second


def test_r_01_not_assessed_is_no_assessment(sides: Sides) -> None:
    incident = fresh(sides)
    assess(sides, incident, answers("not_assessed"))
    assert why(sides, incident) == [Why.NOT_ASSESSED]


@pytest.mark.parametrize(("level", "days"), [("low", 92), ("high", 92), ("extreme", 7)])
def test_r_01_it_runs_out_and_no_day_that_is_set_makes_it_live_longer(
    level: str, days: int
) -> None:
    made = RiskAssessment(
        level=TermRef(list="risk_level", key=level),
        made_on=NOON.date(),
        valid_until=NOON.date() + timedelta(days=1000),
    )
    assert risk.ends_on(made) == NOON.date() + timedelta(days=days)
    sooner = replace(made, valid_until=NOON.date() + timedelta(days=2))
    assert risk.ends_on(sooner) == NOON.date() + timedelta(days=2)


def test_r_01_one_that_ran_out_holds_the_report_back(sides: Sides) -> None:
    incident = fresh(sides)
    made = assess(sides, incident, answers())
    past = sides.reporter.clock().date() - timedelta(days=1)
    store.save(sides.reporter, replace(made, valid_until=past))
    assert why(sides, incident) == [Why.RAN_OUT]


def approved_at(sides: Sides, made: RiskAssessment, *moments: datetime) -> None:
    """Approvals of the assessment as it stands, by people of different names, at these moments."""
    kept = store.get(sides.reporter, RiskAssessment, made.id)
    seen = risk.digest_of(kept)
    given = tuple(
        risk.Approval(name=f"Person {number}", at=moment, seen=seen)
        for number, moment in enumerate(moments)
    )
    store.save(sides.reporter, replace(kept, approvals=given))


def test_r_01_an_extreme_risk_needs_two_people(sides: Sides) -> None:
    incident = fresh(sides)
    made = assess(sides, incident, answers("extreme"))
    assert why(sides, incident) == [Why.TWO_NEEDED]
    risk.approve(sides.reporter, made.id, "Anna")
    risk.approve(sides.reporter, made.id, " ANNA ")
    assert why(sides, incident) == [Why.TWO_NEEDED]
    risk.approve(sides.reporter, made.id, "Musa")
    assert why(sides, incident) == [Why.WAITING]


def test_r_01_an_extreme_risk_waits_a_day_after_the_second_person(sides: Sides) -> None:
    incident = fresh(sides)
    made = assess(sides, incident, answers("extreme"))
    now = sides.reporter.clock()
    approved_at(sides, made, now - timedelta(days=3), now - timedelta(hours=23))
    (hold,) = plan(sides, incident).holds
    assert (hold.why, hold.until) == (Why.WAITING, now + timedelta(hours=1))
    approved_at(sides, made, now - timedelta(days=3), now - timedelta(hours=24))
    assert why(sides, incident) == []


def test_r_01_immediate_urgency_takes_the_wait_away_and_not_the_people(sides: Sides) -> None:
    incident = fresh(sides)
    record = store.get(sides.reporter, Incident, incident)
    urgent = TermRef(list="urgency", key="immediate")
    store.save(sides.reporter, replace(record, urgency=urgent))
    made = assess(sides, incident, answers("extreme"))
    assert why(sides, incident) == [Why.TWO_NEEDED]
    now = sides.reporter.clock()
    approved_at(sides, made, now, now)
    assert why(sides, incident) == []


def test_r_01_who_changes_an_assessment_takes_its_approvals_back(sides: Sides) -> None:
    incident = fresh(sides)
    made = assess(sides, incident, answers("extreme"))
    now = sides.reporter.clock()
    approved_at(sides, made, now - timedelta(days=2), now - timedelta(days=2))
    kept = store.get(sides.reporter, RiskAssessment, made.id)
    store.save(sides.reporter, replace(kept, mitigation=LText.of("none", "en")))
    assert why(sides, incident) == [Why.TWO_NEEDED]


def test_r_01_an_assessment_never_travels_and_one_from_others_counts_for_nothing(
    sides: Sides,
) -> None:
    incident = fresh(sides)
    made = assess(sides, incident, answers())
    assert Kind.RISK_ASSESSMENT not in {each.kind for each in plan(sides, incident).records}
    forged = replace(made, id=RecordId(made.id[::-1]), created_at=NOON + timedelta(days=400))
    with sides.reporter.transaction() as tx:
        store.receive(sides.reporter, tx, forged, bundle="0" * 32, signer="", number=1)
        store.receive(sides.reporter, tx, made, bundle="0" * 32, signer="", number=1)
    towards = planning.towards(sides.receiver)
    latest = risk.latest(sides.reporter, incident, towards)
    assert latest is not None
    assert latest.id == made.id


def test_r_01_what_threatens_one_person_in_it_holds_the_whole_report_back(sides: Sides) -> None:
    incident = sides.record()
    person = store.save(sides.reporter, Person()).record
    role = TermRef(list="person_role", key="primary_victim")
    store.save(
        sides.reporter,
        Involvement(incident=incident, party=PersonId(person.id), role=role),
    )
    towards = planning.towards(sides.receiver)
    store.save(
        sides.reporter,
        RiskAssessment(
            subject=PersonId(person.id),
            disclosure=towards.name,
            level=TermRef(list="risk_level", key="high"),
            exposed=risk.exposed_among(frozenset()),
            decision=RiskDecision.DO_NOT,
            reason=LText.of("Watched", "en"),
        ),
    )
    assert why(sides, incident) == [Why.NOT_TO_ACT]


@pytest.mark.parametrize(
    "row", ["person", "relatives", "colleagues", "source", "interpreter", "staff"]
)
def test_r_02_each_of_the_six_has_to_be_answered(sides: Sides, row: str) -> None:
    incident = fresh(sides)
    whole = risk.exposed_among(frozenset())
    open_row = replace(whole, **{row: Exposure.NOT_CONSIDERED})  # type: ignore[arg-type]
    made = assess(sides, incident, answers(exposed=open_row))
    assert why(sides, incident) == [Why.UNANSWERED]
    store.save(sides.reporter, replace(made, exposed=whole))
    assert why(sides, incident) == []


def test_r_02_no_row_is_answered_beforehand() -> None:
    assert {
        getattr(Exposed(), row)
        for row in ("person", "relatives", "colleagues", "source", "interpreter", "staff")
    } == {Exposure.NOT_CONSIDERED}


def test_r_02_a_person_who_does_not_accept_the_risk_holds_it_back(sides: Sides) -> None:
    incident = fresh(sides)
    assess(sides, incident, answers(person_agrees=YesNo.NO))
    assert why(sides, incident) == [Why.NOT_AGREED]


def test_r_03_a_decision_not_to_act_is_kept_and_holds_until_a_later_one(sides: Sides) -> None:
    incident = fresh(sides)
    assess(sides, incident, answers())
    not_to = answers(decision=RiskDecision.DO_NOT, reason=LText.of("Her brother is held", "en"))
    assess(sides, incident, not_to)
    assert why(sides, incident) == [Why.NOT_TO_ACT]
    kept = store.linked_by(sides.reporter, RiskAssessment, "subject", incident)
    assert {each.decision for each in kept} == {RiskDecision.GO, RiskDecision.DO_NOT}


def test_r_03_correcting_an_old_go_does_not_overrule_a_decision_not_to_act(sides: Sides) -> None:
    incident = fresh(sides)
    old = assess(sides, incident, answers())
    assess(sides, incident, answers(decision=RiskDecision.DO_NOT))
    store.save(sides.reporter, replace(old, benefit_expected=LText.of("help", "en")))
    assert why(sides, incident) == [Why.NOT_TO_ACT]
