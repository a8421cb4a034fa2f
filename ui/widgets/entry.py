"""A line of a list that opens something: picture, title, a quiet line under it, a state."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets.arrange import BETWEEN, INSIDE, column, row, within
from ui.widgets.beside import Beside
from ui.widgets.plain import Label, TextRole


class OneLine(Label):
    """Text on one line, cut with an ellipsis where the room ends: a long name moves nothing."""

    def __init__(
        self, text: str = "", role: TextRole = TextRole.BODY, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, role, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.dp(40), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it by position
        room = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter = QPainter(self)
        painter.setLayoutDirection(_direction(self.text(), self.layoutDirection()))
        self.style().drawItemText(
            painter,
            room,
            int(self.alignment()),
            self.palette(),
            self.isEnabled(),
            cut,
            self.foregroundRole(),
        )
        painter.end()


def _direction(text: str, otherwise: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """The direction of the first letter that is not in a name from outside (UAX #9, P2)."""
    depth = 0
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in {"FSI", "LRI", "RLI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif not depth and kind in {"L", "R", "AL"}:
            left = kind == "L"
            return Qt.LayoutDirection.LeftToRight if left else Qt.LayoutDirection.RightToLeft
    return otherwise


class Entry(QPushButton):
    """Pressed, it opens what it names. Whoever cannot see it hears title, state and detail."""

    def __init__(
        self,
        picture: Icon,
        title: str,
        detail: str,
        clicked: Callable[[], None],
        *marks: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "entry")
        self.setAutoDefault(False)
        states = [each.accessibleName() for each in marks if each.accessibleName()]
        self.setAccessibleName(", ".join(part for part in (title, *states, detail) if part))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _: clicked())
        drawn = Label()
        drawn.setPixmap(pixmap(picture, theme.dp(26), theme.colours().primary))
        on = Label()
        on.setPixmap(pixmap(Icon.NEXT, theme.dp(18), theme.colours().muted))
        lines = column(OneLine(title, TextRole.STRONG), spacing=2)
        if detail:
            lines.addWidget(OneLine(detail, TextRole.MUTED))
        words = within(QWidget(), lines)
        state = row(spacing=INSIDE)
        for each in marks:
            state.addWidget(each)
        state.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.dp(16), theme.dp(12), theme.dp(12), theme.dp(12))
        layout.setSpacing(theme.dp(BETWEEN))
        layout.addWidget(drawn)
        if marks:
            layout.addWidget(Beside(words, within(QWidget(), state)), 1)
        else:
            layout.addWidget(words, 1)
        layout.addSpacing(theme.dp(INSIDE))
        layout.addWidget(on)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        # a least height from the style sheet would count instead of that of the words inside
        self.setMinimumHeight(self.minimumSizeHint().height())
        super().showEvent(event)

    def sizeHint(self) -> QSize:
        inner = self.layout()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        inner = self.layout()
        return inner.minimumSize() if inner is not None else super().minimumSizeHint()
