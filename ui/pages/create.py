"""Making a vault: the passphrase, the place, and for an organisation the name on its card."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer

from app import cards, contacts, pairs
from app.cards import Card as ContactCard
from app.clock import now
from app.errors import AppError, BadCard
from app.i18n import _
from app.paths import Places
from app.records.composing import composed
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.age import X25519Identity
from crypto.errors import CryptoError
from crypto.kdf import STANDARD, Argon2idCost
from crypto.secret import Passphrase
from crypto.signing import SigningKey
from ui.ask import FolderWish
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import known_vaults
from ui.pages.cost_choice import CostChoice
from ui.pages.new_passphrase import NewPassphrase
from ui.pages.two_files import Files, TwoFiles
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, INSIDE, STRETCH, TIGHT, Card, column, hint, row
from ui.widgets.choosing import Tick
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Line, TextRole, Tone, outside


class CreatePage(Page):
    """One page, one button. `cost` is what each guess costs unless another is chosen."""

    id = "create"
    icon = Icon.KEY
    needs = Needs.NO_VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    bare = True

    cost: ClassVar[Argon2idCost] = STANDARD

    @classmethod
    def title(cls) -> str:
        return _("Your vault")

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._is_organisation = desk.preferences.now.role is Role.ORGANISATION
        self._folder = known_vaults.free_in_usual_place(Places.of_this_account())
        self.name = Line()
        self.name.setMaxLength(cards.MAX_NAME_CHARACTERS)
        self.name.setAccessibleName(_("Name of your organisation"))
        self.name.textChanged.connect(lambda _: self._look())
        self.passphrase = NewPassphrase()
        self.passphrase.changed.connect(self._look)
        self.machine = CostChoice(self, self.cost)
        self.wants_phrase = Tick(_("Make a recovery phrase as well"))
        self.files = TwoFiles()
        self.files.changed.connect(self._look)
        self._place = OneLine()
        self._path = OneLine("", TextRole.SMALL)
        self.elsewhere = buttons.plain(_("Choose another place…"), self._choose_place, Icon.FOLDER)
        self.make = buttons.primary(_("Make the vault"), self.go_on)
        self._fill()
        self._look()

    def _fill(self) -> None:
        self.put(
            hint(
                _(
                    "Everything you record is kept in a vault: a folder that only your passphrase"
                    " opens. On the disk it looks like chance."
                )
            )
        )
        if self._is_organisation:
            label = Label(_("Name of your organisation"), TextRole.STRONG)
            label.setBuddy(self.name)
            about = hint(
                _(
                    "It stands on the card that you give out, so that people know for whom they"
                    " seal. You can change it later by making a new card."
                )
            )
            self.put(Card("", column(label, self.name, about, spacing=INSIDE)))
        place = row(column(self._place, self._path, spacing=TIGHT), self.elsewhere, spacing=BETWEEN)
        place.setStretch(0, 1)
        warning = hint(
            _(
                "Nobody can reset a passphrase, not even those who made this program. If you"
                " forget it, what is in the vault is lost."
            )
        )
        paper = hint(
            _(
                "Twelve words on paper open the vault as well. Whoever finds the paper and has the"
                " vault reads everything."
            )
        )
        self.put(
            Card(_("Your passphrase"), self.passphrase, warning),
            Card(_("If you forget it"), column(self.wants_phrase, paper, spacing=INSIDE)),
            self.files,
            Card(_("Where it will be"), place),
            Card(_("The weakest machine that will open it"), self.machine),
            STRETCH,
        )
        back = buttons.plain(_("Back"), self._back, Icon.BACK)
        existing = buttons.quiet(_("I have a vault already"), self._open_existing)
        self.put_foot(back, existing, STRETCH, self.make)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - every visit begins anew
        self._folder = known_vaults.free_in_usual_place(Places.of_this_account())
        self.passphrase.forget()
        self.files.forget()
        self._look()

    def go_on(self) -> None:
        """Make the vault, when everything is there."""
        if not self.make.isEnabled():
            return
        name = composed(self.name.text().strip())
        try:
            make = self._maker()
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        folder, wants_card = self._folder, self._is_organisation
        go, wants_phrase = self.desk.go, self.wants_phrase.isChecked()
        self.make.setEnabled(False)

        def making(_: Progress) -> tuple[Vault, ContactCard | None]:
            if wants_card:
                _try_name(name)
            if folder.is_relative_to(Places.of_this_account().data):
                Places.of_this_account().make()
            vault = make(folder)
            return vault, contacts.make_own_card(vault, name) if wants_card else None

        def made(_: ContactCard | None) -> None:
            if wants_phrase:
                # after the window has gone where it always goes with a new vault
                QTimer.singleShot(0, lambda: go(Visit(page="way-phrase")))

        self.session.create(self, making, made, self._on_failed)

    def _maker(self) -> Callable[[Path], Vault]:
        """What makes the vault as it was chosen; the fields are empty afterwards.

        Raises CryptoError.
        """
        cost, choice = self.machine.cost, self.files.choice
        passphrase = Passphrase.of(self.passphrase.take())
        if choice is Files.ONE:
            return lambda folder: Vault.create(folder, passphrase, cost=cost)
        if choice is Files.TWO:
            return lambda folder: pairs.create(folder, passphrase, cost=cost)
        cover = Passphrase.of(self.files.cover.take())
        return lambda folder: pairs.create_with_cover(folder, passphrase, cover, cost=cost)

    def _on_failed(self, error: Exception) -> None:
        self._look()
        if isinstance(error, BadCard):
            text = _("Use at most 80 visible characters, without spaces at the ends.")
            self.tell(Tone.BAD, _("This name cannot stand on a card"), text)
        elif isinstance(error, AppError | CryptoError):
            self.banner.tell(notice_of(error))
        else:
            raise error

    def _choose_place(self) -> None:
        try:
            chosen = self.ask.folder(FolderWish(title=_("A folder for the vault")))
            if chosen is not None:
                self._folder = known_vaults.place_in(chosen)
        except AppError as error:
            self.banner.tell(notice_of(error))
        self._look()

    def _look(self) -> None:
        named = bool(self.name.text().strip()) or not self._is_organisation
        self.make.setEnabled(named and self.passphrase.is_ready and self.files.is_ready)
        usual = self._folder.is_relative_to(Places.of_this_account().data)
        chosen = _("In the folder that you chose")
        self._place.setText(_("In the usual place on this computer") if usual else chosen)
        self._path.setText(outside(str(self._folder)))

    def _back(self) -> None:
        self.desk.go(Visit(page="welcome"))

    def _open_existing(self) -> None:
        self.desk.go(Visit(page="unlock"))


def _try_name(name: str) -> None:
    """Raise BadCard for a name that no card can hold, before there is a vault without a card."""
    day = now().date()
    recipient = X25519Identity.generate().recipient.text()
    cards.make(name, recipient, SigningKey.generate(), valid_from=day, valid_until=day)
