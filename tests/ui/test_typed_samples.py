"""The twelve samples typed field by field into the forms are the samples the commands enter."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.records import Record
from app.samples import SampleCase, all_cases
from tests.ui import typist
from ui.forms.editor import Known, Surroundings
from ui.forms.form import Form

CASES = all_cases()


def records(case: SampleCase) -> tuple[Record, ...]:
    return (case.incident, *case.records)


@pytest.mark.heavy
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.ref)
def test_a_sample_typed_into_the_forms_is_the_sample(qtbot: QtBot, case: SampleCase) -> None:
    known = tuple(
        Known(id=each.id, kind=each.kind, label=each.short_ref)
        for one in CASES
        for each in records(one)
    )
    around = Surroundings(known=known)
    for record in records(case):
        form: Form[Record] = Form(type(record), around)
        qtbot.addWidget(form)
        form.put(typist.unfilled(record))
        typist.fill(form, record)
        assert typist.differing(form.value(), record) == [], record.kind
        assert form.complaints() == []
