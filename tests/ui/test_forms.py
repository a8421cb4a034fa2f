"""Forms from specs: what goes in comes out, and what is typed arrives where it belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.calendars import window as calendars
from app.records import (
    KINDS,
    Act,
    FuzzyDate,
    FuzzyRange,
    Incident,
    LText,
    Person,
    PersonName,
    Record,
    Shape,
    TermRef,
    Translation,
    checks,
    pseudonyms,
    specs,
)
from app.records.choices import Direction, YesNo
from app.records.kinds import Kind
from app.samples import all_cases
from tests.app.records.shapes import records
from ui.forms import editors
from ui.forms.editor import Editor, Known, Surroundings
from ui.forms.form import Form
from ui.forms.nested import ItemEditor
from ui.forms.words import WordsEditor

AROUND = Surroundings(language="ug")


@cache
def samples() -> tuple[Record, ...]:
    return tuple(each for case in all_cases() for each in (case.incident, *case.records))


def opened(qtbot: QtBot, kind: type[Record], around: Surroundings = AROUND) -> Form[Record]:
    form = Form(kind, around)
    qtbot.addWidget(form)
    form.unfold()
    return form


def editor_of(form: Form[Record], name: str) -> Editor:
    if name in form._short.rows:
        return form._short.rows[name].editor
    fold = next(each for each in form._folds if name in each.names)
    return fold.fields().rows[name].editor


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_any_record_comes_out_as_it_went_in(qtbot: QtBot, kind: type[Record]) -> None:
    form = opened(qtbot, kind)

    @settings(
        max_examples=6,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(records(kind))
    def round_trip(record: Record) -> None:
        form.put(record)
        assert form.value() == record
        assert not form.is_changed()

    round_trip()


def test_the_twelve_samples_come_out_as_they_went_in(qtbot: QtBot) -> None:
    forms = {kind: opened(qtbot, kind) for kind in {type(each) for each in samples()}}
    for record in samples():
        form = forms[type(record)]
        form.put(record)
        assert form.value() == record


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind.value)
def test_a_form_offers_every_field_people_may_edit(qtbot: QtBot, kind: type[Record]) -> None:
    offered = set(Form(kind, AROUND)._names())
    wanted = {
        name
        for name, spec in specs(kind)
        if spec.editable and (not spec.targets or any(isinstance(t, Kind) for t in spec.targets))
    }
    assert offered == wanted


def test_every_field_type_has_an_editor() -> None:
    assert set(editors._MAKERS) == set(Shape)


def test_words_typed_get_the_language_of_the_form(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    area = editor_of(form, "title").buddy()
    assert isinstance(area, QPlainTextEdit)
    with qtbot.waitSignal(form.edited):
        area.setPlainText("ئۆي")
    assert form.value() == replace(form._record, title=LText.of("ئۆي", "ug"))
    assert form.is_changed()


def test_changing_the_words_keeps_their_translations(qtbot: QtBot) -> None:
    layer = (Translation(text="House search", lang="en", by="K."),)
    before = Incident(title=LText(text="ئۆي", lang="ug", translations=layer))
    form = opened(qtbot, Incident)
    form.put(before)
    area = editor_of(form, "title").buddy()
    assert isinstance(area, QPlainTextEdit)
    area.setPlainText("ئۆي ئاختۇرۇش")
    title = form.value().title
    assert (title.text, title.lang, title.translations) == ("ئۆي ئاختۇرۇش", "ug", layer)


def test_the_language_of_a_text_is_chosen_and_turns_its_direction(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident(title=LText.of("Haus", "de")))
    editor = editor_of(form, "title")
    assert isinstance(editor, WordsEditor)
    assert "Deutsch" in editor.more.text()
    editor.more.click()
    assert editor.language is not None
    assert form.value().title == LText.of("Haus", "de")
    editor.language.choose("ar")
    editor.language.activated.emit(editor.language.currentIndex())
    assert form.value().title == LText.of("Haus", "ar")
    assert form.value().title.dir is Direction.RTL


def test_a_language_that_is_in_no_list_is_given_by_its_tag(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident(title=LText.of("x")))
    editor = editor_of(form, "title")
    assert isinstance(editor, WordsEditor)
    editor.more.click()
    editor.tag.setText("not a tag")
    editor.tag.editingFinished.emit()
    assert form.value().title.lang == ""
    editor.tag.setText("xx-Arab")
    editor.tag.editingFinished.emit()
    assert form.value().title.lang == "xx-Arab"
    assert editor.language is not None
    assert editor.language.chosen() == "xx-Arab"


def test_a_language_that_qt_does_not_name_stays(qtbot: QtBot) -> None:
    before = Incident(title=LText.of("x", "art-x-own"))
    form = opened(qtbot, Incident)
    form.put(before)
    editor = editor_of(form, "title")
    assert isinstance(editor, WordsEditor)
    editor.more.click()
    assert editor.language is not None
    assert editor.language.chosen() == "art-x-own"
    assert form.value() == before


def test_a_translation_is_a_layer_with_its_language_and_who_made_it(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident(title=LText.of("ئۆي", "ug")))
    editor = editor_of(form, "title")
    assert isinstance(editor, WordsEditor)
    editor.more.click()
    assert editor.translations is not None
    editor.translations._on_add()
    item = editor.translations._items[0][1]
    assert isinstance(item, ItemEditor)
    rows = item._fields.rows
    rows["text"].editor.buddy().setPlainText("House\nsearch")
    rows["lang"].editor.line.setText("en")
    rows["by"].editor.line.setText("K.")
    rows["machine"].editor.box.setChecked(True)
    layer = Translation(text="House\nsearch", lang="en", by="K.", machine=True)
    assert form.value().title == replace(LText.of("ئۆي", "ug"), translations=(layer,))


def test_another_answer_of_several_is_said_in_own_words(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "requested_actions")
    at = editor._add.findData("other")
    editor._add.setCurrentIndex(at)
    editor._add.activated.emit(at)
    line = editor._others.itemAt(0).widget()
    assert isinstance(line, QLineEdit)
    line.setText("A letter to my school")
    wanted = TermRef(list="requested_action", key="other", other_text="A letter to my school")
    assert form.value().requested_actions == (wanted,)
    editor._remove(wanted)
    assert form.value().requested_actions == ()


@pytest.mark.parametrize(
    ("typed", "earliest", "latest", "precision"),
    [
        ("2026-11-24", date(2026, 11, 24), date(2026, 11, 24), "day"),
        ("24.11.2026", date(2026, 11, 24), date(2026, 11, 24), "day"),
        ("٢٤/١١/٢٠٢٦", date(2026, 11, 24), date(2026, 11, 24), "day"),
        ("March 2026", date(2026, 3, 1), date(2026, 3, 31), "month"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "year"),
        ("农历八月中旬", None, None, "unknown"),
        ("3/4/2026", None, None, "unknown"),
    ],
)
def test_a_date_is_read_where_it_is_plain_and_kept_in_words_else(
    qtbot: QtBot, typed: str, earliest: date | None, latest: date | None, precision: str
) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    line = editor_of(form, "period").buddy()
    assert isinstance(line, QLineEdit)
    line.setText(typed)
    start = form.value().period.start
    assert start.original_text == typed
    assert (start.earliest, start.latest) == (earliest, latest)
    assert start.precision.key == precision


def test_i_do_not_know_is_an_answer_and_can_be_taken_back(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident(period=FuzzyRange.on(date(2026, 3, 1))))
    editor = editor_of(form, "period")
    editor._start.unknown.click()
    assert form.value().period.start == FuzzyDate.unknown_date()
    editor._start.line.setText("2026-03-02")
    assert form.value().period.start.earliest == date(2026, 3, 2)
    assert not editor._start.unknown.isChecked()


def test_a_question_answered_reads_back(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "new_legislation")
    editor._chips[1].click()
    assert form.value().new_legislation is YesNo.NO


def test_terms_are_added_and_taken_off(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "harm")
    first = editor._add.itemData(1)
    editor._add.setCurrentIndex(1)
    editor._add.activated.emit(1)
    assert form.value().harm == (TermRef(list="harm_type", key=first),)
    editor._remove(form.value().harm[0])
    assert form.value().harm == ()


def test_a_term_of_a_newer_version_stays(qtbot: QtBot) -> None:
    later = Incident(urgency=TermRef(list="urgency", key="not_known_here"))
    form = opened(qtbot, Incident)
    form.put(later)
    assert form.value() == later
    editor = editor_of(form, "urgency")
    editor.list.choose("standard")
    editor.list.activated.emit(editor.list.currentIndex())
    assert form.value().urgency.key == "standard"


def test_names_are_listed_each_in_its_own_script(qtbot: QtBot) -> None:
    names = (PersonName(full="林示例", lang="zh-Hans"), PersonName(full="Lin Shili"))
    form = opened(qtbot, Person)
    form.put(Person(names=names))
    editor = editor_of(form, "names")
    assert len(editor._items) == 2
    editor._on_add()
    assert form.value().names == (*names, PersonName())
    editor._take_off(editor._items[0][0])
    assert form.value().names == (names[1], PersonName())


def test_a_reference_offers_only_records_of_its_kinds(qtbot: QtBot) -> None:
    known = tuple(
        Known(id=record.id, kind=record.kind, label=record.short_ref) for record in samples()
    )
    form = opened(qtbot, Act, Surroundings(known=known))
    form.put(Act())
    editor = editor_of(form, "victim")
    offered = {editor.list.itemData(row) for row in range(editor.list.count())} - {""}
    kinds = {record.kind.value for record in samples() if record.id in offered}
    assert kinds == {"person", "organisation"}


def test_a_problem_stands_beside_its_field_and_unfolds_it(qtbot: QtBot) -> None:
    form = Form(Incident, AROUND)
    qtbot.addWidget(form)
    form.put(Incident())
    form.show_problems(checks.send(Incident()))
    row = form._short.rows["title"]
    assert row._problem.text() == "This is needed."
    assert not row._problem.isHidden()
    fold = next(each for each in form._folds if "summary" in each.names)
    assert not fold.fields().rows["summary"]._problem.isHidden()


def test_a_day_that_is_none_is_said_and_the_old_one_kept(qtbot: QtBot) -> None:
    day = date(2028, 1, 1)
    form = opened(qtbot, Incident)
    form.put(Incident(retention_until=day))
    editor = editor_of(form, "retention_until")
    editor.line.setText("the day after")
    assert form.complaints() == ["Write a day, such as 2026-11-24."]
    assert form.value().retention_until == day


def test_no_text_is_changed_by_being_shown(qtbot: QtBot) -> None:
    form = Form(Incident, AROUND)
    qtbot.addWidget(form)

    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
    @settings(max_examples=60, deadline=None)
    def shown(text: str) -> None:
        record = Incident(title=LText(text=text), narrative=LText(text=text))
        form.put(record)
        assert form.value() == record

    shown()


def test_a_day_that_can_be_two_is_chosen_with_one_press(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "period")._start
    editor.line.setText("03/04/2024")
    choices = [editor._answers.itemAt(at).widget() for at in range(editor._answers.count())]
    assert [each.text() for each in choices] == ["3 April 2024", "4 March 2024"]
    choices[1].click()
    start = form.value().period.start
    assert (start.original_text, start.edtf) == ("03/04/2024", "2024-03-04")
    form.put(form.value())
    assert not editor._answering.isVisibleTo(editor)


def test_words_of_another_calendar_offer_that_calendar(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "period")._start
    editor.line.setText("۱۲ مهر ۱۴۰۳")
    assert form.value().period.start.earliest is None
    editor._answers.itemAt(0).widget().click()
    start = form.value().period.start
    assert (start.calendar.key, start.edtf) == ("persian", "2024-10-03")
    assert "12 Mehr 1403" in editor._read_as.text()


def test_a_date_begins_in_the_calendar_of_the_person(qtbot: QtBot) -> None:
    calendars.use("persian")
    try:
        form = opened(qtbot, Incident)
        form.put(Incident())
        editor = editor_of(form, "period")._start
        assert editor.calendar.chosen() == "persian"
        editor._put_day(date(2024, 10, 3))
        assert editor.line.text() == "1403-07-12"
        assert form.value().period.start.earliest == date(2024, 10, 3)
    finally:
        calendars.use("gregorian")


def test_about_is_one_press_and_can_be_taken_back(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident())
    editor = editor_of(form, "period")._start
    editor.line.setText("March 2024")
    editor.about.click()
    assert form.value().period.start.edtf == "2024-03~"
    editor.about.click()
    assert form.value().period.start.edtf == "2024-03"


def test_another_pseudonym_is_one_press_away(qtbot: QtBot) -> None:
    person = Person()
    form = opened(qtbot, Person)
    form.put(person)
    editor = editor_of(form, "pseudonym")
    drawn = {person.pseudonym}
    for _ in range(4):
        editor.another.click()
        drawn.add(form.value().pseudonym)
    assert len(drawn) > 1
    assert all(len(each.split()) == 2 for each in drawn)


def test_m_01_a_pseudonym_that_somebody_has_is_not_drawn(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pseudonyms, "_FIRST", ("QUIET",))
    monkeypatch.setattr(pseudonyms, "_SECOND", ("HERON", "OTTER"))
    known = (Known(id="", kind=Kind.PERSON, label="QUIET HERON"),)
    form = opened(qtbot, Person, Surroundings(known=known))
    form.put(Person(pseudonym="BLUE LAKE"))
    editor = editor_of(form, "pseudonym")
    editor.another.click()
    assert form.value().pseudonym == "QUIET OTTER"


@pytest.mark.parametrize(
    "full",
    ["ᠮᠣᠩᠭᠣᠯ", "X Æ", "o", "van der Berg-Ó Dálaigh", "محمد بن عبد الله", "林", "name with 7"],
)
def test_d_14_a_name_is_taken_as_it_is_written(qtbot: QtBot, full: str) -> None:
    person = Person(names=(PersonName(full=full),))
    form = opened(qtbot, Person)
    form.put(Person(names=(PersonName(),)))
    line = editor_of(form, "names")._items[0][1].buddy()
    assert isinstance(line, QLineEdit)
    line.setText(full)
    assert form.value().names == person.names
    assert checks.draft(form.value()) == []


def test_s_04_another_date_that_was_given_stands_beside_the_first(qtbot: QtBot) -> None:
    form = opened(qtbot, Incident)
    form.put(Incident(period=FuzzyRange.on(date(2024, 4, 1))))
    editor = editor_of(form, "period")._start
    editor.exactly.click()
    editor._others._on_add()
    editor._others._items[0][1].line.setText("about 2023")
    start = form.value().period.start
    assert start.edtf == "2024-04-01"
    assert [each.edtf for each in start.alternatives] == ["2023~"]
    form.put(form.value())
    assert not editor._details.isHidden()
    editor._others._take_off(editor._others._items[0][0])
    assert form.value().period.start.alternatives == ()
