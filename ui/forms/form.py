"""A whole record as a form, made from its field specs: the short form first, the rest in folds.

    form = Form(Incident, Surroundings(language="ug", known=known, can_add=True))
    form.put(record)              # show it
    form.edited.connect(...)      # at every change: save a draft two seconds after the last
    record = form.value()         # the record put, with what was changed
    form.show_problems(checks.draft(record))

What is never opened is never built, and comes back as it was: also what this version cannot show.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import problemwords
from app.i18n import _, ngettext, window
from app.records import FieldSpec, Record, Requirement, Section, specs
from app.records.kinds import Kind
from app.records.problems import Problem
from ui import theme
from ui.forms import editors
from ui.forms.editor import Surroundings
from ui.forms.rows import Fields, filled
from ui.widgets.arrange import BETWEEN, Card, column, within
from ui.widgets.choosing import Fold
from ui.widgets.plain import Paragraph, TextRole

R = TypeVar("R", bound=Record)

Named = tuple[str, FieldSpec]


class Form(QWidget, Generic[R]):
    """A record, shown and edited. Fields that the program fills in are not offered."""

    edited = Signal()
    new_requested = Signal(object)
    """Carries the Target (kind) of which the person wishes a new record, to point to."""

    def __init__(self, kind: type[R], around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._around = around
        self._record: R | None = None
        offered = [(name, spec) for name, spec in specs(kind) if _is_offered(spec)]
        short = _short(offered)
        names = {name for name, _spec in short}
        rest = [(name, spec) for name, spec in offered if name not in names]
        self._short = self._fields(short)
        self._folds = [_SectionFold(section, self, fields) for section, fields in _by_section(rest)]
        self._more = _More(self._folds)
        self._general = Paragraph("", TextRole.PROBLEM)
        self._general.hide()
        content = column(self._general, Card("", self._short), self._more, spacing=BETWEEN)
        within(self, content)

    def put(self, record: R) -> None:
        """Show this record; nothing counts as changed then."""
        self._record = record
        self._short.put(record)
        for fold in self._folds:
            fold.put(record)
        self._general.hide()

    def turn(self, record: R) -> None:
        """Show another state of the same record: only the fields that differ are touched, and the
        first of them gets the cursor. Nothing is edited by it, so `edited` stays silent."""
        self._record = record
        turned = self._short.turn(record)
        for fold in self._folds:
            turned += fold.turn(record)
        if turned:
            self.focus_field(turned[0])

    def value(self) -> R:
        """The record put, with what was changed. Raises LookupError before `put`."""
        if self._record is None:
            raise LookupError(self._kind.__name__)
        record = self._short.into(self._record)
        for fold in self._folds:
            record = fold.into(record)
        return record

    def is_changed(self) -> bool:
        """Whether the value differs from the record put."""
        return self._record is not None and self.value() != self._record

    def settle(self, record: R) -> None:
        """The record was saved as this: changes count from here, and nothing moves on screen."""
        if self._record is not None and self.value() == record:
            self._record = record
        else:
            self.put(record)

    def complaints(self) -> list[str]:
        """What is typed and cannot be read (a day that is none); it is not in `value`."""
        found = self._short.complaints()
        for fold in self._folds:
            found += fold.complaints()
        return found

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say beside each field what it needs; the first one gets the cursor."""
        said = {problem.field.partition(".")[0].partition("[")[0]: problem for problem in problems}
        general: list[str] = []
        for name in self._names():
            self._say(name, "")
        for at, (name, problem) in enumerate(said.items()):
            text = problemwords.sentence(problem)
            if not self._say(name, text):
                general.append(text)
            elif at == 0:
                self.focus_field(name)
        self._general.setText("\n".join(general))
        self._general.setVisible(bool(general))

    def unfold(self) -> None:
        """Open everything."""
        self._more.unfold()
        for fold in self._folds:
            fold.unfold()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        name = next(iter(self._short.rows), None)
        if name is not None:
            self._short.rows[name].focus_first()

    def unfold_field(self, name: str) -> None:
        """Bring this field into the open; the cursor stays where it is."""
        for fold in self._folds:
            if name in fold.names:
                self._more.unfold()
                fold.unfold()

    def focus_field(self, name: str) -> None:
        """Unfold and put the cursor into this field; the name comes from a Problem."""
        if name in self._short.rows:
            self._short.rows[name].focus_first()
            return
        for fold in self._folds:
            if name in fold.names:
                self._more.unfold()
                fold.unfold()
                fold.fields().rows[name].focus_first()

    def _fields(self, fields: Sequence[Named]) -> Fields:
        made = Fields(fields, self._kind, self._around, editors.make)
        made.edited.connect(self.edited)
        made.new_requested.connect(self.new_requested)
        return made

    def make_fields(self, fields: Sequence[Named]) -> Fields:
        """For the folds, which build theirs when they are opened."""
        return self._fields(fields)

    def default(self, name: str) -> object:
        """The value that a new record has in this field."""
        return next(each.default for each in dataclasses.fields(self._kind) if each.name == name)

    def _names(self) -> list[str]:
        return [*self._short.rows, *(name for fold in self._folds for name in fold.names)]

    def _say(self, name: str, text: str) -> bool:
        if name in self._short.rows:
            self._short.rows[name].show_problem(text)
            return True
        for fold in self._folds:
            if name in fold.names:
                if text:
                    self._more.unfold()
                    fold.unfold()
                fold.say(name, text)
                return True
        return False


