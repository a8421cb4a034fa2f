"""Shares given back by their keepers: taken one by one, to open a vault or to try them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import keepers, openers
from app.changes import Changes
from app.errors import AppError
from app.i18n import _
from app.settings import Role
from app.tasks import Progress, Step
from app.vault import Vault
from crypto import shares
from crypto.errors import CryptoError, SharesDiffer
from crypto.secret import Passphrase
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.new_passphrase import NewPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, column, hint, row, within
from ui.widgets.banner import Notice
from ui.widgets.plain import Label, TextArea, TextRole, Tone


class GatherShares(QWidget):
    """A field for one share after the other. `changed` is emitted when one was taken."""

    changed = Signal()

    def __init__(self, say: Callable[[Notice], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say = say
        self._taken: list[shares.Share] = []
        self.typed = TextArea(lines=3)
        self.typed.refused.connect(self._on_refused)
        self.typed.setAccessibleName(_("The twenty words of one share"))
        self.take_one = buttons.plain(_("Take this share"), self.take, Icon.CHECK)
        self._state = Label("", TextRole.STRONG)
        label = Label(_("The twenty words of one share"), TextRole.STRONG)
        label.setBuddy(self.typed)
        within(
            self,
            column(label, self.typed, row(self.take_one, STRETCH), self._state, spacing=INSIDE),
        )
        self._show()

    def _on_refused(self, words: str) -> None:
        self._say(Notice(tone=Tone.WARN, title=words))

    @property
    def are_enough(self) -> bool:
        """Whether as many were taken as they say are needed."""
        return bool(self._taken) and len(self._taken) >= self._taken[0].needed

    def texts(self) -> tuple[str, ...]:
        """The shares taken."""
        return tuple(share.words for share in self._taken)

    def take(self) -> None:
        """Take what is in the field, if it is a share of this set."""
        try:
            share = shares.read(self.typed.toPlainText())
            first = self._taken[0] if self._taken else share
            if (share.set_number, share.needed) != (first.set_number, first.needed):
                raise SharesDiffer
        except CryptoError as error:
            self._say(notice_of(error))
            return
        self.typed.clear()
        if share.words not in self.texts():
            self._taken.append(share)
        self._show()
        self.changed.emit()

    def forget(self) -> None:
        """Forget all that was taken."""
        self._taken.clear()
        self.typed.clear()
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        if not self._taken:
            self._state.setText(_("No share yet"))
            return
        self._state.setText(
            _("{count} of {needed} needed").format(
                count=len(self._taken), needed=self._taken[0].needed
            )
        )


class DrillPage(Page):
    """Whether the keepers still have what opens the vault; the day is noted."""

    id = "way-drill"
    icon = Icon.CHECK
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Try the shares")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.gathered = GatherShares(self.banner.tell)
        self.gathered.changed.connect(self._look)
        self.attempt = buttons.primary(_("Try them"), self.go_on)
        about = _("Once a year, and whenever a keeper leaves. Nothing is changed by it.")
        self.put(hint(about), Card("", self.gathered), STRETCH)
        self.put_foot(self.back_button(), STRETCH, self.attempt)
        self._look()

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - every visit begins anew
        self.gathered.forget()

    def flush(self) -> None:
        self.gathered.forget()

    def go_on(self) -> None:
        """Try whether they open this vault."""
        if not self.attempt.isEnabled():
            return
        texts = self.gathered.texts()

        def attempt(vault: Vault, _: Progress) -> Changes:
            return keepers.drill(vault, texts)

        self.session.do(self, attempt, lambda _: self._on_tried())

    def _on_tried(self) -> None:
        self.gathered.forget()
        self.tell_passing(_("These shares open the vault. The day was noted."))

    def _look(self) -> None:
        self.attempt.setEnabled(self.gathered.are_enough)


class OpenWithSharesPage(Page):
    """Everybody who knew a passphrase is gone: the keepers together give the vault a new one."""

    id = "open-shares"
    icon = Icon.PEOPLE
    needs = Needs.NO_VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    bare = True

    @classmethod
    def title(cls) -> str:
        return _("Open with shares")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._folder: Path | None = None
        self.gathered = GatherShares(self.banner.tell)
        self.new = NewPassphrase()
        self.gathered.changed.connect(self._look)
        self.new.changed.connect(self._look)
        self.unlock = buttons.primary(_("Unlock"), self.go_on)
        self.put(
            Card(_("Shares of the keepers"), self.gathered),
            Card(_("A new passphrase for the vault"), self.new),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.unlock)
        self._look()

    def arrive(self, visit: Visit) -> None:
        self._folder = visit.files[0] if visit.files else None
        self.gathered.forget()
        self.new.forget()
        self._look()

    def go_on(self) -> None:
        """Open the vault, and let the new passphrase open it from then on."""
        folder = self._folder
        if folder is None or not self.unlock.isEnabled():
            return
        try:
            secret = shares.join(self.gathered.texts())
            new = Passphrase.of(self.new.take())
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        self.unlock.setEnabled(False)

        def opening(progress: Progress) -> Vault:
            progress(Step(doing=_("Unlocking"), done=0))
            vault = Vault.open(folder, secret)
            try:
                openers.add(vault, secret, new)
            except BaseException:
                vault.close()
                raise
            return vault

        self.session.unlock(self, opening, self.gathered.forget, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, AppError | CryptoError):
            raise error
        self.banner.tell(notice_of(error))
        self._look()

    def _look(self) -> None:
        ready = self._folder is not None and self.gathered.are_enough and self.new.is_ready
        self.unlock.setEnabled(ready)
