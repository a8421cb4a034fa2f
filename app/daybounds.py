"""A year, a month or a day as somebody types it, as the days between which it lies."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

_FORM: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def first_day(text: str) -> date | None:
    """The first day of 2025, 2025-03 or 2025-03-14; None for anything else."""
    found = _FORM.fullmatch(text.strip())
    return None if found is None else _date(found[1], found[2] or "1", found[3] or "1")


def last_day(text: str) -> date | None:
    """The last day of it; None for anything else."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    month = found[2] or "12"
    start = _date(found[1], month, "1")
    if start is None:
        return None
    return _date(found[1], month, found[3] or str(calendar.monthrange(start.year, start.month)[1]))


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
