"""Carry bundles and parts: check them, copy them. No vault, no key, and no name of anybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import carrying, files
from app.carrying import Delivery
from app.courier import Verdict
from app.errors import AppError
from app.i18n import _
from app.parts import Checked
from app.settings import Role
from app.sticks import Stick
from crypto.errors import CryptoError
from ui.ask import Choice, OpenWish, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import courier_told
from ui.pages.courier_parts import PartsArea
from ui.pages.courier_row import CourierRow
from ui.pages.courier_slip import SlipCard
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
        self.place = PlacesChoice(desk)
        self.sets = PartsArea(desk, self.place, self)
        self.slip = SlipCard(desk, self)
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
            self.slip,
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
        made = CourierRow(path, self._drop, self.sets.split)
        self.rows.append(made)
        self.found.addWidget(made)

        def done(found: Verdict | Checked) -> None:
            if isinstance(found, Checked):
                made.show_part(found)
                self.sets.show_standing(self._parts())
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
        self.sets.show_standing(self._parts())
        self._look()

    def _clear(self) -> None:
        for each in tuple(self.rows):
            self._forget(each)
        clear(self.outcome)

    def whole_files(self) -> tuple[Path, ...]:
        return tuple(each.path for each in self._carried())

    def every_file(self) -> tuple[Path, ...]:
        return tuple(each.path for each in self.rows)

    def tell_outcome(self, *stated: Stated) -> None:
        clear(self.outcome)
        for each in stated:
            self.outcome.addWidget(each)

    def _parts(self) -> list[Checked]:
        return [each.part for each in self.rows if each.part is not None]

    def _carried(self) -> list[CourierRow]:
        return [each for each in self.rows if each.can_be_copied]

    def _look(self) -> None:
        """Offer what can be done with what is there."""
        carried = self._carried()
        self.target.setVisible(bool(carried))
        self.slip.setVisible(bool(self.rows))
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
        paths = self.whole_files()
        if not paths or not self.place.fits:
            return
        self.copy.setEnabled(False)
        to = tuple(each.path for each in places)
        task = self.session.work(
            self,
            lambda progress: carrying.copy_all(paths, to=to, progress=progress),
            self._copied,
            self._not_copied,
        )
        # a job that was stopped says nothing: the button comes back all the same
        task.finished.connect(self._look)

    def _copied(self, done: tuple[Delivery, ...]) -> None:
        self.place.look()
        self.tell_outcome(*courier_told.told(done))

    def _not_copied(self, error: Exception) -> None:
        self.place.look()
        if not isinstance(error, AppError | CryptoError):
            raise error
        said = notice_of(error)
        self.tell_outcome(Stated(Tone.BAD, said.title, said.text))
