"""What is still missing in a report: by step, in words, each field once."""

from __future__ import annotations

import pytest

from app import missing
from app.missing import Stage
from app.records import Act, Incident, LText, Record, TermRef, checks
from app.records.ids import IncidentId
from app.samples import all_cases


def names(report: Record, *parts: Record, stage: Stage) -> set[tuple[str, str]]:
    found = missing.gaps(report, parts)
    return {(gap.record.kind.value, gap.field) for gap in found if gap.stage is stage}


def test_an_empty_report_needs_a_title_and_a_line_to_be_saved() -> None:
    assert names(Incident(), stage=Stage.SAVED) == {
        ("incident", "title"),
        ("incident", "narrative"),
    }


def test_a_field_is_named_at_its_first_step_only() -> None:
    fields = [(gap.record.id, gap.field) for gap in missing.gaps(Incident(), ())]
    assert len(fields) == len(set(fields))


def test_an_act_that_points_to_the_report_fills_the_list_of_acts() -> None:
    report = Incident(title=LText.of("x"), narrative=LText.of("y"))
    assert ("incident", "acts") in names(report, stage=Stage.ESTABLISHED)
    act = Act(incident=IncidentId(report.id))
    assert ("incident", "acts") not in names(report, act, stage=Stage.ESTABLISHED)


def test_the_block_that_a_kind_of_act_asks_for_is_missed() -> None:
    act = Act(act_type=TermRef(list="act_type", key="arrest"))
    assert ("act", "liberty") in names(Incident(), act, stage=Stage.ESTABLISHED)


def test_fields_are_called_as_in_the_form_and_say_what_they_need() -> None:
    gaps = {gap.field: gap for gap in missing.gaps(Incident(), ())}
    assert gaps["narrative"].called == "What happened"
    assert gaps["narrative"].why == "This is needed."
    assert gaps["acts"].called == "Acts"


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.ref)
def test_nothing_that_a_check_finds_is_left_out(case: object) -> None:
    report, parts = case.incident, case.records  # type: ignore[attr-defined]
    found = {(gap.record.id, gap.field) for gap in missing.gaps(report, parts)}
    for each in (report, *parts):
        others = [other for other in (report, *parts) if other.id != each.id]
        for problem in (*checks.verify(each, others), *checks.send(each, others)):
            field = problem.field.partition(".")[0].partition("[")[0]
            assert (each.id, field) in found


def test_gaps_of_a_step_stand_record_by_record() -> None:
    act = Act()
    found = missing.gaps(Incident(), [act])
    groups = missing.grouped(found, Stage.SAVED, [act])
    assert [each.record.kind.value for each in groups] == ["incident", "act"]
    assert sum(len(each.gaps) for each in groups) == sum(
        1 for gap in found if gap.stage is Stage.SAVED
    )
