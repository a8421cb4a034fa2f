"""The keys that erase the open vault: held for two seconds, from anywhere in the program.

An event filter on the application sees them before any page or dialog does, also while a dialog
waits for an answer and while the lane of the vault is busy: nothing here asks the lane, opens a
file or shows a question. What erases stands ready since the vault was opened (app/panic.py).
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.errors import AppError
from app.panic import Eraser
from app.settings import EraseKeys

HELD_MS: Final = 2_000
AGAIN_WITHIN_SECONDS: Final = 10.0

KEYS: Final = "Ctrl+Shift+Delete"
"""Qt's portable name. No layout moves these keys, and no editor does anything when they are held;
Backspace does as well, for keyboards without Delete."""

_LAST: Final = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace})
_BOTH: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_WATCHED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.ApplicationStateChange,
    }
)


def end_process() -> None:
    """End now, without closing anything; the supervisor takes 0 for the end of the program."""
    os._exit(0)


class Standing(Protocol):
    """What stands ready to erase: app.panic.Eraser."""

    def overwrite(self) -> None: ...
    def remove(self) -> tuple[str, ...]: ...
    def close(self) -> None: ...


class Panic(QObject):
    """Watches for the keys while a vault is open."""

    def __init__(
        self,
        keys: EraseKeys,
        parent: QObject,
        *,
        held_ms: int = HELD_MS,
        ready: Callable[[Path], Standing] = Eraser,
        end: Callable[[], None] = end_process,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`end` is called last, and ends the process."""
        super().__init__(parent)
        self._keys = keys
        self._ready = ready
        self._end = end
        self._monotonic = monotonic
        self._eraser: Standing | None = None
        self._held_before = -math.inf
        self._spent = False
        """Whether this holding has had its effect, and the keys are still down."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(held_ms)
        self._timer.timeout.connect(self._on_held)

    @property
    def is_counting(self) -> bool:
        """Whether the keys are down, and not yet for long enough."""
        return self._timer.isActive()

    def stand_ready(self, folder: Path) -> None:
        """The vault in `folder` is open from now on."""
        self.stand_down()
        self._eraser = self._ready(folder)
        application = QApplication.instance()
        if application is not None:
            # anew each time, so that it is asked before every other filter
            application.installEventFilter(self)

    def stand_down(self) -> None:
        """No vault is open any more."""
        self._timer.stop()
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if self._eraser is not None:
            self._eraser.close()
            self._eraser = None

    def set_keys(self, keys: EraseKeys) -> None:
        """What the keys do from now on."""
        self._keys = keys
        self._timer.stop()

    def erase(self) -> None:
        """Erase the open vault and end the process. Without one, nothing happens.

        Raises NotThere, NotWritable, MediumFailed when the slots could not be written over: the
        vault is then as it was, and the process goes on.
        """
        eraser = self._eraser
        if eraser is None:
            return
        eraser.overwrite()
        try:
            # out of sight before the rest, which takes longer the more files there are
            for window in QApplication.topLevelWidgets():
                window.hide()
            eraser.remove()
        finally:
            self._end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - Qt's signature
        """Takes the keys from whatever would have them."""
        if self._eraser is None or event.type() not in _WATCHED:
            return False
        if event.type() == QEvent.Type.ApplicationStateChange:
            # whoever goes to another program while holding keys lets them go unseen
            if QApplication.applicationState() != Qt.ApplicationState.ApplicationActive:
                self._timer.stop()
            return False
        if not isinstance(event, QKeyEvent) or self._keys is EraseKeys.OFF:
            return False
        if event.type() == QEvent.Type.KeyRelease:
            if not event.isAutoRepeat():
                self._timer.stop()
                self._spent = False
            return False
        if event.key() not in _LAST or event.modifiers() & ~_KEYPAD != _BOTH:
            return False
        if event.type() == QEvent.Type.KeyPress:
            # a repeated press counts as well: the first may have gone to a window that is no more
            self._spent = self._spent and event.isAutoRepeat()
            if not self._timer.isActive() and not self._spent:
                self._timer.start()
        event.accept()
        return True

    def _on_held(self) -> None:
        self._spent = True
        now = self._monotonic()
        if self._keys is EraseKeys.TWICE and now - self._held_before > AGAIN_WITHIN_SECONDS:
            self._held_before = now
            return
        try:
            self.erase()
        except AppError:
            # Nothing was erased. To say so in a dialog would show what was wanted; the window
            # stays, and erasing from the settings tells why.
            self._held_before = -math.inf
