"""What is due is told in words that tell nothing (R-05), also to who looks over a shoulder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app import reminders, store
from app.records import (
    Act,
    Case,
    ConsentRecord,
    FuzzyRange,
    Incident,
    Intervention,
    LText,
    Person,
    Record,
    ResponseEntry,
    RiskAssessment,
    TermRef,
)
from app.records.ids import IncidentId, PersonId, RecordId
from app.reminders import Task
from app.storage import records
from app.vault import Vault
from tests.conftest import NOON

TODAY = NOON.date()
SOON = TODAY + timedelta(days=3)
LATE = TODAY - timedelta(days=3)
NAMES = ("Ayşe", "Example State", "Harbour")


def kept(vault: Vault, record: Record) -> Record:
    with vault.transaction() as tx:
        return store.receive(vault, tx, record, bundle="b", signer="", number=1).record


def tasks(vault: Vault, today: date = TODAY) -> list[tuple[Task, bool]]:
    return [(each.task, each.is_late) for each in reminders.due(vault, today)]


def inside(vault: Vault, on: date) -> Act:
    incident = kept(vault, Incident(title=LText.of("x")))
    act = Act(
        incident=IncidentId(incident.id),
        period=FuzzyRange.on(on),
        location_type=TermRef(list="location_type", key="un_corridor_or_cafe"),
    )
    kept(vault, act)
    return act


def test_nothing_is_due_in_a_new_vault(vault: Vault) -> None:
    assert reminders.due(vault, TODAY) == []


@pytest.mark.parametrize(
    ("record", "task"),
    [
        (Incident(retention_until=SOON), Task.KEEP_OR_ERASE),
        (Case(next_check=SOON), Task.LOOK_AGAIN),
        (Intervention(reply_due=SOON), Task.REPLY),
        (ConsentRecord(review_on=SOON), Task.ASK_AGAIN),
        (RiskAssessment(made_on=TODAY, valid_until=SOON), Task.RISK_AGAIN),
    ],
)
def test_what_has_a_day_is_due_in_its_week(vault: Vault, record: Record, task: Task) -> None:
    kept(vault, record)
    assert tasks(vault) == [(task, False)]
    assert tasks(vault, TODAY - timedelta(days=30)) == []


@pytest.mark.parametrize(
    "record",
    [
        Case(next_check=LATE, closed_at=LATE),
        Intervention(reply_due=LATE, responses=(ResponseEntry(text=LText.of("thanks")),)),
        RiskAssessment(made_on=LATE - timedelta(days=90), valid_until=LATE),
    ],
)
def test_what_was_done_or_is_over_is_not_due(vault: Vault, record: Record) -> None:
    kept(vault, record)
    assert tasks(vault) == []


def test_r_05_a_reminder_says_no_name_no_place_and_no_reference(vault: Vault) -> None:
    who = kept(vault, Person(pseudonym=NAMES[0]))
    case = Case(title=LText.of(" ".join(NAMES)), next_check=LATE)
    kept(vault, case)
    kept(vault, ConsentRecord(about=PersonId(who.id), review_on=SOON))
    found = reminders.due(vault, TODAY)
    assert len(found) == 2
    for each in found:
        said = f"{each.text} {reminders.WORDS[each.task]}"
        assert each.text.startswith(f"Task {each.code}")
        assert not any(name in said for name in NAMES)
        assert case.short_ref not in said


def test_r_05_the_code_is_the_same_each_time_and_means_nothing_in_another_vault(
    vault: Vault,
) -> None:
    codes = {reminders.code_of(vault, f"{number:032x}") for number in range(200)}
    assert len(codes) > 190
    assert all(len(each) == 3 for each in codes)
    assert reminders.code_of(vault, "a") == reminders.code_of(vault, "a")


def test_what_is_late_comes_first(vault: Vault) -> None:
    kept(vault, Intervention(reply_due=SOON))
    kept(vault, Case(next_check=LATE))
    assert tasks(vault) == [(Task.LOOK_AGAIN, True), (Task.REPLY, False)]


def test_every_task_has_words(vault: Vault) -> None:
    assert set(reminders.WORDS) == set(Task)


def test_a_record_that_cannot_be_read_hides_no_other(vault: Vault) -> None:
    broken = kept(vault, Case(next_check=LATE))
    kept(vault, Intervention(reply_due=SOON))
    with vault.transaction() as tx:
        tx.run('UPDATE record SET body = \'{"next_check":"torn\' WHERE id = ?', RecordId(broken.id))
    assert records.heads_saying(vault.database, "case", "next_check")
    assert tasks(vault) == [(Task.REPLY, False)]


def test_r_11_what_happened_inside_un_premises_can_be_told_on_site_for_two_weeks(
    vault: Vault,
) -> None:
    act = inside(vault, TODAY - timedelta(days=2))
    assert (Task.TELL_ON_SITE, False) in tasks(vault)
    assert tasks(vault, TODAY + timedelta(days=30)) == []
    told = Intervention(
        incident=act.incident,
        intervention_type=TermRef(list="intervention_type", key="un_security_report"),
    )
    kept(vault, told)
    assert tasks(vault) == []


def test_r_11_what_happened_elsewhere_is_not_told_on_site(vault: Vault) -> None:
    act = inside(vault, TODAY)
    kept(vault, replace(act, location_type=TermRef(list="location_type", key="un_accommodation")))
    assert tasks(vault) == []
