"""What is copied here: marked as secret for clipboard managers, and taken back after a while.

Attacks: a clipboard manager keeps a history on disk, Windows uploads one to its cloud, and whoever
comes to the machine next pastes what was left. On X11, selecting alone already hands text to every
program, so the selection is never given out. What another program copied is left alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard

KEPT_MS: Final = 20_000

_WINDOWS: Final = 'application/x-qt-windows-mime;value="{name}"'
_NO: Final = bytes(4)

HINTS: Final[dict[str, bytes]] = {
    "x-kde-passwordManagerHint": b"secret",
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): b"\x01" + bytes(3),
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): _NO,
    _WINDOWS.format(name="CanUploadToCloudClipboard"): _NO,
}
"""What desktops look for before they keep a copy: KDE, Windows."""

CONCEALED: Final = "application/x-nspasteboard-concealed-type"
"""The same on macOS. Its content is free: here it is how we know our own copy again."""


class Clipboard(QObject):
    """Watches what this program copies, by whichever widget it was done."""

    def __init__(
        self,
        clipboard: QClipboard,
        parent: QObject,
        *,
        kept_ms: int = KEPT_MS,
        is_own_copy: Callable[[], bool] | None = None,
    ) -> None:
        """`is_own_copy`: whether this program copied last; by default as the system says."""
        super().__init__(parent)
        self._clipboard = clipboard
        self._is_own_copy = is_own_copy or clipboard.ownsClipboard
        self._token = secrets.token_bytes(16)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept_ms)
        self._timer.timeout.connect(self.clear)
        clipboard.dataChanged.connect(self._on_copied)
        clipboard.selectionChanged.connect(self._on_selected)

    def clear(self) -> None:
        """Take back what this program copied, if nobody copied anything since."""
        self._timer.stop()
        if self._is_marked():
            self._clipboard.clear()

    def copy(self, text: str) -> None:
        """Copy a text with the hints not to keep it."""
        made = QMimeData()
        made.setText(text)
        for name, value in HINTS.items():
            made.setData(name, value)
        made.setData(CONCEALED, self._token)
        self._timer.start()
        self._clipboard.setMimeData(made)

    def _on_copied(self) -> None:
        if self._is_marked():
            return
        self._timer.stop()
        if self._is_own_copy() and self._clipboard.text():
            # before any other program can ask: they are told when this thread is idle again
            self.copy(self._clipboard.text())

    def _is_marked(self) -> bool:
        content = self._content()
        return content is not None and bytes(content.data(CONCEALED).data()) == self._token

    def _content(self) -> QMimeData | None:
        return self._clipboard.mimeData()  # None where the system has an empty one

    def _on_selected(self) -> None:
        if self._clipboard.ownsSelection() and self._clipboard.text(QClipboard.Mode.Selection):
            self._clipboard.clear(QClipboard.Mode.Selection)
