"""The first process: starts the window, and starts it anew at the lock screen after each lock.

No library, no Qt, no secret. Beside each window it starts the server of previews, joined to it by
two pipes (app/preview): the window itself can start nothing. Locking ends the window's process,
because only that clears its memory: after closing a vault the passphrase and hundreds of copies of
the text were still found in it, after a new process none.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from app.preview import starting

LOCKED = 90
"""Exit status of a window that locked: start it again. Apart from those of the command line."""

REFUSED = 91
"""Exit status of a window that would not open, and said why: do not start it again."""

WINDOW_SWITCH = "--window-process"
"""Makes the frozen program be the window instead of starting one. For the supervisor alone."""

SHORT_LIFE_SECONDS = 10.0
"""A window that ends badly within this time has crashed at once."""


def window_command() -> list[str]:
    """How the window's process is started, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WINDOW_SWITCH, starting.DOOR_SWITCH]
    # -I: neither the folder where the person happens to be nor PYTHON* may give us their modules
    root = str(Path(__file__).resolve().parent.parent)
    return [sys.executable, "-I", "-c", _ISOLATED_START, root, starting.DOOR_SWITCH]


_ISOLATED_START = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1));"
    " runpy.run_module('ui.window_process', run_name='__main__')"
)


def run(
    command: Sequence[str] | None = None, *, clock: Callable[[], float] = time.monotonic
) -> int:
    """Start the window until the person closes it; its exit status.

    A window that crashes is started once more, at the lock screen; two that crash at once end it:
    a program that cannot start must not flash windows at whoever is looking.
    """
    chosen = list(command) if command is not None else window_command()
    crashed_at_once = False
    while True:
        began = clock()
        status = _run_one(chosen)
        if status == LOCKED:
            crashed_at_once = False
            continue
        if status in {0, REFUSED} or status in _ASKED_TO_END:
            return status
        short = clock() - began < SHORT_LIFE_SECONDS
        if short and crashed_at_once:
            return status
        crashed_at_once = short


_SERVER_ENDS_SECONDS = 2.0

_ASKED_TO_END = frozenset({-1, -2, -15})
"""Ended by one of these signals before the window could hear them: no reason to start again."""


def _run_one(command: Sequence[str]) -> int:
    if starting.DOOR_SWITCH not in command:
        return _wait(subprocess.Popen(command, stdin=subprocess.DEVNULL))
    pipe = subprocess.PIPE
    server = subprocess.Popen(starting.server_command(), stdin=pipe, stdout=pipe)
    try:
        status = _wait(subprocess.Popen(command, stdin=server.stdout, stdout=server.stdin))
    finally:
        for end in (server.stdin, server.stdout):
            if end is not None:
                end.close()
        _let_end(server)
    return status


def _let_end(server: subprocess.Popen[bytes]) -> None:
    """It ends by itself when the pipes are closed; a file it still works at does not hold us up."""
    try:
        server.wait(timeout=_SERVER_ENDS_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _wait(child: subprocess.Popen[bytes]) -> int:

    def hand_on(number: int, _frame: FrameType | None) -> None:
        # a window whose supervisor is gone could not come back after a lock
        child.send_signal(number)

    ends = [getattr(signal, name) for name in _END_SIGNALS if hasattr(signal, name)]
    before = {each: signal.signal(each, hand_on) for each in ends}
    try:
        return child.wait()
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


_END_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""What a session's end, a closed terminal and Ctrl+C send; the window locks and ends at each."""
