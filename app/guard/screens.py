"""Which of the machine's text screens is shown: another one after a switch of users (Linux)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_ACTIVE: Final = Path("/sys/class/tty/tty0/active")


def active_screen() -> str:
    """Its name; always the same where the system does not tell. Reads a few bytes of the kernel."""
    try:
        return _ACTIVE.read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""
