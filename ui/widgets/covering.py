"""A picture on which parts are covered, with the mouse or with keys.

Mouse: draw over a part; drag a box, or its trailing lower corner. Keys: Insert adds a box, arrows
move it, Shift with arrows changes its size, Ctrl makes the steps single pixels, Page Up and Page
Down choose another, Delete takes it away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.redaction import Box, Cover
from ui import theme
from ui.models.covers import Covers
from ui.widgets.picture import PictureView

_STEPS_ACROSS: Final = 50
"""An arrow moves a box by this part of the longer side."""
_CORNER: Final = 14
_CELLS: Final = 4

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CoverArea(PictureView):
    """`changed`: boxes were added, moved or taken away, or another one is chosen."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.covers = Covers(1, 1)
        self._from: QPointF | None = None
        self._held: Box | None = None
        self._is_sizing = False
        self._drawing: Box | None = None

    def show_image(self, seen: QImage) -> None:
        self.covers = Covers(seen.width(), seen.height())
        super().show_image(seen)
        self._tell()

    def add_box(self) -> None:
        """A box in the middle, a fifth of the picture wide and high."""
        width, height = max(1, self.covers.width // 5), max(1, self.covers.height // 5)
        left, top = (self.covers.width - width) // 2, (self.covers.height - height) // 2
        # not quite upon the one before
        shift = len(self.covers.now.boxes) * self._step()
        self.covers.add(Box(left=left + shift, top=top + shift, width=width, height=height))
        self._tell()

    def remove_box(self) -> None:
        """Take the chosen one away."""
        self.covers.remove()
        self._tell()

    def undo(self) -> None:
        """The state before."""
        self.covers.undo()
        self._tell()

    def redo(self) -> None:
        """The state that was undone."""
        self.covers.redo()
        self._tell()

    def cover(self, how: Cover) -> None:
        """Cover all parts so."""
        self.covers.cover(how)
        self._tell()

    def words(self) -> str:
        """What is chosen, for those who do not see it."""
        state, box = self.covers.now, self.covers.chosen
        if not state.boxes:
            return _("No part is covered yet.")
        if box is None:
            return _("{count} parts are covered.").format(count=len(state.boxes))
        return _(
            "Part {number} of {count}: {left} from the left, {top} from the top, {width} wide,"
            " {height} high, in pixels"
        ).format(
            number=state.chosen + 1,
            count=len(state.boxes),
            left=box.left,
            top=box.top,
            width=box.width,
            height=box.height,
        )

    # --- keys -----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ARROWS and self.covers.chosen is not None:
            held = event.modifiers()
            step = 1 if held & Qt.KeyboardModifier.ControlModifier else self._step()
            right, down = (each * step for each in _ARROWS[key])
            if held & Qt.KeyboardModifier.ShiftModifier:
                self.covers.grow(right, down)
            else:
                self.covers.move(right, down)
        elif key == Qt.Key.Key_Insert:
            self.add_box()
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.covers.remove()
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp} and self.covers.now.boxes:
            self.covers.choose_next(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.image.isNull():
            super().mousePressEvent(event)
            return
        self._from = self._pixel(event.position())
        box = self.covers.chosen
        self._is_sizing = box is not None and self._corner(box).contains(event.position())
        if not self._is_sizing:
            self.covers.choose(self.covers.at(int(self._from.x()), int(self._from.y())))
        self._held = self.covers.chosen
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        self._drawing = self._drawn_to(self._pixel(event.position()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            super().mouseReleaseEvent(event)
            return
        made = self._drawn_to(self._pixel(event.position()))
        if self._held is not None:
            self.covers.put(made)
        elif min(made.width, made.height) > 1:
            # a mere press draws nothing
            self.covers.add(made)
        self._from = self._held = self._drawing = None
        self._tell()

    def _drawn_to(self, to: QPointF) -> Box:
        """What the mouse, now here, makes of the box that it holds, or of a new one."""
        begun = self._from or to
        right, down = round(to.x() - begun.x()), round(to.y() - begun.y())
        held = self._held
        if held is None:
            return Box(
                left=round(min(to.x(), begun.x())),
                top=round(min(to.y(), begun.y())),
                width=abs(right),
                height=abs(down),
            )
        if self._is_sizing:
            return replace(
                held, width=max(1, held.width + right), height=max(1, held.height + down)
            )
        return replace(held, left=held.left + right, top=held.top + down)

    # --- painting -------------------------------------------------------------------------------

    def paint_over(self, painter: QPainter) -> None:
        state = self.covers.now
        for number, box in enumerate(state.boxes):
            is_chosen = number == state.chosen
            if is_chosen and self._drawing is not None and self._held is not None:
                box = self._drawing
            self._paint_box(painter, box, state.how)
            if is_chosen:
                self._paint_hold(painter, box)
        if self._drawing is not None and self._held is None:
            self._paint_box(painter, self._drawing, state.how)

    def _paint_box(self, painter: QPainter, box: Box, how: Cover) -> None:
        place = self._screen(box)
        if how is Cover.FILL:
            painter.fillRect(place, QColor(Qt.GlobalColor.black))
            return
        part = self.image.copy(QRect(box.left, box.top, max(1, box.width), max(1, box.height)))
        longer = max(part.width(), part.height())
        cells = [max(1, round(_CELLS * side / longer)) for side in (part.width(), part.height())]
        few = part.scaled(
            QSize(cells[0], cells[1]),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(place, few)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)

    def _paint_hold(self, painter: QPainter, box: Box) -> None:
        """A double line, seen on every picture, and the corner to take hold of."""
        place = self._screen(box)
        lines = ((theme.colours().on_primary, 5.0), (theme.colours().primary, 2.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in lines:
            style = Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(colour), width, style))
            painter.drawRect(place)
        painter.fillRect(self._corner(box), QColor(theme.colours().primary))

    # --- between the screen and the picture -----------------------------------------------------

    def _pixel(self, at: QPointF) -> QPointF:
        inside = at - self.place().topLeft()
        scale = self.scale()
        x = min(max(0.0, inside.x() / scale), float(self.covers.width))
        return QPointF(x, min(max(0.0, inside.y() / scale), float(self.covers.height)))

    def _screen(self, box: Box) -> QRectF:
        scale, origin = self.scale(), self.place().topLeft()
        return QRectF(
            origin.x() + box.left * scale,
            origin.y() + box.top * scale,
            box.width * scale,
            box.height * scale,
        )

    def _corner(self, box: Box) -> QRectF:
        edge = theme.dp(_CORNER)
        place = self._screen(box)
        return QRectF(place.right() - edge / 2, place.bottom() - edge / 2, edge, edge)

    def _step(self) -> int:
        return max(1, max(self.covers.width, self.covers.height) // _STEPS_ACROSS)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words())
        self.update()
        self.changed.emit()
