"""Unlocking: which vault, the passphrase, and words that never say more than they should."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app import protected, typed
from app.errors import AppError, MediumFailed, VaultDamaged, VaultIncomplete, WrongPassphrase
from app.i18n import _, ngettext
from app.paths import Places
from app.settings import Role
from app.tasks import Progress, Step
from app.vault import Vault
from crypto.errors import CryptoError
from ui.ask import FolderWish
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import known_vaults
from ui.pages.way_parts import PhraseHint
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, flow, row, within
from ui.widgets.capslock import CapsLockHint
from ui.widgets.empty import Empty
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.secret import SecretLine

_LONGEST_WAIT_SECONDS = 30
_DAMAGES = (VaultDamaged, VaultIncomplete, MediumFailed)
"""What keeps a vault from opening that may still give a part of what is in it."""


def wait_after(wrong_tries: int) -> int:
    """Seconds until the next try is taken: 1, 2, 4, 8, 16, then 30.

    It slows down fingers at this window; against a copy of the vault the cost of each guess helps.
    """
    return min(_LONGEST_WAIT_SECONDS, 2 ** max(0, wrong_tries - 1)) if wrong_tries else 0


class UnlockPage(Page):
    """The first page of every start once there is a role that needs a vault."""

    id = "unlock"
    icon = Icon.UNLOCK
    needs = Needs.NO_VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    bare = True

    @classmethod
    def title(cls) -> str:
        return _("Unlock")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:
        return preferences.now.role is not None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._folder: Path | None = None
        self._wrong = 0
        self._left = 0
        self._waiting = QTimer(self)
        self._waiting.setInterval(1000)
        self._waiting.timeout.connect(self._tick)
        self.forgotten = buttons.quiet(_("Open with shares"), self._open_with_shares, Icon.PEOPLE)
        self._lay_out_form()
        self._lay_out_none()
        self.put_foot(
            buttons.quiet(_("Make a new vault"), self._make_new, Icon.PLUS),
            self.forgotten,
            STRETCH,
            buttons.quiet(_("Carry bundles"), lambda: self._go("courier"), Icon.STICK),
            buttons.quiet(_("Settings"), lambda: self._go("settings"), Icon.SETTINGS),
        )

    def _lay_out_form(self) -> None:
        self.secret = SecretLine()
        self.secret.set_name(_("Passphrase"))
        self.secret.line.returnPressed.connect(self.go_on)
        self.secret.line.textChanged.connect(lambda _: self._look())
        label = Label(_("Passphrase"), TextRole.STRONG)
        label.setBuddy(self.secret.line)
        self.unlock = buttons.primary(_("Unlock"), self.go_on)
        self._patience = Label("", TextRole.MUTED)
        self._where = OneLine("", TextRole.MUTED)
        self._chips = column(spacing=INSIDE)
        self._choices = within(QWidget(), self._chips)
        self.elsewhere = buttons.quiet(_("Another place…"), self._choose_place, Icon.FOLDER)
        self.rescue = buttons.plain(_("Save what is readable…"), self._rescue, Icon.COPY)
        self.rescue.hide()
        place = row(self._where, self.elsewhere)
        place.setStretch(0, 1)
        self._form = Card(
            _("Your vault"),
            self._choices,
            place,
            label,
            self.secret,
            CapsLockHint(self.secret.line),
            PhraseHint(self.secret.line),
            row(self._patience, STRETCH, self.rescue, self.unlock),
        )
        self.put(self._form)

    def _lay_out_none(self) -> None:
        choose = buttons.primary(_("Choose a vault…"), self._choose_place, Icon.FOLDER)
        self._none = Empty(
            Icon.KEY,
            _("No vault in the usual place"),
            _(
                "If yours is on a stick or in another folder, choose that folder. If you have none"
                " yet, make one."
            ),
            choose,
        )
        restore = buttons.quiet(
            _("Restore a safe copy"), lambda: self._go("restore-copy"), Icon.COPY
        )
        self.put(self._none, row(restore, STRETCH))
        self.body.addStretch(1)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        try:
            found = known_vaults.in_usual_place(Places.of_this_account())
        except AppError as error:
            found = ()
            self.banner.tell(notice_of(error))
        self.secret.clear()
        self._offer(found)
        self._use(self._folder or next(iter(found), None))

    def go_on(self) -> None:
        """Try the passphrase."""
        if not self.unlock.isEnabled() or self._folder is None:
            return
        folder = self._folder
        try:
            passphrase = typed.passphrase(self.secret.take())
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        self.banner.dismiss()
        self.unlock.setEnabled(False)
        self.secret.setEnabled(False)

        def opening(progress: Progress) -> Vault:
            progress(Step(doing=_("Unlocking"), done=0))
            return protected.open_either(folder, passphrase)

        self.session.unlock(self, opening, lambda: None, self._on_failed)

    # --- answers ------------------------------------------------------------------------------

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError | CryptoError):
            raise error
        if isinstance(error, WrongPassphrase):
            self._wrong += 1
            self._left = wait_after(self._wrong)
            self._waiting.start()
        self.rescue.setVisible(isinstance(error, _DAMAGES))
        self.banner.tell(notice_of(error))
        self._look()
        self.secret.line.setFocus()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._waiting.stop()
        self._look()
        if self._left <= 0:
            self.secret.line.setFocus()

    def _look(self) -> None:
        waits = self._left > 0
        self.secret.setEnabled(not waits)
        self.unlock.setEnabled(bool(self.secret.text()) and not waits)
        self._patience.setText(
            ngettext(
                "You can try again in {count} second.",
                "You can try again in {count} seconds.",
                self._left,
            ).format(count=self._left)
            if waits
            else ""
        )

    # --- which vault --------------------------------------------------------------------------

    def _offer(self, found: tuple[Path, ...]) -> None:
        clear(self._chips)
        self._choices.setVisible(len(found) > 1)
        if len(found) < 2:
            return
        chips = []
        for folder in found:
            chip = buttons.chip(outside(folder.name))
            chip.setChecked(folder == (self._folder or found[0]))
            chip.clicked.connect(lambda _, folder=folder: self._use(folder))
            chips.append(chip)
        self._group = buttons.one_of(*chips)
        self._chips.addLayout(flow(*chips))

    def _use(self, folder: Path | None) -> None:
        self._folder = folder
        self.rescue.hide()
        self._form.setVisible(folder is not None)
        self.forgotten.setVisible(folder is not None)
        self._none.setVisible(folder is None)
        if folder is not None:
            usual = folder.is_relative_to(Places.of_this_account().data)
            self._where.setText(
                _("In the usual place on this computer") if usual else outside(str(folder))
            )
            self.secret.line.setFocus()
        self._look()

    def _choose_place(self) -> None:
        try:
            chosen = self.ask.folder(FolderWish(title=_("The folder of the vault")))
            if chosen is None:
                return
            if not known_vaults.looks_like_vault(chosen):
                text = _("A vault's folder holds the files “0.dat” and “1.dat”.")
                self.tell(Tone.WARN, _("No vault in this folder"), text)
                return
        except AppError as error:
            self.banner.tell(notice_of(error))
            return
        self.banner.dismiss()
        self._use(chosen)

    def _open_with_shares(self) -> None:
        if self._folder is not None:
            self.desk.go(Visit(page="open-shares", files=(self._folder,)))

    def _rescue(self) -> None:
        if self._folder is not None:
            self.desk.go(Visit(page="salvage", files=(self._folder,)))

    def _make_new(self) -> None:
        self._go("create")

    def _go(self, page: str) -> None:
        self.desk.go(Visit(page=page))
