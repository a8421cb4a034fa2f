"""Days in the words of the window's language: 14 March 2026."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale


def day(when: date) -> str:
    """A day, with the month in words."""
    shown = QDate(when.year, when.month, when.day)
    return QLocale().toString(shown, "d MMMM yyyy")


def day_of(text: str) -> str:
    """The day that a stamp or an ISO date begins with; "" stays ""."""
    return day(date.fromisoformat(text[:10])) if text else ""
