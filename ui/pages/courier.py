"""Carry bundles and parts: check them, copy them. No vault, no key, and no name of anybody."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import carrying, files, parts
from app.carrying import Delivery
from app.courier import Verdict
from app.errors import AppError
from app.i18n import _
from app.parts import Checked, Joined, Made, Standing
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from crypto.errors import CryptoError
from ui.ask import Choice, FolderWish, OpenWish, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import courier_told
from ui.pages.courier_parts import PartsCard
from ui.pages.courier_row import CourierRow
from ui.place import in_button
from ui.places import PlacesChoice
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, hint
from ui.widgets.empty import Empty
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Tone
from ui.widgets.stated import Stated


class CourierPage(Page):
    """Drop, see, copy, split, join. The list lives as long as the page: nothing is kept of it."""

    id = "courier"
    icon = Icon.STICK
    needs = Needs.NOTHING
    roles = frozenset({Role.CARRIER})
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Carry bundles")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:
        return preferences.now.role is Role.CARRIER

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.rows: list[CourierRow] = []
        self.drop = FileDrop(
            _("Drop bundle files here"), _("Choose files…"), self._choose, Icon.DROP
        )
        self.drop.dropped.connect(self.take_files)
        self.found = column(spacing=INSIDE)
        self.outcome = column(spacing=INSIDE)
        self.sets = column(spacing=INSIDE)
        self.place = PlacesChoice(desk)
        self.place.changed.connect(self._look)
        self.target = Card(_("Where to?"), self.place)
        self.nothing = Empty(
            Icon.STICK,
            _("Nothing here yet"),
            _("Put in a stick or drop files. Each one is checked against its own name."),
        )
        self.put(
            hint(
                _(
                    "You can check and copy. Nobody can read them on this computer, not even you."
                    " Nothing is kept about what you carried."
                )
            ),
            self.drop,
            self.outcome,
            self.found,
            self.sets,
            self.target,
            self.nothing,
            STRETCH,
        )
        self.copy = buttons.primary(_("Copy to a stick…"), self.go_on, Icon.COPY)
        self.clear = buttons.plain(_("Clear the list"), self._clear)
        self.put_foot(self.clear, STRETCH, self.copy)
        self._look()

    def arrive(self, visit: Visit) -> None:
        self.place.look()
        if visit.files:
            self.take_files(visit.files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        known = {each.path for each in self.rows}
        for path in files:
            if path not in known:
                self._add(path)
        self._look()

    def go_on(self) -> None:
        if self.copy.isEnabled():
            self.place.settle(self._copy_to)

    # --- checking -------------------------------------------------------------------------------

    def _choose(self) -> None:
        self.take_files(self.ask.open_files(OpenWish(title=_("Choose bundle files"))))

    def _add(self, path: Path) -> None:
        made = CourierRow(path, self._drop, self._split)
        self.rows.append(made)
        self.found.addWidget(made)

        def done(found: Verdict | Checked) -> None:
            if isinstance(found, Checked):
                made.show_part(found)
                self._show_sets()
            else:
                made.show_verdict(found)
            self._look()

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError | CryptoError):
                raise error
            made.show_failure(error)
            self._look()

        self.session.work(
            made, lambda progress: carrying.look(path, progress=progress), done, failed
        )

    def _drop(self, dropped: CourierRow) -> None:
        chosen = self.ask.choose(
            Choice(
                title=_("Remove this file?"),
                text=_(
                    "Taking it off the list leaves the file where it is. A deleted file can"
                    " sometimes be found again on a stick or disk; what would be found is sealed."
                ),
                options=(
                    Option(id="list", verb=_("Take off the list")),
                    Option(id="file", verb=_("Delete the file"), loses=True),
                ),
            )
        )
        if chosen == "list":
            self._forget(dropped)
        elif chosen == "file":
            self.session.work(
                self, lambda _: files.remove(dropped.path), lambda _: self._forget(dropped)
            )

    def _forget(self, row: CourierRow) -> None:
        if row in self.rows:
            self.rows.remove(row)
        self.found.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._show_sets()
        self._look()

    def _clear(self) -> None:
        for each in tuple(self.rows):
            self._forget(each)
        clear(self.outcome)

    def _carried(self) -> list[CourierRow]:
        return [each for each in self.rows if each.can_be_copied]

    def _look(self) -> None:
        """Offer what can be done with what is there."""
        carried = self._carried()
        self.target.setVisible(bool(carried))
        self.clear.setVisible(bool(self.rows))
        self.nothing.setVisible(not self.rows)
        self.place.need(tuple(each.bytes for each in carried))
        self.copy.setEnabled(bool(carried) and self.place.fits)
        places = self.place.chosen
        if len(places) == 1:
            self.copy.setText(_("Copy to “{place}”").format(place=in_button(places[0].name)))
        elif places:
            self.copy.setText(_("Copy to {count} places").format(count=len(places)))
        else:
            self.copy.setText(_("Copy to a stick…"))

    # --- copying --------------------------------------------------------------------------------

    def _copy_to(self, places: tuple[Stick, ...]) -> None:
        clear(self.outcome)
        paths = tuple(each.path for each in self._carried())
        if not paths or not self.place.fits:
            return
        self.copy.setEnabled(False)
        to = tuple(each.path for each in places)
        task = self.session.work(
            self,
            lambda progress: carrying.copy_all(paths, to=to, progress=progress),
            self._copied,
            self._failed,
        )
        # a job that was stopped says nothing: the button comes back all the same
        task.finished.connect(self._look)

    def _copied(self, done: tuple[Delivery, ...]) -> None:
        self.place.look()
        self._tell_outcome(*courier_told.told(done))

    def _failed(self, error: Exception) -> None:
        self.place.look()
        if not isinstance(error, AppError | CryptoError):
            raise error
        said = notice_of(error)
        self._tell_outcome(Stated(Tone.BAD, said.title, said.text))

    def _tell_outcome(self, *stated: Stated) -> None:
        clear(self.outcome)
        for each in stated:
            self.outcome.addWidget(each)

    # --- parts ----------------------------------------------------------------------------------

    def _show_sets(self) -> None:
        clear(self.sets)
        found = [each.part for each in self.rows if each.part is not None]
        for standing in parts.standing_of(found):
            self.sets.addWidget(PartsCard(standing, self._join, self._remake))

    def _split(self, path: Path) -> None:
        chosen = self.ask.choose(
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
            self.place.settle(lambda places: self._split_to(path, needed, total, places))

    def _split_to(self, path: Path, needed: int, total: int, places: tuple[Stick, ...]) -> None:
        folders = [each.path for each in places]
        self.session.work(
            self,
            lambda progress: parts.split(
                path, needed=needed, total=total, folders=folders, progress=progress
            ),
            self._made,
            self._failed,
        )

    def _join(self, standing: Standing) -> None:
        folder = self.ask.folder(FolderWish(title=_("Where shall the bundle be put?")))
        if folder is not None:
            self.session.work(
                self, partial(_joined, standing, folder), self._show_joined, self._failed
            )

    def _show_joined(self, joined: Joined) -> None:
        self.take_files((joined.path,))
        self._tell_outcome(
            Stated(
                Tone.OK,
                _("The bundle is whole again"),
                _("It was joined, compared with its digest and read back. It is on the list now."),
            )
        )

    def _remake(self, standing: Standing) -> None:
        folder = self.ask.folder(FolderWish(title=_("Where shall the parts be put?")))
        if folder is not None:
            self.session.work(self, partial(_remade, standing, folder), self._made, self._failed)

    def _made(self, made: list[Made]) -> None:
        self.take_files(tuple(each.path for each in made))
        self.place.look()
        self._tell_outcome(
            Stated(
                Tone.OK,
                _("The parts are there, read back"),
                _("They are on the list now. Carry them by different ways."),
            )
        )


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
