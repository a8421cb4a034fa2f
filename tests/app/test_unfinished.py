"""What a kill leaves half built is removed by the next work in the same place, and nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app import protected
from app.errors import WrongPassphrase
from app.folders import appearing, passing, sweep
from crypto.secret import Passphrase
from tests.children import ROOT
from tests.conftest import PASSPHRASE

PART = "0123456789abcdef.part"
WORKING = """
import sys
from pathlib import Path
from app import files
from app.folders import appearing, passing
place = Path(sys.argv[1])
with passing(place) as one, appearing(place / "other") as two, files.draft(place) as draft:
    for each in (one, two):
        (each / "inner").mkdir()
        (each / "inner" / "told").write_text("in clear")
    draft.file.write(b"half")
    print("ready", flush=True)
    sys.stdin.readline()
"""


def names(place: Path) -> list[str]:
    return sorted(each.name for each in place.iterdir())


@pytest.fixture
def working(tmp_path: Path) -> subprocess.Popen[str]:
    """A program that is in the middle of building two folders and a file in `tmp_path`."""
    program = subprocess.Popen(
        [sys.executable, "-c", WORKING, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if program.stdout is None or program.stdout.readline() != "ready\n":
        pytest.fail("it did not begin")
    return program


def test_what_a_running_program_builds_is_left_alone_and_what_a_kill_left_is_removed(
    working: subprocess.Popen[str], tmp_path: Path
) -> None:
    begun = names(tmp_path)
    assert len(begun) == 3
    assert sweep(tmp_path) == 0
    assert names(tmp_path) == begun
    working.send_signal(signal.SIGKILL)
    working.communicate()
    assert names(tmp_path) == begun
    assert sweep(tmp_path) == 3
    assert names(tmp_path) == []


def test_a_program_that_ends_well_leaves_nothing_to_sweep(
    working: subprocess.Popen[str], tmp_path: Path
) -> None:
    working.communicate("go on\n")
    assert names(tmp_path) == ["other"]
    assert sweep(tmp_path) == 0


def test_only_names_of_our_own_pattern_go(tmp_path: Path) -> None:
    kept = ["0123456789ABCDEF.part", "0123.part", "photos", "x0123456789abcdef.part", "film.part"]
    for name in [*kept, PART]:
        (tmp_path / name).mkdir()
    assert sweep(tmp_path) == 1
    assert names(tmp_path) == sorted(kept)


def test_a_link_with_such_a_name_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "photo").write_bytes(b"x")
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / PART).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    inner = tmp_path / "place" / PART.replace("0", "f")
    inner.mkdir()
    (inner / "link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert sweep(tmp_path / "place") == 1
    assert names(tmp_path / "place") == [PART]
    assert names(tmp_path / "elsewhere") == ["photo"]


def test_work_in_progress_survives_a_sweep_by_the_same_program(tmp_path: Path) -> None:
    with passing(tmp_path) as one, appearing(tmp_path / "made") as two:
        assert sweep(tmp_path) == 0
        assert one.is_dir()
        assert two.is_dir()
    assert names(tmp_path) == ["made"]


def test_opening_a_vault_as_the_window_does_sweeps_in_it_and_beside_it(vault_folder: Path) -> None:
    for place in (vault_folder, vault_folder.parent):
        (place / PART).mkdir()
        (place / PART / "1.dat").write_bytes(b"half restored")
    protected.open_either(vault_folder, Passphrase.of(PASSPHRASE)).close()
    assert names(vault_folder.parent) == ["vault"]
    assert PART not in names(vault_folder)


def test_a_failed_opening_removes_nothing(vault_folder: Path) -> None:
    (vault_folder / PART).mkdir()
    with pytest.raises(WrongPassphrase):
        protected.open_either(vault_folder, Passphrase.of("another")).close()
    assert PART in names(vault_folder)


def test_no_place_is_no_reason_to_fail(tmp_path: Path) -> None:
    assert sweep(tmp_path / "nowhere") == 0
