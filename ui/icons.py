"""The icons: our own strokes in resources/icons, painted in the colours of the theme.

An icon never stands alone: a text is beside it, or an accessible name and a tool tip say the same.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from ui import theme

_STROKE = "#000000"
_SIZES = (16, 20, 24, 32, 48, 64)


class Icon(StrEnum):
    """Every picture, by the name of its file."""

    ABOUT = "about"
    ARCHIVE = "archive"
    BACK = "back"
    BAD = "bad"
    CALENDAR = "calendar"
    CARD = "card"
    CASE = "case"
    CHART = "chart"
    CHECK = "check"
    CLOSE = "close"
    COPY = "copy"
    DOWN = "down"
    DROP = "drop"
    EYE = "eye"
    EYE_OFF = "eye_off"
    FILTER = "filter"
    FOLDER = "folder"
    GLOBE = "globe"
    GUIDE = "guide"
    HOME = "home"
    INBOX = "inbox"
    KEY = "key"
    LOCK = "lock"
    NEXT = "next"
    OK = "ok"
    PEOPLE = "people"
    PERSON = "person"
    PHOTO = "photo"
    PLACE = "place"
    PLUS = "plus"
    PRINT = "print"
    RECEIPT = "receipt"
    REPAIR = "repair"
    REPORT = "report"
    SEAL = "seal"
    SEARCH = "search"
    SEND = "send"
    SETTINGS = "settings"
    SHIELD = "shield"
    STICK = "stick"
    TEXT = "text"
    TRASH = "trash"
    UNDO = "undo"
    UNLOCK = "unlock"
    UP = "up"
    WARN = "warn"
    WRITE = "write"


_DIRECTED = frozenset({Icon.BACK, Icon.NEXT, Icon.UNDO, Icon.SEND, Icon.TEXT})
"""Mirrored where the language is written from the right."""


def icon(name: Icon) -> QIcon:
    """The picture in the colour of text; in the colour of a chosen thing where it is checked."""
    chosen = theme.colours()
    made = QIcon()
    for size in _SIZES:
        off, on = QIcon.State.Off, QIcon.State.On
        made.addPixmap(pixmap(name, size, chosen.text), QIcon.Mode.Normal, off)
        made.addPixmap(pixmap(name, size, chosen.on_soft), QIcon.Mode.Normal, on)
        made.addPixmap(pixmap(name, size, chosen.muted), QIcon.Mode.Disabled, off)
    return made


def tinted(name: Icon, colour: str) -> QIcon:
    """The picture in one colour (#RRGGBB), as on a filled button."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(pixmap(name, size, colour))
    return made


def pixmap(name: Icon, size: int, colour: str) -> QPixmap:
    """The picture, `size` pixels square at the density of the screen."""
    density = QApplication.primaryScreen().devicePixelRatio() if QApplication.screens() else 1.0
    picture = QPixmap(QSize(size, size) * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if name in _DIRECTED and QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        painter.translate(size, 0)
        painter.scale(-1, 1)
    # keep the reference: PySide lets a temporary renderer go before it has painted
    renderer = QSvgRenderer(QByteArray(_source(name).replace(_STROKE, colour).encode()))
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@cache
def _source(name: Icon) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
