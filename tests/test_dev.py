"""dev.py: what it says to a newcomer, and that its one status is honest."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dev
from tests.children import ROOT


def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)


def test_without_a_word_it_lists_its_commands() -> None:
    done = ask()
    assert done.returncode == 0
    for name in dev.COMMANDS:
        assert f"python3 dev.py {name} " in done.stdout


def test_an_unknown_word_is_wrong_use() -> None:
    assert ask("fly").returncode == 2


@pytest.mark.parametrize(
    ("results", "status"),
    [
        ([0, 0], 0),
        ([0, 5], 0),  # 5: no test matched in this part
        ([5, 5], 5),
        ([0, 1], 1),
        ([1, 0], 1),
        ([5, 2], 2),
        ([0, 0, 1], 1),
        ([-11, 0], -11),
    ],
)
def test_one_failure_in_any_part_is_the_status_of_the_whole(
    results: list[int], status: int
) -> None:
    assert dev.verdict(results) == status


def test_a_persons_own_marker_narrows_both_parts() -> None:
    assert dev.split_marker(["-x", "-m", "heavy", "tests/app"]) == ("heavy", ["-x", "tests/app"])
    assert dev.split_marker(["-x"]) == ("window or not window", ["-x"])


def test_workers_are_two_unless_the_person_says_otherwise() -> None:
    assert dev.parallel(["-k", "slots"]) == ["-n", "2"]
    assert dev.parallel(["-n0"]) == []
    assert dev.parallel(["--pdb"]) == []


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_by_hash_and_names_no_index(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    packages = [line for line in lines if not line.startswith(" ")]
    assert packages
    assert all("==" in line and line.endswith("\\") for line in packages)
    hashes = [line for line in lines if line.startswith(" ")]
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)


def test_the_lock_for_developers_has_all_of_the_other_in_the_same_versions() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if line and not line.startswith(" ")}

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def test_the_build_server_runs_what_a_newcomer_runs() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.splitlines()[-1] == "exec python3 dev.py test"
