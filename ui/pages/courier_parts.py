"""A bundle in parts as a courier sees it: which are here, damaged, missing, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app import parts, sizes
from app.errors import AppError
from app.i18n import _
from app.parts import Checked, Joined, Made, PartState, Standing
from app.sticks import Stick
from app.tasks import Progress
from ui.ask import Choice, FolderWish, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk
from ui.places import PlacesChoice
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, clear, column, flow, hint, row, within
from ui.widgets.plain import Tone
from ui.widgets.stated import Stated, mark

TONES = {PartState.WHOLE: Tone.OK, PartState.DAMAGED: Tone.BAD, PartState.MISSING: Tone.WARN}


class PartsCard(Card):
    """The parts of one bundle, each with its state, whether they are enough, and two ways on."""

    def __init__(
        self,
        standing: Standing,
        join: Callable[[Standing], None],
        remake: Callable[[Standing], None],
        parent: QWidget | None = None,
    ) -> None:
        split = standing.split
        super().__init__(
            _("A bundle of {size} in {total} parts").format(
                size=sizes.words(split.size), total=split.total
            ),
            parent=parent,
        )
        self.standing = standing
        self.body.addWidget(
            hint(_("Any {needed} of them give it again.").format(needed=split.needed))
        )
        self.body.addLayout(
            flow(*(_mark(at, each) for at, each in enumerate(standing.states)), spacing=INSIDE * 2)
        )
        here = len(standing.those(PartState.WHOLE))
        if standing.enough:
            self.body.addWidget(
                Stated(
                    Tone.OK,
                    _("Enough parts are here"),
                    _("{here} are whole, {needed} are needed.").format(
                        here=here, needed=split.needed
                    ),
                )
            )
        else:
            self.body.addWidget(
                Stated(
                    Tone.WARN,
                    _("Not enough parts are here"),
                    _("{here} are whole, {needed} are needed. Drop the other parts here.").format(
                        here=here, needed=split.needed
                    ),
                )
            )
        verbs = row(spacing=INSIDE)
        # damaged parts may still make it together; joining tells
        if len(standing.those(PartState.MISSING)) <= split.total - split.needed:
            verbs.addWidget(buttons.plain(_("Join the parts…"), lambda: join(standing), Icon.CHECK))
            if standing.lost:
                verbs.addWidget(
                    buttons.plain(
                        _("Make the lost parts again…"), lambda: remake(standing), Icon.REPAIR
                    )
                )
        verbs.addStretch(1)
        self.body.addLayout(verbs)


def _mark(index: int, state: PartState) -> QWidget:
    words = {
        PartState.WHOLE: _("{number}: undamaged"),
        PartState.DAMAGED: _("{number}: damaged"),
        PartState.MISSING: _("{number}: missing"),
    }
    return mark(TONES[state], words[state].format(number=index + 1))


class Listed(Protocol):
    """What parts ask of the page with the list."""

    def take_files(self, files: tuple[Path, ...]) -> None:
        """Put these on the list."""

    def tell_outcome(self, *stated: Stated) -> None:
        """Show this in the place of what was said before."""


class PartsArea(QWidget):
    """A card for each bundle whose parts are on the list; splits, joins and makes parts again."""

    def __init__(
        self, desk: Desk, place: PlacesChoice, listed: Listed, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place = place
        self._listed = listed
        self._sets = column(spacing=INSIDE)
        within(self, self._sets)
        self.hide()

    def show_standing(self, checked: Iterable[Checked]) -> None:
        """Show the bundles to which these parts belong."""
        clear(self._sets)
        found = parts.standing_of(checked)
        self.setVisible(bool(found))
        for standing in found:
            self._sets.addWidget(PartsCard(standing, self._join, self._remake))

    def split(self, path: Path) -> None:
        """Ask into how many parts, and split the bundle at `path` over the places chosen."""
        chosen = self._desk.ask.choose(
            Choice(
                title=_("Split into how many parts?"),
                text=_(
                    "Carried by several ways, some of the parts may be lost. Whoever finds one has"
                    " a piece of a sealed file. Each place chosen gets some in turn."
                ),
                options=tuple(
                    Option(id=f"{needed} {total}", verb=_any_of(needed, total))
                    for needed, total in _SPLITS
                ),
            )
        )
        if chosen is not None:
            needed, total = (int(each) for each in chosen.split())
            self._place.settle(lambda places: self._split_to(path, needed, total, places))

    def _split_to(self, path: Path, needed: int, total: int, places: tuple[Stick, ...]) -> None:
        folders = [each.path for each in places]
        self._desk.session.work(
            self,
            lambda progress: parts.split(
                path, needed=needed, total=total, folders=folders, progress=progress
            ),
            self._made,
            self._failed,
        )

    def _join(self, standing: Standing) -> None:
        folder = self._desk.ask.folder(FolderWish(title=_("Where shall the bundle be put?")))
        if folder is not None:
            self._desk.session.work(
                self, partial(_joined, standing, folder), self._show_joined, self._failed
            )

    def _show_joined(self, joined: Joined) -> None:
        self._listed.take_files((joined.path,))
        self._listed.tell_outcome(
            Stated(
                Tone.OK,
                _("The bundle is whole again"),
                _("It was joined, compared with its digest and read back. It is on the list now."),
            )
        )

    def _remake(self, standing: Standing) -> None:
        folder = self._desk.ask.folder(FolderWish(title=_("Where shall the parts be put?")))
        if folder is not None:
            self._desk.session.work(
                self, partial(_remade, standing, folder), self._made, self._failed
            )

    def _made(self, made: list[Made]) -> None:
        self._listed.take_files(tuple(each.path for each in made))
        self._place.look()
        self._listed.tell_outcome(
            Stated(
                Tone.OK,
                _("The parts are there, read back"),
                _("They are on the list now. Carry them by different ways."),
            )
        )

    def _failed(self, error: Exception) -> None:
        self._place.look()
        if not isinstance(error, AppError):
            raise error
        said = notice_of(error)
        self._listed.tell_outcome(Stated(Tone.BAD, said.title, said.text))


_SPLITS = ((2, 3), (3, 5), (5, 8))
"""The ways to split that are offered here; the command line takes any."""


def _any_of(needed: int, total: int) -> str:
    return _("Any {needed} of {total}").format(needed=needed, total=total)


def _joined(standing: Standing, folder: Path, progress: Progress) -> Joined:
    return parts.join(standing.paths, to=folder, progress=progress)


def _remade(standing: Standing, folder: Path, progress: Progress) -> list[Made]:
    return [
        parts.remake(standing.paths, index=index, to=folder, progress=progress)
        for index in standing.lost
    ]
