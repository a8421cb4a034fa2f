"""Somebody who fills in a form: every editor by its class, nothing put behind its back.

Dates are the one exception: their editor has tests of its own, and is given its value whole.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TypeVar

from app.records import Count, LText, PlaceRef, Record, TermRef, specs
from app.records.spec import Shaped
from ui.forms.choosing import (
    ChoiceEditor,
    FlagEditor,
    RefEditor,
    RefsEditor,
    TermEditor,
    TermsEditor,
)
from ui.forms.dates import DateEditor
from ui.forms.editor import Editor
from ui.forms.form import Form
from ui.forms.nested import BlockEditor, ItemEditor, ListEditor
from ui.forms.parts import CountEditor, PlaceEditor
from ui.forms.periods import RangeEditor
from ui.forms.rows import Fields
from ui.forms.texts import TextsEditor
from ui.forms.words import LinesEditor, WordsEditor
from ui.widgets.choosing import Dropdown
from ui.widgets.plain import Line

R = TypeVar("R", bound=Record)


def unfilled(record: R) -> R:
    """The record before anybody typed: only what the program gives it."""
    given = {
        name: getattr(record, name)
        for name, spec in specs(type(record))
        if spec.stamped or not spec.editable
    }
    return type(record)(**given)


def fill(form: Form[R], record: R) -> None:
    """Type everything that the record says into a form that was put empty."""
    form.unfold()
    into(form._short, record)
    for fold in form._folds:
        into(fold.fields(), record)


def into(rows: Fields, held: Shaped) -> None:
    for name, row in rows.rows.items():
        enter(row.editor, getattr(held, name))


def enter(editor: Editor, wanted: object) -> None:
    """Bring an editor to this value by its own widgets."""
    if editor.value() == wanted:
        return
    match editor:
        case WordsEditor():
            _words(editor, wanted)
        case LinesEditor():
            editor.area.setPlainText(str(wanted))
        case TextsEditor():
            editor.area.setPlainText("\n".join(_items(wanted)))
        case TermEditor():
            _term(editor, wanted)
        case TermsEditor():
            _terms(editor, wanted)
        case ChoiceEditor():
            editor._chips[editor._answers.index(wanted)].click()  # type: ignore[arg-type]
        case FlagEditor():
            editor.box.click()
        case RefEditor():
            _choose(editor.list, str(wanted))
        case RefsEditor():
            for each in _items(wanted):
                _choose(editor._add, each)
        case BlockEditor():
            _block(editor, wanted)
        case ListEditor():
            for each in wanted if isinstance(wanted, tuple) else ():
                editor._add.click()
                enter(editor._items[-1][1], each)
        case ItemEditor():
            assert isinstance(wanted, Shaped)
            into(editor._fields, wanted)
        case CountEditor():
            assert isinstance(wanted, Count)
            enter(editor._least, wanted.min)
            enter(editor._most, wanted.max)
            enter(editor._exact, wanted.exact)
            enter(editor._basis, wanted.basis)
        case PlaceEditor():
            assert isinstance(wanted, PlaceRef)
            enter(editor._words, wanted.as_written)
            enter(editor._place, wanted.place)
            enter(editor._told, wanted.precision_to_release)
        case DateEditor() | RangeEditor():
            editor.put(wanted)
        case _:
            line = editor.buddy()
            assert isinstance(line, Line), type(editor).__name__
            line.selectAll()
            line.insert(str(wanted))


def _words(editor: WordsEditor, wanted: object) -> None:
    assert isinstance(wanted, LText)
    editor.area.setPlainText(wanted.text)
    if editor.language is None:
        editor.more.click()
    assert editor.language is not None
    assert editor.translations is not None
    if wanted.lang:
        _choose(editor.language, wanted.lang)
    enter(editor.translations, wanted.translations)


def _term(editor: TermEditor, wanted: object) -> None:
    assert isinstance(wanted, TermRef)
    _choose(editor.list, wanted.key)
    if wanted.other_text:
        editor.other.setText(wanted.other_text)


def _terms(editor: TermsEditor, wanted: object) -> None:
    for each in wanted if isinstance(wanted, tuple) else ():
        assert isinstance(each, TermRef)
        _choose(editor._add, each.key)
        if each.other_text:
            line = editor._others.itemAt(editor._others.count() - 1).widget()
            assert isinstance(line, Line)
            line.setText(each.other_text)


def _block(editor: BlockEditor, wanted: object) -> None:
    assert isinstance(wanted, Shaped)
    editor._add.click()
    assert editor._fields is not None
    into(editor._fields, wanted)


def _choose(dropdown: Dropdown, key: str) -> None:
    at = dropdown.findData(key)
    assert at >= 0, key
    dropdown.setCurrentIndex(at)
    dropdown.activated.emit(at)


def _items(wanted: object) -> tuple[str, ...]:
    return tuple(str(each) for each in wanted) if isinstance(wanted, tuple) else ()


def differing(one: Record, other: Record) -> list[str]:
    """The fields in which two records differ, for the message of a failure."""
    return [
        each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)
    ]
