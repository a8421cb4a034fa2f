"""Run a target on altered input and judge each run: only typed refusals, quick, and small."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from app.errors import AppError
from crypto.errors import CryptoError
from tools.fuzz.altering import altered
from tools.fuzz.targets import TARGETS, Target

RUNS: Final = 1_000_000
MOST_SECONDS: Final = 1.0
MOST_KIB: Final = 256 * 1024
_ENOUGH_FINDINGS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one run came to. `seconds` of processor time; `problem` says what is a finding."""

    accepted: bool
    seconds: float
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What went wrong, and the input that did it."""

    problem: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What the runs of one target came to; times in seconds."""

    runs: int
    accepted: int
    seconds: float
    slowest: float
    findings: tuple[Finding, ...]


def judge(target: Target, content: bytes) -> Verdict:
    """Give the target this input once."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.thread_time()
    accepted, problem = _outcome(target, content)
    seconds = time.thread_time() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if seconds > MOST_SECONDS:
        problem = f"took {seconds:.1f} s"
    if grown > MOST_KIB:
        problem = f"grew by {grown // 1024} MiB"
    return Verdict(accepted=accepted, seconds=seconds, problem=problem)


def run(target: Target, runs: int, seed: int) -> Ran:
    """`runs` executions from this seed, fewer after ten findings.

    Raises ValueError when the target refuses its own good input.
    """
    chance = Random(f"{target.name}/{seed}")
    seeds = target.seeds()
    for good in seeds:
        verdict = judge(target, good)
        if verdict.problem is not None or not verdict.accepted:
            raise ValueError(target.name, verdict)
    findings: list[Finding] = []
    accepted, slowest, done, begun = 0, 0.0, 0, time.monotonic()
    while done < runs and len(findings) < _ENOUGH_FINDINGS:
        content = altered(seeds, chance)
        verdict = judge(target, content)
        done += 1
        accepted += verdict.accepted
        slowest = max(slowest, verdict.seconds)
        if verdict.problem is not None:
            findings.append(Finding(problem=verdict.problem, content=content))
    return Ran(
        runs=done,
        accepted=accepted,
        seconds=time.monotonic() - begun,
        slowest=slowest,
        findings=tuple(findings),
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--runs", type=int, default=RUNS, help="over all targets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, help="a folder for the inputs found")
    chosen = parser.parse_args(arguments)
    names = chosen.targets or list(TARGETS)
    shares = sum(TARGETS[name].share for name in names)
    total = found = 0
    for name in names:
        ran = run(TARGETS[name], -(-chosen.runs * TARGETS[name].share // shares), chosen.seed)
        total += ran.runs
        found += len(ran.findings)
        print(
            f"{name:12} {ran.runs:8,} runs  {ran.accepted:8,} accepted  "
            f"{ran.runs / ran.seconds:7,.0f}/s  slowest {ran.slowest * 1000:4.0f} ms  "
            f"{len(ran.findings)} findings",
            flush=True,
        )
        for at, each in enumerate(ran.findings):
            print(f"    {each.problem}: {each.content[:80]!r}")
            if chosen.to is not None:
                (chosen.to / f"{name}-{chosen.seed}-{at}").write_bytes(each.content)
    print(f"{total:,} runs, {found} findings")
    return 1 if found else 0


def _outcome(target: Target, content: bytes) -> tuple[bool, str | None]:
    """Whether the input was taken, and what is wrong with how it was answered."""
    try:
        written = target.read(content)
    except (AppError, CryptoError):
        return False, None
    except Exception as problem:  # what this program looks for
        if isinstance(problem, target.also):
            return False, None
        return False, f"{type(problem).__name__}: {problem}"
    if written is not None and written != content:
        return True, "accepted, and written back otherwise"
    return True, None
