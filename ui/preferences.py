"""The device's settings while the program runs: the value, and a signal when it was changed.

The value is app.settings.Settings, nothing about cases in it. What is kept takes effect at once:
the window listens to `changed`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.settings import Settings


class Preferences(QObject):
    """Holds the settings in force. `store` writes a changed value where it lives."""

    changed = Signal(object, object)
    """Carries the settings before and after."""

    def __init__(
        self, settings: Settings, store: Callable[[Settings], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._store = store

    @property
    def now(self) -> Settings:
        """The settings in force."""
        return self._settings

    def keep(self, settings: Settings) -> None:
        """Use these from now on, and write them down. Raises: as writing a file (app.files)."""
        before = self._settings
        if settings == before:
            return
        self._store(settings)
        self._settings = settings
        self.changed.emit(before, settings)
