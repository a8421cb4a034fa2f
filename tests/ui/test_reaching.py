"""An address is shown only after how and when it may be used was read (R-06)."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app import reaching
from app.records import Contact, LText, Person
from ui.forms.editor import Surroundings
from ui.forms.form import Form
from ui.forms.rows import FieldRow
from ui.widgets.plain import Label

SAFE = Contact(
    channel="Signal",
    value="+00 1234567",
    safe_times=LText.of("after nine in the evening", "en"),
    do_not=LText.of("ring twice", "en"),
)


def row_of(qtbot: QtBot, person: Person) -> FieldRow:
    form: Form[Person] = Form(Person, Surroundings(known=(), can_add=False))
    qtbot.addWidget(form)
    form.unfold()
    form.put(person)
    return next(
        each for each in form.findChildren(FieldRow) if each.editor.value() == person.contact
    )


def read(row: FieldRow) -> str:
    return " ".join(each.text() for each in row.findChildren(Label) if not each.isHidden())


def test_r_06_the_warning_is_read_before_the_address_is_shown(qtbot: QtBot) -> None:
    row = row_of(qtbot, Person(contact=(SAFE,)))
    assert row.editor.isHidden()
    assert "after nine" not in read(row)
    row.cover.button.click()
    assert row.editor.isHidden()
    for words in ("Signal", "after nine in the evening", "ring twice"):
        assert words in read(row)
    row.cover.button.click()
    assert not row.editor.isHidden()


def test_r_06_without_a_channel_or_times_it_says_to_ask_first() -> None:
    said = reaching.warning((Contact(value="+00 1234567"),))
    assert "No safe channel" in said
    assert "No safe times" in said
    assert "1234567" not in said


def test_what_is_no_address_needs_no_such_warning() -> None:
    assert reaching.warning(("a", "b")) == ""
    assert reaching.warning(None) == ""
