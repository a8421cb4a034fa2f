"""Words with a state at their side, or under them where the room is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui import theme
from ui.widgets.arrange import INSIDE

_NARROW = 430


class Beside(QWidget):
    """`words` take the room that is left; `state` stands at the trailing side, or below."""

    def __init__(self, words: QWidget, state: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._state = state
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.dp(INSIDE))
        self._box.addWidget(words, 1)
        self._box.addWidget(state)

    def minimumSizeHint(self) -> QSize:
        wide = max(self._words.minimumSizeHint().width(), self._state.minimumSizeHint().width())
        return QSize(wide, self._box.totalMinimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < theme.dp(_NARROW)
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if narrow else direction.LeftToRight
        if wanted is not self._box.direction():
            self._box.setDirection(wanted)
            self.updateGeometry()
