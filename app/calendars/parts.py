"""One date taken apart: which year, month and day a text names, before any calendar is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from app.calendars import numerals, wordlists
from app.calendars.systems import System

_ORDINAL: Final = re.compile(r"(\d+)(?:st|nd|rd|th|er|re|[-.]?го|\.)?")
_PIECES: Final = re.compile(r"\d+(?:st|nd|rd|th|er|re)?(?![^\W\d_])|\d+|[^\d\s]+")
_NUMBERS: Final = re.compile(r"(\d{1,4})\s?([-/.])\s?(\d{1,4})(?:\s?\2\s?(\d{1,4}))?")
_CHINESE: Final = re.compile(
    r"(?:(?P<year>\d{1,4})年)?(?P<leap>[闰閏])?(?P<month>\d{1,2}|正|冬|腊|臘)月"
    r"(?:(?:初)?(?P<day>\d{1,2})[日号號]?)?"
)
_CHINESE_YEAR: Final = re.compile(r"(\d{1,4})年")
_CHINESE_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12, "臘": 12}
# folded: year, month, day in Uyghur, with any ending
_UYGHUR: Final = re.compile(
    r"(?P<year>\d{4})-? ?[يئ]يل[^\W\d_]*(?: (?P<month>\d{1,2})-? ?[يئا]+ي[^\W\d_]*"
    r"(?: (?P<day>\d{1,2})(?:-? ?ك[^\W\d_]*)?)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """`year` None: not said. `month` None: not said. `leap`: the repeated month of that number."""

    year: int | None = None
    month: int | None = None
    leap: bool = False
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortYear:
    """The numbers of a day whose year has two digits."""


Taken = tuple[Parts, ...] | ShortYear
"""The ways to take it; more than one where the order of day and month is open; none: no date."""


def take(text: str, system: System) -> Taken:
    """The parts of one date in folded text."""
    text = numerals.plain(text).strip(" ,،;")
    chinese = _chinese(text)
    if chinese is not None:
        return (chinese,)
    if hit := _UYGHUR.fullmatch(text):
        return (Parts(year=int(hit["year"]), month=_number(hit["month"]), day=_number(hit["day"])),)
    cleared = _cleared(text)
    if hit := _NUMBERS.fullmatch(cleared):
        return _numbers(hit, system)
    if _is_year(cleared, system):
        return (Parts(year=int(cleared)),)
    return _named(text, system)


def _named(text: str, system: System) -> Taken:
    for name, number in wordlists.months().get(system.names, ()):
        found = wordlists.find(text, name)
        if found is not None:
            rest = _rest(f"{found.before} {found.after}")
            return () if rest is None else _beside_month(rest, number, system)
    return ()


def _beside_month(rest: list[str], month: int, system: System) -> Taken:
    years = [each for each in rest if _is_year(each, system)]
    days = [each for each in rest if each not in years and len(each) <= 2]
    if len(years) > 1 or len(years) + len(days) != len(rest):
        return ()
    if len(days) == 2 and not years:
        return ShortYear()
    if len(days) > 1:
        return ()
    day = int(days[0]) if days else None
    year = int(years[0]) if years else None
    return (Parts(year=year, month=month, day=day),)


def _numbers(hit: re.Match[str], system: System) -> Taken:
    first, sign, second, third = hit[1], hit[2], hit[3], hit[4]
    if third is None:
        if _is_year(first, system) and len(second) <= 2:
            return (Parts(year=int(first), month=int(second)),)
        if _is_year(second, system) and len(first) <= 2:
            return (Parts(year=int(second), month=int(first)),)
        return ()
    if _is_year(first, system) and max(len(second), len(third)) <= 2:
        return (Parts(year=int(first), month=int(second), day=int(third)),)
    if max(len(first), len(second)) > 2:
        return ()
    if not _is_year(third, system):
        return ShortYear() if len(third) == 2 else ()
    day_first = Parts(year=int(third), month=int(second), day=int(first))
    if sign == "." or first == second:
        return (day_first,)
    return day_first, replace(day_first, month=int(first), day=int(second))


def _chinese(text: str) -> Parts | None:
    if "年" not in text and "月" not in text:
        return None
    plain = numerals.plain_chinese(_cleared(text).replace(" ", ""))
    if hit := _CHINESE.fullmatch(plain):
        month = _CHINESE_MONTHS.get(hit["month"]) or int(hit["month"])
        return Parts(
            year=_number(hit["year"]),
            month=month,
            leap=hit["leap"] is not None,
            day=_number(hit["day"]),
        )
    if hit := _CHINESE_YEAR.fullmatch(plain):
        return Parts(year=int(hit[1]))
    return None


def _cleared(text: str) -> str:
    """The text without what only names the calendar or says that this is a date."""
    text = wordlists.without(text, "beside")
    for word in wordlists.signs().values():
        for sign in word:
            found = wordlists.find(text, sign)
            if found is not None:
                text = f"{found.before} {found.after}"
    kept = [each for each in text.split() if not wordlists.is_one(each.strip(".,،"), "beside")]
    return " ".join(kept).strip(" ,،")


def _rest(text: str) -> list[str] | None:
    """The numbers that stand beside a month; None where other words do too."""
    found = []
    for piece in _PIECES.findall(_cleared(text.replace(",", " ").replace("،", " "))):
        bare = piece.strip(".-/،,")
        number = _ORDINAL.fullmatch(bare)
        if number is not None:
            found.append(number[1])
        elif bare and not wordlists.is_one(bare, "beside"):
            return None
    return found


def _is_year(text: str, system: System) -> bool:
    lengths = {3} if system.key == "roc" else {4}
    return text.isdigit() and len(text) in lengths


def _number(text: str | None) -> int | None:
    return int(text) if text else None
