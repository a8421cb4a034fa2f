"""Small slices of the torture harnesses: sound code passes, and each control is caught."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tools.torture import bundle_cuts, cuts, faults, flips
from tools.torture.disk import SECTOR, Fate, after_cut
from tools.torture.recording import Did
from tools.torture.running import HARNESSES

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs Linux")


def tortured(what: str, share: float) -> list[str]:
    """Run a harness in a process of its own, because some fork; its lines."""
    missing = HARNESSES[what].missing
    if missing:
        pytest.skip(missing)
    command = [sys.executable, "-m", "tools.torture", what, "--share", f"{share}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()


# --- the rebuilt disk -----------------------------------------------------------------------


def write(name: Path, at: int, content: bytes) -> Did:
    return Did(what="write", name=str(name), at=at, content=content)


def test_what_was_synced_survives_and_the_rest_may_not(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"old!")
    did = [write(file, 0, b"new!"), Did(what="sync", name=str(file)), write(file, 4, b"more")]
    chance = random.Random(1)
    assert after_cut(tmp_path, did, Fate.DROPPED, chance) == {str(file): b"new!"}
    assert after_cut(tmp_path, did, Fate.KEPT, chance) == {str(file): b"new!more"}


def test_a_name_waits_for_the_sync_of_its_folder(tmp_path: Path) -> None:
    file, to = tmp_path / "f", tmp_path / "g"
    did = [
        Did(what="make", name=str(file)),
        write(file, 0, b"x"),
        Did(what="sync", name=str(file)),
        Did(what="rename", name=str(file), to=str(to)),
    ]
    chance = random.Random(1)
    assert after_cut(tmp_path, did, Fate.DROPPED, chance) == {}
    synced = [*did, Did(what="sync", name=str(tmp_path))]
    assert after_cut(tmp_path, synced, Fate.DROPPED, chance) == {str(to): b"x"}


def test_a_torn_write_ends_at_a_sector(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"")
    did = [write(file, 0, b"x" * 5000)]
    lengths = {
        len(after_cut(tmp_path, did, Fate.TORN, random.Random(seed))[str(file)])
        for seed in range(20)
    }
    assert all(length % SECTOR == 0 for length in lengths)
    assert len(lengths) > 3


@pytest.mark.heavy
@pytest.mark.skipif(bool(HARNESSES["errors"].missing), reason="needs strace")
def test_a_page_that_the_medium_did_not_give_once_is_not_called_damage(tmp_path: Path) -> None:
    tally = faults.missed_readings(tmp_path, 30)
    assert tally.faults == 0, tally.line()
    assert tally.ended["VaultDamaged"] == 0
    assert tally.ended["MediumFailed"] > 5


# --- slices ---------------------------------------------------------------------------------


def test_a_few_flips_swaps_and_rollbacks_are_all_told(tmp_path: Path) -> None:
    sound = flips.make(tmp_path)
    for harm in ("flip", "page swap", "page rollback", "file rollback"):
        tally = flips.run(sound, tmp_path / "work", harm, 6, seed=2)
        assert (tally.done, tally.silent, tally.untyped) == (6, [], [])
    assert flips.run_unchecked(sound, tmp_path / "work").faults > 0


def test_the_look_after_a_fault_sees_what_is_not_there(tmp_path: Path) -> None:
    assert faults.loses_what_it_told(tmp_path).faults > 0


@pytest.mark.heavy
def test_power_cuts_lose_nothing_and_less_syncing_does(tmp_path: Path) -> None:
    if HARNESSES["cuts"].missing:
        pytest.skip(HARNESSES["cuts"].missing)
    for level in ("FULL", "OFF"):
        session = cuts.record_session(tmp_path.resolve() / level, level)
        tally = cuts.cut(session, tmp_path / "work", 60, seed=2, name=level)
        assert tally.acknowledged > 100
        assert (tally.faults > 0) == (level == "OFF"), tally.line()


@pytest.mark.heavy
def test_power_cuts_leave_whole_bundles_and_no_word_of_others(tmp_path: Path) -> None:
    if HARNESSES["bundles"].missing:
        pytest.skip(HARNESSES["bundles"].missing)
    for level in (bundle_cuts.SYNCED, bundle_cuts.UNSYNCED):
        session = bundle_cuts.record_session(tmp_path.resolve() / level, level)
        tally = bundle_cuts.cut(session, tmp_path / "work", 60, seed=2, name=level)
        assert tally.acknowledged > 100
        assert (tally.faults > 0) == (level == bundle_cuts.UNSYNCED), tally.line()


@pytest.mark.heavy
@pytest.mark.parametrize("what", ["errors", "migration"])
def test_failing_calls_and_kills_in_a_migration_lose_nothing(what: str) -> None:
    assert len(tortured(what, 0.1)) == 2


@pytest.mark.heavy
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root, to mount")
def test_a_medium_that_fills_up_loses_nothing() -> None:
    assert len(tortured("full", 0.06)) == 1
