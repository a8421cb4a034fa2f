"""Killed at any moment, the vault has all it acknowledged, nothing half, and needs no repair."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.kill_harness import CONTROLS, WORKLOADS

ROOT = Path(__file__).resolve().parents[2]
CONTROL_KILLS = 100

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def killed(workload: str, kills: int, seed: int) -> dict[str, object]:
    """Run the harness in a process of its own, because it forks; what it counted."""
    command = [sys.executable, "-m", "tools.kill_harness", "--workload", workload]
    command += ["--kills", f"{kills}", "--seed", f"{seed}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    counted: dict[str, object] = json.loads(done.stdout)
    return counted


@pytest.mark.parametrize("workload", [each.name for each in WORKLOADS])
def test_a_few_kills_lose_nothing(workload: str) -> None:
    counted = killed(workload, 5, seed=1)
    assert counted["kills"] == 5
    assert (counted["lost"], counted["half"], counted["unsound"]) == (0, 0, [])


@pytest.mark.heavy
@pytest.mark.parametrize("workload", [each.name for each in WORKLOADS])
def test_three_hundred_and_fifty_kills_lose_nothing(workload: str) -> None:
    counted = killed(workload, 70, seed=2)
    assert counted["kills"] == 70
    assert int(str(counted["acknowledged"])) > 20  # it was at work when it was killed
    assert (counted["lost"], counted["half"], counted["unsound"]) == (0, 0, [])


@pytest.mark.parametrize("control", [each.name for each in CONTROLS])
def test_a_writer_with_a_known_fault_is_caught(control: str) -> None:
    counted = killed(control, CONTROL_KILLS, seed=3)
    assert counted["lost"] or counted["half"]
