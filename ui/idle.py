"""When to lock by itself: nobody touched it, the computer slept, the screen was locked or switched.

Attack: a machine taken from somebody's hands, or picked up asleep. So a sleep counts as leaving,
however short, and is noticed by the wall clock having jumped ahead of the monotonic one. A clock
set by hand locks once too often, which harms nobody.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Signal, Slot

from app import guard

JUMP_SECONDS = 20
_LOOK_EVERY_MS = 1000

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
        QEvent.Type.DragMove,
    }
)

# (bus, service, interface, signal): what desktops say when the screen is locked or sleep begins
_SCREEN_SAVERS = (
    ("session", "org.freedesktop.ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
    ("session", "org.gnome.ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"),
    ("session", "org.mate.ScreenSaver", "org.mate.ScreenSaver", "ActiveChanged"),
    ("session", "org.xfce.ScreenSaver", "org.xfce.ScreenSaver", "ActiveChanged"),
    ("system", "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep"),
)
_LOGIN = "org.freedesktop.login1"
_SESSION = "org.freedesktop.login1.Session"
# SLOT gives text and the stubs want bytes; given bytes, connect refuses
_ON_ACTIVE = cast("bytes", SLOT("on_active(bool)"))
_ON_LOCK = cast("bytes", SLOT("on_lock()"))


class Idle(QObject):
    """Watches for a person. `left` is emitted when nobody is there any more."""

    left = Signal()
    remaining = Signal(int)
    """Seconds until it will be emitted; once a second."""

    def __init__(
        self,
        minutes: int,
        parent: QObject,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
        screen: Callable[[], str] = guard.active_screen,
    ) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._wall = wall
        self._screen = screen
        self._on_screen = screen()
        self._seconds = minutes * 60
        self._touched = monotonic()
        self._ahead = wall() - monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Watch from now on."""
        self.touch()
        self._ahead = self._wall() - self._monotonic()
        self._on_screen = self._screen()
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Watch no longer: there is nothing to lock."""
        self._timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """How long nobody may be there."""
        self._seconds = minutes * 60
        self.touch()

    def touch(self) -> None:
        """Somebody is there."""
        self._touched = self._monotonic()

    def look(self) -> None:
        """See whether it is time. Called once a second."""
        ahead = self._wall() - self._monotonic()
        slept = ahead - self._ahead > JUMP_SECONDS
        # a clock set back, or slewed slowly, is followed
        self._ahead = ahead
        left = self._seconds - (self._monotonic() - self._touched)
        switched = self._screen() != self._on_screen
        if slept or switched or left <= 0:
            self._leave()
        else:
            self.remaining.emit(round(left))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Install on the application: any key, click or move counts, also inside dialogs."""
        if event.type() in _TOUCHES:
            self.touch()
        return super().eventFilter(watched, event)

    def listen(self) -> None:
        """Hear the desktop's own signals too, where there is a bus. Best effort: see above."""
        if not sys.platform.startswith("linux"):
            return
        from PySide6.QtDBus import QDBusConnection

        buses = {"session": QDBusConnection.sessionBus(), "system": QDBusConnection.systemBus()}
        for bus, service, interface, signal in _SCREEN_SAVERS:
            if buses[bus].isConnected():
                buses[bus].connect(service, "", interface, signal, self, _ON_ACTIVE)
        if buses["system"].isConnected():
            buses["system"].connect(_LOGIN, "", _SESSION, "Lock", self, _ON_LOCK)

    @Slot(bool)
    def on_active(self, active: bool) -> None:  # noqa: FBT001 - the signature D-Bus sends
        """The screen was locked, or sleep begins."""
        if active:
            self._leave()

    @Slot()
    def on_lock(self) -> None:
        """The desktop locks the session."""
        self._leave()

    def _leave(self) -> None:
        if self._timer.isActive():
            self.left.emit()
