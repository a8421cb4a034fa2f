"""What a child process cost: wall time, processor time, peak memory, as the kernel counts."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds on the clock, seconds of all cores, and the peak memory of the largest process in
    bytes. A shell's children count, once they have ended."""

    wall: float
    cpu: float
    peak: int

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(
            wall=self.wall + other.wall,
            cpu=self.cpu + other.cpu,
            peak=max(self.peak, other.peak),
        )


NOTHING: Final = Cost(wall=0, cpu=0, peak=0)


class Failed(Exception):
    """A command that should be measured ended badly."""


def run(line: Sequence[str | Path]) -> Cost:
    """Run a command to its end, silently. Raises Failed."""
    words = [str(word) for word in line]
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        _become(words)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) != 0:
        raise Failed(shlex.join(words))
    kilobyte = 1 if sys.platform == "darwin" else 1024
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss * kilobyte)


def _become(words: list[str]) -> None:
    os.chdir(ROOT)
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silence, descriptor)
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["PYTHONWARNINGS"] = "ignore"
    try:
        os.execvp(words[0], words)
    finally:
        os._exit(127)


def shell(line: str, *paths: str | Path) -> Sequence[str | Path]:
    """A line for `sh`, in which `$1`, `$2` … are the paths."""
    return ("sh", "-ec", line, "sh", *paths)


def best(rounds: int, *jobs: Callable[[], Cost]) -> list[Cost]:
    """The quickest round of each job; the jobs take turns, so that a busy moment hits them all."""
    costs: list[list[Cost]] = [[] for _ in jobs]
    for _ in range(rounds):
        for job, seen in zip(jobs, costs, strict=True):
            seen.append(job())
    return [min(seen, key=lambda cost: cost.wall) for seen in costs]