class _SectionFold(QFrame):
    """One section, folded: its heading says how much is filled in. Built when first opened."""

    def __init__(self, section: Section, form: Form[R], fields: Sequence[Named]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.names = tuple(name for name, _spec in fields)
        self._title = window().gettext(section.value)
        self._form = form
        self._specs = fields
        self._fields: Fields | None = None
        self._record: Record | None = None
        self._head = Fold(self._title, self._turn)
        self._inside = QVBoxLayout()
        edge = theme.dp(20)
        self._inside.setContentsMargins(edge, 0, edge, edge)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(self._inside)

    def put(self, record: Record) -> None:
        self._record = record
        if self._fields is not None:
            self._fields.put(record)
        self._count(record)

    def turn(self, record: Record) -> list[str]:
        self._record = record
        self._count(record)
        return [] if self._fields is None else self._fields.turn(record)

    def into(self, record: R) -> R:
        return record if self._fields is None else self._fields.into(record)

    def complaints(self) -> list[str]:
        return [] if self._fields is None else self._fields.complaints()

    def say(self, name: str, text: str) -> None:
        if self._fields is not None:
            self._fields.rows[name].show_problem(text)

    def unfold(self) -> None:
        self._head.setChecked(True)
        self._turn()

    def fields(self) -> Fields:
        """The fields, built by now."""
        if self._fields is None:
            self._fields = self._form.make_fields(self._specs)
            self._fields.edited.connect(self._on_edited)
            self._inside.addWidget(self._fields)
            if self._record is not None:
                self._fields.put(self._record)
        return self._fields

    def _turn(self) -> None:
        self.fields().setVisible(self._head.isChecked())

    def _on_edited(self) -> None:
        if self._record is not None:
            self._count(self.into(self._record))

    def _count(self, record: Record) -> None:
        count = filled(record, self.names, self._form.default)
        said = ngettext("{count} filled in", "{count} filled in", count).format(count=count)
        self._head.setText(f"{self._title} · {said}" if count else self._title)


class _More(QWidget):
    """The folded cards, behind one button: what a first report does not need."""

    def __init__(self, folds: Sequence[_SectionFold]) -> None:
        super().__init__()
        self._head = Fold(_("More details"), self._turn)
        self._inside = within(QWidget(), column(*folds, spacing=8))
        self._inside.hide()
        within(self, column(self._head, self._inside, spacing=8))
        if not folds:
            self.hide()

    def unfold(self) -> None:
        self._head.setChecked(True)
        self._turn()

    def _turn(self) -> None:
        self._inside.setVisible(self._head.isChecked())


def _short(offered: Sequence[Named]) -> list[Named]:
    """The fields of the short form: the essential ones; else what a draft needs; else the first."""
    essential = [(name, spec) for name, spec in offered if spec.essential]
    if essential:
        return essential
    needed = [
        (name, spec)
        for name, spec in offered
        if Requirement.DRAFT in spec.requirement and spec.section is not Section.RECORD
    ]
    if needed:
        return needed
    first = offered[0][1].section if offered else Section.DETAILS
    return [(name, spec) for name, spec in offered if spec.section is first]


def _is_offered(spec: FieldSpec) -> bool:
    """Whether a person can fill it in: not where it points only to what this version lacks."""
    nowhere = bool(spec.targets) and not any(isinstance(each, Kind) for each in spec.targets)
    return spec.editable and not nowhere


def _by_section(fields: Sequence[Named]) -> list[tuple[Section, list[Named]]]:
    """The sections in the order of the record; what is about the record itself comes last."""
    order = list(dict.fromkeys(spec.section for _name, spec in fields))
    order.sort(key=lambda section: section is Section.RECORD)
    return [
        (section, [(name, spec) for name, spec in fields if spec.section is section])
        for section in order
    ]
