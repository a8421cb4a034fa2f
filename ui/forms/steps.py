"""Undo and redo over a whole record: the states that a form went through, as values.

A step is what a person would call one: typing on in one field without a pause is a single step,
every other field and every pause begins a new one. The values are frozen and share what did not
change, so a step costs little; they live as long as the page shows the record.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import fields
from typing import Final, Generic, TypeVar

from app.records import Record

R = TypeVar("R", bound=Record)

PAUSE_S: Final = 2.0
"""Typing after a pause as long as this can be undone by itself."""

MOST_STEPS: Final = 200


class Steps(Generic[R]):
    """The states of one record. `begin` first; `now` gives seconds and is a seam for tests."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._before: deque[R] = deque(maxlen=MOST_STEPS)
        self._after: list[R] = []
        self._current: R | None = None
        self._field: frozenset[str] = frozenset()
        self._at = 0.0

    def begin(self, record: R) -> None:
        """This record is shown; there is nothing to undo."""
        self._before.clear()
        self._after.clear()
        self._current = record
        self._field = frozenset()

    def note(self, record: R) -> None:
        """The form says this now. Nothing happens when that is what it said before."""
        if self._current is None or record == self._current:
            return
        changed = differing(self._current, record)
        moment = self._now()
        goes_on = changed == self._field and moment - self._at < PAUSE_S and not self._after
        if not goes_on:
            self._before.append(self._current)
        self._after.clear()
        self._current = record
        self._field = changed
        self._at = moment

    def undo(self) -> R | None:
        """The state before; None when there is none."""
        if self._current is None or not self._before:
            return None
        self._after.append(self._current)
        self._current = self._before.pop()
        self._field = frozenset()
        return self._current

    def redo(self) -> R | None:
        """The state that was undone last; None when none was, or something was typed since."""
        if self._current is None or not self._after:
            return None
        self._before.append(self._current)
        self._current = self._after.pop()
        self._field = frozenset()
        return self._current


def differing(one: Record, other: Record) -> frozenset[str]:
    """The names of the fields in which two records of a kind differ."""
    return frozenset(
        each.name for each in fields(one) if getattr(one, each.name) != getattr(other, each.name)
    )
