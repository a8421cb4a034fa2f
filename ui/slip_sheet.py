"""A slip on paper: a PDF with the names to read out, the digests, and QR codes for a camera.

The file says on which day it was made and not at what hour, nor by what account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter

from app import sizes, slips
from app.i18n import _, ngettext
from app.slips import Item, Slip
from app.tasks import Progress, Step, ignore
from ui.widgets.qr import modules

_DOTS_PER_INCH: Final = 300
_MARGIN_MM: Final = 18.0
_CODE_MM: Final = 72
_GROUP: Final = 8
_HOURS: Final = (
    (re.compile(rb"(\(D:\d{8})\d{6}"), rb"\g<1>000000"),
    (re.compile(rb'(="\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d'), rb"\g<1>T00:00:00"),
)
"""Where Qt writes the moment; replaced by as many signs, so that no offset in the file changes."""


def pdf(slip: Slip, *, progress: Progress = ignore) -> bytes:
    """The slip as a PDF of A4 pages, made on any thread.

    Raises ValueError as slips.marshal, and Cancelled.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    painter = QPainter(writer)
    try:
        _paint(_Paper(writer=writer, painter=painter), slip, progress)
    finally:
        painter.end()
    made = bytes(buffer.data().data())
    for found, put in _HOURS:
        made = found.sub(put, made)
    return made


def _paint(page: _Paper, slip: Slip, progress: Progress) -> None:
    codes = slips.codes(slip)
    _write(page, slip)
    for at, code in enumerate(codes):
        progress(Step(doing="listing", done=at, total=len(codes)))
        page.code(code, _("{number} of {total}").format(number=at + 1, total=len(codes)))


def _write(page: _Paper, slip: Slip) -> None:
    page.text(_("What is carried"), 16, QFont.Weight.Bold)
    if slip.day is not None:
        page.text(_("Day: {day}").format(day=slip.day.isoformat()), 10)
    count = len(slip.items)
    page.text(ngettext("{count} file", "{count} files", count).format(count=count), 10)
    page.text(
        _(
            "This list travels apart from the files. Who receives them compares: by the file of"
            " this list, by the codes, or by typing the names."
        ),
        9,
    )
    page.space(3)
    for item in slip.items:
        _item(page, item)


def _item(page: _Paper, item: Item) -> None:
    page.keep(15)
    name = item.name
    if item.part is not None:
        name = _("{name}, part {number} of {total}").format(
            name=item.name, number=item.part.number, total=item.part.total
        )
    page.text(name, 11, QFont.Weight.Bold)
    page.text(_("{count} bytes").format(count=item.size) + _exact(item), 8)
    digest = item.sha256 or ""
    page.text(" ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP)), 8)
    page.space(2)


def _exact(item: Item) -> str:
    return "" if item.size is None or item.size < 1000 else f" ({sizes.words(item.size)})"


@dataclass(slots=True, kw_only=True)
class _Paper:
    """Where the next line goes. Lengths in millimetres, sizes of letters in points."""

    writer: QPdfWriter
    painter: QPainter
    _down: float = 0.0

    def text(self, words: str, points: int, weight: QFont.Weight = QFont.Weight.Normal) -> None:
        """A paragraph over the width of the page."""
        font = QFont(self.painter.font())
        font.setPointSize(points)
        font.setWeight(weight)
        self.painter.setFont(font)
        width = self.writer.width()
        flags = int(Qt.TextFlag.TextWordWrap)
        room = self.painter.fontMetrics().boundingRect(0, 0, width, 0, flags, words)
        self._break_if_over(room.height())
        self.painter.drawText(QRectF(0, self._down, width, room.height()), flags, words)
        self._down += room.height()

    def space(self, millimetres: float) -> None:
        """Leave room."""
        self._down += _dots(millimetres)

    def keep(self, millimetres: float) -> None:
        """Begin a page where so much would not stay together."""
        self._break_if_over(_dots(millimetres))

    def code(self, text: str, under: str) -> None:
        """A QR code with a line under it."""
        self.keep(_CODE_MM + 10)
        matrix = modules(text)
        side = _dots(_CODE_MM) // len(matrix)  # whole dots: sharp edges
        for line, each in enumerate(matrix):
            for at, dark in enumerate(each):
                if dark:
                    top = round(self._down) + line * side
                    self.painter.fillRect(at * side, top, side, side, QColor("#000000"))
        self._down += side * len(matrix)
        self.text(under, 9)
        self.space(4)

    def _break_if_over(self, height: float) -> None:
        if self._down and self._down + height > self.writer.height():
            self.writer.newPage()
            self._down = 0.0


def _dots(millimetres: float) -> int:
    return round(millimetres / 25.4 * _DOTS_PER_INCH)
