"""A QR code of a text, painted square by square: no picture file is ever made of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from qrcode.constants import ERROR_CORRECT_L
from qrcode.main import QRCode

from app.i18n import _
from ui import theme

_QUIET_MODULES = 4
_LARGEST = 480


def modules(text: str) -> list[list[bool]]:
    """The squares of the code of a text, line by line, with its quiet edge; true is dark."""
    code = QRCode(border=_QUIET_MODULES, error_correction=ERROR_CORRECT_L)
    code.add_data(text)
    code.make(fit=True)
    matrix: list[list[bool]] = code.get_matrix()
    return matrix


class QrCode(QWidget):
    """Black on white in every look: cameras need it so. `accessible` says what it holds."""

    def __init__(self, text: str, accessible: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = modules(text)
        self.setAccessibleName(accessible or _("QR code"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        modules = len(self._matrix)
        # whole pixels a module: a blurred edge makes a dense code unreadable
        each = max(2, min(theme.dp(6), _LARGEST // modules))
        return QSize(each * modules, each * modules)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor("#FFFFFF"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        side = self.width() / len(self._matrix)
        for down, line in enumerate(self._matrix):
            for along, dark in enumerate(line):
                if dark:
                    painter.drawRect(QRectF(along * side, down * side, side, side))
        painter.end()
