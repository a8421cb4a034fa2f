"""What a process does to itself before it decodes a file of somebody else: it keeps almost nothing.

On Linux every kernel call that is not named here fails with EPERM: no file is opened, nothing is
written but to what is open already, nothing is started, no signal is sent, no memory becomes code.
Threads of its own are allowed (decoders use them). On every system of POSIX its memory, time and
files are limited. What the system lacks is not pretended: `is_confined` measures.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import sys
from collections.abc import Callable
from typing import Final

from app.errors import GuardFailed
from app.guard import seccomp
from app.guard.machines import MACHINES
from app.guard.seccomp import Instruction

MEMORY_BYTES: Final = 1536 * 1024 * 1024
CPU_SECONDS: Final = 10

_PR_SET_PDEATHSIG: Final = 1
_CLONE_THREAD: Final = 0x00010000
_PROT_EXEC: Final = 4
# linux/bpf_common.h, linux/seccomp.h
_LOAD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_JUMP_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_ERRNO: Final = 0x00050000
_NUMBER: Final = 0
_FIRST_ARGUMENT: Final = 16
_THIRD_ARGUMENT: Final = 32

# arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
_ALLOWED: Final = {
    "x86_64": {
        "read": 0,
        "write": 1,
        "close": 3,
        "fstat": 5,
        "lseek": 8,
        "munmap": 11,
        "brk": 12,
        "madvise": 28,
        "mremap": 25,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "sigaltstack": 131,
        "sched_yield": 24,
        "nanosleep": 35,
        "clock_nanosleep": 230,
        "clock_gettime": 228,
        "getpid": 39,
        "gettid": 186,
        "exit": 60,
        "exit_group": 231,
        "futex": 202,
        "set_robust_list": 273,
        "sched_getaffinity": 204,
        "getrandom": 318,
        "rseq": 334,
        "membarrier": 324,
    },
    "aarch64": {
        "read": 63,
        "write": 64,
        "close": 57,
        "fstat": 80,
        "lseek": 62,
        "munmap": 215,
        "brk": 214,
        "madvise": 233,
        "mremap": 216,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "sigaltstack": 132,
        "sched_yield": 124,
        "nanosleep": 101,
        "clock_nanosleep": 115,
        "clock_gettime": 113,
        "getpid": 172,
        "gettid": 178,
        "exit": 93,
        "exit_group": 94,
        "futex": 98,
        "set_robust_list": 99,
        "sched_getaffinity": 123,
        "getrandom": 278,
        "rseq": 293,
        "membarrier": 283,
    },
}
_CLONE: Final = {"x86_64": 56, "aarch64": 220}
_MMAP_MPROTECT: Final = {"x86_64": (9, 10), "aarch64": (222, 226)}
_CLONE3: Final = 435
"""Its flags lie in memory, where a filter cannot look: told missing, libc uses clone."""


def end_with_parent() -> None:
    """The kernel ends this process when the one that started it ends (Linux)."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        # it ended in between: its end will not be told any more
        os._exit(1)


def confine() -> None:
    """Limits first, then the filter. Everything a decoder needs must be loaded by now.

    Raises GuardFailed where a measure that this system has cannot be taken: decode nothing then.
    """
    if sys.platform != "win32":
        _limit()
    if sys.platform == "linux":
        name = platform.machine()
        if name not in _ALLOWED:
            raise GuardFailed(measure="decoder_confined", reason=f"machine {name}")
        seccomp.install(program(name))


def is_confined() -> bool:
    """Measured by trying, past every Python layer: a file, a new file, a socket, a process.

    What got through by mistake is closed again; a child that could be made ends at once.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    tries: tuple[Callable[[], int], ...] = (
        lambda: libc.open(b"/", os.O_RDONLY),
        lambda: libc.open(b"/dev/null", os.O_WRONLY),
        lambda: libc.socket(1, 1, 0),
        lambda: libc.syscall(_CLONE[platform.machine()], int(signal.SIGCHLD), 0, 0, 0, 0),
    )
    for attempt in tries:
        ctypes.set_errno(0)
        got = attempt()
        if got == 0:
            os._exit(0)
        if got > 0 or ctypes.get_errno() != errno.EPERM:
            return False
    return True


def program(name: str) -> tuple[Instruction, ...]:
    """The filter for this machine: an allow-list, everything else fails."""
    machine = MACHINES[name]
    steps = list(seccomp.right_numbers(machine))
    for call in _ALLOWED[name].values():
        steps += [Instruction(_JUMP_EQUAL, 0, 1, call), Instruction(_RETURN, 0, 0, _ALLOW)]
    steps += [
        Instruction(_JUMP_EQUAL, 0, 1, _CLONE3),
        Instruction(_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    # a thread, never a process
    steps += _if_bit(_CLONE[name], _FIRST_ARGUMENT, _CLONE_THREAD, _ALLOW, _ERRNO | errno.EPERM)
    for call in _MMAP_MPROTECT[name]:
        steps += _if_bit(call, _THIRD_ARGUMENT, _PROT_EXEC, _ERRNO | errno.EPERM, _ALLOW)
    steps.append(Instruction(_RETURN, 0, 0, _ERRNO | errno.EPERM))
    return tuple(steps)


def _if_bit(call: int, at: int, bit: int, with_it: int, without: int) -> list[Instruction]:
    """For one call: look at a bit of an argument. Any other call goes on behind, still loaded."""
    return [
        Instruction(_JUMP_EQUAL, 0, 4, call),
        Instruction(_LOAD, 0, 0, at),
        Instruction(_JUMP_ANY_BIT, 0, 1, bit),
        Instruction(_RETURN, 0, 0, with_it),
        Instruction(_RETURN, 0, 0, without),
    ]


def _limit() -> None:
    import resource  # not there on Windows

    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),
    )
    for limit, most in limits:
        try:
            resource.setrlimit(limit, (most, most))
        except (OSError, ValueError) as refusal:
            # macOS has no ceiling for addresses
            if sys.platform == "linux":
                raise GuardFailed(measure="decoder_confined", reason=str(limit)) from refusal
