"""Reports, acts, cooperation with the UN and what is due, along the time: painted, and as a table.

Both show the same marks; the table is what a screen reader meets.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app import timeline, titles
from app.calendars import window as calendars
from app.changes import Changes
from app.i18n import _, ngettext
from app.records import Kind
from app.settings import Role
from app.timeline import Found, Mark
from ui import days
from ui.icons import Icon
from ui.models.records import Column, RowsModel
from ui.page import Desk, Page, Visit
from ui.pages.errand import Errand
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, hint, row
from ui.widgets.month import MonthGrid
from ui.widgets.plain import outside
from ui.widgets.table import Table
from ui.widgets.timeline import TimeLine

_KINDS = frozenset(each.value for each in Kind)
_MOST_ROWS = 12
_ZOOM = 1.5


class TimelinePage(Page):
    """Reads the vault at each visit; a mark opens its record."""

    id = "timeline"
    icon = Icon.CLOCK
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    wide = True

    @classmethod
    def title(cls) -> str:
        return _("Timeline")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.line = TimeLine(_("Timeline; the table below says the same"))
        self.line.chosen.connect(self._on_chosen)
        self.line.opened.connect(self._open)
        self.model: RowsModel[Mark] = RowsModel(_columns())
        self.table = Table(self.model, _("Everything with a day"))
        self.table.stretch(1)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._said = hint("")
        self._marks: tuple[Mark, ...] = ()
        self._undated = 0
        self.grid = MonthGrid(
            _("Calendar; the table below says what is on the day chosen"), calendars.chosen()
        )
        self.grid.turned.connect(self._say)
        self.grid.opened.connect(self.table.setFocus)
        self.grid.hide()
        self.as_line, self.as_grid = buttons.chip(_("Line")), buttons.chip(_("Calendar"))
        self.as_line.setChecked(True)
        self._views = buttons.one_of(self.as_line, self.as_grid)
        self._views.idClicked.connect(lambda _: self._turn())
        nearer = buttons.plain(_("Nearer"), lambda: self.line.zoom(1 / _ZOOM), Icon.PLUS)
        further = buttons.plain(_("Further"), lambda: self.line.zoom(_ZOOM))
        whole = buttons.plain(_("All"), self.line.fit)
        self._outline = hint(
            _("A broken outline: the day is not known exactly, it lies somewhere in there.")
        )
        self._zooms = (nearer, further, whole)
        self.put(
            row(self.as_line, self.as_grid, STRETCH, *self._zooms),
            self._outline,
            self.line,
            self.grid,
            self._said,
            self.table,
            STRETCH,
        )
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self._look()

    # --- inside -------------------------------------------------------------------------------

    def _look(self) -> None:
        self.session.ask(self, timeline.marks, self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _KINDS:
            self._look()

    def _show(self, found: Found) -> None:
        marks = tuple(replace(each, title=outside(each.title)) for each in found.marks)
        self._marks, self._undated = marks, found.undated
        self.line.show_marks(marks)
        self.grid.show_marks(marks)
        self._say()

    def _turn(self) -> None:
        """Show the line, or the month."""
        by_month = self.as_grid.isChecked()
        self.grid.setVisible(by_month)
        for each in (self.line, self._outline, *self._zooms):
            each.setVisible(not by_month)
        self._say()

    def _say(self) -> None:
        """The table: everything beside the line, the entries of the day beside the month."""
        by_month = self.as_grid.isChecked()
        listed = timeline.on_day(self._marks, self.grid.day) if by_month else self._marks
        self.model.show(listed)
        self.table.show_whole(most_rows=_MOST_ROWS)
        said = ""
        if by_month:
            count = len(listed)
            said = ngettext("{day}: {count} entry", "{day}: {count} entries", count).format(
                day=days.day(self.grid.day), count=count
            )
        elif not self._marks:
            said = _("Nothing has a day yet.")
        elif self._undated:
            said = ngettext(
                "{count} entry without any day is not shown.",
                "{count} entries without any day are not shown.",
                self._undated,
            ).format(count=self._undated)
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self.table.setVisible(bool(listed) or not by_month)

    def _on_chosen(self, mark: object) -> None:
        if isinstance(mark, Mark) and mark in self.model.rows:
            self.table.selectRow(self.model.rows.index(mark))

    def _on_row(self, index: QModelIndex) -> None:
        mark = self.model.at(index)
        if mark is not None:
            self.line.choose(mark)

    def _on_opened(self, index: QModelIndex) -> None:
        mark = self.model.at(index)
        if mark is not None:
            self._open(mark)

    def _open(self, mark: object) -> None:
        if not isinstance(mark, Mark):
            return
        if mark.kind is Kind.INCIDENT:
            self.desk.go(Visit(page="incident", reference=mark.record))
        else:
            self.desk.go(Visit(page="record", reference=str(Errand(record=mark.record))))


def _columns() -> tuple[Column[Mark], ...]:
    return (
        Column(title=_("When"), words=_when),
        Column(title=_("Title"), words=lambda mark: mark.title),
        Column(title=_("What"), words=lambda mark: mark.due or titles.kind(mark.kind)),
    )


def _when(mark: Mark) -> str:
    """The day, or between which days."""
    if mark.is_exact:
        return _day(mark.first)
    if mark.first is None:
        return _("until {day}").format(day=_day(mark.last))
    if mark.last is None:
        return _("from {day}").format(day=_day(mark.first))
    return _("{first} to {last}").format(first=_day(mark.first), last=_day(mark.last))


def _day(day: date | None) -> str:
    return "" if day is None else days.day(day)
