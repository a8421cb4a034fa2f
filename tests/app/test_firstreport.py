"""The first report: what was answered becomes records that can be saved, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app import firstkeeping, firstreport, incidents, store
from app.consents import Answer, answer
from app.errors import Invalid
from app.firstreport import FirstReport
from app.records import (
    Act,
    ConsentRecord,
    Engagement,
    FuzzyRange,
    Incident,
    Involvement,
    LText,
    Person,
    checks,
)
from app.records.choices import YesNo
from app.records.ids import IncidentId, RecordId, new_id
from app.vault import Vault

TODAY = date(2026, 3, 2)
BOTH = frozenset({"record_locally", "share_named_ngo"})


def told() -> FirstReport:
    """Every question answered."""
    begun = firstreport.begin(RecordId(new_id()))
    report = replace(
        begun.report,
        title=LText.of("A visit"),
        narrative=LText.of("Two officers came."),
        period=FuzzyRange.on(date(2026, 3, 1)),
    )
    begun = firstreport.happened_in(replace(begun, report=report), "Ruritania")
    begun = firstreport.happened_inside(begun, YesNo.YES)
    begun = firstreport.cooperated_with(begun, "hrc", "attempted")
    begun = firstreport.done_by(begun, "state")
    return firstreport.allow(begun, BOTH, "Human Rights Desk", TODAY)


def test_an_unanswered_report_is_one_record_that_says_nothing() -> None:
    begun = firstreport.begin(RecordId(new_id()))
    assert firstreport.made(begun) == (begun.report,)
    assert not firstreport.can_be_saved(begun)


def test_every_record_made_can_be_saved_as_it_is() -> None:
    for each in firstreport.made(told()):
        assert checks.draft(each) == [], each


def test_what_was_answered_hangs_on_the_report_once_saved(vault: Vault) -> None:
    answered = told()
    firstkeeping.save(vault, answered)
    whole = incidents.whole(vault, IncidentId(answered.report.id))
    kinds = sorted(each.kind.value for each in whole)
    assert kinds == [
        "act",
        "consent_record",
        "engagement",
        "incident",
        "involvement",
        "person",
        "person",
    ]
    (act,) = (each for each in whole if isinstance(each, Act))
    assert act.location_type is not None
    assert act.location_type.key == "un_premises"
    assert act.act_type is not None
    assert act.act_type.key == "unknown"
    assert act.period == answered.report.period
    (engagement,) = (each for each in whole if isinstance(each, Engagement))
    assert (engagement.un_body.key, engagement.state.key) == ("hrc", "attempted")
    assert store.every_draft(vault) == []


def test_the_one_organisation_named_is_allowed_and_nobody_else(vault: Vault) -> None:
    firstkeeping.save(vault, told())
    held = store.every(vault, ConsentRecord)
    assert answer(held, "share_named_ngo", TODAY, frozenset({"human rights desk"})) is Answer.YES
    assert answer(held, "share_named_ngo", TODAY, frozenset({"somebody"})) is Answer.NOT_ASKED
    assert answer(held, "un_confidential", TODAY) is Answer.NOT_ASKED


def test_sharing_without_a_name_is_no_yes() -> None:
    begun = firstreport.begin(RecordId(new_id()))
    allowed = firstreport.allow(begun, BOTH, "  ", TODAY)
    assert allowed.allows == {"record_locally"}


def test_nothing_else_can_be_allowed_here() -> None:
    begun = firstreport.begin(RecordId(new_id()))
    asked = frozenset({"un_public_named", "record_locally"})
    assert firstreport.allow(begun, asked, "", TODAY).allows == {"record_locally"}


def test_consent_alone_still_belongs_to_the_report(vault: Vault) -> None:
    begun = firstreport.begin(RecordId(new_id()))
    report = replace(begun.report, title=LText.of("x"), narrative=LText.of("y"))
    begun = firstreport.allow(replace(begun, report=report), BOTH, "Desk", TODAY)
    firstkeeping.save(vault, begun)
    whole = incidents.whole(vault, IncidentId(report.id))
    assert any(isinstance(each, ConsentRecord) for each in whole)


def test_outside_un_premises_is_kept_as_a_no() -> None:
    begun = firstreport.happened_inside(firstreport.begin(RecordId(new_id())), YesNo.NO)
    assert begun.inside is YesNo.NO
    assert firstreport.happened_inside(begun, YesNo.NOT_ASKED).inside is YesNo.NOT_ASKED


def test_i_do_not_know_who_did_it_is_an_answer() -> None:
    begun = firstreport.done_by(firstreport.begin(RecordId(new_id())), "unknown")
    made = firstreport.made(begun)
    assert [type(each) for each in made] == [Person, Involvement, Incident]


def test_what_was_being_told_is_there_again_after_a_lock(vault: Vault) -> None:
    answered = told()
    firstkeeping.keep(vault, answered)
    again = firstkeeping.resume(vault, RecordId(answered.report.id))
    assert {each.id for each in firstreport.made(again)} == {
        each.id for each in firstreport.made(answered)
    }
    for name in ("body", "how_far", "did_it", "inside", "allows", "receiver", "is_saved"):
        assert getattr(again, name) == getattr(answered, name), name
    firstkeeping.save(vault, again)
    assert firstkeeping.resume(vault, RecordId(answered.report.id)).is_saved


def test_an_answer_taken_back_leaves_no_draft(vault: Vault) -> None:
    answered = told()
    firstkeeping.keep(vault, answered)
    back = firstreport.cooperated_with(answered, "", "")
    back = firstreport.happened_inside(back, YesNo.NOT_ASKED)
    back = firstreport.done_by(back, "")
    back = firstreport.allow(back, frozenset(), "", TODAY)
    firstkeeping.keep(vault, back)
    (left,) = store.every_draft(vault)
    assert isinstance(left, Incident)
    assert left.engagements == ()


def test_without_a_word_of_what_happened_nothing_is_saved(vault: Vault) -> None:
    answered = told()
    silent = replace(answered, report=replace(answered.report, narrative=LText()))
    with pytest.raises(Invalid):
        firstkeeping.save(vault, silent)
    assert store.every(vault, Person) == []
