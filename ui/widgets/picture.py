"""A decoded picture on the screen: the pixels that a decoder gave, nothing that Qt has decoded."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.preview import Picture
from ui import theme

ZOOMS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0)
_BLURRED_CELLS: Final = 5


def image(picture: Picture) -> QImage:
    """The pixels as an image of its own."""
    seen = QImage(
        picture.rgba,
        picture.width,
        picture.height,
        4 * picture.width,
        QImage.Format.Format_RGBA8888,
    )
    # a copy: the bytes belong to the picture, and may go before the widget
    return seen.copy()


def blurred(seen: QImage) -> QImage:
    """So few colours of it that nothing can be made out (R-08)."""
    smooth = Qt.TransformationMode.SmoothTransformation
    few = seen.scaled(
        QSize(_BLURRED_CELLS, _BLURRED_CELLS), Qt.AspectRatioMode.IgnoreAspectRatio, smooth
    )
    return few.scaled(seen.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)


class PictureView(QWidget):
    """Paints an image, as wide as the widget that scrolls it or at a zoom of its own."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        self._zoom = 0.0
        """Screen pixels for one of the picture; 0 fits it into the width."""

    @property
    def image(self) -> QImage:
        """What is shown; null before anything is."""
        return self._image

    def show_image(self, seen: QImage) -> None:
        """Show this, fitted."""
        self._image = seen
        self._zoom = 0.0
        self._resize()

    def fit(self) -> None:
        """As wide as there is room for."""
        self._zoom = 0.0
        self._resize()

    def nearer(self) -> None:
        """The next larger zoom."""
        now = self.scale()
        self._zoom = next((each for each in ZOOMS if each > now * 1.01), ZOOMS[-1])
        self._resize()

    def farther(self) -> None:
        """The next smaller zoom."""
        now = self.scale()
        self._zoom = next((each for each in reversed(ZOOMS) if each < now * 0.99), ZOOMS[0])
        self._resize()

    def scale(self) -> float:
        """Screen pixels for one pixel of the picture."""
        if self._zoom:
            return self._zoom
        if self._image.isNull():
            return 1.0
        around = self.parentWidget() or self
        width, height = self._image.width(), self._image.height()
        return min(1.0, max(1, around.width()) / width, max(1, around.height()) / height)

    def sizeHint(self) -> QSize:
        if self._image.isNull():
            return QSize(theme.dp(200), theme.dp(80))
        return self._size()

    def minimumSizeHint(self) -> QSize:
        # zoomed it scrolls sideways; fitted it takes what there is
        return self._size() if self._zoom else QSize(theme.dp(120), theme.dp(80))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is painted
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        place = self.place()
        painter.fillRect(place, QColor(Qt.GlobalColor.white))
        painter.drawImage(place, self._image)
        self.paint_over(painter)
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """What a subclass paints on top."""

    def place(self) -> QRectF:
        """Where the picture lies in the widget: in the middle."""
        size = self._size()
        left = max(0.0, (self.width() - size.width()) / 2)
        top = max(0.0, (self.height() - size.height()) / 2)
        return QRectF(QPointF(left, top), size.toSizeF())

    def _size(self) -> QSize:
        scale = self.scale()
        width, height = self._image.width() * scale, self._image.height() * scale
        return QSize(max(1, round(width)), max(1, round(height)))

    def _resize(self) -> None:
        self.updateGeometry()
        self.update()
