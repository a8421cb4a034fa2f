"""The slip of a courier: written from what is on the list, and compared with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app import clock, files, slips
from app.errors import AppError
from app.i18n import _, ngettext
from app.slips import Compared, Found, Match, Slip
from app.slips.slip import MAX_ITEMS
from app.tasks import Progress
from ui import slip_sheet
from ui.ask import FileKind, OpenWish, Prompt, SaveWish
from ui.failures import notice_of
from ui.page import Desk
from ui.widgets import buttons
from ui.widgets.arrange import Card, flow, hint
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated

_TEXT = ".txt"


class Listed(Protocol):
    """What the card asks the page for."""

    def whole_files(self) -> tuple[Path, ...]:
        """The files of the list that can be carried."""

    def every_file(self) -> tuple[Path, ...]:
        """All files of the list."""

    def tell_outcome(self, *stated: Stated) -> None:
        """Show this in the place of what was said before."""


class SlipCard(Card):
    """Three ways: write a slip, compare with the file of one, compare with names typed from it."""

    def __init__(self, desk: Desk, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(_("Slip"), parent=parent)
        self._desk = desk
        self._listed = listed
        self.body.addWidget(
            hint(
                _(
                    "A list that travels apart from the files and names nobody. On arrival it shows"
                    " what is missing, altered or renamed."
                )
            )
        )
        self.body.addLayout(
            flow(
                buttons.plain(_("Write a slip…"), self._write),
                buttons.plain(_("Compare with a slip…"), self._open),
                buttons.plain(_("Type the names…"), self._type),
            )
        )

    # --- writing --------------------------------------------------------------------------------

    def _write(self) -> None:
        paths = self._listed.whole_files()
        if not 0 < len(paths) <= MAX_ITEMS:
            self._listed.tell_outcome(
                Stated(Tone.WARN, _("There is nothing to list"), _("No file here is undamaged."))
            )
            return
        today = clock.now().date()
        wish = SaveWish(
            title=_("Where shall the slip be put?"),
            name=f"{today.isoformat()}.pdf",
            kinds=(
                FileKind(label=_("To print"), patterns=("*.pdf",)),
                FileKind(label=_("Text"), patterns=("*.txt",)),
            ),
        )
        target = self._desk.ask.save_file(wish)
        if target is not None:
            self._desk.session.work(
                self,
                lambda progress: _made(paths, today, target, progress),
                self._saved,
                self._failed,
            )

    def _saved(self, slip: Slip) -> None:
        count = len(slip.items)
        self._listed.tell_outcome(
            Stated(
                Tone.OK,
                _("The slip is written"),
                ngettext("It lists {count} file.", "It lists {count} files.", count).format(
                    count=count
                )
                + " "
                + _("Send it by another way than the files."),
            )
        )

    # --- comparing ------------------------------------------------------------------------------

    def _open(self) -> None:
        path = self._desk.ask.open_file(OpenWish(title=_("Choose the text file of a slip")))
        if path is not None:
            self._compare(lambda: slips.read_file(path))

    def _type(self) -> None:
        typed = self._desk.ask.text(
            Prompt(
                title=_("The names on the paper"),
                text=_("Type them one after the other, apart by a space, or paste a code's text."),
                label=_("Names"),
                verb=_("Compare"),
            )
        )
        if typed:
            self._compare(lambda: slips.read(typed))

    def _compare(self, read: Callable[[], Slip]) -> None:
        paths = self._listed.every_file()
        self._desk.session.work(
            self,
            lambda progress: slips.compare(read(), paths, progress=progress),
            lambda result: self._listed.tell_outcome(*told(result)),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError):
            raise error
        said = notice_of(error)
        self._listed.tell_outcome(Stated(Tone.BAD, said.title, said.text))


def told(result: Compared) -> list[Stated]:
    """The findings of a comparison, the worst first."""
    found = [
        _of(result, Match.ALTERED, Tone.BAD, _("Altered: not what was listed under this name")),
        _missing(result),
        _of(result, Match.UNREAD, Tone.BAD, _("Could not be read")),
        _of(result, Match.NOT_LISTED, Tone.WARN, _("Not on the slip")),
        _of(result, Match.RENAMED, Tone.NOTE, _("Renamed, and otherwise as listed")),
    ]
    if result.complete:
        found.append(
            Stated(
                Tone.OK,
                _("All of the slip is here"),
                _("Each file that was listed is here, with every byte that it had."),
            )
        )
    return [each for each in found if each is not None]


def _missing(result: Compared) -> Stated | None:
    if not result.missing:
        return None
    count = len(result.missing)
    title = ngettext("{count} file is missing", "{count} files are missing", count)
    names = _lines([each.name for each in result.missing])
    return Stated(Tone.BAD, title.format(count=count), names)


def _of(result: Compared, match: Match, tone: Tone, title: str) -> Stated | None:
    found = [_name(each) for each in result.found if each.match is match]
    return Stated(tone, title, _lines(found)) if found else None


def _name(found: Found) -> str:
    shown = outside(found.path.name)
    if found.match is Match.RENAMED and found.item is not None:
        return _("{file} is {name}").format(file=shown, name=found.item.name)
    return shown


def _lines(names: list[str]) -> str:
    return "\n".join(names)


def _made(paths: tuple[Path, ...], day: date, target: Path, progress: Progress) -> Slip:
    """Read the files, and write their slip: as text where the name ends so, or else to print."""
    slip = slips.make(paths, day=day, progress=progress)
    is_text = target.suffix.lower() == _TEXT
    content = slips.marshal(slip) if is_text else slip_sheet.pdf(slip, progress=progress)
    with files.replacing(target) as out:
        out.write(content)
    return slip
