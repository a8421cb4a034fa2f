"""The numbers of the kernel calls that the filter looks at, by processor family (Linux)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The call numbers of one processor family."""

    audit_arch: int
    seccomp: int
    socket: int
    socketpair: int
    ptrace: int
    process_vm_readv: int
    process_vm_writev: int
    execve: int
    execveat: int
    has_x32: bool
    # The same number on every machine since Linux 5.1.
    io_uring: tuple[int, int, int] = (425, 426, 427)
    pidfd_getfd: int = 438


MACHINES: Final = {
    "x86_64": Machine(
        audit_arch=0xC000003E,
        seccomp=317,
        socket=41,
        socketpair=53,
        ptrace=101,
        process_vm_readv=310,
        process_vm_writev=311,
        execve=59,
        execveat=322,
        has_x32=True,
    ),
    "aarch64": Machine(
        audit_arch=0xC00000B7,
        seccomp=277,
        socket=198,
        socketpair=199,
        ptrace=117,
        process_vm_readv=270,
        process_vm_writev=271,
        execve=221,
        execveat=281,
        has_x32=False,
    ),
}
