"""Whether another program is writing to a medium: asked before "you can pull it out" is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_PROCESSES: Final = Path("/proc")
_WRITING: Final = os.O_WRONLY | os.O_RDWR


def written_by_others(folder: Path) -> bool:
    """Whether a program of this account has a file open for writing on the medium of `folder`.

    Told on Linux, for a medium other than the one that the system and the home folder lie on, where
    somebody always writes. Elsewhere and for what belongs to other accounts the answer is no: it is
    not known. Source: proc(5), `fdinfo`.
    """
    with suppress(OSError):
        device = folder.stat().st_dev
        if device in {_device(Path("/")), _device(Path.home())}:
            return False
        return any(_writes(process, device) for process in _others())
    return False


def _device(path: Path) -> int:
    try:
        return path.stat().st_dev
    except OSError:
        return -1


def _others() -> Iterator[Path]:
    own = str(os.getpid())
    if _PROCESSES.is_dir():
        for each in _PROCESSES.iterdir():
            if each.name.isdecimal() and each.name != own:
                yield each


def _writes(process: Path, device: int) -> bool:
    with suppress(OSError):  # it ended, or is another account's
        for each in (process / "fd").iterdir():
            with suppress(OSError):
                if each.stat().st_dev == device and _flags(process, each.name) & _WRITING:
                    return True
    return False


def _flags(process: Path, number: str) -> int:
    for line in (process / "fdinfo" / number).read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "flags":
            return int(value, 8)
    return 0
