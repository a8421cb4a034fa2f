"""Kills a writing program at random moments and looks whether anything it acknowledged is gone.

    python -m tools.kill_harness [--kills 80] [--seed 1] [--workload NAME]...

Each round forks a child that opens the vault, works, and acknowledges each thing it has done over a
pipe; the parent kills it with SIGKILL, opens the vault again and compares. What it does is in
tools/kill_vault.py and tools/kill_bundles.py; workloads whose name begins with "broken" are
controls: writers with a known fault, which the harness has to catch.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.errors import AppError
from app.storage import evidence as evidence_rows
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tools.kill_bundles import BUNDLE_CONTROLS, BUNDLE_WORKLOADS
from tools.kill_vault import VAULT_CONTROLS, VAULT_WORKLOADS, Workload

PASSPHRASE: Final = "only for killing"
ROUNDS_PER_VAULT: Final = 25
OPENING_SHARE: Final = 0.15
"""Share of the kills that fall on opening, where the sweep works."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the kills of one workload."""

    workload: str
    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.lost) + len(self.half) + len(self.unsound)


WORKLOADS: Final = (*VAULT_WORKLOADS, *BUNDLE_WORKLOADS)
CONTROLS: Final = (*VAULT_CONTROLS, *BUNDLE_CONTROLS)
_CONTROL_NAMES: Final = frozenset(each.name for each in CONTROLS)


# --- killing and looking --------------------------------------------------------------------


def run(workload: Workload, kills: int, seed: int) -> Tally:
    """Kill the workload `kills` times; what was found afterwards."""
    tally = Tally(workload=workload.name)
    for _ in itertools.islice(_rounds(workload, tally, seed), kills):
        pass
    return tally


def run_until_caught(control: Workload, most: int, seed: int) -> Tally:
    """Kill a control until its fault shows, at most `most` times."""
    tally = Tally(workload=control.name)
    for _ in itertools.islice(_rounds(control, tally, seed), most):
        if tally.faults:
            break
    return tally


def _rounds(workload: Workload, tally: Tally, seed: int) -> Iterator[int]:
    """Kill without end, counting into `tally`; a new vault after some rounds and after a fault."""
    chance = random.Random(f"{workload.name} {seed}")
    with tempfile.TemporaryDirectory(prefix="hoopoe-kill-") as place:
        pristine = Path(place) / "pristine"
        Vault.create(pristine, Passphrase.of(PASSPHRASE), cost=FLOOR).close()
        folder = Path(place) / "vault"
        said: list[str] = []
        for number in itertools.count():
            if number % ROUNDS_PER_VAULT == 0 or not folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(pristine, folder)
                said = []
            words = _kill_once(workload, folder, Path(place) / "source", chance)
            said += words
            tally.kills += 1
            tally.acknowledged += len(words)
            before = tally.faults
            _look(workload, folder, said, tally)
            if tally.faults > before:
                shutil.rmtree(folder)
            yield number


def _kill_once(workload: Workload, folder: Path, source: Path, chance: random.Random) -> list[str]:
    reading, writing = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        _be_killed(workload, folder, source, seed, reading, writing)
    os.close(writing)
    while_opening = chance.random() < OPENING_SHARE
    wait = chance.random() * workload.longest
    heard = b""
    if not while_opening:
        heard = os.read(reading, 6)  # "ready\n", or nothing when the child could not open
    deadline = time.monotonic() + wait
    while (left := deadline - time.monotonic()) > 0:
        # Words are taken as they come, so that a full pipe never holds the child.
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, 65536)
            if not piece:
                break
            heard += piece
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    os.waitpid(child, 0)
    whole, _, _cut = heard.decode().rpartition("\n")
    return [line for line in whole.split("\n") if line and line != "ready"]


def _be_killed(
    workload: Workload, folder: Path, source: Path, seed: float, reading: int, writing: int
) -> None:
    """The child: works until it is killed. Whatever goes wrong in it is told, not hidden."""
    try:
        os.close(reading)
        vault = Vault.open(folder, Passphrase.of(PASSPHRASE))
        os.write(writing, b"ready\n")

        def say(words: str) -> None:
            os.write(writing, words.encode() + b"\n")

        workload.work(vault, source, random.Random(seed), say)
    except BaseException as error:
        sys.stderr.write(f"child: {error!r}\n")
    finally:
        os._exit(1)


def _look(workload: Workload, folder: Path, said: list[str], tally: Tally) -> None:
    """Open what is left and compare."""
    try:
        with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
            tally.lost += workload.missing(vault, said)
            tally.half += _strays(vault)
            tally.unsound += [f"{found.look} {found.detail}" for found in vault.check().findings]
    except AppError as error:
        tally.unsound.append(repr(error))
    tally.unsound += [
        path.name for path in folder.iterdir() if path.name not in {"0.dat", "1.dat", "files"}
    ]


def _strays(vault: Vault) -> Iterator[str]:
    known = {file.stored_name for file in evidence_rows.files(vault.database)}
    return (path.name for path in vault.files.folder.iterdir() if path.name not in known)


def main(arguments: list[str]) -> int:
    """Run from a command line: JSON on standard output, 0 when all is as it should be."""
    every = {each.name: each for each in (*WORKLOADS, *CONTROLS)}
    parser = argparse.ArgumentParser(prog="kill_harness", description=__doc__)
    parser.add_argument("--kills", type=int, default=80, help="for each workload")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workload", action="append", choices=sorted(every), default=[])
    chosen = parser.parse_args(arguments)
    names = chosen.workload or list(every)
    good = True
    for name in names:
        judge = run_until_caught if name in _CONTROL_NAMES else run
        tally = judge(every[name], chosen.kills, chosen.seed)
        good = good and (tally.faults > 0) == (name in _CONTROL_NAMES)
        facts = {
            "workload": name,
            "kills": tally.kills,
            "acknowledged": tally.acknowledged,
            "lost": len(tally.lost),
            "half": len(tally.half),
            "unsound": tally.unsound[:5],
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
