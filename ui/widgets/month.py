"""A month as a grid of days, in the person's calendar where Qt has it; days with something on them
carry dots. The table beside it says the same in words.

Keys are those of Qt's calendar: arrows go by day and week, page keys by month, Return opens.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QSizePolicy, QTableView, QToolButton, QWidget

from app import timeline
from app.i18n import _
from app.timeline import Mark
from ui import theme
from ui.forms.day_pick import leaf_of
from ui.icons import Icon, icon

_MOST_DOTS = 4
_FIRST, _LAST = QDate(1, 1, 1), QDate(9999, 12, 31)
"""The days that Python knows."""


class MonthGrid(QCalendarWidget):
    """`turned`: another day is chosen; `opened`: its entries are wished (Return, double click)."""

    turned = Signal()
    opened = Signal()

    def __init__(self, name: str, calendar: str) -> None:
        """`calendar`: a key of the vocabulary `calendar`."""
        super().__init__()
        self._marks: tuple[Mark, ...] = ()
        self._counts: dict[date, int] = {}
        self.setCalendar(leaf_of(calendar))
        self.setAccessibleName(name)
        for view in self.findChildren(QTableView):
            # it has the focus, not the frame around it
            view.setAccessibleName(name)
        self.setGridVisible(True)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # which days are free differs; red on dark is hard to read
            self.setWeekdayTextFormat(weekday, QTextCharFormat())
        self.setDateRange(_FIRST, _LAST)
        self._dress()
        self.setMinimumHeight(theme.dp(360))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.selectionChanged.connect(self.turned)
        self.activated.connect(lambda _: self.opened.emit())

    @property
    def day(self) -> date:
        """The day chosen, Gregorian."""
        return _day(self.selectedDate())

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Put these on their days."""
        self._marks = marks
        self._counts.clear()
        self.updateCells()

    def count_on(self, day: date) -> int:
        """How many entries lie on this day."""
        if day not in self._counts:
            self._counts[day] = len(timeline.on_day(self._marks, day))
        return self._counts[day]

    def _dress(self) -> None:
        """Qt's bar above the days has the colours of a selection, and arrows of its own."""
        bar = self.findChild(QWidget, "qt_calendar_navigationbar")
        if bar is not None:
            bar.setBackgroundRole(QPalette.ColorRole.Window)
        for name, picture, said in (
            ("qt_calendar_prevmonth", Icon.BACK, _("The month before")),
            ("qt_calendar_nextmonth", Icon.NEXT, _("The month after")),
        ):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(picture, button.iconSize()))
                button.setAccessibleName(said)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        super().paintCell(painter, rect, date)
        if not _FIRST <= date <= _LAST:
            return
        count = min(_MOST_DOTS, self.count_on(_day(date)))
        if not count:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().primary))
        radius, step = theme.dp(3), theme.dp(10)
        left = rect.center().x() - (count - 1) * step // 2
        for number in range(count):
            place = QPoint(left + number * step, rect.bottom() - theme.dp(8))
            painter.drawEllipse(place, radius, radius)
        painter.restore()


def _day(shown: QDate) -> date:
    return date(shown.year(), shown.month(), shown.day())
