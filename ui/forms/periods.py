"""The editor of a period: a date, and another one where it lasted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.records import FieldSpec, FuzzyDate, FuzzyRange
from ui.forms.dates import DateEditor
from ui.forms.editor import Editor, Surroundings
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, TIGHT, column, flow, group, within
from ui.widgets.choosing import Tick
from ui.widgets.plain import Label, TextRole


class RangeEditor(Editor):
    """From one date to another (FuzzyRange or None). The end appears when it is wanted."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._start = DateEditor(replace(spec, essential=True), around)
        self._end = DateEditor(replace(spec, essential=False), around, name=_("Until"))
        self._ongoing = Tick(_("Still going on"))
        self._until = buttons.quiet(_("It lasted until …"), self._open_end)
        self._end_group = group(Label(_("Until"), TextRole.STRONG), self._end, spacing=TIGHT)
        self._end_group.hide()
        for part in (self._start, self._end):
            part.edited.connect(self._on_edited)
        self._ongoing.toggled.connect(self._on_edited)
        lasting = flow(self._ongoing, self._until)
        within(self, column(self._start, lasting, self._end_group, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self._start.buddy()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._start.set_name(name)
        self._end.set_name(_("{name}, until").format(name=name))

    def complaint(self) -> str:
        return self._start.complaint() or self._end.complaint()

    def _open_end(self) -> None:
        self._end_group.show()
        self._until.hide()
        self._end.buddy().setFocus()

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, FuzzyRange) else FuzzyRange()
        self._start.put(held.start)
        self._end.put(held.end)
        self._ongoing.setChecked(held.ongoing)
        self._end_group.setVisible(held.end is not None)
        self._until.setVisible(held.end is None)

    def _state(self) -> object:
        return self._start.value(), self._end.value(), self._ongoing.isChecked()

    def _read(self) -> object:
        held = self._held if isinstance(self._held, FuzzyRange) else FuzzyRange()
        start, end = self._start.value(), self._end.value()
        read = replace(
            held,
            start=start if isinstance(start, FuzzyDate) else None,
            end=end if isinstance(end, FuzzyDate) else None,
            ongoing=self._ongoing.isChecked(),
        )
        return None if self._held is None and read == FuzzyRange() else read
