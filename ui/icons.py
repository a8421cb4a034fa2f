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
    CLOCK = "clock"
    CLOSE = "close"
    COPY = "copy"
    COVER = "cover"
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
    MINUS = "minus"
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


def icon(name: Icon, shape: QSize) -> QIcon:
    """The picture in the colour of text; in the colour of a chosen thing where it is checked.

    `shape` may be wider than high: the picture stands at its leading side.
    """
    chosen = theme.colours()
    off, on = QIcon.State.Off, QIcon.State.On
    made = QIcon()
    made.addPixmap(_drawn(name, shape, chosen.text), QIcon.Mode.Normal, off)
    made.addPixmap(_drawn(name, shape, chosen.on_soft), QIcon.Mode.Normal, on)
    made.addPixmap(_drawn(name, shape, chosen.muted), QIcon.Mode.Disabled, off)
    return made


def tinted(name: Icon, colour: str, shape: QSize) -> QIcon:
    """The picture in one colour (#RRGGBB), as on a filled button."""
    return QIcon(_drawn(name, shape, colour))


def pixmap(name: Icon, size: int, colour: str) -> QPixmap:
    """The picture, `size` pixels square at the density of the screen."""
    return _drawn(name, QSize(size, size), colour)


def _drawn(name: Icon, shape: QSize, colour: str) -> QPixmap:
    density = max((screen.devicePixelRatio() for screen in QApplication.screens()), default=1.0)
    picture = QPixmap(shape * density)
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = shape.height()
    if QApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft:
        painter.translate(shape.width() - side, 0)
        if name in _DIRECTED:
            painter.translate(side, 0)
            painter.scale(-1, 1)
    # keep the reference: PySide lets a temporary renderer go before it has painted
    renderer = QSvgRenderer(QByteArray(_source(name).replace(_STROKE, colour).encode()))
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


@cache
def _source(name: Icon) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
