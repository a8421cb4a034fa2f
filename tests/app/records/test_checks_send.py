"""What a record needs before it leaves the device."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.records import (
    EvidenceItem,
    Organisation,
    Person,
    PersonName,
)
from app.records.checks import draft, send
from app.records.choices import NamingDecision, PeopleVisible
from app.records.ids import (
    PersonId,
    RecordId,
    new_id,
)
from tests.app.records.made import INCIDENT, act, blamed, codes, consent, said, term


def test_an_incident_leaves_only_with_what_letters_need() -> None:
    assert {
        "summary: missing",
        "state_concerned: missing",
        "requested_actions: missing",
        "current_situation: missing",
        "present_risk: missing",
        "retention_until: missing",
    } <= codes(send(INCIDENT))


def test_a_person_leaves_only_with_a_consent() -> None:
    person = Person()
    assert "consents: none_linked" in codes(send(person))
    record = dataclasses.replace(consent("record_locally"), about=PersonId(person.id))
    assert "consents: none_linked" not in codes(send(person, (record,)))


def test_naming_somebody_needs_a_basis_a_reason_certainty_and_two_people() -> None:
    never = blamed(act("act_type:arrest"))
    assert not {problem.field for problem in send(never)} & {"identified_by", "confidence"}
    named = dataclasses.replace(never, naming_decision=NamingDecision.PUBLIC, confidence=None)
    assert {
        "identified_by: missing",
        "naming_reason: missing",
        "confidence: not_sure_enough",
        "naming_reviewer_names: two_needed",
    } <= codes(send(named))
    one = RecordId(new_id())
    doubtful = dataclasses.replace(
        named,
        confidence=term("information_credibility:cred3_possible"),
        naming_reviewers=(one, one),
    )
    assert {"confidence: not_sure_enough", "naming_reviewer_names: two_needed"} <= codes(
        send(doubtful)
    )
    sure = dataclasses.replace(
        never,
        naming_decision=NamingDecision.CONFIDENTIAL_UN,
        identified_by=said("badge"),
        naming_reason=said("the person asks for it"),
        naming_reviewers=(one, RecordId(new_id())),
        retention_until=date(2028, 1, 1),
    )
    assert send(sure) == []


def test_a_picture_leaves_only_when_somebody_looked_at_who_is_in_it() -> None:
    item = EvidenceItem()
    assert "people_visible: missing" in codes(send(item))
    nobody = dataclasses.replace(item, people_visible=PeopleVisible.NOBODY)
    assert "people_visible: missing" not in codes(send(nobody))
    listed = dataclasses.replace(item, people_visible=PeopleVisible.LISTED)
    assert "people_listed: missing" in codes(send(listed))
    named = dataclasses.replace(listed, people_listed=(PersonId(new_id()),))
    assert "people_listed: missing" not in codes(send(named))


def test_an_organisation_is_recorded_with_a_name_or_a_code_name() -> None:
    assert codes(draft(Organisation())) == {"names: missing"}
    assert draft(Organisation(names=(PersonName(full="QUIET MILL"),))) == []
