"""A finding that stays on the page: sign, colour and words, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets.arrange import column, flow, row, within
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, restyle

SIGNS = {
    Tone.OK: Icon.OK,
    Tone.NOTE: Icon.ABOUT,
    Tone.WARN: Icon.WARN,
    Tone.BAD: Icon.BAD,
}


def colour(tone: Tone) -> str:
    """The colour of text and sign of this tone, as #RRGGBB."""
    chosen = theme.colours()
    return {
        Tone.OK: chosen.ok,
        Tone.NOTE: chosen.note,
        Tone.WARN: chosen.warn,
        Tone.BAD: chosen.bad,
    }[tone]


def sign(tone: Tone, size: int = 24) -> Label:
    """The sign of a tone. `size`: pixels at 100 % text size."""
    picture = Label()
    picture.setPixmap(pixmap(SIGNS[tone], theme.dp(size), colour(tone)))
    return picture


def mark(tone: Tone, text: str) -> QWidget:
    """A state in one or two words, with its sign: for the end of a line in a list."""
    pill = Label(text, TextRole.PILL)
    pill.set_tone(tone)
    made = within(QWidget(), row(sign(tone, 18), pill, spacing=4))
    made.setAccessibleName(text)
    return made


class Stated(QFrame):
    """A frame in the colour of its tone: a title, a sentence or two, buttons under them."""

    def __init__(
        self,
        tone: Tone,
        title: str,
        text: str = "",
        *actions: QPushButton,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tone = tone
        self.setProperty("role", "banner")
        self.setProperty("tone", tone.value)
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        words = column(Paragraph(title, TextRole.STRONG), spacing=2)
        if text:
            words.addWidget(Paragraph(text))
        if actions:
            words.addSpacing(theme.dp(6))
            words.addLayout(flow(*actions))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.dp(14), theme.dp(12), theme.dp(14), theme.dp(12))
        layout.setSpacing(theme.dp(12))
        layout.addWidget(sign(tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        restyle(self)


class Step(QWidget):
    """One check of several: its sign, what was checked, what came out."""

    def __init__(self, tone: Tone, name: str, found: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = tone
        self.setAccessibleName(f"{name}: {found}")
        words = column(
            Paragraph(name, TextRole.STRONG), Paragraph(found, TextRole.MUTED), spacing=0
        )
        within(self, row(sign(tone), words, spacing=12))
