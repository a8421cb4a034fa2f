"""Where something is to be saved: a stick that is plugged in, or a folder that is chosen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import sizes, sticks
from app.i18n import _, ngettext
from app.sticks import Stick
from ui.ask import FolderWish
from ui.icons import Icon
from ui.page import Desk
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, clear, column, flow, group, hint, within
from ui.widgets.buttons import Button
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated


class PlaceChoice(QWidget):
    """The sticks as buttons, and "another folder". One single stick that fits is chosen already.

    `changed` is emitted when another place is chosen or the sticks were looked at again.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._needed: tuple[int, ...] = ()
        self._found: list[Stick] = []
        self.chosen: Stick | None = None
        self._tiles = column(spacing=INSIDE)
        self._said = column(spacing=INSIDE)
        within(self, column(self._tiles, self._said, spacing=INSIDE))

    def look(self) -> None:
        """See which sticks are plugged in now, and whether a folder chosen by hand is there yet."""
        by_hand = [each.path for each in self._listed() if each not in self._found]
        self._desk.session.work(
            self, lambda _: (sticks.plugged_in(), sticks.looked_at(by_hand)), self._show
        )

    def need(self, needed: tuple[int, ...]) -> None:
        """Files of these sizes in bytes will be written."""
        if needed != self._needed:
            self._needed = needed
            self._say()

    def settle(self, then: Callable[[Stick], None]) -> None:
        """Call `then` with the place, after asking for a folder where none is chosen."""
        if self.chosen is not None:
            then(self.chosen)
        else:
            self._choose_folder(then)

    @property
    def fits(self) -> bool:
        """Whether the place chosen can take it; true while none is chosen."""
        return self.chosen is None or fits_all(self.chosen, self._needed)

    def _show(self, looked: tuple[list[Stick], list[Stick]]) -> None:
        self._found, by_hand = looked
        before = self.chosen
        # what was chosen stays so, with the room that it has now
        here = [*self._found, *by_hand]
        self.chosen = next((each for each in here if before and each.path == before.path), None)
        fitting = [each for each in self._found if fits_all(each, self._needed)]
        if self.chosen is None and len(fitting) == 1:
            self.chosen = fitting[0]
        self._build()

    def _build(self) -> None:
        clear(self._tiles)
        shown: list[Button] = []
        for stick in self._listed():
            tile = buttons.chip(_("“{place}”").format(place=in_button(stick.name)))
            tile.set_picture(Icon.STICK if stick in self._found else Icon.FOLDER)
            tile.setChecked(self.chosen is not None and self.chosen.path == stick.path)
            tile.clicked.connect(lambda _, stick=stick: self._take(stick))
            shown.append(tile)
        text = _("Another folder…") if shown else _("Choose a folder…")
        other = buttons.plain(text, lambda: self._choose_folder(self._take), Icon.FOLDER)
        again = buttons.quiet(_("Look for sticks again"), self.look)
        if not shown:
            self._tiles.addWidget(hint(_("No stick is plugged in.")))
        self._tiles.addWidget(group(flow(*shown, other, again)))
        self._say()

    def _listed(self) -> list[Stick]:
        elsewhere = self.chosen is not None and all(
            each.path != self.chosen.path for each in self._found
        )
        return [*self._found, *([self.chosen] if self.chosen is not None and elsewhere else [])]

    def _choose_folder(self, then: Callable[[Stick], None]) -> None:
        folder = self._desk.ask.folder(FolderWish(title=_("Where shall it be saved?")))
        if folder is None:
            return

        def looked(stick: Stick) -> None:
            self._take(stick)
            if then != self._take:
                then(stick)

        self._desk.session.work(self, lambda _: sticks.look(folder), looked)

    def _take(self, stick: Stick) -> None:
        self.chosen = stick
        self._build()

    def _say(self) -> None:
        clear(self._said)
        if self.chosen is not None:
            tone = Tone.NOTE if fits_all(self.chosen, self._needed) else Tone.BAD
            self._said.addWidget(Stated(tone, room_words(self.chosen, self._needed)))
        self.changed.emit()


def in_button(name: str) -> str:
    """A name from outside for the text of a button, where an ampersand would underline."""
    return outside(name).replace("&", "&&")


def fits_all(stick: Stick, needed: tuple[int, ...]) -> bool:
    """Whether files of these sizes in bytes can be written there, all of them."""
    return sum(needed) <= stick.free and all(stick.fits(each) for each in needed) and stick.writable


def room_words(stick: Stick, files: tuple[int, ...]) -> str:
    """Name, room and what else is there; why it cannot take what is needed, if so."""
    name = outside(stick.name)
    free = sizes.words(stick.free)
    needed = sum(files)
    if not stick.writable:
        return _("“{stick}” is write-protected.").format(stick=name)
    if needed > stick.free:
        return _("“{stick}” has {free}, {needed} are needed.").format(
            stick=name, free=free, needed=sizes.words(needed)
        )
    if stick.largest is not None and max(files, default=0) > stick.largest:
        return _("“{stick}” holds no file over {limit}: format it as exFAT.").format(
            stick=name, limit=sizes.words(stick.largest)
        )
    others = ngettext("{count} other file on it", "{count} other files on it", stick.others).format(
        count=stick.others
    )
    return _("“{stick}”: {free} free, {others}").format(stick=name, free=free, others=others)
