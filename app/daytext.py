"""What people write for a day, read where it is plain: 2026-11-24, 24.11.2026, Nov 2026, 2026.

Anything else stays in the person's words without bounds: no day is invented (D-13). Numbers with
slashes are day first, and refused where the order could be either way: 3/4/2026 is two days.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIMED: Final = re.compile(r"(.+?),? (\d{1,2})[:.](\d\d)")
_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR: Final = re.compile(r"\d{4}")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})")
_NAMED: Final = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?,? (\d{4})")
# not from the calendar module: its names follow the locale of the process
_ENGLISH_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS: Final = {name: at for at, name in enumerate(_ENGLISH_MONTHS, 1)} | {
    name[:3]: at for at, name in enumerate(_ENGLISH_MONTHS, 1)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days a text can mean. `edtf`: the same in EDTF. `precision`: a key of date_precision.

    `time`: HH:MM where the text says one with a day, else empty.
    """

    earliest: date
    latest: date
    edtf: str
    precision: str
    time: str = ""


def read(text: str) -> Span | None:
    """The span a text says plainly; None where it does not. Digits of any script are read."""
    plain = " ".join(_digits(text).lower().split())
    timed = _TIMED.fullmatch(plain)
    if timed is None:
        return _days(plain)
    span, hour, minute = _days(timed[1]), int(timed[2]), int(timed[3])
    if span is None or span.precision != "day" or hour > 23 or minute > 59:
        return None
    return replace(span, precision="exact_time", time=f"{hour:02}:{minute:02}")


def _days(plain: str) -> Span | None:
    if hit := _DAY.fullmatch(plain):
        return _day(int(hit[1]), int(hit[2]), int(hit[3]))
    if hit := _DAY_FIRST.fullmatch(plain):
        return _day_first(hit)
    if hit := _NAMED.fullmatch(plain):
        month = _MONTHS.get(hit[2])
        if month is None:
            return None
        year = int(hit[3])
        return _day(year, month, int(hit[1])) if hit[1] else _month(year, month)
    if hit := _MONTH.fullmatch(plain):
        return _month(int(hit[1]), int(hit[2]))
    if _YEAR.fullmatch(plain):
        return _year(int(plain))
    return None


def _day_first(hit: re.Match[str]) -> Span | None:
    first, second = int(hit[1]), int(hit[3])
    if hit[2] == "/" and first <= 12 and second <= 12 and first != second:
        return None
    return _day(int(hit[4]), second, first)


def _day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(earliest=found, latest=found, edtf=found.isoformat(), precision="day")


def _month(year: int, month: int) -> Span | None:
    if not (1 <= month <= 12 and 1 <= year <= 9999):
        return None
    last = calendar.monthrange(year, month)[1]
    return Span(
        earliest=date(year, month, 1),
        latest=date(year, month, last),
        edtf=f"{year:04}-{month:02}",
        precision="month",
    )


def _year(year: int) -> Span | None:
    if not 1 <= year <= 9999:
        return None
    return Span(
        earliest=date(year, 1, 1), latest=date(year, 12, 31), edtf=f"{year:04}", precision="year"
    )


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9; a thousand scripts write 2026 their own way."""
    return "".join(str(unicodedata.digit(char, char)) for char in text)
