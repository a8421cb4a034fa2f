"""Where copies go: one stick or several that are plugged in, and folders chosen by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import sticks
from app.i18n import _
from app.sticks import Stick
from ui.ask import FolderWish
from ui.icons import Icon
from ui.page import Desk
from ui.place import fits_all, in_button, room_words
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, clear, column, flow, group, hint, within
from ui.widgets.buttons import Button
from ui.widgets.plain import Tone
from ui.widgets.stated import Stated


class PlacesChoice(QWidget):
    """The sticks as buttons that stay pressed, several at a time, and "another folder".

    One single stick that fits is chosen already. What was chosen stays so when the sticks are
    looked at again, as long as it is there. `changed` is emitted when something else is chosen or
    the sticks were looked at.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._needed: tuple[int, ...] = ()
        self._found: list[Stick] = []
        self._by_hand: list[Stick] = []
        self._off: set[Path] = set()
        self._on: list[Path] = []
        self._tiles = column(spacing=INSIDE)
        self._said = column(spacing=INSIDE)
        within(self, column(self._tiles, self._said, spacing=INSIDE))

    @property
    def chosen(self) -> tuple[Stick, ...]:
        """The places chosen, in the order in which they are listed."""
        return tuple(each for each in self._listed() if each.path in self._on)

    @property
    def fits(self) -> bool:
        """Whether every place chosen can take it; true while none is chosen."""
        return all(fits_all(each, self._needed) for each in self.chosen)

    def look(self) -> None:
        """See which sticks are plugged in now, and whether the other folders are there yet."""
        by_hand = [each.path for each in self._by_hand]
        self._desk.session.work(
            self, lambda _: (sticks.plugged_in(), sticks.looked_at(by_hand)), self._show
        )

    def need(self, needed: tuple[int, ...]) -> None:
        """Files of these sizes in bytes will be written to each place."""
        if needed != self._needed:
            self._needed = needed
            self._say()

    def settle(self, then: Callable[[tuple[Stick, ...]], None]) -> None:
        """Call `then` with the places, after asking for a folder where none is chosen."""
        if self.chosen:
            then(self.chosen)
        else:
            self._choose_folder(lambda: then(self.chosen))

    def _listed(self) -> list[Stick]:
        found = {each.path for each in self._found}
        return [*self._found, *(each for each in self._by_hand if each.path not in found)]

    def _show(self, looked: tuple[list[Stick], list[Stick]]) -> None:
        self._found, self._by_hand = looked
        here = {each.path for each in self._listed()}
        self._on = [each for each in self._on if each in here]
        fitting = [each for each in self._found if fits_all(each, self._needed)]
        # the only one, unless it was put aside
        if not self._on and len(fitting) == 1 and fitting[0].path not in self._off:
            self._on = [fitting[0].path]
        self._build()

    def _build(self) -> None:
        clear(self._tiles)
        shown: list[Button] = []
        for stick in self._listed():
            tile = buttons.chip(_("“{place}”").format(place=in_button(stick.name)))
            tile.set_picture(Icon.STICK if stick in self._found else Icon.FOLDER)
            tile.setChecked(stick.path in self._on)
            tile.toggled.connect(lambda on, path=stick.path: self._turn(path, is_on=on))
            shown.append(tile)
        text = _("Another folder…") if shown else _("Choose a folder…")
        other = buttons.plain(text, lambda: self._choose_folder(lambda: None), Icon.FOLDER)
        again = buttons.quiet(_("Look for sticks again"), self.look)
        if not self._found:
            self._tiles.addWidget(hint(_("No stick is plugged in.")))
        elif len(shown) > 1:
            self._tiles.addWidget(hint(_("Choose one or several: each gets all of it.")))
        self._tiles.addWidget(group(flow(*shown, other, again)))
        self._say()

    def _turn(self, path: Path, *, is_on: bool) -> None:
        self._on = [each for each in self._on if each != path]
        if is_on:
            self._on.append(path)
            self._off.discard(path)
        else:
            self._off.add(path)
        self._say()

    def _choose_folder(self, then: Callable[[], None]) -> None:
        folder = self._desk.ask.folder(FolderWish(title=_("Where shall it be saved?")))
        if folder is None:
            return

        def looked(stick: Stick) -> None:
            if stick.path not in {each.path for each in self._listed()}:
                self._by_hand.append(stick)
            if stick.path not in self._on:
                self._on.append(stick.path)
            self._build()
            then()

        self._desk.session.work(self, lambda _: sticks.look(folder), looked)

    def _say(self) -> None:
        clear(self._said)
        for each in self.chosen:
            tone = Tone.NOTE if fits_all(each, self._needed) else Tone.BAD
            self._said.addWidget(Stated(tone, room_words(each, self._needed)))
        self.changed.emit()
