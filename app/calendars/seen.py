"""A date as it is seen on this screen: as given, the Gregorian days, and the person's calendar.

For windows only: a paper or a bundle does not tell which calendar somebody reads.
"""

from __future__ import annotations

from app import i18n, wording
from app.calendars import showing, window
from app.records import FuzzyDate, FuzzyRange


def when(held: FuzzyDate) -> str:
    """One date, with its days in the calendar chosen where that is not the Gregorian one."""
    said = wording.when(held, i18n.window())
    own = _own(held)
    return f"{said} · {own}" if own else said


def period(held: FuzzyRange) -> str:
    """From when to when; the days of the beginning in the calendar chosen."""
    said = wording.period(held, i18n.window())
    own = _own(held.start) if held.start is not None else ""
    return f"{said} · {own}" if own else said


def _own(held: FuzzyDate) -> str:
    calendar = window.chosen()
    if calendar in {window.GREGORIAN, held.calendar.key}:
        # what was written in it says it already
        return ""
    return showing.days(held.earliest, held.latest, calendar)
