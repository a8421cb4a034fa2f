"""Where memory goes when there is not enough of it: said to be safe only when it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.guard import hibernation_is_safe, swap_is_safe

HEADER = "Filename\tType\tSize\tUsed\tPriority\n"


@pytest.fixture
def machine(tmp_path: Path) -> tuple[Path, Path, Path]:
    """/proc and /sys of a made-up machine, and a swap file on its disk."""
    proc, system, swap = tmp_path / "proc", tmp_path / "sys", tmp_path / "swapfile"
    proc.mkdir()
    swap.touch()
    return proc, system, swap


def device(system: Path, path: Path) -> Path:
    number = path.stat().st_dev
    made = system / "dev/block" / f"{os.major(number)}:{os.minor(number)}"
    (made / "dm").mkdir(parents=True)
    return made


def test_no_swap_and_swap_in_memory_are_safe(machine: tuple[Path, Path, Path]) -> None:
    proc, system, _swap = machine
    for lines in ("", "/dev/zram0 partition 100 0 100\n"):
        (proc / "swaps").write_text(HEADER + lines)
        assert swap_is_safe(proc, system) is True


def test_a_file_on_a_plain_disk_is_not_safe(machine: tuple[Path, Path, Path]) -> None:
    proc, system, swap = machine
    (proc / "swaps").write_text(f"{HEADER}/dev/zram0 partition 1 0 1\n{swap} file 100 0 -2\n")
    assert swap_is_safe(proc, system) is False


def test_an_encrypted_disk_is_safe_also_below_a_volume(machine: tuple[Path, Path, Path]) -> None:
    proc, system, swap = machine
    (proc / "swaps").write_text(f"{HEADER}{swap} file 100 0 -2\n")
    disk = device(system, swap)
    (disk / "dm/uuid").write_text("CRYPT-LUKS2-abc\n")
    assert swap_is_safe(proc, system) is True
    (disk / "dm/uuid").write_text("LVM-abc\n")
    (disk / "slaves/dm-0/dm").mkdir(parents=True)
    (disk / "slaves/dm-0/dm/uuid").write_text("CRYPT-LUKS2-abc\n")
    assert swap_is_safe(proc, system) is True
    (disk / "slaves/sda1").mkdir()
    assert swap_is_safe(proc, system) is False


def test_what_cannot_be_told_is_not_said_to_be_safe(machine: tuple[Path, Path, Path]) -> None:
    proc, system, swap = machine
    assert swap_is_safe(proc, system) is None
    (proc / "swaps").write_text(f"{HEADER}{swap}-elsewhere file 100 0 -2\n")
    assert swap_is_safe(proc, system) is None


# --- sleeping on the disk ---------------------------------------------------------------------


def offer(system: Path, state: str, disk: str = "[platform] shutdown\n", resume: str = "") -> None:
    (system / "power").mkdir(parents=True, exist_ok=True)
    (system / "power/state").write_text(state)
    (system / "power/disk").write_text(disk)
    (system / "power/resume").write_text(resume)


def test_a_computer_that_cannot_sleep_on_its_disk_leaves_nothing_there(
    machine: tuple[Path, Path, Path],
) -> None:
    proc, system, swap = machine
    (proc / "swaps").write_text(f"{HEADER}{swap} file 100 0 -2\n")
    offer(system, "freeze mem\n")
    assert hibernation_is_safe(proc, system) is True
    offer(system, "freeze mem disk\n", "[disabled]\n")
    assert hibernation_is_safe(proc, system) is True


def test_where_no_image_can_be_written_sleeping_is_safe(machine: tuple[Path, Path, Path]) -> None:
    proc, system, _swap = machine
    (proc / "swaps").write_text(HEADER + "/dev/zram0 partition 100 0 100\n")
    offer(system, "mem disk\n", resume="0:0\n")
    assert hibernation_is_safe(proc, system) is True


def test_an_image_on_a_plain_disk_is_not_safe(machine: tuple[Path, Path, Path]) -> None:
    proc, system, swap = machine
    (proc / "swaps").write_text(f"{HEADER}{swap} file 100 0 -2\n")
    offer(system, "mem disk\n")
    assert hibernation_is_safe(proc, system) is False
    (device(system, swap) / "dm/uuid").write_text("CRYPT-LUKS2-abc\n")
    assert hibernation_is_safe(proc, system) is True


def test_a_plain_place_to_resume_from_counts_though_nothing_is_swapped_there_now(
    machine: tuple[Path, Path, Path],
) -> None:
    proc, system, _swap = machine
    (proc / "swaps").write_text(HEADER)
    offer(system, "mem disk\n", resume="8:2\n")
    assert hibernation_is_safe(proc, system) is False
    crypt = system / "dev/block/8:2/dm"
    crypt.mkdir(parents=True)
    (crypt / "uuid").write_text("CRYPT-LUKS2-abc\n")
    assert hibernation_is_safe(proc, system) is True


def test_sleeping_that_cannot_be_told_is_not_said_to_be_safe(
    machine: tuple[Path, Path, Path],
) -> None:
    proc, system, _swap = machine
    assert hibernation_is_safe(proc, system) is None
    offer(system, "mem disk\n")
    assert hibernation_is_safe(proc, system) is None
