"""The fields of a report: the short form, or all of them, over one value."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.records import Incident
from app.records.problems import Problem
from ui.forms.editor import Known, Surroundings
from ui.forms.form import Form
from ui.pages.quick_report import QuickReport
from ui.widgets.arrange import clear, column, within


class IncidentForm(QWidget):
    """`edited`: at every change. `new_requested` carries the kind of record that is wished."""

    edited = Signal()
    new_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quick: QuickReport | None = None
        self.whole: Form[Incident] | None = None
        self._around = Surroundings()
        self._record = Incident()
        self._holder = column()
        within(self, self._holder)

    def put(self, record: Incident, known: Sequence[Known]) -> None:
        """Show this report; all of it where all of this very report was shown before."""
        again = self.whole is not None and self._record.id == record.id
        # what stood there is not what was typed into this record, even if it is the same one
        self._empty()
        self._record = record
        self._around = Surroundings(known=tuple(known), can_add=True)
        if again:
            self.show_all()
        else:
            self.show_short()

    def turn(self, record: Incident) -> None:
        """Show another state of this report, in the form that is shown."""
        shown = self.whole or self.quick
        self._record = record
        if shown is not None:
            shown.turn(record)

    def show_all(self) -> None:
        """Every field, the essential ones first; what was typed stays."""
        record = self.value()
        self._empty()
        whole = Form(Incident, self._around)
        whole.edited.connect(self.edited)
        whole.new_requested.connect(self.new_requested)
        self.whole = whole
        self._holder.addWidget(whole)
        whole.put(record)

    def show_short(self) -> None:
        """The few fields that a first report needs; what was typed stays."""
        record = self.value()
        self._empty()
        quick = QuickReport(self._around)
        quick.edited.connect(self.edited)
        quick.new_requested.connect(self.new_requested)
        self.quick = quick
        self._holder.addWidget(quick)
        quick.put(record)

    def value(self) -> Incident:
        """The report put, with what was changed."""
        shown = self.whole or self.quick
        return self._record if shown is None else shown.value()

    def complaints(self) -> list[str]:
        """What is typed and cannot be read."""
        shown = self.whole or self.quick
        return [] if shown is None else shown.complaints()

    def show_problems(self, problems: list[Problem]) -> None:
        """Say beside each field what it needs; all are shown where the short form lacks one."""
        if self.quick is not None and not self.quick.show_problems(problems):
            return
        if self.whole is None:
            self.show_all()
        if self.whole is not None:
            self.whole.show_problems(problems)

    def focus_field(self, name: str) -> None:
        """Put the cursor into this field, in the whole form where the short one lacks it."""
        if self.quick is not None and not self.quick.focus_field(name):
            self.show_all()
        if self.whole is not None:
            self.whole.focus_field(name)

    def focus_first(self) -> None:
        """Put the cursor where the writing begins."""
        shown = self.whole or self.quick
        if shown is not None:
            shown.focus_first()

    def _empty(self) -> None:
        clear(self._holder)
        self.quick = None
        self.whole = None
