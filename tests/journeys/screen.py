"""Windows as the X server has them: found by title, typed into, asked to close. No widget is seen.

For tests of whole processes, which nobody can look into. Needs xdotool and a display.
"""

from __future__ import annotations

import ctypes
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

TITLE: Final = "Notes"
"""The neutral title of every window of the program."""

LONGEST_SECONDS: Final = 60.0
_BETWEEN_SECONDS: Final = 0.05
_CLIENT_MESSAGE: Final = 33

T = TypeVar("T")


class NeverHappened(AssertionError):
    """What a test waited for did not come."""


def until(happened: Callable[[], T], what: str) -> T:
    """Wait for a true answer, which is returned; NeverHappened names `what` after a minute."""
    end = time.monotonic() + LONGEST_SECONDS
    pause = threading.Event()
    while time.monotonic() < end:
        if answer := happened():
            return answer
        pause.wait(_BETWEEN_SECONDS)
    raise NeverHappened(what)


def windows() -> tuple[str, ...]:
    """The ids of the program's visible windows."""
    return tuple(_xdotool("search", "--onlyvisible", "--name", f"^{TITLE}$").split())


def called(pattern: str) -> tuple[str, ...]:
    """The ids of all windows, seen or not, whose name or class has this pattern in it."""
    return tuple(_xdotool("search", "--name", "--class", pattern).split())


def new_window(*known: str) -> str:
    """Wait for a window that is none of those known, and give it the keyboard."""
    found = until(lambda: others(*known), "a window")[0]
    give_keyboard(found)
    return found


def window_of_another(process: int) -> str:
    """Wait for a window of a process other than this one, and give it the keyboard.

    Not told by its id: the server may give that of a window that is gone to the next.
    """

    def shown() -> str:
        for each in windows():
            try:
                if process_of(each) != process:
                    return each
            except ValueError:
                continue  # it went in between
        return ""

    found = until(shown, "a window of another process")
    give_keyboard(found)
    return found


def others(*known: str) -> tuple[str, ...]:
    """The windows there are besides these."""
    return tuple(each for each in windows() if each not in known)


def give_keyboard(window: str) -> None:
    """What a window manager does for a new window."""
    _xdotool("windowfocus", "--sync", window)


def back_to(window: str) -> None:
    """Wait until this is the only window, as after a dialog, and give it the keyboard."""
    until(lambda: windows() == (window,), "the end of the dialog")
    give_keyboard(window)


def process_of(window: str) -> int:
    """The process that shows it."""
    return int(_xdotool("getwindowpid", window))


def write(text: str) -> None:
    """Type this on the keyboard, into whatever has the focus."""
    _xdotool("type", "--delay", "8", text)


def press(*keys: str) -> None:
    """Press these keys one after the other, in xdotool's names: `Tab`, `ctrl+l`."""
    _xdotool("key", "--delay", "40", *keys)


@contextmanager
def held(*keys: str) -> Iterator[None]:
    """Hold these keys down while the block runs; the server repeats the last one as it does."""
    try:
        for key in keys:
            _xdotool("keydown", key)
        yield
    finally:
        for key in reversed(keys):
            _xdotool("keyup", key)


def ask_to_close(window: str) -> None:
    """Do what a window manager does when its cross is pressed."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [
        *(ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p)
    ]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x11.XOpenDisplay(None)
    message = _ClientMessage(
        type=_CLIENT_MESSAGE,
        window=int(window),
        message_type=x11.XInternAtom(display, b"WM_PROTOCOLS", 0),
        format=32,
    )
    message.data[0] = x11.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    x11.XSendEvent(display, int(window), 0, 0, ctypes.byref(message))
    # closing the connection sends what waits
    x11.XCloseDisplay(display)


class _ClientMessage(ctypes.Structure):
    """XClientMessageEvent of Xlib.h, with the rest of the union XEvent behind it."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    ]


def _xdotool(*arguments: str) -> str:
    done = subprocess.run(
        ["xdotool", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout.strip()
