"""A report written down again: new identifiers, the same words, nothing that was promised."""

from __future__ import annotations

import pytest

from app import duplicating, incidents, store
from app.errors import NotFound
from app.records import Act, Incident, Involvement, Record, derive
from app.records.ids import IncidentId, new_id
from app.samples import SampleCase, all_cases
from app.vault import Vault

CASES = all_cases()


def save(vault: Vault, case: SampleCase) -> IncidentId:
    for record in (*case.records, case.incident):
        store.save(vault, record)
    return IncidentId(case.incident.id)


def drafts(vault: Vault) -> list[Record]:
    return store.every_draft(vault)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.ref)
def test_a_copy_has_the_words_new_ids_and_nothing_promised(vault: Vault, case: SampleCase) -> None:
    report = save(vault, case)
    before = incidents.whole(vault, report)
    made = duplicating.duplicate(vault, report).report
    copies = drafts(vault)
    old = {each.id for each in before}
    assert made.narrative == case.incident.narrative
    assert not old & {each.id for each in copies}
    assert {type(each) for each in copies} <= {Incident, Act, Involvement}
    own = {each.id for each in before if isinstance(each, Incident | Act | Involvement)}
    promised = {
        each.id
        for each in before
        if each.kind.value in {"consent_record", "evidence_item", "statement", "risk_assessment"}
    }
    for copy in copies:
        targets = {row.target for row in derive.links(copy)}
        assert not targets & (own | promised)
    acts = [each for each in before if isinstance(each, Act)]
    assert len([each for each in copies if isinstance(each, Act)]) == len(acts)
    assert made.verification_status.key == "reported"
    assert made.reviews == ()


def test_the_first_report_is_not_touched(vault: Vault) -> None:
    report = save(vault, CASES[0])
    before = incidents.whole(vault, report)
    duplicating.duplicate(vault, report)
    assert incidents.whole(vault, report) == before
    assert len(store.revisions(vault, Incident, report)) == 1


def test_a_report_that_is_not_here_is_refused(vault: Vault) -> None:
    with pytest.raises(NotFound):
        duplicating.duplicate(vault, IncidentId(new_id()))
    assert drafts(vault) == []
