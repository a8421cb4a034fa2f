"""The panel beside the list of reports: a list to choose from for each part of a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import filters
from app.daybounds import first_day, last_day
from app.filterchoices import Choices
from app.i18n import _
from app.incidents import Files, Filter
from ui import theme
from ui.widgets import buttons
from ui.widgets.arrange import clear, column, within
from ui.widgets.choosing import Dropdown, Option, Tick
from ui.widgets.plain import Label, Line, TextRole, outside

_WIDTH = 250


class FilterPanel(QWidget):
    """`changed` carries the filter after each choice; `words` and `states` in it stay as given."""

    changed = Signal(object)

    def __init__(self, above: QWidget, parent: QWidget | None = None) -> None:
        """`above`: what stands over the lists."""
        super().__init__(parent)
        self._where = Filter()
        self.setFixedWidth(theme.dp(_WIDTH))
        self.since = self._day(_("Not before"))
        self.until = self._day(_("Not after"))
        self.files = Tick(_("Only with files"))
        self.files.clicked.connect(self._on_files)
        self._lists = column(spacing=6)
        self.lists: dict[str, Dropdown] = {}
        within(
            self,
            column(
                above,
                _titled(_("Not before"), self.since),
                _titled(_("Not after"), self.until),
                self._lists,
                self.files,
            ),
        )

    def offer(self, parts: Sequence[Choices]) -> None:
        """Offer these values."""
        clear(self._lists)
        self.lists = {}
        for each in parts:
            made = Dropdown()
            made.setAccessibleName(each.title)
            made.setPlaceholderText(_("Any"))
            made.offer(
                [
                    Option(
                        id=choice.value,
                        label=_counted(outside(choice.label), choice.count),
                    )
                    for choice in each.choices
                ]
            )
            made.activated.connect(lambda _, part=each.part: self._on_chosen(part))
            self.lists[each.part] = made
            self._lists.addWidget(_titled(each.title, made))

    def show_filter(self, where: Filter) -> None:
        """Show this filter, without telling of it."""
        self._where = where
        for line, day in ((self.since, where.since), (self.until, where.until)):
            if day is None and line.text() and not line.hasFocus():
                line.clear()
            elif day is not None and not line.hasFocus():
                line.setText(day.isoformat())
        self.files.setChecked(where.files is Files.SOME)

    def _on_chosen(self, part: str) -> None:
        value = self.lists[part].chosen()
        if not value:
            return
        self._tell(filters.with_value(self._where, part, value))
        self.lists[part].setCurrentIndex(-1)

    def _on_files(self) -> None:
        files = Files.SOME if self.files.isChecked() else Files.ANY
        self._tell(replace(self._where, files=files))

    def _on_days(self) -> None:
        since, until = first_day(self.since.text()), last_day(self.until.text())
        if (since, until) != (self._where.since, self._where.until):
            self._tell(replace(self._where, since=since, until=until))

    def _tell(self, where: Filter) -> None:
        self._where = where
        self.changed.emit(where)

    def _day(self, name: str) -> Line:
        made = Line()
        made.setAccessibleName(name)
        made.setPlaceholderText("2025-03-14")
        tip = _("A year, a month or a day: 2025, 2025-03 or 2025-03-14")
        made.setToolTip(buttons.tip(tip))
        made.editingFinished.connect(self._on_days)
        return made


def _titled(title: str, widget: QWidget) -> QWidget:
    return within(QWidget(), column(Label(title, TextRole.SMALL), widget, spacing=2))


def _counted(label: str, count: int) -> str:
    return _("{name} ({count})").format(name=label, count=count) if count else label
