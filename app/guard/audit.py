"""The tripwire: Python's own network and exec calls raise before they reach the system.

It is not a wall: it sees neither Qt's sockets nor QProcess nor ctypes (the kernel filter in
seccomp.py does). It is the only layer that works the same on every system, it names the culprit in
a traceback, and a process cannot take it off again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

# The number, not the name: no module of the program imports `socket`.
_AF_UNIX: Final = 1

_NETWORK_PREFIXES: Final = (
    *("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib."),
    *("telnetlib.", "webbrowser.", "winreg.ConnectRegistry"),
)
_EXEC_PREFIXES: Final = (
    *("subprocess.", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile"),
    *("os.fork", "os.forkpty", "pty.spawn"),
)
_PROBE: Final = "socket.getaddrinfo"

_armed: set[str] = set()


class Tripped(RuntimeError):
    """Code of this process asked for the network or for another program: a bug, or an attack."""


def refuse_network() -> None:
    """Arms the tripwire for everything that is not a local (AF_UNIX) socket."""
    _arm("network", _network_hook)


def refuse_network_and_exec() -> None:
    """The same, and no other program can be started from Python."""
    refuse_network()
    _arm("exec", _exec_hook)


def network_is_refused() -> bool:
    """Measured, by asking for an address."""
    return _trips(_PROBE)


def exec_is_refused() -> bool:
    """Measured, by announcing a program."""
    return _trips("subprocess.Popen")


def _arm(name: str, hook: Callable[[str, tuple[object, ...]], None]) -> None:
    if name not in _armed:
        _armed.add(name)
        sys.addaudithook(hook)


def _trips(event: str) -> bool:
    try:
        sys.audit(event, None, None, None, None, None)
    except Tripped:
        return True
    return False


def _network_hook(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_NETWORK_PREFIXES) and not _is_local(event, arguments):
        raise Tripped(event)


def _exec_hook(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_EXEC_PREFIXES):
        raise Tripped(event)


def _is_local(event: str, arguments: tuple[object, ...]) -> bool:
    """An AF_UNIX socket, or its address: a path, where every network address is a tuple."""
    if event == "socket.__new__":
        return len(arguments) > 1 and arguments[1] == _AF_UNIX
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        return len(arguments) > 1 and isinstance(arguments[1], str | bytes)
    return False
