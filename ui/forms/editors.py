"""Field type → editor: one table. A new field type needs a line here, a new field none."""

from __future__ import annotations

from collections.abc import Callable

from app.records import FieldSpec, MoneyAmount, Shape, Shaped
from ui.forms.choosing import (
    ChoiceEditor,
    FlagEditor,
    RefEditor,
    RefsEditor,
    TermEditor,
    TermsEditor,
)
from ui.forms.dates import DateEditor
from ui.forms.editor import Editor, Surroundings
from ui.forms.nested import BlockEditor, ItemEditor, ListEditor
from ui.forms.parts import CountEditor, PlaceEditor
from ui.forms.periods import RangeEditor
from ui.forms.pseudonym import PseudonymEditor
from ui.forms.texts import (
    DayEditor,
    DigestEditor,
    InstantEditor,
    IntegerEditor,
    TextEditor,
    TextsEditor,
)
from ui.forms.words import WordsEditor


def make(spec: FieldSpec, around: Surroundings, default: object) -> Editor:
    """The editor of a field. `default` is the field's default: None means it may be empty."""
    return _MAKERS[spec.shape](spec, around, default)


def _block(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    return BlockEditor(spec, around, _kind_of(spec), make)


def _money(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    return BlockEditor(spec, around, MoneyAmount, make)


def _blocks(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    kind = _kind_of(spec)
    return ListEditor(spec, around, lambda: ItemEditor(spec, around, kind, make), kind)


def _dates(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    return ListEditor(spec, around, lambda: DateEditor(spec, around), lambda: None)


def _kind_of(spec: FieldSpec) -> type[Shaped]:
    if spec.block is None:
        raise ValueError(spec.label)
    return spec.block


_Simple = Callable[[FieldSpec, Surroundings], Editor]


def _simple(editor: _Simple) -> Callable[[FieldSpec, Surroundings, object], Editor]:
    return lambda spec, around, _default: editor(spec, around)


def _text(spec: FieldSpec, around: Surroundings, _default: object) -> Editor:
    # the one text that is given when a record is made, and can be changed
    return PseudonymEditor(spec, around) if spec.stamped else TextEditor(spec, around)


_MAKERS: dict[Shape, Callable[[FieldSpec, Surroundings, object], Editor]] = {
    Shape.TEXT: _text,
    Shape.TEXTS: _simple(TextsEditor),
    Shape.LTEXT: _simple(WordsEditor),
    Shape.LONG: _simple(WordsEditor),
    Shape.TERM: TermEditor,
    Shape.TERMS: _simple(TermsEditor),
    Shape.CHOICE: _simple(ChoiceEditor),
    Shape.FLAG: _simple(FlagEditor),
    Shape.INTEGER: _simple(IntegerEditor),
    Shape.DAY: _simple(DayEditor),
    Shape.INSTANT: _simple(InstantEditor),
    Shape.DIGEST: _simple(DigestEditor),
    Shape.REF: _simple(RefEditor),
    Shape.REFS: _simple(RefsEditor),
    Shape.DATE: _simple(DateEditor),
    Shape.DATES: _dates,
    Shape.RANGE: _simple(RangeEditor),
    Shape.COUNT: _simple(CountEditor),
    Shape.PLACE: _simple(PlaceEditor),
    Shape.MONEY: _money,
    Shape.BLOCK: _block,
    Shape.BLOCKS: _blocks,
}
