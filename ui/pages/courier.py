"""Carry bundles: check them and copy them. No vault, no key, and no name of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import courier, files, sizes, sticks
from app.courier import Verdict
from app.errors import AlreadyThere, AppError, MediumFailed, NoRoom, ReadBackDiffers
from app.i18n import _, ngettext
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from crypto.errors import CryptoError
from ui.ask import Choice, FolderWish, OpenWish, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.courier_row import CourierRow
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, hint, row
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Paragraph, Tone, outside
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
        self.target = column(spacing=INSIDE)
        self.put(
            hint(
                _(
                    "You can check and copy. Nobody can read them on this computer, not even you."
                    " Nothing is kept about what you carried."
                )
            ),
            self.drop,
            self.outcome,
            self.target,
            self.found,
            STRETCH,
        )
        self.copy = buttons.primary(_("Copy to a stick…"), self.go_on, Icon.COPY)
        self.clear = buttons.plain(_("Clear the list"), self._clear)
        self.put_foot(self.clear, STRETCH, self.copy)
        self._look()

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        known = {each.path for each in self.rows}
        for path in files:
            if path not in known:
                self._add(path)
        self._look()

    def go_on(self) -> None:
        if not self._carried():
            return
        clear(self.outcome)
        self.session.work(self, lambda _: sticks.plugged_in(), self._offer)

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
        clear(self.target)

    def _carried(self) -> list[CourierRow]:
        return [each for each in self.rows if each.can_be_copied]

    def _look(self) -> None:
        """Offer what can be done with what is there."""
        carried = self._carried()
        self.copy.setEnabled(bool(carried))
        self.clear.setVisible(bool(self.rows))
        text = _("Copy to a stick…")
        if len(carried) > 1:
            text = ngettext(
                "Copy {count} bundle to a stick…", "Copy {count} bundles to a stick…", len(carried)
            ).format(count=len(carried))
        self.copy.setText(text)

    # --- copying --------------------------------------------------------------------------------

    def _needed(self) -> int:
        return sum(each.verdict.outer.size for each in self._carried() if each.verdict)

    def _offer(self, found: list[Stick]) -> None:
        """Show the sticks that are plugged in, with what they can take."""
        clear(self.target)
        card = Card(_("Where to?"))
        if not found:
            card.body.addWidget(
                Paragraph(
                    _("No stick is plugged in. Put one in and look again, or choose a folder.")
                )
            )
        for stick in found:
            card.body.addLayout(self._stick_line(stick))
        again = buttons.plain(_("Look again"), self.go_on, Icon.SEARCH)
        other = buttons.plain(_("Choose a folder…"), self._choose_folder, Icon.FOLDER)
        card.body.addLayout(row(again, other, STRETCH))
        self.target.addWidget(card)

    def _stick_line(self, stick: Stick) -> QHBoxLayout:
        button = buttons.primary(
            _("Copy to “{stick}”").format(stick=stick.name),
            lambda: self._copy_to(stick),
            Icon.STICK,
        )
        button.setEnabled(all(stick.fits(size) for size in self._sizes()) and self._fits(stick))
        return row(Paragraph(stick_words(stick, self._needed())), button, spacing=14)

    def _sizes(self) -> list[int]:
        return [each.verdict.outer.size for each in self._carried() if each.verdict]

    def _fits(self, stick: Stick) -> bool:
        return self._needed() <= stick.free

    def _choose_folder(self) -> None:
        folder = self.ask.folder(FolderWish(title=_("Where shall the copies go?")))
        if folder is not None:
            self.session.work(self, lambda _: sticks.look(folder), self._copy_to)

    def _copy_to(self, stick: Stick) -> None:
        clear(self.target)
        paths = tuple(each.path for each in self._carried())
        self.copy.setEnabled(False)
        self.session.work(
            self,
            lambda progress: copy_all(paths, stick.path, progress),
            self._copied,
            self._not_copied,
        )

    def _copied(self, done: Copied) -> None:
        self._look()
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
        self._look()
        if not isinstance(error, AppError | CryptoError):
            raise error
        told = notice_of(error)
        advice = {
            NoRoom: _("The bundle here is safe."),
            MediumFailed: _("The copy is not complete; try again."),
            ReadBackDiffers: _("This stick is going bad. Use another."),
        }.get(type(error), "")
        self._tell_outcome(Stated(Tone.BAD, told.title, f"{told.text} {advice}".strip()))

    def _tell_outcome(self, stated: Stated) -> None:
        clear(self.outcome)
        self.outcome.addWidget(stated)


def stick_words(stick: Stick, needed: int) -> str:
    """Name, room and what else is there; why it cannot take what is needed, if so."""
    name = outside(stick.name)
    free = sizes.words(stick.free)
    if not stick.writable:
        return _("“{stick}” is write-protected.").format(stick=name)
    if needed > stick.free:
        return _("“{stick}” has {free}, {needed} are needed.").format(
            stick=name, free=free, needed=sizes.words(needed)
        )
    if stick.largest is not None and needed > stick.largest:
        return _("“{stick}” holds no file over {limit}: format it as exFAT.").format(
            stick=name, limit=sizes.words(stick.largest)
        )
    others = ngettext("{count} other file on it", "{count} other files on it", stick.others).format(
        count=stick.others
    )
    return _("“{stick}”: {free} free, {others}").format(stick=name, free=free, others=others)


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
