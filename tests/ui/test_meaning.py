"""Choosing a term: what it means stands under the list, and its meaning is searched as well."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app import vocabulary
from app.records import Act, TermRef, specs
from ui.forms.choosing import TermEditor, TermsEditor
from ui.forms.editor import Surroundings
from ui.forms.meaning import Meaning
from ui.widgets.choosing import Dropdown, Option

ARREST = vocabulary.definition("act_type", "arrest")


@pytest.fixture
def editor(qtbot: QtBot) -> TermEditor:
    made = TermEditor(dict(specs(Act))["act_type"], Surroundings(), None)
    qtbot.addWidget(made)
    made.put(None)
    made.show()
    return made


def row(dropdown: Dropdown, key: str) -> int:
    return dropdown.findData(key)


def test_the_meaning_of_what_is_chosen_stands_under_the_list(editor: TermEditor) -> None:
    assert editor.meaning.isHidden()
    editor.put(TermRef(list="act_type", key="arrest"))
    assert editor.meaning.text() == ARREST
    assert editor.meaning.isVisible()
    assert editor.list.accessibleDescription() == ARREST


def test_what_is_pointed_at_is_explained_before_it_is_chosen(editor: TermEditor) -> None:
    editor.list.highlighted.emit(row(editor.list, "arrest"))
    assert editor.meaning.text() == ARREST
    editor.list.hidePopup()
    assert editor.meaning.isHidden()
    assert editor.value() is None


def test_the_list_of_several_explains_as_well(qtbot: QtBot) -> None:
    made = TermsEditor(dict(specs(Act))["stated_reason"], Surroundings())
    qtbot.addWidget(made)
    made.show()
    (meaning,) = made.findChildren(Meaning)
    key = vocabulary.get("stated_reason").terms[0].code
    made._add.highlighted.emit(row(made._add, key))
    assert meaning.text() == vocabulary.definition("stated_reason", key)


def options() -> list[Option]:
    plain = [Option(id=f"k{n}", label=f"Label {n}") for n in range(20)]
    return [*plain, Option(id="wanted", label="Short", tip="Kept away from a lawyer")]


def test_a_word_of_the_meaning_finds_the_term(qtbot: QtBot) -> None:
    dropdown = Dropdown()
    qtbot.addWidget(dropdown)
    dropdown.offer(options())
    line = dropdown.lineEdit()
    completer = dropdown.completer()
    assert line is not None
    assert completer is not None
    completer.setCompletionPrefix("LAWYER")
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.currentIndex()) == "Short"
    line.setText("lawyer")
    dropdown._settle()
    assert dropdown.chosen() == "wanted"
    assert line.text() == "Short"


def test_a_word_that_is_in_no_term_is_taken_back(qtbot: QtBot) -> None:
    dropdown = Dropdown()
    qtbot.addWidget(dropdown)
    dropdown.offer(options())
    line = dropdown.lineEdit()
    assert line is not None
    line.setText("nowhere")
    dropdown._settle()
    assert dropdown.chosen() == ""
    assert line.text() == ""
