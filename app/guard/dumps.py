"""No image of this process on disk, and no reader of its memory under the same account (Linux).

PR_SET_DUMPABLE 0 refuses ptrace and /proc/PID/mem to other processes of the same user; RLIMIT_CORE
0 refuses the core file. Dumpable comes back with every exec: each process forbids it for itself.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

from app.errors import GuardFailed

_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4


def forbid() -> None:
    """Takes both measures where the system has them. Raises GuardFailed if one is refused."""
    if sys.platform == "win32":
        return
    import resource  # not there on Windows

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except OSError as refusal:
        raise GuardFailed(measure="no_core_files", reason=str(refusal.errno)) from refusal
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0) != 0:
            raise GuardFailed(measure="memory_closed", reason=os.strerror(ctypes.get_errno()))


def memory_is_closed() -> bool | None:
    """Measured; None where the system has no such measure."""
    if sys.platform != "linux":
        return None
    closed: bool = ctypes.CDLL(None).prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0
    return closed


def core_files_are_off() -> bool | None:
    """Measured; None where the system has no such measure."""
    if sys.platform == "win32":
        return None
    import resource  # not there on Windows

    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
