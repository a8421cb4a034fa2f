"""How exactly a person chose to tell one receiver: dates, ages, former names (M-05, M-07)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.coarser_dates import DatesTold
from app.records.values import TermRef

_BRACKETS: Final = (
    (13, "under_13"),
    (16, "13_15"),
    (18, "16_17"),
    (25, "18_24"),
    (40, "25_39"),
    (60, "40_59"),
)
_OLDEST: Final = "60_plus"


class AgesTold(StrEnum):
    """How exactly ages leave: a day of birth and a number of years, or only the age group."""

    AS_RECORDED = "as_recorded"
    GROUP = "group"


class FormerNames(StrEnum):
    """Whether former names leave: only when the person asks for it (M-07)."""

    STAY = "stay"
    ASKED_FOR = "asked_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a person chose for one receiver. The place has its own choice, where it is named."""

    dates: DatesTold = DatesTold.AS_RECORDED
    ages: AgesTold = AgesTold.AS_RECORDED
    former_names: FormerNames = FormerNames.STAY


AS_RECORDED: Final = Release()


def bracket(age: int) -> TermRef:
    """The age group of an age in whole years."""
    key = next((key for below, key in _BRACKETS if age < below), _OLDEST)
    return TermRef(list="age_bracket", key=key)
