"""What the demonstration says as it goes: a line with the time for each step, and what failed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line. `seconds`: since the beginning."""

    seconds: float
    words: str


@dataclass(slots=True, kw_only=True)
class Telling:
    """Passes lines on to `say` and keeps them, with the comparisons that did not hold."""

    say: Callable[[str], None]
    told: list[Told] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    def tell(self, words: str) -> None:
        """One step."""
        seconds = time.monotonic() - self._began
        self.told.append(Told(seconds=seconds, words=words))
        self.say(f"{seconds:7.1f} s  {words}")

    def compare(self, words: str, found: object, expected: object) -> None:
        """One step that held if the two are equal."""
        if found == expected:
            self.tell(words)
        else:
            self.fail(words)

    def fail(self, words: str) -> None:
        """One step that did not hold."""
        self.failed.append(words)
        self.tell(f"FAILED: {words}")

    def miss(self, words: str) -> None:
        """A witness that is not on this computer."""
        self.absent.append(words)
        self.tell(f"not here: {words}")
