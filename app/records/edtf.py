"""EDTF, the notation of dates kept in records: levels 0 and 1, and what of level 2 records use.

Extended Date/Time Format, Library of Congress 2019 (ISO 8601-2:2019, part 4):

| form | meaning |
|---|---|
| `2024-03-05`, `2024-03`, `2024` | a day, a month, a year (level 0) |
| `2024-21` … `2024-24` | spring, summer, autumn, winter (level 1) |
| `2024-03~`, `2024?`, `2024-03-05%` | approximate, uncertain, both (level 1, at the end) |
| `2024-03-XX`, `2024-XX`, `202X`, `2024-XX-05` | digits not known (levels 1 and 2) |
| `A/B`, `A/..`, `../B`, `A/`, `/B` | lasts from A to B; `..` open, nothing: not known |
| `[A..B]`, `[A..]`, `[..B]` | one unknown day within the bounds (level 2) |

Not taken: times, years before 1 or of more than four digits, sets with commas, qualification of one
part of a date. Nothing is corrected on the way: what is not exactly so is refused.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

_POINT: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
    r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|[0-3]X|XX))?)?(?P<doubt>[~?%]?)"
)
_OPEN: Final = ".."
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


class NotEdtf(ValueError):
    """The text is no date in the part of EDTF that records use."""


class Doubt(StrEnum):
    """How sure a date is: the sign at its end."""

    NONE = ""
    APPROXIMATE = "~"
    UNCERTAIN = "?"
    BOTH = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One date. `year`, `month`, `day` as written, with X for a digit not known; "" for no such
    part. A month of 21 to 24 is a season."""

    year: str
    month: str = ""
    day: str = ""
    doubt: Doubt = Doubt.NONE

    @property
    def season(self) -> str:
        """`spring`, `summer`, `autumn` or `winter`; "" for any other date."""
        return _SEASONS.get(int(self.month), "") if self.month.isdigit() else ""

    def __str__(self) -> str:
        return "-".join(part for part in (self.year, self.month, self.day) if part) + self.doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """An end of an interval that is no date: `..` open, or "" not known."""

    sign: str

    def __str__(self) -> str:
        return self.sign


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """`A/B`: it lasted from one to the other."""

    start: Point | End
    end: Point | End

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """`[A..B]`: one day, not known which, within the bounds; None where it is open."""

    first: Point | None
    last: Point | None

    def __str__(self) -> str:
        return f"[{self.first or ''}..{self.last or ''}]"


Edtf = Point | Interval | OneOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The days in which a date lies, both included; None where it is open or not known."""

    earliest: date | None
    latest: date | None


def parse(text: str) -> Edtf:
    """The date that a text in EDTF says. Raises NotEdtf."""
    if text.startswith("[") and text.endswith("]"):
        first, between, last = text[1:-1].partition(_OPEN)
        if not between or not (first or last):
            raise NotEdtf(text)
        return _ordered(
            OneOf(first=_point(first) if first else None, last=_point(last) if last else None)
        )
    start, slash, end = text.partition("/")
    if not slash:
        return _point(text)
    if start in {"", _OPEN} and end in {"", _OPEN}:
        raise NotEdtf(text)
    return _ordered(Interval(start=_end(start), end=_end(end)))


def bounds(found: Edtf) -> Bounds:
    """The days in which it lies. A season is the whole of its year, since the half of the world it
    is in is not said; winter goes on to the last of May in the next year."""
    match found:
        case Point():
            return _of_point(found)
        case Interval():
            first = _of_point(found.start).earliest if isinstance(found.start, Point) else None
            last = _of_point(found.end).latest if isinstance(found.end, Point) else None
            return Bounds(earliest=first, latest=last)
        case OneOf():
            return Bounds(
                earliest=_of_point(found.first).earliest if found.first else None,
                latest=_of_point(found.last).latest if found.last else None,
            )


def is_vague(found: Edtf) -> bool:
    """Whether the real day may lie outside the bounds: about, doubtful, or a season."""
    if isinstance(found, Point):
        return bool(found.doubt or found.season)
    ends = (found.start, found.end) if isinstance(found, Interval) else (found.first, found.last)
    return any(isinstance(each, Point) and is_vague(each) for each in ends)


def _end(text: str) -> Point | End:
    return End(sign=text) if text in {"", _OPEN} else _point(text)


def _point(text: str) -> Point:
    hit = _POINT.fullmatch(text)
    if hit is None:
        raise NotEdtf(text)
    found = Point(
        year=hit["year"],
        month=hit["month"] or "",
        day=hit["day"] or "",
        doubt=Doubt(hit["doubt"]),
    )
    if found.season and found.day:
        raise NotEdtf(text)
    if found.year == "0000" or not (found.season or _days(found)):
        raise NotEdtf(text)
    return found


def _ordered(found: Interval | OneOf) -> Interval | OneOf:
    lies = bounds(found)
    if lies.earliest and lies.latest and lies.earliest > lies.latest:
        raise NotEdtf(str(found))
    return found


def _of_point(point: Point) -> Bounds:
    years = _years(point.year)
    if point.season:
        ends = date(years[-1], 12, 31)
        if point.season == "winter" and ends.year < 9999:
            ends = date(ends.year + 1, 5, 31)
        return Bounds(earliest=date(years[0], 1, 1), latest=ends)
    days = _days(point)
    return Bounds(earliest=days[0], latest=days[-1])


def _days(point: Point) -> tuple[date, ...]:
    """The first and the last day that fit; nothing where none does (31 February)."""
    years, months = _years(point.year), _fitting(point.month or "XX", 1, 12)
    forwards = ((y, m) for y in years for m in months)
    backwards = ((y, m) for y in reversed(years) for m in reversed(months))
    found = []
    for at, candidates in ((0, forwards), (-1, backwards)):
        for year, month in candidates:
            days = _fitting(point.day or "XX", 1, monthrange(year, month)[1])
            if days:
                found.append(date(year, month, days[at]))
                break
    return tuple(found)


def _years(text: str) -> range:
    return range(max(1, int(text.replace("X", "0"))), int(text.replace("X", "9")) + 1)


def _fitting(text: str, lowest: int, highest: int) -> list[int]:
    pattern = re.compile(text.replace("X", "[0-9]"))
    return [each for each in range(lowest, highest + 1) if pattern.fullmatch(f"{each:02}")]
