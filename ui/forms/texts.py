"""Editors of what is typed: lines, accounts, numbers, days, moments, digests."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import takewhile

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QWidget

from app import clock, daytext
from app.i18n import _
from app.records import FieldSpec, LText, Shape
from app.records.composing import composed
from app.records.spec import SHORT_TEXT
from ui.forms.editor import Editor, Surroundings
from ui.widgets.arrange import TIGHT, column, hint, within
from ui.widgets.plain import Line, Paragraph, TextArea, TextRole

_DIGITS = QRegularExpression(r"-?\d{0,18}")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::(\d\d))?Z?")
ONE_LINE = SHORT_TEXT
"""Characters up to which a text without a language is one line."""

_SEPARATE = re.compile(r"\s*[\n;]\s*")


class _Notice(Paragraph):
    """What was not pasted, and why; gone with the next change of the field."""

    def __init__(self) -> None:
        super().__init__("", TextRole.PROBLEM)
        self.hide()

    def tell(self, words: str) -> None:
        self.setText(words)
        self.show()


class _OfLine(Editor):
    """An editor that is one line."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.line = Line()
        self.line.setMaxLength(spec.ceiling)
        self.line.textChanged.connect(self._on_edited)
        self.notice = _Notice()
        self.line.textEdited.connect(self._on_typed)
        self.line.inputRejected.connect(self._on_rejected)
        within(self, column(self.line, self.notice, spacing=TIGHT))

    def _on_typed(self, text: str) -> None:
        if len(text) < self.spec.ceiling:
            self.notice.hide()

    def _on_rejected(self) -> None:
        # a validator rejects too: only a full line has left something out
        if len(self.line.text()) >= self.spec.ceiling:
            words = _("Only {most} characters fit here; what came after them was left out.")
            self.notice.tell(words.format(most=self.spec.ceiling))

    def buddy(self) -> QWidget:
        return self.line

    def _state(self) -> object:
        return self.line.text()


class TextEditor(_OfLine):
    """One line without a language (str)."""

    def _paint(self, value: object) -> None:
        self.line.setText(str(value or ""))

    def _read(self) -> object:
        return composed(self.line.text())


class DigestEditor(TextEditor):
    """A SHA-256; the program fills it in, people look at it."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.line.setReadOnly(True)


class IntegerEditor(_OfLine):
    """A whole number, or nothing (int or None)."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        # a typed Arabic digit is a digit too; the pattern knows all of them
        pattern = QRegularExpression(_DIGITS)
        pattern.setPatternOptions(QRegularExpression.PatternOption.UseUnicodePropertiesOption)
        self.line.setValidator(QRegularExpressionValidator(pattern, self))
        self.line.setMaximumWidth(self.line.fontMetrics().horizontalAdvance("0") * 24)

    def _paint(self, value: object) -> None:
        self.line.setText("" if value is None else str(value))

    def _read(self) -> object:
        text = self.line.text().strip()
        return int(text) if text.strip("-") else None


class DayEditor(_OfLine):
    """A calendar day (date or None), as 2026-11-24 or in any other plain way."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.line.setPlaceholderText(_("for example 2026-11-24"))
        self.line.setMaximumWidth(self.line.fontMetrics().horizontalAdvance("0") * 28)

    def complaint(self) -> str:
        if self.line.text().strip() and self._day() is None:
            return _("Write a day, such as 2026-11-24.")
        return ""

    def _paint(self, value: object) -> None:
        self.line.setText(value.isoformat() if isinstance(value, date) else "")

    def _read(self) -> object:
        # what cannot be read is not thrown away: the day held before stays until it can
        return self._held if self.complaint() else self._day()

    def _day(self) -> date | None:
        span = daytext.read(self.line.text())
        return span.earliest if span is not None and span.earliest == span.latest else None


class InstantEditor(_OfLine):
    """A moment in UTC (datetime or None), as 2026-11-24 18:30."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.line.setPlaceholderText(_("for example 2026-11-24 18:30, in UTC"))

    def complaint(self) -> str:
        if self.line.text().strip() and self._instant() is None:
            return _("Write a day and a time, such as 2026-11-24 18:30.")
        return ""

    def _paint(self, value: object) -> None:
        self.line.setText(clock.stamp(value) if isinstance(value, datetime) else "")

    def _read(self) -> object:
        return self._held if self.complaint() else self._instant()

    def _instant(self) -> datetime | None:
        hit = _INSTANT.fullmatch(self.line.text().strip())
        if hit is None:
            return None
        try:
            return datetime.fromisoformat(f"{hit[1]}T{hit[2]}:{hit[3] or '00'}+00:00")
        except ValueError:
            return None


def _noticed(area: TextArea) -> _Notice:
    """The place under a text area for what it refuses."""
    notice = _Notice()
    area.textChanged.connect(notice.hide)
    area.refused.connect(notice.tell)
    return notice


def show_text(area: TextArea, text: str) -> None:
    """Put a text into an area; the cursor goes to the end of what is other than before."""
    before = area.toPlainText()
    if text == before:
        return
    alike = sum(1 for _at in takewhile(_same, zip(reversed(before), reversed(text), strict=False)))
    area.setPlainText(text)
    if before:
        cursor = area.textCursor()
        # Qt counts UTF-16 units
        place = len(text[: len(text) - alike].encode("utf-16-le", "surrogatepass")) // 2
        cursor.setPosition(min(place, area.document().characterCount() - 1))
        area.setTextCursor(cursor)


def _same(pair: tuple[str, str]) -> bool:
    return pair[0] == pair[1]


class TextsEditor(Editor):
    """Several lines without a language (tuple of str), one below the other."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self.area = TextArea(lines=1, most_lines=8)
        self.area.textChanged.connect(self._on_edited)
        notice = _noticed(self.area)
        within(self, column(self.area, notice, hint(_("One per line.")), spacing=TIGHT))

    def buddy(self) -> QWidget:
        return self.area

    def _paint(self, value: object) -> None:
        items = value if isinstance(value, tuple) else ()
        self.area.setPlainText("\n".join(str(item) for item in items))

    def _state(self) -> object:
        return self.area.toPlainText()

    def _read(self) -> object:
        text = composed(self.area.toPlainText())
        return tuple(item for item in _SEPARATE.split(text.strip()) if item)


class WordsEditor(Editor):
    """Words in a language (LText): the text is edited; its language and translations stay."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        long = spec.shape is Shape.LONG
        self.area = TextArea(lines=5 if long else 1, most_lines=24 if long else 8)
        self.area.textChanged.connect(self._on_edited)
        within(self, column(self.area, _noticed(self.area), spacing=TIGHT))

    def buddy(self) -> QWidget:
        return self.area

    def complaint(self) -> str:
        over = len(self.area.toPlainText()) - self.spec.ceiling
        if over > 0:
            return _("This is too long by {count} characters.").format(count=over)
        return ""

    def _paint(self, value: object) -> None:
        show_text(self.area, value.text if isinstance(value, LText) else "")

    def _state(self) -> object:
        return self.area.toPlainText()

    def _read(self) -> object:
        text = composed(self.area.toPlainText())
        if isinstance(self._held, LText) and self._held:
            return replace(self._held, text=text)
        return LText.of(text, self.around.language)
