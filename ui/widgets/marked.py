"""Cells in which some letters are marked: plain text, drawn letter by letter as it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Where marked letters begin in the text, and how many they are."""

    start: int
    length: int


Index = QModelIndex | QPersistentModelIndex


class MarkedCells(QStyledItemDelegate):
    """Draws the text of a cell with the runs that `marks` gives in bold."""

    def __init__(self, marks: Callable[[Index], Sequence[Run]], parent: QWidget) -> None:
        super().__init__(parent)
        self._marks = marks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        runs = self._marks(index)
        if not runs:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        text = option.text
        option.text = ""
        style = option.widget.style()
        control = QStyle.ControlElement.CE_ItemViewItem
        style.drawControl(control, option, painter, option.widget)
        layout = _laid_out(text, option.font, runs)
        room = option.rect.adjusted(theme.dp(10), 0, -theme.dp(10), 0)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width())
        layout.endLayout()
        painter.save()
        painter.setClipRect(room)
        painter.setPen(theme.colours().text)
        top = room.top() + (room.height() - line.height()) / 2
        layout.draw(painter, QPointF(room.left(), top))
        painter.restore()


def _laid_out(text: str, font: QFont, runs: Sequence[Run]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    formats = []
    for run in runs:
        range_ = QTextLayout.FormatRange()
        range_.start, range_.length, range_.format = run.start, run.length, bold
        formats.append(range_)
    layout.setFormats(formats)
    return layout
