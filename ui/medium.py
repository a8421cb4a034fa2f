"""Locks when the medium of the open vault is taken out: the stick is the person, so to say.

What was decrypted stays on the screen otherwise, although whoever pulled the stick has left.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.vault import DATABASE

LOOK_EVERY_MS: Final = 1_000


class MediumWatch(QObject):
    """`gone` is emitted once, when the database of the watched vault cannot be found any more."""

    gone = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._database: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self, folder: Path) -> None:
        """Watch the vault in this folder from now on."""
        self._database = folder / DATABASE
        self._timer.start()

    def stop(self) -> None:
        """No vault is open any more."""
        self._database = None
        self._timer.stop()

    def look(self) -> None:
        """See whether it is still there. Called once a second."""
        if self._database is not None and not self._is_there(self._database):
            self.stop()
            self.gone.emit()

    @staticmethod
    def _is_there(database: Path) -> bool:
        try:
            database.stat()
        except OSError:
            return False
        return True
