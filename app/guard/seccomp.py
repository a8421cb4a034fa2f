"""The kernel's refusal: no socket but AF_UNIX, for every thread and every child (Linux).

Also refused, each because it leads around the first: io_uring (opens sockets where a filter cannot
look), ptrace and process_vm_* (make another process do it), pidfd_getfd (take another's socket),
the 32-bit and x32 numberings (other numbers for the same calls). The stricter variant refuses
execve and execveat: with it nothing in the process can start a browser or a shell, whatever
library asks. The filter is installed for all threads at once (TSYNC) and cannot be removed.

Not covered: asking another local process over AF_UNIX (D-Bus, a file system daemon), and a
network socket that was already open when the filter came.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from dataclasses import dataclass
from typing import Final

from app.errors import GuardFailed
from app.guard.machines import MACHINES, Machine

# linux/bpf_common.h, linux/seccomp.h, linux/audit.h
_LOAD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_JUMP_GREATER_EQUAL: Final = 0x35
_RETURN: Final = 0x06
_OFFSET_NUMBER: Final = 0
_OFFSET_ARCH: Final = 4
_OFFSET_FIRST_ARGUMENT: Final = 16  # its low 32 bits: both machines are little-endian
_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_ERRNO: Final = 0x00050000
_X32_BIT: Final = 0x40000000
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_GET_NO_NEW_PRIVS: Final = 39
_SET_MODE_FILTER: Final = 1
_FLAG_TSYNC: Final = 1
_AF_UNIX: Final = 1
_AF_INET: Final = 2
_SOCK_STREAM: Final = 1


@dataclass(frozen=True, slots=True)
class Instruction:
    """One step of the filter: struct sock_filter of linux/filter.h."""

    code: int
    if_true: int
    if_false: int
    operand: int


class _SockFilter(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("jt", ctypes.c_uint8),
        ("jf", ctypes.c_uint8),
        ("k", ctypes.c_uint32),
    )


class _SockFprog(ctypes.Structure):
    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.POINTER(_SockFilter)))


def is_available() -> bool:
    """Whether this system has the measure; on Linux, a machine we do not know is a failure."""
    return sys.platform == "linux"


def refuse_network() -> None:
    """Installs the filter; other programs may still be started, and inherit it.

    Raises GuardFailed on Linux if it cannot be installed for every thread. Elsewhere does nothing:
    the report says so.
    """
    if is_available():
        install(network_program(_machine()))


def refuse_network_and_exec() -> None:
    """Installs the stricter filter: no network and no other program. Raises GuardFailed."""
    if is_available():
        install(network_and_exec_program(_machine()))


def network_program(machine: Machine) -> tuple[Instruction, ...]:
    """The filter of a process that starts others."""
    return (*right_numbers(machine), *_refusals(machine), *_only_unix_sockets(machine))


def network_and_exec_program(machine: Machine) -> tuple[Instruction, ...]:
    """The filter of the process with the vault and the windows."""
    exec_calls = (machine.execve, machine.execveat)
    return (
        *right_numbers(machine),
        *_refusals(machine),
        *(step for call in exec_calls for step in _refuse(call, errno.EPERM)),
        *_only_unix_sockets(machine),
    )


def network_is_refused() -> bool:
    """Measured, by asking the kernel for an internet socket past every Python layer."""
    # Without any filter the answer is known, and asking would open what we promise not to.
    if not is_available() or not _has_filter():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.socket(_AF_INET, _SOCK_STREAM, 0)
    if descriptor >= 0:
        os.close(descriptor)
        return False
    return ctypes.get_errno() == errno.EAFNOSUPPORT


def exec_is_refused() -> bool:
    """Measured, by an execve that could not succeed anyway: EPERM is the filter, EFAULT is not."""
    if not is_available() or not _has_filter():
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.execve(None, None, None)
    return ctypes.get_errno() == errno.EPERM


def privileges_are_fixed() -> bool:
    """Measured: no program started from here gains rights (set-uid is void)."""
    if not is_available():
        return False
    fixed: bool = ctypes.CDLL(None).prctl(_PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1
    return fixed


def _machine() -> Machine:
    machine = MACHINES.get(platform.machine())
    # A 32-bit Python on a 64-bit kernel would be killed by its own filter at the next call.
    if machine is None or ctypes.sizeof(ctypes.c_void_p) != 8:
        raise GuardFailed(measure="network_refused", reason=f"machine {platform.machine()}")
    return machine


def install(program: tuple[Instruction, ...]) -> None:
    """Puts every thread under this filter, for good. Raises GuardFailed."""
    steps = (_SockFilter * len(program))(
        *(_SockFilter(s.code, s.if_true, s.if_false, s.operand) for s in program)
    )
    pointer = _SockFprog(len(program), steps)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise GuardFailed(measure="privileges_fixed", reason=os.strerror(ctypes.get_errno()))
    answer = libc.syscall(_machine().seccomp, _SET_MODE_FILTER, _FLAG_TSYNC, ctypes.byref(pointer))
    # Negative: refused. Positive: the thread that could not be brought under the filter.
    if answer != 0:
        reason = os.strerror(ctypes.get_errno()) if answer < 0 else f"thread {answer}"
        raise GuardFailed(measure="network_refused", reason=reason)


def right_numbers(machine: Machine) -> tuple[Instruction, ...]:
    """Kills a call in another numbering; leaves the call number loaded."""
    checked = (
        Instruction(_LOAD, 0, 0, _OFFSET_ARCH),
        Instruction(_JUMP_EQUAL, 1, 0, machine.audit_arch),
        Instruction(_RETURN, 0, 0, _KILL),
        Instruction(_LOAD, 0, 0, _OFFSET_NUMBER),
    )
    if not machine.has_x32:
        return checked
    no_x32 = (
        Instruction(_JUMP_GREATER_EQUAL, 0, 1, _X32_BIT),
        Instruction(_RETURN, 0, 0, _KILL),
    )
    return checked + no_x32


def _refusals(machine: Machine) -> tuple[Instruction, ...]:
    ways_around = (
        machine.ptrace,
        machine.process_vm_readv,
        machine.process_vm_writev,
        machine.pidfd_getfd,
    )
    return (
        *(step for call in machine.io_uring for step in _refuse(call, errno.ENOSYS)),
        *(step for call in ways_around for step in _refuse(call, errno.EPERM)),
    )


def _refuse(call: int, error: int) -> tuple[Instruction, ...]:
    return (Instruction(_JUMP_EQUAL, 0, 1, call), Instruction(_RETURN, 0, 0, _ERRNO | error))


def _only_unix_sockets(machine: Machine) -> tuple[Instruction, ...]:
    """The end of every filter: any other call passes; a socket passes if its family is AF_UNIX."""
    return (
        Instruction(_JUMP_EQUAL, 2, 0, machine.socket),
        Instruction(_JUMP_EQUAL, 1, 0, machine.socketpair),
        Instruction(_RETURN, 0, 0, _ALLOW),
        Instruction(_LOAD, 0, 0, _OFFSET_FIRST_ARGUMENT),
        Instruction(_JUMP_EQUAL, 0, 1, _AF_UNIX),
        Instruction(_RETURN, 0, 0, _ALLOW),
        Instruction(_RETURN, 0, 0, _ERRNO | errno.EAFNOSUPPORT),
    )


def _has_filter() -> bool:
    """Whether the kernel says that this process is under some filter (prctl PR_GET_SECCOMP)."""
    filtered: bool = ctypes.CDLL(None).prctl(21, 0, 0, 0, 0) == 2
    return filtered
