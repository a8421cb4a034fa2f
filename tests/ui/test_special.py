"""Special facts are covered until a reason was typed, and the reason is kept first (M-02)."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.records import Act, Liberty, LText, Person, Record
from app.records.person import SpecialData
from ui.forms.editor import Surroundings
from ui.forms.form import Form
from ui.forms.looking import Looking, Show
from ui.forms.rows import FieldRow

WHY = "the letter has to say on what ground"
TOLD = SpecialData(words=LText.of("a belief", "en"), reason=LText.of("the ground", "en"))


class Trail:
    """What was asked to be kept; nothing is shown before it says so."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str]] = []
        self.waiting: list[Show] = []

    def keep(self, field: str, reason: str, show: Show) -> None:
        self.kept.append((field, reason))
        self.waiting.append(show)

    def done(self) -> None:
        self.waiting.pop()()


def shown(qtbot: QtBot, record: Record, trail: Trail) -> Form[Record]:
    form: Form[Record] = Form(type(record), Surroundings(looking=Looking(trail.keep)))
    qtbot.addWidget(form)
    form.unfold()
    form.put(record)
    form.show()
    return form


def row(form: Form[Record], name: str) -> FieldRow:
    return next(each for each in form.findChildren(FieldRow) if each.name == name)


def is_covered(of: FieldRow) -> bool:
    return of.editor.isHidden() and not of.cover.isHidden()


def test_m_02_special_fields_are_hidden_whether_or_not_they_say_anything(qtbot: QtBot) -> None:
    form = shown(qtbot, Person(religion=TOLD), Trail())
    assert is_covered(row(form, "religion"))
    assert is_covered(row(form, "health"))
    assert not is_covered(row(form, "occupation"))


def test_m_02_nothing_is_shown_without_a_reason_or_before_it_is_kept(qtbot: QtBot) -> None:
    trail = Trail()
    form = shown(qtbot, Person(religion=TOLD), trail)
    religion = row(form, "religion")
    religion.cover.button.click()
    assert is_covered(religion)
    religion.cover.reason.setText("work")
    religion.cover.button.click()
    assert is_covered(religion)
    assert trail.kept == []
    religion.cover.reason.setText(WHY)
    religion.cover.button.click()
    assert trail.kept == [("religion", WHY)]
    assert is_covered(religion)
    trail.done()
    assert not is_covered(religion)
    assert is_covered(row(form, "health"))


def test_m_02_the_reason_is_asked_once_and_kept_for_each_field(qtbot: QtBot) -> None:
    trail = Trail()
    form = shown(qtbot, Person(religion=TOLD), trail)
    for name in ("religion", "health"):
        covered = row(form, name)
        covered.cover.button.click()
        covered.cover.reason.setText(WHY)
        if name == "religion":
            covered.cover.button.click()
        trail.done()
        assert not is_covered(covered)
    assert trail.kept == [("religion", WHY), ("health", WHY)]


def test_m_02_what_stands_inside_an_uncovered_block_is_covered_once(qtbot: QtBot) -> None:
    trail = Trail()
    form = shown(qtbot, Person(religion=TOLD), trail)
    religion = row(form, "religion")
    religion.cover.button.click()
    religion.cover.reason.setText(WHY)
    religion.cover.button.click()
    trail.done()
    inside = [each for each in religion.editor.findChildren(FieldRow) if each.name == "words"]
    assert [is_covered(each) for each in inside] == [False]


def test_m_02_a_special_fact_in_an_open_block_is_covered(qtbot: QtBot) -> None:
    form = shown(qtbot, Act(liberty=Liberty(health=LText.of("ill", "en"))), Trail())
    assert is_covered(row(form, "health"))
    assert not is_covered(row(form, "charges"))


def test_m_02_another_record_is_covered_again(qtbot: QtBot) -> None:
    trail = Trail()
    form = shown(qtbot, Person(religion=TOLD), trail)
    religion = row(form, "religion")
    religion.cover.button.click()
    religion.cover.reason.setText(WHY)
    religion.cover.button.click()
    trail.done()
    form.put(Person(religion=TOLD))
    assert is_covered(religion)
