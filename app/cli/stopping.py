"""Ctrl+C on the command line: a job stops at its next step, a question at once.

An exception in the middle of any instruction could leave a file open or half removed. So the first
Ctrl+C only asks, and the job ends where it looks (Terminal.progress); the second one insists.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from app.errors import Cancelled


class Interrupt:
    """Whether Ctrl+C was pressed. `look` raises Cancelled when it was."""

    def __init__(self) -> None:
        self._asked = False

    def listen(self) -> None:
        """From now on Ctrl+C asks; pressed again it raises KeyboardInterrupt wherever we are."""
        signal.signal(signal.SIGINT, self._pressed)

    def look(self) -> None:
        """Raises Cancelled when a stop was asked for: called where nothing is half done."""
        if self._asked:
            raise Cancelled

    def _pressed(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True


@contextmanager
def at_once() -> Iterator[None]:
    """While somebody is asked or input is waited for: Ctrl+C raises KeyboardInterrupt at once."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals come to the main thread alone
        return
    before: Final = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
