"""The short form of a report: what, when, where, which cooperation with the UN. Nothing else.

Two minutes are enough for it. What is in it, and all the rest, is in the whole form as well.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import problemwords
from app.i18n import N_, _
from app.records import Incident, LText, PlaceRef, specs
from app.records.problems import Problem
from app.records.spec import PARAGRAPH
from ui.forms import editors
from ui.forms.editor import Surroundings
from ui.forms.rows import Fields
from ui.widgets.arrange import TIGHT, Card, column, group, within
from ui.widgets.plain import Label, Line, TextRole

_FIRST = ("narrative", "period")
_LAST = ("engagements",)
_HELP = {
    "narrative": N_("One sentence is enough. Write as you would tell it."),
    "engagements": N_("What makes it a reprisal: how the person cooperated, or tried to."),
}


class QuickReport(QWidget):
    """Edits a few fields of an incident; what it does not show comes back as it was."""

    edited = Signal()
    new_requested = Signal(object)

    def __init__(self, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = around
        self._record = Incident()
        self._shown = ("", "")
        self._first = self._fields(_FIRST)
        self._last = self._fields(_LAST)
        self.where = Line()
        self.where.setMaxLength(PARAGRAPH)
        self.where.setPlaceholderText(_("Country, town, building … in your own words"))
        self.called = Line()
        self.called.setMaxLength(PARAGRAPH)
        self.called.setPlaceholderText(_("For your list. No names: it is seen by others."))
        for line in (self.where, self.called):
            line.textChanged.connect(lambda _: self.edited.emit())
        content = column(
            self._first,
            _labelled(_("Where"), self.where),
            self._last,
            _labelled(_("Title"), self.called),
        )
        within(self, column(Card("", content)))

    def put(self, record: Incident) -> None:
        """Show this report."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's way: showing is not editing
        self._record = record
        self._first.put(record)
        self._last.put(record)
        self.where.setText(record.country.as_written.text)
        self.called.setText(record.title.text)
        # a line shows line ends as spaces: only what was changed since is read back
        self._shown = (self.where.text(), self.called.text())
        self.blockSignals(False)  # noqa: FBT003

    def turn(self, record: Incident) -> None:
        """Show another state of the same report: only what differs is touched."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's way: showing is not editing
        held, self._record = self.value(), record
        turned = [*self._first.turn(record), *self._last.turn(record)]
        if held.country != record.country:
            self.where.setText(record.country.as_written.text)
            self.where.setFocus()
        if held.title != record.title:
            self.called.setText(record.title.text)
            self.called.setFocus()
        self._shown = (
            _as_shown(self.where, record.country.as_written.text, self._shown[0]),
            _as_shown(self.called, record.title.text, self._shown[1]),
        )
        rows = {**self._first.rows, **self._last.rows}
        if turned:
            rows[turned[0]].focus_first()
        self.blockSignals(False)  # noqa: FBT003

    def value(self) -> Incident:
        """The report put, with what was changed."""
        read = self._last.into(self._first.into(self._record))
        where, called = self.where.text(), self.called.text()
        if where != self._shown[0]:
            read = replace(read, country=_place(self._record.country, where.strip()))
        if called != self._shown[1]:
            read = replace(read, title=LText.of(called.strip()))
        return read

    def complaints(self) -> list[str]:
        """What is typed and cannot be read."""
        return [*self._first.complaints(), *self._last.complaints()]

    def show_problems(self, problems: list[Problem]) -> list[Problem]:
        """Say beside its field what is needed; the problems of fields that are not here."""
        rows = {**self._first.rows, **self._last.rows}
        for each in rows.values():
            each.show_problem("")
        said = [each for each in problems if each.field in rows]
        for at, problem in enumerate(said):
            rows[problem.field].show_problem(problemwords.sentence(problem))
            if at == 0:
                rows[problem.field].focus_first()
        return [each for each in problems if each.field not in rows]

    def focus_field(self, name: str) -> bool:
        """Put the cursor into this field; False where it is not among these few."""
        rows = {**self._first.rows, **self._last.rows}
        if name in rows:
            rows[name].focus_first()
        elif name == "country":
            self.where.setFocus()
        elif name == "title":
            self.called.setFocus()
        else:
            return False
        return True

    def focus_first(self) -> None:
        """Put the cursor where the account goes."""
        self._first.rows[_FIRST[0]].focus_first()

    def _fields(self, names: tuple[str, ...]) -> Fields:
        known = dict(specs(Incident))
        chosen = [
            (name, replace(known[name], help=_HELP.get(name, known[name].help))) for name in names
        ]
        made = Fields(chosen, Incident, self._around, editors.make)
        made.edited.connect(self.edited)
        made.new_requested.connect(self.new_requested)
        return made


def _as_shown(line: Line, said: str, before: str) -> str:
    """What the line shows for these words: what stands there if it was put there."""
    return line.text() if line.text().split() == said.split() else before


def _place(held: PlaceRef, words: str) -> PlaceRef:
    """The place in other words. One that was not told is told now, as its country."""
    told = held.precision_to_release
    if held == PlaceRef.withheld():
        told = PlaceRef().precision_to_release
    return replace(held, as_written=LText.of(words), precision_to_release=told)


def _labelled(text: str, line: Line) -> QWidget:
    label = Label(text, TextRole.STRONG)
    label.setBuddy(line)
    line.setAccessibleName(text)
    return group(label, line, spacing=TIGHT)
