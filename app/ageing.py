"""How old a looked-up fact is: sessions and addresses change, and the program looks nothing up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

OLD_DAYS: Final = 90
"""After so many days an address or the dates of a session have to be looked up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """Days since somebody looked; None when nobody noted a day. Never negative."""

    days: int | None

    @property
    def is_old(self) -> bool:
        """Whether it has to be looked up again; what nobody looked up always has."""
        return self.days is None or self.days > OLD_DAYS


def must_look(last_checked: date | None, ends: date | None, today: date) -> bool:
    """Whether the dates of a session have to be looked up again: what is over stays as it was."""
    return (ends is None or ends >= today) and age(last_checked, today).is_old


def age(last_checked: date | None, today: date) -> Age:
    """The age of a fact. A day to come, from a wrong clock, counts as today."""
    return Age(days=None if last_checked is None else max(0, (today - last_checked).days))
