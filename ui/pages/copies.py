"""Safe copies: what is due, making one, trying one, and what opens which."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import files, typed
from app.backup import drilling, making, notes, recovery, reminding, restoring
from app.backup.drilling import Drill
from app.backup.making import Made
from app.backup.notes import CopyNote, Lock
from app.backup.reminding import Due
from app.errors import AppError
from app.i18n import _
from app.settings import Role
from app.sticks import Stick
from app.tasks import Progress
from app.vault import Vault
from crypto.age import PassphraseIdentity
from crypto.errors import CryptoError
from ui.ask import OpenWish, Prompt, Question, SaveWish
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import copy_words
from ui.pages.way_parts import CurrentPassphrase
from ui.place import PlaceChoice
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, flow, hint, row, within
from ui.widgets.plain import Paragraph, TextRole, Tone
from ui.widgets.stated import Stated

Making = Callable[[Vault, Progress], Made]
Trying = Callable[[Vault, Progress], Drill]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    copies: tuple[CopyNote, ...]
    due: tuple[Due, ...]


class CopiesPage(Page):
    """Reached from the settings and from what Home says is due."""

    id = "copies"
    icon = Icon.COPY
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Safe copies")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._due = column(spacing=INSIDE)
        self._listed = column(spacing=INSIDE)
        self._found = column(spacing=INSIDE)
        self.current = CurrentPassphrase()
        self.with_passphrase = buttons.chip(_("My passphrase"))
        self.with_key = buttons.chip(_("The copy key"))
        self.with_passphrase.setChecked(True)
        self._locks = buttons.one_of(self.with_passphrase, self.with_key)
        self.with_key.toggled.connect(lambda _: self._look())
        self._said = hint("")
        self.place = PlaceChoice(desk)
        self.make = buttons.primary(_("Make a safe copy"), self.go_on, Icon.COPY)
        self.key = buttons.quiet(_("Save the copy key…"), self._save_key, Icon.KEY)
        self.trial = buttons.plain(_("Try a copy…"), self._try, Icon.CHECK)
        about = hint(
            _(
                "A safe copy is one encrypted file with everything in this vault. Keep it where"
                " nobody finds it together with this computer."
            )
        )
        opens = within(QWidget(), flow(self.with_passphrase, self.with_key))
        self.put(
            about,
            within(QWidget(), self._due),
            Card(
                _("What shall open the copy?"),
                opens,
                self._said,
                self.current,
                row(self.key, STRETCH),
            ),
            Card(_("Where shall it be saved?"), self.place, row(STRETCH, self.make)),
            Card(
                _("Does it restore?"),
                hint(
                    _(
                        "The copy is restored beside the vault, encrypted as the vault is, compared"
                        " with it piece by piece, and removed again."
                    )
                ),
                row(self.trial, STRETCH),
                self._found,
            ),
            Card(_("Copies made"), self._listed),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)
        self._look()

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self.current.clear()
        clear(self._found)
        self.place.look()
        self._refresh()

    def flush(self) -> None:
        self.current.clear()

    # --- making -------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Make a copy."""
        if self.make.isEnabled():
            self.banner.dismiss()
            self.place.settle(self._make)

    def _make(self, stick: Stick) -> None:
        if self.with_key.isChecked():
            self._made_by(
                lambda vault, progress: making.for_recovery(vault, stick.path, progress=progress)
            )
            return
        try:
            passphrase = self.current.take()
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return

        def make(vault: Vault, progress: Progress) -> Made:
            # Mistyped, it would make a copy that nobody can open.
            Vault.unlock_test(vault.folder, passphrase)
            return making.for_passphrase(vault, stick.path, passphrase, progress=progress)

        self._made_by(make)

    def _made_by(self, make: Making) -> None:
        self.make.setEnabled(False)
        task = self.session.ask(self, make, self._on_made)
        if task is not None:
            task.finished.connect(self._look)

    def _on_made(self, made: Made) -> None:
        text = _("It opens with the copy key of this vault.")
        if made.lock is Lock.PASSPHRASE:
            text = _("It opens with the passphrase you have now, also after you change it.")
        if made.missing:
            left_out = _("Not in it, because the file is gone: {references}").format(
                references=", ".join(made.missing)
            )
            text = f"{text} {left_out}"
        self.tell(
            Tone.WARN if made.missing else Tone.OK,
            _("The safe copy is made, and was read back"),
            text,
        )
        self._refresh()

    def _save_key(self) -> None:
        sure = Question(
            title=_("Save the copy key in clear?"),
            text=_(
                "Whoever has this file and a copy can read everything, without your passphrase."
                " Print it, keep the paper apart from the copies, and delete the file."
            ),
            verb=_("Save it"),
            keep=_("Not now"),
        )
        if not self.ask.confirm(sure):
            return
        to = self.ask.save_file(SaveWish(title=_("Save the copy key"), name="copy-key.txt"))
        if to is None:
            return

        def write(vault: Vault, _: Progress) -> None:
            with files.replacing(to) as file:
                file.write(recovery.paper(recovery.identity(vault)).encode("utf-8"))

        said = _("The copy key is saved")
        self.session.ask(self, write, lambda _: self.tell_passing(said))

    # --- trying -------------------------------------------------------------------------------

    def _try(self) -> None:
        try:
            copy = self.ask.open_file(OpenWish(title=_("A safe copy")))
        except AppError as error:
            self.banner.tell(notice_of(error))
            return
        if copy is not None:
            self.banner.dismiss()
            clear(self._found)
            self.session.work(
                self, lambda _: restoring.lock_of(copy), lambda lock: self._try_with(copy, lock)
            )

    def _try_with(self, copy: Path, lock: Lock) -> None:
        if lock is Lock.RECOVERY:
            self._drill(
                lambda vault, progress: drilling.drill(
                    vault, copy, recovery.identity(vault), progress=progress
                )
            )
            return
        words = self.ask.secret(
            Prompt(
                title=_("What opens this copy?"),
                text=_("The passphrase of the day it was made, even if you changed it since."),
                label=_("Passphrase"),
                verb=_("Try it"),
            )
        )
        if words is None:
            return
        try:
            identity = PassphraseIdentity(typed.passphrase(words))
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        self._drill(
            lambda vault, progress: drilling.drill(vault, copy, identity, progress=progress)
        )

    def _drill(self, trying: Trying) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, AppError | CryptoError):
                raise error
            self.banner.tell(notice_of(error))
            self._refresh()

        self.trial.setEnabled(False)
        task = self.session.ask(self, trying, self._on_tried, failed)
        if task is not None:
            task.finished.connect(lambda: self.trial.setEnabled(True))

    def _on_tried(self, done: Drill) -> None:
        clear(self._found)
        self._found.addWidget(Stated(*copy_words.drill_words(done)))
        self._refresh()

    # --- what is shown ------------------------------------------------------------------------

    def _refresh(self) -> None:
        self.session.ask(self, lambda vault, _: _known(vault), self._show)

    def _show(self, known: _Known) -> None:
        clear(self._due)
        for each in known.due:
            self._due.addWidget(Stated(Tone.WARN, *copy_words.due_words(each)))
        clear(self._listed)
        for note in known.copies:
            self._listed.addWidget(Paragraph(copy_words.copy_words(note)))
        if not known.copies:
            self._listed.addWidget(Paragraph(_("None yet."), TextRole.MUTED))

    def _look(self) -> None:
        key = self.with_key.isChecked()
        self.current.setVisible(not key)
        self.key.setVisible(key)
        self.make.setEnabled(True)
        self._said.setText(
            _("Print the copy key first: without the paper, a lost vault cannot be restored.")
            if key
            else _("It stays the one of this copy, also when you change it for the vault.")
        )


def _known(vault: Vault) -> _Known:
    return _Known(copies=notes.copies(vault.database), due=reminding.due(vault))
