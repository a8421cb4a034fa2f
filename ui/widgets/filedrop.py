"""A place to drop files or choose them. The whole window takes drops; this shows that it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app import guard
from app.errors import AppError
from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets import buttons
from ui.widgets.plain import Label, Paragraph, TextRole, restyle


class FileDrop(QFrame):
    """A dashed frame with a sentence and a button. `dropped` carries a tuple of local paths."""

    dropped = Signal(object)

    def __init__(
        self,
        text: str,
        verb: str,
        choose: Callable[[], None],
        picture: Icon = Icon.DROP,
        parent: QWidget | None = None,
    ) -> None:
        """`choose` opens the file dialog (ui.ask); what is dropped comes by the signal."""
        super().__init__(parent)
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        middle = Qt.AlignmentFlag.AlignHCenter
        drawn = Label()
        drawn.setPixmap(pixmap(picture, theme.dp(32), theme.colours().primary))
        words = Paragraph(text, TextRole.MUTED)
        words.setAlignment(middle)
        layout = QVBoxLayout(self)
        edge = theme.dp(18)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(theme.dp(8))
        layout.addWidget(drawn, 0, middle)
        layout.addWidget(words)
        self.button = buttons.plain(verb, choose, Icon.FOLDER)
        layout.addWidget(self.button, 0, middle)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._show_over("true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_over("false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_over("false")
        files = local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _show_over(self, over: str) -> None:
        self.setProperty("over", over)
        restyle(self)


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files on this computer among what is dragged; nothing else is ever looked at."""
    found: list[Path] = []
    for url in data.urls():
        if not url.isLocalFile():
            continue
        try:
            found.append(guard.local_path(url.toLocalFile()))
        except AppError:
            continue
    return tuple(found)
