"""Leaves the window out of pictures and recordings of the screen, where the system can do that.

Windows and macOS can, each by one call on the window; a Linux desktop cannot be asked. Whether it
is so is read back from the system, not remembered.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Final

from PySide6.QtWidgets import QWidget

from app.guard import State

_EXCLUDED: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE: Windows 10, version 2004 and later."""

_SHARING_NONE: Final = 0
"""NSWindowSharingNone."""


def hide(window: QWidget) -> None:
    """Ask for it. A system that cannot is left as it is: `state` tells."""
    if sys.platform == "win32":
        ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), _EXCLUDED)
    elif sys.platform == "darwin":
        _send(_native(window), b"setSharingType:", _SHARING_NONE)


def state(window: QWidget) -> State:
    """Whether it is so now."""
    if sys.platform == "win32":
        found = ctypes.c_uint32()
        asked = ctypes.windll.user32.GetWindowDisplayAffinity(
            int(window.winId()), ctypes.byref(found)
        )
        return State.ON if asked and found.value == _EXCLUDED else State.OFF
    elif sys.platform == "darwin":  # noqa: RET505 - mypy would find what follows unreachable
        native = _native(window)
        hidden = native and _send(native, b"sharingType") == _SHARING_NONE
        return State.ON if hidden else State.OFF
    else:
        return State.UNAVAILABLE


def _native(window: QWidget) -> int:
    """The NSWindow of a window, 0 where there is none (macOS; winId is its NSView)."""
    return _send(int(window.winId()), b"window")


def _send(receiver: int, message: bytes, *values: int) -> int:
    """Objective-C: one message with whole numbers. A message to nobody answers 0."""
    objc = ctypes.CDLL(ctypes.util.find_library("objc") or "libobjc.dylib")
    objc.sel_registerName.restype = ctypes.c_void_p
    objc.sel_registerName.argtypes = [ctypes.c_char_p]
    kinds = [ctypes.c_void_p, ctypes.c_void_p, *([ctypes.c_ulong] * len(values))]
    called = ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds)(("objc_msgSend", objc))
    return int(called(receiver, objc.sel_registerName(message), *values) or 0)
