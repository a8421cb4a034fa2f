"""The message bar at the top of a page: one message at a time, said in words, sign and colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.i18n import _
from ui import theme
from ui.icons import Icon, pixmap
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, clear, column, row
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, restyle

PASSING_MS = 10_000
"""How long a message that nobody must answer stays: long enough to reach Undo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the bar says. With a `verb`, there is a button that calls `then`.

    A passing notice goes by itself after ten seconds; others stay until closed.
    """

    tone: Tone
    title: str
    text: str = ""
    verb: str = ""
    then: Callable[[], None] | None = None
    passing: bool = False


class Banner(QFrame):
    """Hidden until it has something to say. Esc and its cross close it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(theme.dp(14), theme.dp(10), theme.dp(8), theme.dp(10))
        self._layout.setSpacing(theme.dp(12))
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(PASSING_MS)
        self._passing.timeout.connect(self.dismiss)
        self.notice: Notice | None = None
        self.hide()

    def tell(self, notice: Notice) -> None:
        """Show this, in place of what was there."""
        clear(self._layout)
        self.notice = notice
        self.setProperty("tone", notice.tone.value)
        self._fill(notice)
        restyle(self)
        self.show()
        said = " ".join(part for part in (notice.title, notice.text) if part)
        self.setAccessibleName(said)
        announce(self, said)
        if notice.passing:
            self._passing.start()
        else:
            self._passing.stop()

    def dismiss(self) -> None:
        """Say nothing."""
        self._passing.stop()
        self.notice = None
        self.hide()

    def _fill(self, notice: Notice) -> None:
        picture = Label()
        picture.setPixmap(pixmap(_SIGNS[notice.tone], theme.dp(24), _colour(notice.tone)))
        words = column(spacing=2)
        title = Paragraph(notice.title, TextRole.STRONG)
        words.addWidget(title)
        if notice.text:
            words.addWidget(Paragraph(notice.text))
        self._layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(words, 1)
        tools = row(spacing=INSIDE)
        if notice.verb and notice.then is not None:
            tools.addWidget(buttons.plain(notice.verb, self._act))
        tools.addWidget(buttons.sign(Icon.CLOSE, _("Close this message"), self.dismiss))
        self._layout.addLayout(tools)
        self._layout.setAlignment(tools, Qt.AlignmentFlag.AlignTop)

    def _act(self) -> None:
        notice = self.notice
        self.dismiss()
        if notice is not None and notice.then is not None:
            notice.then()


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say it, wherever the focus is."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


_SIGNS = {
    Tone.OK: Icon.OK,
    Tone.NOTE: Icon.ABOUT,
    Tone.WARN: Icon.WARN,
    Tone.BAD: Icon.BAD,
}


def _colour(tone: Tone) -> str:
    chosen = theme.colours()
    return {
        Tone.OK: chosen.ok,
        Tone.NOTE: chosen.note,
        Tone.WARN: chosen.warn,
        Tone.BAD: chosen.bad,
    }[tone]
