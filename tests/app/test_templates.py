"""Templates keep what was chosen and no word of anybody."""

from __future__ import annotations

import pytest

from app import store, templates
from app.errors import Invalid, NotFound
from app.records import Act, Incident, Involvement, LText, Record, derive
from app.records.codec import encode
from app.records.ids import IncidentId, new_id
from app.records.walk import walk
from app.samples import SampleCase, all_cases
from app.vault import Vault

CASES = all_cases()


def saved(vault: Vault, case: SampleCase) -> IncidentId:
    for record in (*case.records, case.incident):
        store.save(vault, record)
    return IncidentId(case.incident.id)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.ref)
def test_no_word_and_nobody_is_in_a_template(vault: Vault, case: SampleCase) -> None:
    report = saved(vault, case)
    template = templates.make(vault, report, "Alike").template
    own = {each.id for each in template.records}
    for each in template.records:
        assert {row.target for row in derive.links(each)} <= own
        assert not [found for found in walk(each) if isinstance(found.value, LText) and found.value]
        text = encode(each).body.decode("utf-8")
        for told in case.records:
            pseudonym = getattr(told, "pseudonym", "")
            assert not pseudonym or pseudonym not in text
        assert case.incident.title.text not in text


def test_a_report_begun_from_it_has_the_choices_under_new_ids(vault: Vault) -> None:
    case = CASES[0]
    report = saved(vault, case)
    template = templates.make(vault, report, "Alike").template
    begun = templates.begin(vault, template)
    drafts = store.every_draft(vault)
    new = next(each for each in drafts if isinstance(each, Incident))
    assert new.id == begun.report
    assert new.id != report
    assert new.requested_actions == case.incident.requested_actions
    kinds = [each.act_type for each in drafts if isinstance(each, Act)]
    before = [each.act_type for each in case.records if isinstance(each, Act)]
    assert sorted(str(each) for each in kinds) == sorted(str(each) for each in before)
    assert {each.incident for each in drafts if isinstance(each, Act)} == {new.id}
    assert all(each.party is None for each in drafts if isinstance(each, Involvement))
    assert not {each.id for each in drafts} & {each.id for each in (case.incident, *case.records)}


def test_two_reports_from_one_template_share_no_id(vault: Vault) -> None:
    template = templates.make(vault, saved(vault, CASES[0]), "Alike").template
    templates.begin(vault, template)
    first = {each.id for each in store.every_draft(vault)}
    templates.begin(vault, template)
    assert len({each.id for each in store.every_draft(vault)}) == 2 * len(first)


def test_a_template_is_renamed_removed_and_brought_back(vault: Vault) -> None:
    template = templates.make(vault, saved(vault, CASES[0]), "  One   name ").template
    assert [each.name for each in templates.every(vault)] == ["One name"]
    renamed = templates.Template(id=template.id, name="Other", records=template.records)
    templates.keep(vault, renamed)
    assert [each.name for each in templates.every(vault)] == ["Other"]
    templates.remove(vault, renamed)
    assert templates.every(vault) == ()
    with pytest.raises(NotFound):
        templates.remove(vault, renamed)
    templates.keep(vault, renamed)
    assert templates.every(vault) == (renamed,)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_template_needs_a_name_of_a_line(vault: Vault, name: str) -> None:
    with pytest.raises(Invalid):
        templates.make(vault, saved(vault, CASES[0]), name)


def test_a_report_that_is_not_here_makes_no_template(vault: Vault) -> None:
    with pytest.raises(NotFound):
        templates.make(vault, IncidentId(new_id()), "x")


def test_what_is_being_typed_counts(vault: Vault) -> None:
    draft: Record = Incident(narrative=LText.of("x"))
    store.keep_draft(vault, draft)
    assert templates.make(vault, IncidentId(draft.id), "x").template.records[0].id == draft.id
