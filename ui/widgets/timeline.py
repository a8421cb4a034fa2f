"""A painted line of time: bars for what lasted or is not known exactly, dots for single days.

The table beside it says the same in words: this is for the eyes. Keys: left and right choose the
mark before and after, + and - zoom, page keys move, 0 shows everything, Enter opens.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import timeline
from app.i18n import ngettext
from app.records import Kind
from app.timeline import Mark, Placed, Span
from ui import theme

_SCALE = 30
_LANE = 30
_FEWEST_LANES = 4
_MOST_LANES = 14
_MORE = 28
_TICK = 90
_STEP = 0.5
_ZOOM = 1.5
_HOLDS_WORDS = 160


class TimeLine(QWidget):
    """`chosen` carries a Mark when another one is chosen here, `opened` when it is to be opened."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._marks: tuple[Mark, ...] = ()
        self._chosen: Mark | None = None
        self.span = timeline.span_of((), date.today())

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show these, all of them in sight."""
        self._marks = marks
        self._chosen = None
        self.fit()

    def fit(self) -> None:
        """Show all the time there is."""
        self._turn_to(timeline.span_of(self._marks, date.today()))

    def zoom(self, factor: float) -> None:
        """Show more time (over 1) or less, around what is chosen."""
        held = self._chosen
        self._turn_to(self.span.zoomed(factor, None if held is None else held.first or held.last))

    def choose(self, mark: Mark) -> None:
        """Choose this mark, and bring it into sight."""
        self._chosen = mark
        day = mark.first or mark.last
        if day is not None and not self.span.begin <= day <= self.span.end:
            part = self.span.place(day) - 0.5
            self._turn_to(self.span.moved(part))
        self.update()

    def sizeHint(self) -> QSize:
        lanes = max((each.lane + 1 for each in self._placed()), default=0)
        shown = min(_MOST_LANES, max(_FEWEST_LANES, lanes))
        more = _MORE if lanes > _MOST_LANES else 0
        return QSize(theme.dp(400), theme.dp(_SCALE + shown * _LANE + more))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.dp(200), self.sizeHint().height())

    # --- keys and mouse -----------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        match event.key():
            case Qt.Key.Key_Left:
                self._step(1 if right else -1)
            case Qt.Key.Key_Right:
                self._step(-1 if right else 1)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1 / _ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(_ZOOM)
            case Qt.Key.Key_PageUp:
                self._turn_to(self.span.moved(-_STEP))
            case Qt.Key.Key_PageDown:
                self._turn_to(self.span.moved(_STEP))
            case Qt.Key.Key_0 | Qt.Key.Key_Home:
                self.fit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._chosen is not None:
                self.opened.emit(self._chosen)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = self._at(event.position())
        if hit is not None:
            self._chosen = hit
            self.chosen.emit(hit)
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._at(event.position())
        if hit is not None:
            self.opened.emit(hit)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # the wheel alone scrolls the page
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.zoom(1 / _ZOOM if event.angleDelta().y() > 0 else _ZOOM)

    def _step(self, by: int) -> None:
        if not self._marks:
            return
        at = self._marks.index(self._chosen) + by if self._chosen in self._marks else 0
        mark = self._marks[max(0, min(len(self._marks) - 1, at))]
        self.choose(mark)
        self.chosen.emit(mark)

    def _turn_to(self, span: Span) -> None:
        self.span = span
        self.updateGeometry()
        self.update()

    # --- painting -----------------------------------------------------------------------------

    def _placed(self) -> tuple[Placed, ...]:
        width = max(1, self.width())
        needed = []
        for mark in self._marks:
            words = self.fontMetrics().horizontalAdvance(mark.title) + theme.dp(24)
            needed.append(min(words, theme.dp(_HOLDS_WORDS)) / width)
        return timeline.placed(self._marks, self.span, needed)

    def _box(self, placed: Placed) -> QRectF:
        top = theme.dp(_SCALE + placed.lane * _LANE + 4)
        left, right = placed.left * self.width(), placed.right * self.width()
        wide = max(float(theme.dp(10)), right - left)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - wide
        return QRectF(left, top, wide, theme.dp(_LANE - 8))

    def _at(self, point: QPointF) -> Mark | None:
        for placed in self._placed():
            box = self._box(placed)
            words = QRectF(box)
            words.setWidth(max(box.width(), theme.dp(_HOLDS_WORDS)))
            if box.contains(point) or words.contains(point):
                return placed.mark
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it by position
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        self._paint_scale(painter)
        found = self._placed()
        shown = [each for each in found if each.lane < _MOST_LANES]
        for placed in shown:
            self._paint_mark(painter, placed)
        self._paint_more(painter, len(found) - len(shown))
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.focus), theme.dp(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_more(self, painter: QPainter, count: int) -> None:
        """Say how many there was no room for."""
        if count:
            painter.setPen(QColor(theme.colours().muted))
            said = ngettext(
                "{count} more: zoom nearer, or look into the table",
                "{count} more: zoom nearer, or look into the table",
                count,
            ).format(count=count)
            box = self.rect().adjusted(theme.dp(8), 0, -theme.dp(8), 0)
            box.setTop(box.bottom() - theme.dp(_MORE))
            painter.drawText(
                box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, said
            )

    def _paint_scale(self, painter: QPainter) -> None:
        colours = theme.colours()
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for tick in timeline.ticks(self.span, max(2, self.width() // theme.dp(_TICK))):
            at = tick.place * self.width()
            x = self.width() - at if right else at
            painter.setPen(QColor(colours.line))
            painter.drawLine(QPointF(x, theme.dp(_SCALE)), QPointF(x, self.height()))
            painter.setPen(QColor(colours.muted))
            words = _tick(tick.day, self.span)
            room = painter.fontMetrics().horizontalAdvance(words) + theme.dp(6)
            left = x - room if right else x + theme.dp(4)
            box = QRectF(left, 0, room, theme.dp(_SCALE))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_mark(self, painter: QPainter, placed: Placed) -> None:
        colours = theme.colours()
        box = self._box(placed)
        mark = placed.mark
        fill, edge = (
            (colours.warn_bg, colours.warn) if mark.due else (colours.soft, colours.primary)
        )
        pen = QPen(QColor(edge), theme.dp(2 if mark == self._chosen else 1))
        if not mark.is_exact:
            # between its bounds nobody knows: the outline says so, and the table in words
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        corner = theme.dp(2 if mark.kind is Kind.ACT else 8)
        painter.drawRoundedRect(box, corner, corner)
        words = QRectF(box)
        room = max(box.width(), float(theme.dp(_HOLDS_WORDS))) - theme.dp(14)
        words.setWidth(room)
        beside = box.width() < theme.dp(40)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            words.moveRight(box.left() - theme.dp(4) if beside else box.right() - theme.dp(8))
        else:
            words.moveLeft(box.right() + theme.dp(4) if beside else box.left() + theme.dp(8))
        painter.setPen(QColor(colours.text if beside else colours.on_soft))
        if mark.due and not beside:
            painter.setPen(QColor(colours.text))
        said = painter.fontMetrics().elidedText(
            mark.title, Qt.TextElideMode.ElideRight, round(room)
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, said)


def _tick(day: date, span: Span) -> str:
    if span.days > 366 * 3 and day.month == 1 and day.day == 1:
        return str(day.year)
    if day.day == 1:
        month = QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
        return f"{month} {day.year}"
    return f"{day.month:02}-{day.day:02}"
