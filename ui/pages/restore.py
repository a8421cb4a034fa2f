"""Restoring a safe copy to a new vault, before one is open."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app import typed
from app.backup import recovery, restoring
from app.backup.notes import Lock
from app.backup.restoring import Restored
from app.errors import AppError
from app.i18n import _, ngettext
from app.paths import Places
from app.settings import Role
from app.tasks import Progress
from crypto import age
from crypto.age import PassphraseIdentity
from crypto.errors import CryptoError
from crypto.kdf import STANDARD, Argon2idCost
from crypto.secret import Passphrase
from ui.ask import FolderWish, OpenWish
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import known_vaults
from ui.pages.new_passphrase import NewPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, Card, column, group, hint, row
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.secret import SecretLine


class RestorePage(Page):
    """`Visit.files`: the copy. `cost` is what each guess at the new passphrase will cost."""

    id = "restore-copy"
    icon = Icon.COPY
    needs = Needs.NO_VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    bare = True

    cost: ClassVar[Argon2idCost] = STANDARD

    @classmethod
    def title(cls) -> str:
        return _("Restore a safe copy")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._copy: Path | None = None
        self._lock = Lock.PASSPHRASE
        self._folder = known_vaults.free_in_usual_place(Places.of_this_account())
        self._which = OneLine(_("None chosen yet"), TextRole.MUTED)
        self.choose = buttons.plain(_("Choose a safe copy…"), self._choose, Icon.FOLDER)
        self.opener = SecretLine()
        self.opener.line.textChanged.connect(lambda _: self._look())
        self._opens = Label("", TextRole.STRONG)
        self._opens.setBuddy(self.opener.line)
        self._about = hint("")
        self._opened_by = group(self._opens, self.opener, self._about, spacing=INSIDE)
        self.passphrase = NewPassphrase()
        self.passphrase.changed.connect(self._look)
        self._place = OneLine("", TextRole.SMALL)
        self.elsewhere = buttons.plain(_("Choose another place…"), self._elsewhere, Icon.FOLDER)
        self.restore = buttons.primary(_("Restore"), self.go_on, Icon.COPY)
        which = row(self._which, self.choose)
        which.setStretch(0, 1)
        place = row(column(self._place), self.elsewhere, spacing=BETWEEN)
        place.setStretch(0, 1)
        self.put(
            hint(
                _(
                    "A safe copy becomes a vault of its own here. Whatever goes wrong on the way,"
                    " nothing half restored is left."
                )
            ),
            Card(_("Which copy?"), which, self._opened_by),
            Card(
                _("The passphrase of the restored vault"),
                hint(_("A new one: the copy itself stays as it is.")),
                self.passphrase,
            ),
            Card(_("Where it will be"), place),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.restore)
        self._look()

    def arrive(self, visit: Visit) -> None:
        self._folder = known_vaults.free_in_usual_place(Places.of_this_account())
        self.opener.clear()
        self.passphrase.forget()
        self._use(next(iter(visit.files), None))

    def flush(self) -> None:
        self.opener.clear()
        self.passphrase.forget()

    def go_on(self) -> None:
        """Restore, when everything is there."""
        copy, folder, cost = self._copy, self._folder, self.cost
        if copy is None or not self.restore.isEnabled():
            return
        try:
            identity = self._identity()
            passphrase = Passphrase.of(self.passphrase.take())
        except (AppError, CryptoError) as error:
            self.banner.tell(notice_of(error))
            return
        self.banner.dismiss()
        self.restore.setEnabled(False)

        def restoring_it(progress: Progress) -> Restored:
            places = Places.of_this_account()
            if folder.is_relative_to(places.data):
                places.make()
            return restoring.restore(
                copy, identity, folder, passphrase, cost=cost, progress=progress
            )

        task = self.session.work(self, restoring_it, self._on_restored)
        task.finished.connect(self._look)

    # --- answers ------------------------------------------------------------------------------

    def _identity(self) -> age.Identity:
        words = self.opener.take()
        if self._lock is Lock.RECOVERY:
            return recovery.parse(words)
        return PassphraseIdentity(typed.passphrase(words))

    def _on_restored(self, done: Restored) -> None:
        count = done.report.records
        records = ngettext("{count} record", "{count} records", count).format(count=count)
        place = _("It lies in {place}.").format(place=outside(str(done.folder)))
        if done.report.whole:
            self.tell(Tone.OK, _("Restored: everything is whole"), f"{records}. {place}")
        else:
            text = _("What is damaged was damaged in the vault when the copy was made.")
            self.tell(Tone.WARN, _("Restored, but not everything is whole"), f"{text} {place}")
        self._folder = known_vaults.free_in_usual_place(Places.of_this_account())

    # --- what is shown ------------------------------------------------------------------------

    def _choose(self) -> None:
        try:
            chosen = self.ask.open_file(OpenWish(title=_("A safe copy")))
        except AppError as error:
            self.banner.tell(notice_of(error))
            return
        if chosen is not None:
            self._use(chosen)

    def _use(self, copy: Path | None) -> None:
        self._copy = None
        if copy is None:
            self._look()
            return

        def known(lock: Lock) -> None:
            self._copy, self._lock = copy, lock
            self.banner.dismiss()
            self._look()

        self.session.work(self, lambda _: restoring.lock_of(copy), known)

    def _elsewhere(self) -> None:
        try:
            chosen = self.ask.folder(FolderWish(title=_("A folder for the vault")))
            if chosen is not None:
                self._folder = known_vaults.place_in(chosen)
        except AppError as error:
            self.banner.tell(notice_of(error))
        self._look()

    def _look(self) -> None:
        key = self._lock is Lock.RECOVERY
        name = _("Copy key") if key else _("Passphrase of the copy")
        self._which.setText(
            outside(self._copy.name) if self._copy is not None else _("None chosen yet")
        )
        self._opened_by.setVisible(self._copy is not None)
        self._opens.setText(name)
        self.opener.set_name(name)
        self._about.setText(
            _("From the paper: it begins with AGE-SECRET-KEY-PQ-1.")
            if key
            else _("The passphrase of the day it was made, even if you changed it since.")
        )
        self._place.setText(outside(str(self._folder)))
        ready = self._copy is not None and bool(self.opener.text()) and self.passphrase.is_ready
        self.restore.setEnabled(ready)
