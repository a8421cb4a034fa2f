"""Makes the parts of the window's process and joins them; tests do the same with other parts."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.calendars import window as calendars
from app.preview import Door
from app.settings import TEXT_PERCENT_HIGHEST, TEXT_PERCENT_LOWEST, Settings
from app.settings import Theme as Look
from ui import supervisor
from ui.ask import Ask
from ui.clipboard import Clipboard
from ui.failures import Failures
from ui.idle import Idle
from ui.language import QtLanguage
from ui.lock_keys import LockKeys
from ui.medium import MediumWatch
from ui.page import Page
from ui.pages import PAGES
from ui.panic import Panic, end_process
from ui.preferences import Preferences
from ui.session import Session
from ui.theme import Theme
from ui.window import Window

PULSE_MS = 1_000

LONGEST_CLOSING_MS = 10_000
"""A medium that hangs must not keep the window, and the text in it, on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wired:
    """The parts that live as long as the process."""

    window: Window
    session: Session
    preferences: Preferences
    theme: Theme
    language: QtLanguage
    idle: Idle
    panic: Panic
    clipboard: Clipboard
    medium: MediumWatch
    failures: Failures

    def end(self) -> None:
        """Take no more jobs; forget the pages."""
        self.idle.stop()
        self.panic.stand_down()
        self.medium.stop()
        self.clipboard.clear()
        self.clipboard.deleteLater()
        self.session.close()


def wire(
    app: QApplication,
    settings: Settings,
    store: Callable[[Settings], None],
    pages: Sequence[type[Page]] = PAGES,
    ask: Ask | None = None,
    end: Callable[[], None] = end_process,
    door: Door | None = None,
) -> Wired:
    """A window over these pages, joined to everything else and ready to be shown.

    `end` is what follows when the vault was erased; through `door` files are looked at.
    """
    preferences = Preferences(settings, store, app)
    language = QtLanguage(app)
    theme = Theme(app)
    language.use(settings.language)
    calendars.use(settings.calendar)
    theme.show(settings.theme, settings.text_percent)

    failures = Failures(lambda: window, lambda: session.lock())
    session = Session(failures.show, app, door)
    panic = Panic(settings.erase_keys, app, end=end)
    window = Window(pages, session, preferences, ask, panic.erase)
    idle = Idle(settings.idle_minutes, app)
    clipboard = Clipboard(app.clipboard(), app)
    medium = MediumWatch(app)

    _join_preferences(preferences, language, theme, window, idle, panic)
    app.installEventFilter(idle)
    app.installEventFilter(LockKeys(session.lock, window))  # gone with the window
    _join_panic(panic, session)
    _join_medium(medium, session)
    session.closing.connect(clipboard.clear)
    idle.left.connect(session.lock)
    idle.remaining.connect(window.show_idle)
    session.unlocked.connect(idle.start)
    session.locked.connect(idle.stop)
    window.lock_requested.connect(session.lock)
    window.start()
    return Wired(
        window=window,
        session=session,
        preferences=preferences,
        theme=theme,
        language=language,
        idle=idle,
        panic=panic,
        clipboard=clipboard,
        medium=medium,
        failures=failures,
    )


def end_on_lock(app: QApplication, wired: Wired) -> None:
    """Locking ends the process: only that clears its memory (see ui/supervisor.py)."""
    overdue = QTimer(app)
    overdue.setSingleShot(True)
    overdue.setInterval(LONGEST_CLOSING_MS)

    def status() -> int:
        return 0 if wired.window.is_closing else supervisor.LOCKED

    wired.session.closing.connect(overdue.start)
    wired.session.closing.connect(wired.window.hide_text)
    wired.session.locked.connect(lambda: app.exit(status()))
    overdue.timeout.connect(lambda: os._exit(status()))


def end_on_signals(app: QApplication, window: Window) -> None:
    """The end of the desktop's session, Ctrl+C and the supervisor's word close the window."""

    def close(_number: int, _frame: FrameType | None) -> None:
        window.close()

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), close)
    # Python hears a signal only when it runs; Qt's loop is not Python
    pulse = QTimer(app)
    pulse.timeout.connect(lambda: None)
    pulse.start(PULSE_MS)


def _join_panic(panic: Panic, session: Session) -> None:
    def stand_ready() -> None:
        if session.folder is not None:
            panic.stand_ready(session.folder)

    session.unlocked.connect(stand_ready)
    session.locked.connect(panic.stand_down)


def _join_medium(medium: MediumWatch, session: Session) -> None:
    def start() -> None:
        if session.folder is not None:
            medium.start(session.folder)

    session.unlocked.connect(start)
    session.closing.connect(medium.stop)
    medium.gone.connect(session.lock)


def _join_preferences(
    preferences: Preferences,
    language: QtLanguage,
    theme: Theme,
    window: Window,
    idle: Idle,
    panic: Panic,
) -> None:
    def resize(percent: int) -> None:
        bound = max(TEXT_PERCENT_LOWEST, min(TEXT_PERCENT_HIGHEST, percent))
        preferences.keep(replace(preferences.now, text_percent=bound))

    def apply(before: Settings, after: Settings) -> None:
        idle.set_minutes(after.idle_minutes)
        panic.set_keys(after.erase_keys)
        if before.language != after.language:
            language.use(after.language)
        calendars.use(after.calendar)
        window.retitle()
        looks = ("language", "theme", "text_percent")
        if any(getattr(before, each) != getattr(after, each) for each in looks):
            show()
        elif before.role != after.role:
            window.rebuild()

    def show() -> None:
        window.let_go()
        theme.show(preferences.now.theme, preferences.now.text_percent)
        window.rebuild()

    def follow_desktop() -> None:
        if preferences.now.theme is Look.SYSTEM:
            show()

    QApplication.styleHints().colorSchemeChanged.connect(follow_desktop)
    window.resized_text.connect(resize)
    preferences.changed.connect(apply)
