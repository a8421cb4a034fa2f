"""Text on the screen, always plain: the only constructors of labels and text areas.

Qt's labels guess rich text. A sender could write `<b>Good seal</b>` or an image address into a
report; here it shows as it was written. Text from outside goes through `outside` besides: what is
unseen in it is spelled out, and it cannot turn the direction of the text around it.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextOption
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app import names
from app.i18n import _
from app.records.spec import LONG_TEXT
from ui import theme

_AROUND_TEXT = 18
"""Padding and border of a text area in resources/style.qss, top and bottom."""

_ONE_LINE = 40
"""As high as a field of one line."""


_ENDLESS_WORD = re.compile(r"\S{10000}")


class TextRole(StrEnum):
    """How a label is set; the looks are in resources/style.qss."""

    BODY = "body"
    TITLE = "title"
    SECTION = "section"
    STRONG = "strong"
    MUTED = "muted"
    SMALL = "small"
    PROBLEM = "problem"
    CODE = "code"
    PILL = "pill"


class Tone(StrEnum):
    """What a message means; always said in words and by a sign too, never by colour alone."""

    OK = "ok"
    NOTE = "note"
    WARN = "warn"
    BAD = "bad"


class Label(QLabel):
    """One line of plain text. It does not wrap: beside a button it would be squeezed."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setAlignment(leading() | Qt.AlignmentFlag.AlignVCenter)
        if role is TextRole.PILL:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setText(text)

    def set_tone(self, tone: Tone) -> None:
        """Colour a pill by what it says."""
        self.setProperty("tone", tone.value)
        restyle(self)


class Paragraph(Label):
    """Plain text that wraps, and can be selected for a screen reader or copied by hand."""

    def __init__(
        self,
        text: str = "",
        role: TextRole = TextRole.BODY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role, parent)
        self.setWordWrap(True)
        self.setAlignment(leading() | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class Line(QLineEdit):
    """One line to type in. What is typed here is not for a keyboard's dictionary to learn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.textChanged.connect(self._turn)

    def event(self, event: QEvent) -> bool:
        return False if leaves_to_page(self, event) else super().event(event)

    def _turn(self, text: str) -> None:
        turn_to(self, text)


class TextArea(QPlainTextEdit):
    """Several lines to type in, growing with the text up to `most_lines`. Tab leaves it.

    What is pasted is taken whole or not at all: not beyond the longest text of a record, which the
    window can still show at once.
    """

    refused = Signal(str)
    """Nothing was pasted; carries why, for a person."""

    def __init__(
        self, *, lines: int = 3, most_lines: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._fewest = lines
        self._most = max(lines, most_lines)
        self.setTabChangesFocus(True)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhMultiLine
        )
        # each paragraph takes its direction from its own first letters
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._on_resized)
        self.textChanged.connect(self._turn)

    def event(self, event: QEvent) -> bool:
        return False if leaves_to_page(self, event) else super().event(event)

    def _turn(self) -> None:
        # the layout of plain text leaves Arabic at the left edge: the edge follows the first letter
        right = text_is_right_to_left(self.document().firstBlock().text())
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        option = self.document().defaultTextOption()
        if option.alignment() != edge:
            option.setAlignment(edge)
            self.document().setDefaultTextOption(option)

    def _on_resized(self) -> None:
        # it grows with the text, so a bar is only wanted beyond the highest it may become
        policy = Qt.ScrollBarPolicy
        over = self._needed() > self._most
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if over else policy.ScrollBarAlwaysOff
        )
        self.updateGeometry()

    def _needed(self) -> int:
        return round(self.document().size().height())

    def sizeHint(self) -> QSize:
        # the layout of plain text counts lines, not pixels
        lines = max(self._fewest, min(self._most, self._needed()))
        text = lines * self.fontMetrics().lineSpacing() + 2 * round(
            self.document().documentMargin()
        )
        height = max(text + theme.dp(_AROUND_TEXT), theme.dp(_ONE_LINE))
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def insertFromMimeData(self, source: QMimeData) -> None:
        # only the plain text of what is pasted: no pictures, no styles, no addresses
        if not source.hasText():
            return
        text = source.text()
        kept = self.document().characterCount() - len(self.textCursor().selectedText())
        if kept + len(text) > LONG_TEXT:
            self.refused.emit(
                _(
                    "This is too long to paste: {count} characters, and a field takes {most}. "
                    "Nothing was pasted. Add it as a file instead."
                ).format(count=len(text), most=LONG_TEXT)
            )
            return
        self._wrap_for(text)
        self.insertPlainText(text)

    def setPlainText(self, text: str) -> None:
        self._wrap_for(text)
        super().setPlainText(text)

    def _wrap_for(self, text: str) -> None:
        # looking for the end of a word that long, for each line anew, takes the square of its
        # length; no language has one, and it may be broken anywhere
        option = self.document().defaultTextOption()
        if _ENDLESS_WORD.search(text) and option.wrapMode() != QTextOption.WrapMode.WrapAnywhere:
            option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
            self.document().setDefaultTextOption(option)


def leading() -> Qt.AlignmentFlag:
    """The side where lines begin in the window's language, also for text of another direction.

    Qt's leading side follows each text, which puts an English line of an Arabic page at the left.
    """
    if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


def outside(text: str) -> str:
    """One line from outside (a name, a file name), safe to show."""
    return names.visible(text)


def outside_text(text: str) -> str:
    """Several lines from outside, safe to show."""
    return names.visible_text(text)


def turn_to(field: QWidget, text: str) -> None:
    """Give a field the direction of its content; that of the window while it is empty."""
    if not text.strip():
        field.unsetLayoutDirection()
        return
    field.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft
        if text_is_right_to_left(text)
        else Qt.LayoutDirection.LeftToRight
    )


def text_is_right_to_left(text: str) -> bool:
    """Whether the first strong letter is written from the right (UAX #9, P2 and P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return False


def leaves_to_page(field: QWidget, event: QEvent) -> bool:
    """Whether this key is not for the field: undo and redo go over all fields of a page.

    In a question over the window the field keeps them.
    """
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    keys = QKeySequence.StandardKey
    if not (event.matches(keys.Undo) or event.matches(keys.Redo)):
        return False
    if field.window().property("role") != "window":
        return False
    event.ignore()
    return True


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget's dynamic properties."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
