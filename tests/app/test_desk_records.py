"""What a desk writes for itself never travels in a report, and no report brings it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import belonging, incidents, store
from app.bundles import lines
from app.bundles.lines import Line
from app.bundles.pieces import Pieces
from app.bundles.reading import RECORDS
from app.bundles.report import Item, ItemState
from app.errors import Invalid
from app.records import (
    Act,
    AddressBookEntry,
    ApplicationReview,
    Case,
    CommitteeApplication,
    CommitteeQuestion,
    FollowUpEntry,
    Incident,
    IndependenceObservation,
    Intervention,
    Kind,
    LText,
    Organisation,
    PersonName,
    Recommendation,
    Record,
    RiskAssessment,
    SessionItem,
    VerificationReview,
    checks,
    derive,
)
from app.records.ids import (
    ActId,
    ApplicationReviewId,
    CaseId,
    CommitteeApplicationId,
    IncidentId,
    OrganisationId,
    SessionItemId,
)
from app.records.values import TermRef
from app.vault import Vault
from tests.app.bundles import forging
from tests.app.records.made import codes, said, term


def put(vault: Vault, *records: Record) -> None:
    """Keep records as they are: these tests are not about what a save needs."""
    with vault.transaction() as tx:
        for record in records:
            store.receive(vault, tx, record, bundle="ab" * 16, signer="", number=1)


INCIDENT = Incident(title=said("A visit"), narrative=said("Two people came."))
AT = IncidentId(INCIDENT.id)
ACT = Act(incident=AT)
GROUP = Organisation(names=(PersonName(full="Orlavian Example Rights Network"),))
OF = OrganisationId(GROUP.id)


def of_the_desk() -> tuple[Record, ...]:
    case = Case(title=said("Case"), subjects=(OF,), incidents=(AT,))
    return (
        case,
        FollowUpEntry(case=CaseId(case.id), what_changed=said("Released"), new_incident=AT),
        Intervention(incident=AT, case=CaseId(case.id), by=OF),
        VerificationReview(of=INCIDENT.id),
        Recommendation(short_title=said("Vote"), supports=(INCIDENT.id, case.id)),
        IndependenceObservation(organisation=OF, incident=AT, statement=said("It was founded.")),
        AddressBookEntry(recipient=said("Office"), address="somewhere"),
    )


def test_what_a_desk_writes_belongs_to_no_report(vault: Vault) -> None:
    desk = of_the_desk()
    assert {each.kind for each in desk} == belonging.DESK
    review = next(each for each in desk if isinstance(each, VerificationReview))
    case = next(each for each in desk if isinstance(each, Case))
    pointing = replace(INCIDENT, reviews=(review.id,), case=case.id)
    put(vault, pointing, ACT, *desk)
    assert {each.id for each in incidents.whole(vault, AT)} == {INCIDENT.id, ACT.id}


def test_an_application_comes_with_the_act_it_led_to_and_with_its_history(vault: Vault) -> None:
    session = SessionItem(body=term("un_body:cngo"), name=said("2021 regular"))
    application = CommitteeApplication(organisation=OF, related_acts=(ActId(ACT.id),))
    review = ApplicationReview(
        application=CommitteeApplicationId(application.id), session=SessionItemId(session.id)
    )
    question = CommitteeQuestion(review=ApplicationReviewId(review.id))
    put(vault, INCIDENT, ACT, GROUP, session, application, review, question)
    found = {each.id for each in incidents.whole(vault, AT)}
    assert found == {
        each.id for each in (INCIDENT, ACT, GROUP, session, application, review, question)
    }


def test_an_application_stays_when_only_its_organisation_is_in_the_report(vault: Vault) -> None:
    act = replace(ACT, victim=OF)
    application = CommitteeApplication(organisation=OF)
    put(vault, INCIDENT, act, GROUP, application)
    assert application.id not in {each.id for each in incidents.whole(vault, AT)}


def test_two_acts_that_one_application_ties_do_not_bring_each_other(vault: Vault) -> None:
    other = Incident(title=said("Another"), narrative=said("Later."))
    theirs = Act(incident=IncidentId(other.id))
    application = CommitteeApplication(related_acts=(ActId(ACT.id), ActId(theirs.id)))
    put(vault, INCIDENT, ACT, other, theirs, application)
    found = {each.id for each in incidents.whole(vault, AT)}
    assert found == {INCIDENT.id, ACT.id, application.id}


@pytest.mark.parametrize("kind", sorted(belonging.NEVER_IN_A_REPORT))
def test_a_report_that_brings_what_only_a_desk_writes_is_read_without_it(kind: Kind) -> None:
    """Attack: a sender judges its own report, or writes into the desk's address book."""
    record = next(
        each for each in (*of_the_desk(), RiskAssessment(subject=AT)) if each.kind is kind
    )
    held = lines.marshal([forging.line(record), forging.line(INCIDENT)])
    bad, good = lines.read(Pieces.of(held), RECORDS)
    assert isinstance(bad, Item)
    assert (bad.state, bad.why) == (ItemState.UNREADABLE, "not_in_a_report")
    assert isinstance(good, Line)
    assert good.record == INCIDENT


# --- what each kind needs ---------------------------------------------------------------------


def problems(record: Record) -> set[str]:
    return codes(checks.draft(record))


def test_an_intervention_is_for_a_case_or_report_and_to_somebody() -> None:
    sent = Intervention(intervention_type=term("intervention_type:letter_un"))
    assert {"incident: missing", "addressee_body: missing"} <= problems(sent)
    done = replace(sent, incident=AT, addressee_body=term("un_body:cngo"))
    assert not problems(done) & {"incident: missing", "addressee_body: missing"}


def test_a_case_is_closed_with_a_reason_and_not_before_it_was_opened() -> None:
    case = Case(opened_at=date(2026, 3, 1), closed_at=date(2026, 2, 1))
    assert {"closing_reason: missing", "closed_at: out_of_order"} <= problems(case)


def test_a_recommendation_that_was_carried_out_is_shown_by_evidence() -> None:
    done = Recommendation(status=TermRef(list="recommendation_status", key="implemented"))
    assert "evidence_of_status: missing" in codes(checks.verify(done))
    assert "evidence_of_status: missing" not in codes(checks.verify(Recommendation()))


def test_a_vote_that_is_the_outcome_is_written_down_before_it_is_relied_on() -> None:
    review = ApplicationReview(outcome=term("cngo_outcome:rejected_by_vote"))
    assert "vote: missing" in codes(checks.verify(review))
    assert "vote: missing" not in problems(review)


def test_an_assessment_needs_a_reason_before_it_is_relied_on() -> None:
    asked = CommitteeQuestion(assessment=(term("question_assessment:outside_criteria"),))
    assert "assessment_reason: missing" in codes(checks.verify(asked))


def test_a_question_about_named_people_is_never_searched() -> None:
    asked = CommitteeQuestion(original_text=said("Who is Anna Example?"))
    assert "Who is Anna Example?" in {row.text for row in derive.words(asked)}
    named = replace(asked, themes=(term("cngo_question_theme:individuals_named"),))
    assert derive.words(named) == ()


@pytest.mark.parametrize("kind", sorted(belonging.DESK))
def test_an_empty_record_of_the_desk_is_not_saved(vault: Vault, kind: Kind) -> None:
    record = next(each for each in of_the_desk() if each.kind is kind)
    empty = type(record)(title=LText()) if isinstance(record, Case) else type(record)()
    with pytest.raises(Invalid):
        store.save(vault, empty)
