"""What a page says while it has nothing to show: it teaches the next step, with one button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets.arrange import BETWEEN, STRETCH, column, within
from ui.widgets.plain import Label, Paragraph, TextRole

_WIDEST = 460


class Empty(QWidget):
    """A picture, a sentence, what to do, and the button that does it."""

    def __init__(
        self,
        picture: Icon,
        title: str,
        text: str,
        action: QPushButton | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        drawn = Label()
        drawn.setPixmap(pixmap(picture, theme.dp(64), theme.colours().primary))
        drawn.setAlignment(middle)
        head = Paragraph(title, TextRole.SECTION)
        body = Paragraph(text, TextRole.MUTED)
        for words in (head, body):
            words.setAlignment(middle | Qt.AlignmentFlag.AlignTop)
            words.setFixedWidth(theme.dp(_WIDEST))
            # a centred item gets the height of its hint, which is that of one line
            words.ensurePolished()
            words.setMinimumHeight(words.heightForWidth(theme.dp(_WIDEST)))
        layout = column(STRETCH, spacing=BETWEEN)
        for part in (drawn, head, body):
            layout.addWidget(part, 0, middle)
        if action is not None:
            layout.addWidget(action, 0, middle)
        layout.addStretch(2)
        within(self, layout, margin=24)
