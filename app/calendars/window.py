"""The calendar of the person at this computer: dates begin in it, and days are shown in it too."""

from __future__ import annotations

from datetime import date
from typing import Final

from app import termlists
from app.calendars.systems import GREGORIAN, SYSTEMS, from_gregorian

__all__ = ["GREGORIAN", "chosen", "offered", "use", "written"]

_chosen = GREGORIAN

_OWN: Final = frozenset({"islamic_local"})
"""Kept by sight: a day that is known would become less sure by being written in it."""


def use(key: str) -> None:
    """From now on dates begin in this calendar (a key of the vocabulary `calendar`)."""
    global _chosen
    _chosen = key if key in offered() else GREGORIAN


def chosen() -> str:
    """The key of the calendar that dates begin in."""
    return _chosen


def offered() -> tuple[str, ...]:
    """The calendars that are converted, in the order of the vocabulary."""
    return tuple(
        term.code for term in termlists.get("calendar").terms if SYSTEMS.get(term.code) is not None
    )


def written(when: date, key: str) -> tuple[str, str]:
    """A known day as it is typed, and the calendar it is typed in: the Gregorian one where this
    calendar does not reach."""
    system = SYSTEMS.get(key)
    found = from_gregorian(system, when) if system is not None and key not in _OWN else None
    if found is None:
        return when.isoformat(), GREGORIAN
    year, number = found.month.year, found.month.number
    if found.month.leap:
        return f"{year}年闰{number}月{found.day}日", key
    digits = 3 if key == "roc" else 4
    return f"{year:0{digits}}-{number:02}-{found.day:02}", key
