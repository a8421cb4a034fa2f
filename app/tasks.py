"""How a long job reports where it is and learns that it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from app.errors import Cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a job is: `done` of `total` units (bytes or records); total 0 means not known."""

    doing: str
    done: int
    total: int = 0


Progress = Callable[[Step], None]


def ignore(step: Step) -> None:
    """The progress of a job that nobody watches."""


class Watched:
    """Keeps the latest step of a job; raises Cancelled at the next one after stop().

    One thread calls it, another reads `latest` and calls stop(): both are single assignments.
    """

    def __init__(self) -> None:
        self.latest: Step | None = None
        self._stop = Event()

    def stop(self) -> None:
        self._stop.set()

    def __call__(self, step: Step) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.latest = step
