"""One more passphrase, another one in its place, or a new key for the whole vault."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import openers, rekeying
from app.changes import Changes
from app.i18n import _
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from crypto.secret import Passphrase
from ui.ask import Question
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.new_passphrase import NewPassphrase
from ui.pages.way_parts import CurrentPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, hint


class _NewWayPage(Page):
    """The passphrase that opens now, the new one twice, one button."""

    icon = Icon.KEY
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.current = CurrentPassphrase()
        self.new = NewPassphrase()
        self.go = buttons.primary(self.words_of_verb(), self.go_on)
        self.current.changed.connect(self._look)
        self.new.changed.connect(self._look)
        self.put(
            hint(self.words_about()),
            Card("", self.current),
            Card(_("The new passphrase"), self.new),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.go)
        self._look()

    def words_about(self) -> str:
        """What it does, above the fields."""
        raise NotImplementedError

    def words_of_verb(self) -> str:
        """What stands on the button."""
        raise NotImplementedError

    def words_done(self) -> str:
        """What is said when it is done."""
        raise NotImplementedError

    def wants(self) -> bool:
        """Whether the person wants it, asked where it cannot be undone."""
        return True

    def run(
        self, vault: Vault, current: Passphrase, new: Passphrase, progress: Progress
    ) -> Changes:
        """Do it, on the lane of the vault."""
        raise NotImplementedError

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - every visit begins anew
        self.current.clear()
        self.new.forget()
        self._look()

    def go_on(self) -> None:
        """Do it, when everything is there."""
        if not self.go.isEnabled() or not self.wants():
            return
        try:
            current, new = self.current.take(), Passphrase.of(self.new.take())
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return
        self.session.do(
            self,
            lambda vault, progress: self.run(vault, current, new, progress),
            lambda _: self.tell_passing(self.words_done()),
        )

    def _look(self) -> None:
        self.go.setEnabled(self.current.is_there and self.new.is_ready)


class AddPassphrasePage(_NewWayPage):
    """For somebody else who works with the same vault, or for another keyboard."""

    id = "way-add"

    @classmethod
    def title(cls) -> str:
        return _("One more passphrase")

    def words_about(self) -> str:
        return _("Both open the vault from then on, and each shows everything in it.")

    def words_of_verb(self) -> str:
        return _("Add this passphrase")

    def words_done(self) -> str:
        return _("The new passphrase opens the vault too")

    def run(
        self,
        vault: Vault,
        current: Passphrase,
        new: Passphrase,
        progress: Progress,  # noqa: ARG002 - it takes a second
    ) -> Changes:
        openers.add(vault, current, new)
        return Changes.of("setting")


class ChangePassphrasePage(_NewWayPage):
    """Another one in the place of the one typed."""

    id = "way-change"

    @classmethod
    def title(cls) -> str:
        return _("Another passphrase")

    def words_about(self) -> str:
        return _(
            "The old passphrase opens the vault no longer. If somebody may know it and may have a"
            " copy of the vault, take a new key instead: with an older copy the old passphrase"
            " still works."
        )

    def words_of_verb(self) -> str:
        return _("Change the passphrase")

    def words_done(self) -> str:
        return _("The passphrase was changed")

    def run(
        self,
        vault: Vault,
        current: Passphrase,
        new: Passphrase,
        progress: Progress,  # noqa: ARG002 - it takes a second
    ) -> Changes:
        openers.change(vault, current, new)
        return Changes.of("setting")


class RekeyPage(_NewWayPage):
    """After a leak: everything is written again, and one passphrase is left."""

    id = "way-rekey"

    @classmethod
    def title(cls) -> str:
        return _("A new key")

    def words_about(self) -> str:
        return _(
            "For when somebody may know a passphrase and may have a copy of the vault. Everything"
            " is written again under a new key. Only the new passphrase opens it then: other"
            " passphrases, the recovery phrase and shares end, and are made anew. What somebody"
            " has read already, no key takes back."
        )

    def words_of_verb(self) -> str:
        return _("Take a new key")

    def words_done(self) -> str:
        return _("The vault has a new key; only the new passphrase opens it")

    def wants(self) -> bool:
        return self.ask.confirm(
            Question(
                title=_("Take a new key?"),
                text=_(
                    "Every other way into this vault ends. Safe copies made before keep theirs."
                ),
                verb=_("Take a new key"),
                keep=_("Leave it"),
                loses=True,
            )
        )

    def run(
        self, vault: Vault, current: Passphrase, new: Passphrase, progress: Progress
    ) -> Changes:
        rekeying.rekey(vault, current, new, progress=progress)
        return Changes.of("setting")
