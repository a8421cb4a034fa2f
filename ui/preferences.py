"""The device's settings while the program runs: the value, and a signal when it was changed.

The value is app.settings.Settings, nothing about cases in it. What is kept takes effect at once:
the window listens to `changed`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.theme import Look

if TYPE_CHECKING:
    from app.settings import Settings


class Role(StrEnum):
    """What the person does with this copy of the program."""

    RECORDER = "recorder"
    CARRIER = "carrier"
    ORGANISATION = "organisation"


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

    @property
    def look(self) -> Look:
        """The look chosen; that of the desktop where the file names one we do not have."""
        chosen = str(self._settings.theme)
        return Look(chosen) if chosen in set(Look) else Look.SYSTEM

    @property
    def role(self) -> Role | None:
        """What was chosen last; None before the first time."""
        chosen = str(self._settings.role or "")
        return Role(chosen) if chosen in set(Role) else None

    def keep(self, settings: Settings) -> None:
        """Use these from now on, and write them down. Raises: as writing a file (app.files)."""
        before = self._settings
        if settings == before:
            return
        self._store(settings)
        self._settings = settings
        self.changed.emit(before, settings)
