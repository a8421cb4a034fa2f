"""Saving what a damaged vault still gives, from the open one or from one that does not open."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QWidget

from app import salvage
from app.errors import AppError
from app.i18n import _
from app.paths import Places
from app.salvage import SalvageReport
from app.settings import Role
from app.tasks import Progress, Step
from app.vault import Vault
from crypto.errors import CryptoError
from ui.ask import FolderWish, Question
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import known_vaults, salvage_words
from ui.pages.way_parts import CurrentPassphrase
from ui.tasks import Task
from ui.widgets import buttons
from ui.widgets.arrange import (
    BETWEEN,
    INSIDE,
    STRETCH,
    Card,
    clear,
    column,
    flow,
    hint,
    row,
    within,
)
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, outside
from ui.widgets.stated import Stated

_VAULT_NAME: Final = "vault"
_CLEAR_NAME: Final = "readable"


class SalvagePage(Page):
    """`Visit.files`: the folder of a vault that is not open; without it, the open one is meant."""

    id = "salvage"
    icon = Icon.COPY
    needs = Needs.NOTHING
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Save what is readable")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._damaged: Path | None = None
        self._to: Path | None = None
        self._chosen: Path | None = None
        self._which = OneLine("", TextRole.SMALL)
        self.current = CurrentPassphrase()
        self.current.changed.connect(self._look)
        self.encrypted = buttons.chip(_("A new vault, encrypted"))
        self.clear = buttons.chip(_("Readable files, not encrypted"))
        self.encrypted.setChecked(True)
        self._forms = buttons.one_of(self.encrypted, self.clear)
        self.clear.toggled.connect(lambda _: self._propose())
        self._written = hint("")
        self._place = OneLine("", TextRole.SMALL)
        self.elsewhere = buttons.plain(_("Choose a folder…"), self._choose, Icon.FOLDER)
        self.save = buttons.primary(_("Save what is readable"), self.go_on, Icon.COPY)
        self._found = column(spacing=INSIDE)
        place = row(column(self._place), self.elsewhere, spacing=BETWEEN)
        place.setStretch(0, 1)
        self.put(
            hint(
                _(
                    "For a vault that is damaged. It is only read and stays as it is; whatever it"
                    " still gives is written elsewhere, and what is lost is named."
                )
            ),
            Card(_("Which vault?"), self._which, self.current),
            Card(
                _("What shall be written?"),
                within(QWidget(), flow(self.encrypted, self.clear)),
                self._written,
                Label(_("Where"), TextRole.STRONG),
                place,
            ),
            within(QWidget(), self._found),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.save)

    def arrive(self, visit: Visit) -> None:
        clear(self._found)
        self.current.clear()
        self._damaged = None if self.session.is_unlocked else next(iter(visit.files), None)
        folder = self.session.folder if self.session.is_unlocked else self._damaged
        self._which.setText("" if folder is None else outside(str(folder)))
        self.encrypted.setChecked(True)
        self._chosen = None
        self._propose()

    def flush(self) -> None:
        self.current.clear()

    def go_on(self) -> None:
        """Save, when everything is there."""
        to = self._to
        if to is None or not self.save.isEnabled():
            return
        in_clear = self.clear.isChecked()
        if in_clear and not self.ask.confirm(_sure()):
            return
        try:
            passphrase = self.current.take()
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        self.banner.dismiss()
        clear(self._found)
        self.save.setEnabled(False)
        damaged = self._damaged

        def from_closed(progress: Progress) -> SalvageReport:
            work = salvage.salvage_in_clear if in_clear else salvage.salvage
            _make_usual_place(to)
            return work(damaged or to, passphrase, to=to, progress=_saying(progress))

        def from_open(vault: Vault, progress: Progress) -> SalvageReport:
            work = salvage.salvage_open_in_clear if in_clear else salvage.salvage_open
            _make_usual_place(to)
            return work(vault, passphrase, to=to, progress=_saying(progress))

        def done(report: SalvageReport) -> None:
            self._show(report, to)
            self._propose()

        task: Task | None
        if damaged is None:
            task = self.session.ask(self, from_open, done)
        else:
            task = self.session.work(self, from_closed, done)
        if task is not None:
            task.finished.connect(self._look)

    # --- what is shown ------------------------------------------------------------------------

    def _show(self, report: SalvageReport, to: Path) -> None:
        place = _("It lies in {place}.").format(place=outside(str(to)))
        text = f"{salvage_words.saved(report)}. {place}"
        if report.complete:
            title = _("Saved: nothing is known to be lost")
            self._found.addWidget(Stated(Tone.OK, title, text))
        else:
            title = _("Saved what is readable; something is lost")
            self._found.addWidget(Stated(Tone.WARN, title, text))
            for each in salvage_words.lost(report):
                self._found.addWidget(Paragraph(f"• {each}"))
        self._found.addWidget(
            Paragraph(
                _("The damaged vault was not changed. Keep it: others may get more out of it."),
                TextRole.MUTED,
            )
        )
        if self.clear.isChecked():
            self._found.addWidget(
                Paragraph(_("What was written is not encrypted. Delete it as soon as you can."))
            )

    def _choose(self) -> None:
        try:
            chosen = self.ask.folder(FolderWish(title=_("Where shall it be saved?")))
        except AppError as error:
            self.banner.tell(notice_of(error))
            return
        if chosen is None:
            return
        folder = self.session.folder if self._damaged is None else self._damaged
        if folder is not None and chosen.resolve().is_relative_to(folder.resolve()):
            text = _("Nothing is written into the damaged vault itself.")
            self.tell(Tone.WARN, _("Choose another folder"), text)
            return
        self.banner.dismiss()
        self._chosen = chosen
        self._propose()

    def _propose(self) -> None:
        """Where it will be. What is not encrypted goes nowhere that was not chosen."""
        in_clear = self.clear.isChecked()
        self._written.setText(
            _(
                "Every report as a line of text, every file under its number, and a list of what is"
                " lost. Whoever gets hold of them can read everything."
            )
            if in_clear
            else _("It opens with the same passphrase, and no longer with other ways to open.")
        )
        if self._chosen is not None:
            name = _CLEAR_NAME if in_clear else _VAULT_NAME
            self._to = known_vaults.new_in(self._chosen, name)
        elif in_clear:
            self._to = None
        else:
            self._to = known_vaults.free_in_usual_place(Places.of_this_account())
        self._place.setText(_("None chosen yet") if self._to is None else outside(str(self._to)))
        self._look()

    def _look(self) -> None:
        self.save.setEnabled(self.current.is_there and self._to is not None)


def _sure() -> Question:
    return Question(
        title=_("Write everything in clear?"),
        text=_(
            "Names, reports and files will lie there without encryption. Anybody who finds them can"
            " read them, also after they were deleted."
        ),
        verb=_("Write it in clear"),
        keep=_("Not now"),
    )


def _make_usual_place(to: Path) -> None:
    places = Places.of_this_account()
    if to.is_relative_to(places.data):
        places.make()


def _saying(progress: Progress) -> Progress:
    def said(step: Step) -> None:
        progress(Step(doing=_("Saving what is readable"), done=step.done, total=step.total))

    return said
