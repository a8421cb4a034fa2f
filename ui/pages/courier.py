"""Carry bundles: check them and copy them. No vault, no key, and no name of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import courier, files
from app.courier import Verdict
from app.errors import AlreadyThere, AppError
from app.i18n import _, ngettext
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from crypto.errors import CryptoError
from ui.ask import Choice, OpenWish, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.courier_row import CourierRow
from ui.place import PlaceChoice, in_button
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, hint
from ui.widgets.empty import Empty
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What became of a copy job: files written and read back, and those that were there."""

    written: int
    there: int
    stick: str


class CourierPage(Page):
    """Drop, see, copy. The list lives as long as the page: nothing is kept of what was carried."""

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
        self.place = PlaceChoice(desk)
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
        made = CourierRow(path, self._drop)
        self.rows.append(made)
        self.found.addWidget(made)

        def done(verdict: Verdict) -> None:
            made.show_verdict(verdict)
            self._look()

        def failed(error: Exception) -> None:
            if not isinstance(error, AppError | CryptoError):
                raise error
            made.show_failure(error)
            self._look()

        self.session.work(
            made, lambda progress: courier.verify(path, progress=progress), done, failed
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
        place = self.place.chosen
        if place is not None:
            self.copy.setText(_("Copy to “{place}”").format(place=in_button(place.name)))
        else:
            self.copy.setText(_("Copy to a stick…"))

    # --- copying --------------------------------------------------------------------------------

    def _copy_to(self, stick: Stick) -> None:
        clear(self.outcome)
        paths = tuple(each.path for each in self._carried())
        if not paths or not self.place.fits:
            return
        self.copy.setEnabled(False)
        task = self.session.work(
            self,
            lambda progress: copy_all(paths, stick.path, progress),
            self._copied,
            self._not_copied,
        )
        # a job that was stopped says nothing: the button comes back all the same
        task.finished.connect(self._look)

    def _copied(self, done: Copied) -> None:
        self.place.look()
        count = done.written + done.there
        text = ngettext(
            "{count} bundle is there, read back and the same.",
            "{count} bundles are there, read back and the same.",
            count,
        ).format(count=count)
        self._tell_outcome(
            Stated(
                Tone.OK,
                _("You can pull it out now."),
                _("{text} Place: “{stick}”.").format(text=text, stick=outside(done.stick)),
            )
        )

    def _not_copied(self, error: Exception) -> None:
        self.place.look()
        if not isinstance(error, AppError | CryptoError):
            raise error
        told = notice_of(error)
        self._tell_outcome(Stated(Tone.BAD, told.title, told.text))

    def _tell_outcome(self, stated: Stated) -> None:
        clear(self.outcome)
        self.outcome.addWidget(stated)


def copy_all(paths: tuple[Path, ...], to: Path, progress: Progress) -> Copied:
    """Copies each bundle and reads it back. One that is there already, and the same, counts.

    Raises as courier.copy; AlreadyThere when another file has the name.
    """
    written = there = 0
    for path in paths:
        try:
            courier.copy(path, to=to, progress=progress)
            written += 1
        except AlreadyThere:
            here = courier.verify(path, progress=progress)
            if courier.verify(to / path.name, progress=progress).sha256 != here.sha256:
                raise
            there += 1
    return Copied(written=written, there=there, stick=to.name)
