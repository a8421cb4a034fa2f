"""A month of any calendar, as days that can be counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """`number` from 1; `leap`: the second month of that number (Chinese); `first`: its first day,
    Gregorian; `days`: its length."""

    year: int
    number: int
    leap: bool
    first: date
    days: int

    @property
    def last(self) -> date:
        """Its last day, Gregorian."""
        return self.first + timedelta(days=self.days - 1)


def in_a_row(year: int, first: date, lengths: Iterable[int]) -> tuple[Month, ...]:
    """The months of these lengths, numbered from 1, beginning on that day."""
    found = []
    for number, days in enumerate(lengths, 1):
        found.append(Month(year=year, number=number, leap=False, first=first, days=days))
        first += timedelta(days=days)
    return tuple(found)
