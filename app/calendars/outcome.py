"""What reading a date can come to. Exactly one of these; none of them loses what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text says. `edtf`: Gregorian, as in app/records/edtf.py. `earliest`, `latest`: the
    days in which it lies, both included. `precision`, `qualifier`: keys of date_precision and
    date_qualifier. `time`: HH:MM where the text says one, else empty."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str
    qualifier: str = "none"
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """The text can mean either of two days, such as 03/04/2024: the person has to say which."""

    readings: tuple[Reading, Reading]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMissing:
    """A day or a month without its year."""


class Why(StrEnum):
    """Why there is no such date. The code is stable."""

    NO_SUCH_DAY = "no_such_day"  # `last`: the length of that month
    NO_SUCH_MONTH = "no_such_month"  # `last`: the number of months
    NO_LEAP_MONTH = "no_leap_month"  # that year repeats another month, or none
    YEAR_ZERO = "year_zero"
    YEAR_SHORT = "year_short"  # two digits
    YEAR_OUT = "year_out"  # `first`, `last`: the years that the calendar is known for
    BACKWARDS = "backwards"  # the end comes before the beginning
    TWO_CALENDARS = "two_calendars"  # the words name another calendar than the one chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """There is no such date. `elsewhere`: calendars in which there is, or which the text names."""

    why: Why
    first: int = 0
    last: int = 0
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Not understood as a date: kept as it is. `elsewhere`: calendars that would understand it."""

    elsewhere: tuple[str, ...] = ()


Outcome = Reading | Ambiguous | YearMissing | Refused | Words
