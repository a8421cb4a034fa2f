"""Days in the words of the window's language: 14 March 2026."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from app.i18n import _


def day(when: date) -> str:
    """A day, with the month in words. Digits are Latin in every language, as in the records."""
    month = QLocale().monthName(when.month)
    return _("{day} {month} {year}").format(day=when.day, month=month, year=when.year)


def day_of(text: str) -> str:
    """The day that a stamp or an ISO date begins with; "" stays ""."""
    return day(date.fromisoformat(text[:10])) if text else ""
