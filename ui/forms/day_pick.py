"""A day picked from a leaf of a calendar, in the person's own one where Qt has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCalendar, QDate, QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.arrange import TIGHT, column, within

_QT = {
    "persian": QCalendar.System.Jalali,
    "islamic_civil": QCalendar.System.IslamicCivil,
    "julian": QCalendar.System.Julian,
}


def leaf_of(calendar: str) -> QCalendar:
    """Qt's calendar for a key of the vocabulary; the Gregorian one where Qt has none."""
    return QCalendar(_QT.get(calendar, QCalendar.System.Gregorian))


class DayPick(QFrame):
    """A small window under its button; Escape closes it, Return or a click takes the day.

    `take` gets the day, Gregorian. Calendars that Qt does not have are shown as Gregorian ones.
    """

    def __init__(self, beside: QWidget, calendar: str, take: Callable[[date], None]) -> None:
        super().__init__(beside, Qt.WindowType.Popup)
        self._beside = beside
        self._take = take
        self.days = QCalendarWidget()
        self.days.setCalendar(leaf_of(calendar))
        self.days.setGridVisible(False)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setHorizontalHeaderFormat(
            QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames
        )
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            # which days are free differs; red on dark is hard to read
            self.days.setWeekdayTextFormat(weekday, QTextCharFormat())
        self.days.setAccessibleName(_("Choose a day"))
        self.days.setMinimumSize(theme.dp(420), theme.dp(320))
        self.days.activated.connect(self._on_day)
        self.days.clicked.connect(self._on_day)
        within(self, column(self.days, spacing=TIGHT), margin=TIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_at(self, day: date | None) -> None:
        """Show it under its button, on this day or on today."""
        shown = QDate(day.year, day.month, day.day) if day else QDate.currentDate()
        self.days.setSelectedDate(shown)
        beside = self._beside
        self.adjustSize()
        corner = beside.mapToGlobal(QPoint(0, beside.height()))
        if beside.isRightToLeft():
            corner.setX(corner.x() + beside.width() - self.width())
        self.move(corner)
        self.show()
        self.days.setFocus()

    def _on_day(self, picked: QDate) -> None:
        self._take(date(picked.year(), picked.month(), picked.day()))
        self.close()
