"""Buttons: one constructor for each kind, so that weight means the same on every page.

`main` is the one big thing of a page, `primary` the way on, `plain` a choice beside it, `quiet` a
small way out, `danger` a loss. An icon-only button (`sign`) carries a name for screen readers.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui import theme
from ui.icons import Icon, icon, tinted


class Kind(StrEnum):
    """The weight of a button; the looks are in resources/style.qss."""

    PLAIN = "plain"
    PRIMARY = "primary"
    MAIN = "main"
    QUIET = "quiet"
    DANGER = "danger"
    CHIP = "chip"
    TILE = "tile"
    RAIL = "rail"
    FOLD = "fold"
    SIGN = "sign"


class Button(QPushButton):
    """A push button of one kind."""

    def __init__(
        self,
        text: str,
        kind: Kind,
        picture: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind.value)
        self.setAutoDefault(False)
        self._kind = kind
        if picture is not None:
            self.set_picture(picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's buttons hear Space alone; in a dialog Return on "Cancel" would press the other button
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not modifiers:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def set_picture(self, picture: Icon) -> None:
        """Show this icon, in the colour that goes with the kind."""
        chosen = theme.colours()
        filled = {Kind.PRIMARY: chosen.on_primary, Kind.MAIN: chosen.on_primary}
        filled |= {Kind.DANGER: chosen.on_danger, Kind.QUIET: chosen.primary}
        colour = filled.get(self._kind)
        side = theme.dp(24 if self._kind is Kind.MAIN else 20)
        # Qt sets icon and text 4 pixels apart; the rest of the gap is part of the picture
        gap = theme.dp(6) if self.text() else 0
        shape = QSize(side + gap, side)
        self.setIcon(icon(picture, shape) if colour is None else tinted(picture, colour, shape))
        self.setIconSize(shape)


def main(text: str, clicked: Callable[[], None], picture: Icon | None = None) -> Button:
    """The one big thing of a page."""
    return _wired(Button(text, Kind.MAIN, picture), clicked)


def primary(text: str, clicked: Callable[[], None], picture: Icon | None = None) -> Button:
    """The way on."""
    return _wired(Button(text, Kind.PRIMARY, picture), clicked)


def plain(text: str, clicked: Callable[[], None], picture: Icon | None = None) -> Button:
    """Something else that can be done here."""
    return _wired(Button(text, Kind.PLAIN, picture), clicked)


def quiet(text: str, clicked: Callable[[], None], picture: Icon | None = None) -> Button:
    """A small way out or aside."""
    return _wired(Button(text, Kind.QUIET, picture), clicked)


def danger(text: str, clicked: Callable[[], None], picture: Icon | None = None) -> Button:
    """Something is lost by this. The text is a verb with its object."""
    return _wired(Button(text, Kind.DANGER, picture), clicked)


def sign(picture: Icon, name: str, clicked: Callable[[], None]) -> Button:
    """An icon alone. The name is spoken, and shown as a tip with the shortcut if it has one."""
    made = Button("", Kind.SIGN, picture)
    made.setAccessibleName(name)
    made.setToolTip(tip(name))
    made.setFixedWidth(theme.dp(44))
    return _wired(made, clicked)


def chip(text: str) -> Button:
    """A small choice that stays pressed; put several in `one_of`."""
    made = Button(text, Kind.CHIP)
    made.setCheckable(True)
    return made


def tile(text: str, picture: Icon | None = None) -> Button:
    """A large choice that stays pressed; put several in `one_of`."""
    made = Button(text, Kind.TILE, picture)
    made.setCheckable(True)
    return made


def one_of(*choices: QPushButton) -> QButtonGroup:
    """Of these only one is pressed at a time. Keep the group: it holds the rule."""
    group = QButtonGroup(choices[0] if choices else None)
    group.setExclusive(True)
    for at, choice in enumerate(choices):
        group.addButton(choice, at)
    return group


def tip(text: str, shortcut: QKeySequence | None = None) -> str:
    """A tool tip that Qt cannot take for rich text, with the shortcut in brackets."""
    shown = text.replace("<", "‹").replace("&", "")
    if shortcut is None or shortcut.isEmpty():
        return shown
    return f"{shown} ({shortcut.toString(QKeySequence.SequenceFormat.NativeText)})"


def _wired(button: Button, clicked: Callable[[], None]) -> Button:
    button.clicked.connect(lambda _: clicked())
    return button
