"""Editors of values with a few parts: how many, and where."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.i18n import _, window
from app.records import Count, FieldSpec, LText, PlaceRef, TermRef, specs
from app.records.ids import PlaceId, RecordId
from ui.forms.choosing import FlagEditor, RefEditor, TermEditor
from ui.forms.editor import Editor, Surroundings
from ui.forms.texts import IntegerEditor
from ui.forms.words import WordsEditor
from ui.widgets.arrange import INSIDE, STRETCH, TIGHT, column, group, row, within
from ui.widgets.plain import Label, TextRole


class _OfParts(Editor):
    """An editor made of the editors of its parts, by the specs of its value class."""

    parts: tuple[tuple[Editor, str], ...] = ()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        for part, said in self.parts:
            part.set_name(f"{name}: {said}")

    def complaint(self) -> str:
        return next((part.complaint() for part, _said in self.parts if part.complaint()), "")

    def _state(self) -> object:
        return tuple(part.value() for part, _said in self.parts)

    def _listen(self) -> None:
        for part, _said in self.parts:
            part.edited.connect(self._on_edited)
            part.new_requested.connect(self.new_requested)


class CountEditor(_OfParts):
    """How many (Count or None): at least, at most, counted or estimated, and how it is known."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        of = dict(specs(Count))
        self._least = IntegerEditor(of["min"], around)
        self._most = IntegerEditor(of["max"], around)
        self._exact = FlagEditor(of["exact"], around)
        self._basis = WordsEditor(of["basis"], around)
        self.parts = tuple(
            (part, window().gettext(part.spec.label))
            for part in (self._least, self._most, self._exact, self._basis)
        )
        numbers = row(_under(self._least), _under(self._most), _under(self._exact), STRETCH)
        within(self, column(numbers, _under(self._basis), spacing=INSIDE))
        self._listen()

    def buddy(self) -> QWidget:
        return self._least.buddy()

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, Count) else Count()
        self._least.put(held.min)
        self._most.put(held.max)
        self._exact.put(held.exact)
        self._basis.put(held.basis)

    def _read(self) -> object:
        held = self._held if isinstance(self._held, Count) else Count()
        least, most, basis = self._least.value(), self._most.value(), self._basis.value()
        read = replace(
            held,
            min=least if isinstance(least, int) else None,
            max=most if isinstance(most, int) else None,
            exact=self._exact.value() is True,
            basis=basis if isinstance(basis, LText) else held.basis,
        )
        return None if self._held is None and read == Count() else read


class PlaceEditor(_OfParts):
    """Where (PlaceRef or None): in words, perhaps a place recorded, and how much may be told."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        of = dict(specs(PlaceRef))
        self._words = WordsEditor(of["as_written"], around)
        self._place = RefEditor(of["place"], around)
        self._told = TermEditor(of["precision_to_release"], around, PlaceRef().precision_to_release)
        self._words.area.setPlaceholderText(_("Country, town, building … in your own words"))
        self.parts = tuple(
            (part, window().gettext(part.spec.label))
            for part in (self._words, self._place, self._told)
        )
        chosen = row(_under(self._place), _under(self._told))
        within(self, column(self._words, chosen, spacing=INSIDE))
        self._listen()

    def buddy(self) -> QWidget:
        return self._words.buddy()

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, PlaceRef) else PlaceRef()
        self._words.put(held.as_written)
        self._place.put(held.place)
        self._told.put(held.precision_to_release)

    def _read(self) -> object:
        held = self._held if isinstance(self._held, PlaceRef) else PlaceRef()
        words, place, told = self._words.value(), self._place.value(), self._told.value()
        read = replace(
            held,
            as_written=words if isinstance(words, LText) else held.as_written,
            place=PlaceId(RecordId(place)) if isinstance(place, str) else None,
            precision_to_release=told if isinstance(told, TermRef) else held.precision_to_release,
        )
        return None if self._held is None and read == PlaceRef() else read


def _under(part: Editor) -> QWidget:
    """A part below its small label; a tick box carries its own."""
    if isinstance(part, FlagEditor):
        return group(Label(" ", TextRole.SMALL), part, spacing=TIGHT)
    return group(Label(window().gettext(part.spec.label), TextRole.SMALL), part, spacing=TIGHT)
