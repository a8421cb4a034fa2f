"""How far one is in a row of screens: a dot for each, and in words which one this is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from ui import theme
from ui.widgets.arrange import BETWEEN, STRETCH, row, within
from ui.widgets.plain import Label, TextRole


class Dots(QWidget):
    """Not to be pressed: the buttons of the page lead on and back."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = tuple(names)
        self.painted = _Painted(len(self._names))
        self.words = Label("", TextRole.STRONG)
        within(self, row(self.painted, self.words, STRETCH, spacing=BETWEEN))

    def show_at(self, at: int) -> None:
        """This one, counted from 0, is shown now."""
        self.painted.at = at
        self.painted.update()
        said = _("{number} of {count}: {name}").format(
            number=at + 1, count=len(self._names), name=self._names[at]
        )
        self.words.setText(said)
        self.setAccessibleName(said)


class _Painted(QWidget):
    """The dots: what is behind one is filled, this one is a longer bar, the rest are rings."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count
        self.at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        step, side = theme.dp(18), theme.dp(12)
        return QSize(step * (self._count + 1), side + theme.dp(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, radius = theme.dp(18), theme.dp(5)
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        colour, quiet = QColor(theme.colours().primary), QColor(theme.colours().muted)
        middle, x = self.height() // 2, radius + theme.dp(2)
        for number in range(self._count):
            here = number == self.at
            length = step if here else 0
            left = self.width() - x - length if from_right else x
            painter.setPen(colour if number <= self.at else quiet)
            painter.setBrush(colour if number <= self.at else Qt.BrushStyle.NoBrush)
            if here:
                painter.drawRoundedRect(
                    left - radius, middle - radius, length + 2 * radius, 2 * radius, radius, radius
                )
            else:
                painter.drawEllipse(QPoint(left, middle), radius, radius)
            x += step + length
        painter.end()
