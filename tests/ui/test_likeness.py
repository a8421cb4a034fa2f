"""Beside a field: what was typed looks like a number or an address. It never blocks (M-03)."""

from __future__ import annotations

import time

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app import detecting
from app.detecting import Likeness
from app.records import Contact, FieldSpec, Incident, LText, Person, Shape, specs
from ui.forms.editor import Surroundings
from ui.forms.form import Form
from ui.forms.rows import FieldRow
from ui.widgets.plain import Label

TEXT = FieldSpec(shape=Shape.LTEXT, label="x")


@pytest.fixture
def narrative(qtbot: QtBot) -> FieldRow:
    form: Form[Incident] = Form(Incident, Surroundings())
    qtbot.addWidget(form)
    form.put(Incident())
    form.show()
    return next(each for each in form.findChildren(FieldRow) if each.name == "narrative")


def said(row: FieldRow) -> str:
    labels = row.findChildren(Label)
    return " ".join(each.text() for each in labels if not each.isHidden())


def test_m_03_a_telephone_number_is_told_beside_the_field_once_the_hand_rests(
    qtbot: QtBot, narrative: FieldRow
) -> None:
    area = narrative.editor.buddy()
    QTest.keyClicks(area, "call +41 22 917 90 00")
    assert "looks like" not in said(narrative)
    qtbot.waitUntil(lambda: "a telephone number" in said(narrative))
    value = narrative.editor.value()
    assert isinstance(value, LText)
    assert value.text == "call +41 22 917 90 00"


def test_m_03_the_warning_goes_with_what_it_was_about(qtbot: QtBot, narrative: FieldRow) -> None:
    area = narrative.editor.buddy()
    QTest.keyClicks(area, "a@example.org")
    qtbot.waitUntil(lambda: "an e-mail address" in said(narrative))
    for _ in range(len("a@example.org")):
        QTest.keyClick(area, "\b")
    qtbot.waitUntil(lambda: "looks like" not in said(narrative))


def test_m_03_an_address_that_belongs_there_is_not_told() -> None:
    address = dict(specs(Contact))["value"]
    assert detecting.beside(address, "+41 22 917 90 00") == ()
    assert detecting.beside(dict(specs(Person))["pseudonym"], "") == ()


def test_m_03_a_long_account_does_not_hold_the_hand_up() -> None:
    long = LText.of("call +41 22 917 90 00 or 079 123 45 67. " * 25_000)
    begun = time.process_time()
    assert detecting.beside(TEXT, long) == (Likeness.TELEPHONE,)
    assert time.process_time() - begun < 1
