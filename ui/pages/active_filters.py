"""The filters that are set, each as a chip that takes it off, and one button that takes off all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import filters
from app.filterchoices import Choices
from app.i18n import _
from app.incidents import Files, Filter
from ui import days
from ui.widgets import buttons
from ui.widgets.arrange import clear, flow, within
from ui.widgets.choosing import removable
from ui.widgets.plain import outside


class ActiveFilters(QWidget):
    """`changed` carries the filter without the one taken off."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, str] = {}
        self._labels: dict[tuple[str, str], str] = {}
        self._flow = flow()
        within(self, self._flow)
        self.hide()

    def know(self, parts: Sequence[Choices]) -> None:
        """What parts and values are called."""
        self._titles = {each.part: each.title for each in parts}
        self._labels = {
            (each.part, choice.value): outside(choice.label)
            for each in parts
            for choice in each.choices
        }

    def show_filter(self, where: Filter) -> None:
        """Show a chip for each part that is set."""
        clear(self._flow)
        made = [removable(text, self._taker(left)) for text, left in self._parts(where)]
        for chip in made:
            self._flow.addWidget(chip)
        if made:
            nothing = Filter(words=where.words, states=where.states)
            self._flow.addWidget(buttons.quiet(_("Clear all"), self._taker(nothing)))
        self.setVisible(bool(made))

    def _taker(self, left: Filter) -> Callable[[], None]:
        return lambda: self.changed.emit(left)

    def _parts(self, where: Filter) -> Iterator[tuple[str, Filter]]:
        if where.since is not None:
            text = _("Not before {day}").format(day=days.day(where.since))
            yield text, replace(where, since=None)
        if where.until is not None:
            text = _("Not after {day}").format(day=days.day(where.until))
            yield text, replace(where, until=None)
        if where.files is Files.SOME:
            yield _("Only with files"), replace(where, files=Files.ANY)
        for part, value in filters.values(where):
            yield self._said(part, value), filters.without_value(where, part, value)

    def _said(self, part: str, value: str) -> str:
        label = self._labels.get((part, value), outside(value))
        return _("{part}: {value}").format(part=self._titles.get(part, part), value=label)
