"""What is pasted into a field: whole or not at all, in words, and the window goes on at once."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.records import FieldSpec, LText, Shape
from app.records.spec import LONG_TEXT, SHORT_TEXT
from ui.forms.editor import Surroundings
from ui.forms.texts import TextEditor, TextsEditor, WordsEditor
from ui.widgets.plain import Paragraph, TextRole

MARKS = "a" + "\u0315\u0316" * 500_000
"""A megabyte and more of marks on one letter."""

AREAS = {WordsEditor: Shape.LONG, TextsEditor: Shape.TEXTS}


@pytest.fixture(params=AREAS, ids=lambda kind: kind.__name__)
def area(request: pytest.FixtureRequest, qtbot: QtBot) -> WordsEditor | TextsEditor:
    kind = request.param
    made = kind(FieldSpec(shape=AREAS[kind], label="x", ceiling=LONG_TEXT), Surroundings())
    qtbot.addWidget(made)
    made.put(None)
    made.show()
    return made


def notices(editor: QWidget) -> list[str]:
    """What stands under the field as a problem."""
    return [
        each.text()
        for each in editor.findChildren(Paragraph)
        if each.isVisible() and each.property("role") == TextRole.PROBLEM.value
    ]


def paste(into: WordsEditor | TextsEditor, text: str) -> float:
    """Paste; the seconds until the window answers again and the value is known."""
    held = QMimeData()
    held.setText(text)
    started = time.process_time()
    into.area.insertFromMimeData(held)
    QApplication.processEvents()
    into.value()
    return time.process_time() - started


def test_too_much_is_refused_whole_and_said(area: WordsEditor | TextsEditor) -> None:
    paste(area, "What was there. ")
    assert paste(area, MARKS) < 1
    assert area.area.toPlainText() == "What was there. "
    (notice,) = notices(area)
    assert str(len(MARKS)) in notice
    assert str(LONG_TEXT) in notice
    area.area.insertPlainText("More")
    assert notices(area) == []


def test_the_most_that_fits_is_taken_within_a_second(area: WordsEditor | TextsEditor) -> None:
    assert paste(area, MARKS[: LONG_TEXT - 1]) < 1
    assert area.area.document().characterCount() == LONG_TEXT


def test_what_replaces_a_long_text_may_be_as_long(area: WordsEditor | TextsEditor) -> None:
    assert paste(area, "b" * (LONG_TEXT - 1)) < 1
    area.area.selectAll()
    assert paste(area, "c" * (LONG_TEXT - 1)) < 1
    assert set(area.area.toPlainText()) == {"c"}


def test_a_line_says_that_it_left_something_out(qtbot: QtBot) -> None:
    editor = TextEditor(FieldSpec(shape=Shape.TEXT, label="x"), Surroundings())
    qtbot.addWidget(editor)
    editor.put("")
    editor.show()
    QGuiApplication.clipboard().setText(MARKS)
    started = time.process_time()
    editor.line.paste()
    editor.value()
    assert time.process_time() - started < 1
    assert len(editor.line.text()) == SHORT_TEXT
    assert str(SHORT_TEXT) in editor.notice.text()
    assert editor.notice.isVisible()


def test_words_that_fit_are_said_nothing_about(qtbot: QtBot) -> None:
    editor = WordsEditor(FieldSpec(shape=Shape.LTEXT, label="x"), Surroundings(language="fr"))
    qtbot.addWidget(editor)
    editor.put(None)
    editor.show()
    paste(editor, "e\u0301te\u0301")
    assert editor.value() == LText.of("été", "fr")
    assert notices(editor) == []
