"""What a consent needs to count."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from app.records import (
    ConsentDecision,
    ConsentRecord,
    FuzzyDate,
)
from app.records.checks import draft, send
from tests.app.records.made import codes, consent


def test_a_consent_needs_who_how_when_and_decisions() -> None:
    assert codes(draft(ConsentRecord())) == {
        "about: missing",
        "given_by: missing",
        "method: missing",
        "given_at: missing",
        "decisions: missing",
    }
    assert draft(consent("record_locally")) == []


def test_each_decision_names_its_scope() -> None:
    record = dataclasses.replace(consent(), decisions=(ConsentDecision(),))
    assert codes(draft(record)) == {"decisions.scope: missing"}


@pytest.mark.parametrize(
    "day",
    [
        FuzzyDate(),
        FuzzyDate(earliest=date(2026, 1, 1), latest=date(2026, 1, 31)),
        FuzzyDate(earliest=date(2026, 1, 1)),
    ],
)
def test_the_day_of_a_consent_has_to_be_known(day: FuzzyDate) -> None:
    record = dataclasses.replace(consent("record_locally"), given_at=day)
    assert codes(draft(record)) == {"given_at: day_needed"}


def test_one_scope_is_decided_once_for_one_recipient() -> None:
    twice = consent("media", "media")
    assert codes(draft(twice)) == {"decisions: decided_twice"}
    first, second = twice.decisions
    apart = dataclasses.replace(
        twice, decisions=(first, dataclasses.replace(second, recipient="PARTNER 2"))
    )
    assert draft(apart) == []


@pytest.mark.parametrize(
    ("granted", "rests"),
    [
        (("un_name_to_state",), True),
        (("un_public_anonymised",), True),
        (("un_public_named",), True),
        (("ngo_public_named", "un_confidential"), True),
        (("ngo_public_named", "ngo_public_anonymised"), False),
        (("un_public_named", "un_confidential"), False),
        (("media",), False),
    ],
)
def test_a_yes_that_rests_on_another_needs_that_one(granted: tuple[str, ...], rests: bool) -> None:
    record = consent(*granted)
    assert draft(record) == []
    assert ("decisions: rests_on" in codes(send(record))) == rests


def test_a_persons_own_report_cannot_allow_what_needs_a_conversation() -> None:
    assert draft(consent("record_locally", "share_named_ngo", method="in_app_self")) == []
    assert codes(draft(consent("media", method="in_app_self"))) == {"decisions: not_by_own_report"}


def test_no_guardian_can_have_a_child_named_in_public() -> None:
    record = consent("ngo_public_named", "ngo_public_anonymised", by="parent_or_guardian")
    assert codes(draft(record)) == {"decisions: not_for_children"}


def test_somebody_elses_consent_needs_authority_and_a_childs_view() -> None:
    needed = codes(send(consent("record_locally", by="parent_or_guardian")))
    assert {"authority: missing", "child_view: missing", "best_interest: missing"} <= needed
    relative = codes(send(consent("record_locally", by="close_relative")))
    assert "authority: missing" in relative
    assert "child_view: missing" not in relative
    assert "authority: missing" not in codes(send(consent("record_locally")))
