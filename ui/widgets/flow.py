"""A layout that sets its items in lines and begins a new one where the width ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem


class Flow(QLayout):
    """Items keep their own size; the lines are read from the leading side."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(QRect(0, 0, width, 0))[1]

    def sizeHint(self) -> QSize:
        wide = sum(item.sizeHint().width() for item in self._items if not item.isEmpty())
        high = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(wide + self.spacing() * max(0, len(self._items) - 1), high)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._lines(rect)[0]:
            item.setGeometry(place)

    def _lines(self, rect: QRect) -> tuple[list[tuple[QLayoutItem, QRect]], int]:
        """Where each item goes, and how high all of them are."""
        places: list[tuple[QLayoutItem, QRect]] = []
        line: list[tuple[QLayoutItem, QRect]] = []
        x, y = rect.x(), rect.y()
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if line and x + size.width() > rect.right() + 1:
                places += _centred(line)
                y += _height(line) + self.spacing()
                x, line = rect.x(), []
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
        places += _centred(line)
        if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            places = [(item, _mirrored(place, rect)) for item, place in places]
        return places, y + _height(line) - rect.y()


def _height(line: list[tuple[QLayoutItem, QRect]]) -> int:
    return max((place.height() for _item, place in line), default=0)


def _centred(line: list[tuple[QLayoutItem, QRect]]) -> list[tuple[QLayoutItem, QRect]]:
    high = _height(line)
    return [(item, place.translated(0, (high - place.height()) // 2)) for item, place in line]


def _mirrored(place: QRect, within: QRect) -> QRect:
    left = within.left() + within.right() - place.right()
    return QRect(left, place.y(), place.width(), place.height())
