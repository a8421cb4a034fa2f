"""Altered input from outside: only typed refusals, quickly, in little memory.

`make fuzz` runs a million. Every reader gets some runs here, from seeds
that are kept, and the search itself is tested.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from random import Random

import pytest

from tools.fuzz import altering, running
from tools.fuzz.targets import TARGETS, Target

RUNS = 120


@pytest.mark.parametrize("name", list(TARGETS))
@pytest.mark.parametrize("seed", [1, 2])
def test_every_reader_answers_altered_input_with_a_typed_refusal(name: str, seed: int) -> None:
    ran = running.run(TARGETS[name], RUNS, seed)
    assert ran.findings == ()
    assert ran.runs == RUNS


def test_the_same_seed_makes_the_same_input() -> None:
    made = [[altering.altered([b"some seed"], Random(7)) for _ in range(50)] for _ in range(2)]
    assert made[0] == made[1]


def planted(content: bytes) -> bytes | None:
    if b"99999" in content:
        raise IndexError("planted")
    return None


def turned(content: bytes) -> bytes | None:
    return bytes(reversed(content))


def slow(content: bytes) -> None:
    if content != b"quick":
        end = time.thread_time() + 1.1
        while time.thread_time() < end:
            pass


def large(content: bytes) -> None:
    if content != b"small":
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        len(b"x" * (peak + 300 * 1024**2))


@pytest.mark.parametrize(
    ("read", "seed", "told"),
    [
        (planted, b"a good seed", "IndexError: planted"),
        (turned, b"aa", "accepted, and written back otherwise"),
        (slow, b"quick", "took"),
        (large, b"small", "grew by"),
    ],
)
def test_what_is_planted_is_found(
    read: Callable[[bytes], bytes | None], seed: bytes, told: str
) -> None:
    target = Target(name="planted", seeds=lambda: [seed], read=read)
    runs = 4 if told in {"took", "grew by"} else 2000
    found = running.run(target, runs, 1).findings
    assert found
    assert found[0].problem.startswith(told)


def test_a_reader_that_refuses_good_input_is_no_test_of_anything() -> None:
    with pytest.raises(ValueError, match="json"):
        running.run(Target(name="json", seeds=lambda: [b"{"], read=TARGETS["json"].read), 1, 1)
