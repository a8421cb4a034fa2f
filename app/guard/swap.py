"""Whether memory that the system moves to a disk is encrypted there, or moved at all (Linux).

A process cannot keep the windows' own copies of text out of swap, and a computer that hibernates
writes all of its memory there. So what the person can rely on is the disk, and that is measured.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_SYS: Final = Path("/sys")
_NO_DEVICE: Final = "0:0"


def swap_is_safe(proc: Path = _PROC, sys: Path = _SYS) -> bool | None:
    """True: no swap, or all of it in memory or on an encrypted device. None: cannot be told."""
    try:
        lines = (proc / "swaps").read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return None
    found = [_is_safe(Path(line.split()[0]), sys) for line in lines if line.split()]
    if False in found:
        return False
    return None if None in found else True


def hibernation_is_safe(proc: Path = _PROC, sys: Path = _SYS) -> bool | None:
    """True: this computer cannot sleep on its disk, or writes its memory to encrypted places alone.
    None: cannot be told.

    Looked at: whether the kernel offers it (/sys/power/state, /sys/power/disk), and where the image
    could go: what is in use for swapping and not in memory, and the device named to resume from.
    """
    try:
        offers = "disk" in (sys / "power/state").read_text("ascii", "replace").split()
    except OSError:
        return None
    if not offers or "[disabled]" in _text(sys / "power/disk"):
        return True
    try:
        lines = (proc / "swaps").read_text("utf-8", "replace").splitlines()[1:]
    except OSError:
        return None
    found = [_is_safe(Path(line.split()[0]), sys) for line in lines if line.split()]
    resume = _text(sys / "power/resume").strip()
    if resume and resume != _NO_DEVICE:
        found.append(_is_encrypted(sys / "dev/block" / resume))
    if False in found:
        return False
    return None if None in found else True


def _text(place: Path) -> str:
    try:
        return place.read_text("ascii", "replace")
    except OSError:
        return ""


def _is_safe(place: Path, sys: Path) -> bool | None:
    """One line of /proc/swaps: a device, or a file that lies on one."""
    if place.name.startswith("zram"):
        return True  # compressed, and never on a disk
    try:
        facts = place.stat()
    except OSError:
        return None
    is_device = facts.st_rdev != 0
    number = facts.st_rdev if is_device else facts.st_dev
    return _is_encrypted(sys / "dev/block" / f"{os.major(number)}:{os.minor(number)}")


def _is_encrypted(device: Path) -> bool:
    """Whether a block device is a dm-crypt one, or lies on nothing but such devices."""
    try:
        if (device / "dm/uuid").read_text("ascii", "replace").startswith("CRYPT-"):
            return True
    except OSError:
        pass  # not one of the device mapper
    try:
        below = list((device / "slaves").iterdir())
    except OSError:
        below = []
    return bool(below) and all(_is_encrypted(each) for each in below)
