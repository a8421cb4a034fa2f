"""Every harness at its full length, and whether each control failed as it has to."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from tools.torture import bundle_cuts, cuts, faults, flips, migrating

_SEED: Final = 1


class Tally(Protocol):
    """What came of one harness."""

    @property
    def faults(self) -> int:
        """How often something was wrong."""

    def line(self) -> str:
        """The figures as one JSON object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A tally, and whether it is a control, which has to have faults."""

    tally: Tally
    control: bool

    @property
    def good(self) -> bool:
        return (self.tally.faults > 0) == self.control


def power_cuts(place: Path, times: int) -> Iterator[Ran]:
    """Power cuts over the database, the slot file, evidence and what is exported."""
    for level, share in (("FULL", 1), ("NORMAL", 20), ("OFF", 20)):
        session = cuts.record_session(place / level, level)
        tally = cuts.cut(session, place / "work", max(20, times // share), _SEED, level)
        yield Ran(tally=tally, control=level != "FULL")


def bundle_power_cuts(place: Path, times: int) -> Iterator[Ran]:
    """Power cuts over sealing and over taking in."""
    for level, share in ((bundle_cuts.SYNCED, 1), (bundle_cuts.UNSYNCED, 10)):
        session = bundle_cuts.record_session(place / level, level)
        tally = bundle_cuts.cut(session, place / "work", max(40, times // share), _SEED, level)
        yield Ran(tally=tally, control=level != bundle_cuts.SYNCED)


def bit_flips(place: Path, times: int) -> Iterator[Ran]:
    """Bit flips, page swaps and rollbacks of every file of a vault."""
    sound = flips.make(place)
    shares = (("flip", 8), ("page swap", 1), ("page rollback", 1))
    for harm, share in shares:
        tally = flips.run(sound, place / "work", harm, max(1, times * share // 10), _SEED)
        yield Ran(tally=tally, control=False)
    yield Ran(tally=flips.run(sound, place / "work", "file rollback", 1, _SEED), control=False)
    yield Ran(tally=flips.run_unchecked(sound, place / "work"), control=True)


def io_errors(place: Path, times: int) -> Iterator[Ran]:
    """Calls of the system that fail, one or all from there on."""
    yield Ran(tally=faults.injected(place, times, _SEED), control=False)
    yield Ran(tally=faults.loses_what_it_told(place), control=True)


def full_disk(place: Path, times: int) -> Iterator[Ran]:
    """A medium that has room for less than is wanted."""
    with faults.small_medium(place / "small", 4) as mounted:
        yield Ran(tally=faults.filled(place, mounted, times, _SEED), control=False)


def migration_kills(place: Path, times: int) -> Iterator[Ran]:
    """Kills during a migration."""
    yield Ran(tally=migrating.run(place, times, _SEED), control=False)
    yield Ran(tally=migrating.run_broken(place, times, _SEED), control=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harness:
    """One of the harnesses, how often it does its harm in a full run, and what it needs."""

    run: Callable[[Path, int], Iterator[Ran]]
    times: int
    needs: tuple[str, ...] = ()
    as_root: bool = False

    @property
    def missing(self) -> str:
        """Why it cannot run here, empty when it can."""
        absent = [each for each in self.needs if shutil.which(each) is None]
        if not sys.platform.startswith("linux"):
            return "needs Linux"
        if absent:
            return f"needs {' '.join(absent)}"
        if self.as_root and os.geteuid() != 0:
            return "needs root, to mount a small medium"
        return ""


HARNESSES: Final = {
    "cuts": Harness(run=power_cuts, times=3000, needs=("strace",)),
    "bundles": Harness(run=bundle_power_cuts, times=1000, needs=("strace",)),
    "flips": Harness(run=bit_flips, times=10_000),
    "errors": Harness(run=io_errors, times=300, needs=("strace",)),
    "full": Harness(run=full_disk, times=100, needs=("mount",), as_root=True),
    "migration": Harness(run=migration_kills, times=200),
}
_KILLS_A_WORKLOAD: Final = 200


def main(arguments: list[str]) -> int:
    """Run from a command line: JSON lines on standard output, 0 when all is as it should be."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("what", nargs="*", choices=[*HARNESSES, "kills", []])
    parser.add_argument("--share", type=float, default=1.0, help="of a full run, such as 0.1")
    chosen = parser.parse_args(arguments)
    wanted = chosen.what or [*HARNESSES, "kills"]
    good = True
    for name in wanted:
        if name == "kills":
            good = _kills(max(1, round(_KILLS_A_WORKLOAD * chosen.share))) and good
            continue
        harness = HARNESSES[name]
        if harness.missing:
            _say(f"{name}: left out, {harness.missing}")
            continue
        with tempfile.TemporaryDirectory(prefix="hoopoe-torture-", dir=_fast()) as place:
            times = max(1, round(harness.times * chosen.share))
            for ran in harness.run(Path(place).resolve(), times):
                verdict = "as it should be" if ran.good else "NOT AS IT SHOULD BE"
                _say(f"{name}: {verdict} {ran.tally.line()}")
                good = good and ran.good
    return 0 if good else 1


def _kills(kills: int) -> bool:
    command = [sys.executable, "-m", "tools.kill_harness", "--kills", str(kills)]
    return subprocess.run(command, check=False).returncode == 0


def _fast() -> str | None:
    """Memory, where there is some: what is tried is the program and not the disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
