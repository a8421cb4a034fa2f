"""The recovery phrase: twelve words shown once, two of them asked back, and only then in force."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import openers
from app.changes import Changes
from app.i18n import _
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto import recovery
from crypto.errors import CryptoError
from crypto.recovery import WordList
from crypto.secret import Passphrase
from crypto.slots import Opener
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.way_parts import AskBack, CurrentPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, Well, column, hint
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.plain import Label, Paragraph, TextRole


class RecoveryPhrasePage(Page):
    """Nothing opens with the words before they were typed back."""

    id = "way-phrase"
    icon = Icon.WRITE
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Recovery phrase")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._phrase = ""
        self.language = Dropdown()
        self.language.offer([Option(id=each.value, label=_label(each)) for each in WordList])
        self.language.setAccessibleName(_("Language of the words"))
        self.language.activated.connect(lambda _: self.propose())
        self.shown = Paragraph("", TextRole.CODE)
        self.shown.setAccessibleName(_("The twelve words"))
        self.asked = AskBack()
        self.current = CurrentPassphrase()
        self.written = buttons.primary(_("I have written them down"), self._turn)
        self.keep = buttons.primary(_("Let these words open the vault"), self.go_on)
        self.asked.changed.connect(self._look)
        self.current.changed.connect(self._look)
        label = Label(_("Language of the words"), TextRole.STRONG)
        label.setBuddy(self.language)
        self.words = Card(
            _("Write these words on paper, in this order"),
            column(label, self.language, spacing=INSIDE),
            Well(self.shown),
            hint(_("They are shown only now. Do not photograph them.")),
        )
        self.check = Card(_("Now from the paper"), self.asked, self.current)
        self.put(
            hint(
                _(
                    "Twelve words that open the vault when the passphrase is forgotten. Whoever"
                    " finds the paper and has the vault reads everything: keep them apart, or do"
                    " without."
                )
            ),
            self.words,
            self.check,
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH, self.written, self.keep)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - every visit begins anew
        self.language.choose(self.language.chosen() or WordList.ENGLISH.value)
        self.current.clear()
        self.propose()

    def flush(self) -> None:
        self._forget()

    def propose(self) -> None:
        """Show new words."""
        chosen = WordList(self.language.chosen() or WordList.ENGLISH.value)
        self._phrase = recovery.new_phrase(chosen)
        numbered = enumerate(self._phrase.split(), 1)
        self.shown.setText("   ".join(f"{number} {word}" for number, word in numbered))
        self._show_words()

    @property
    def phrase(self) -> str:
        """The words proposed now, "" when they were forgotten."""
        return self._phrase

    def go_on(self) -> None:
        """Let the words open the vault, when two of them were typed back."""
        if not self.keep.isEnabled() or not self.asked.is_right:
            return
        try:
            current, new = self.current.take(), Passphrase.of(self._phrase)
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return

        def keep(vault: Vault, _: Progress) -> Changes:
            openers.add(vault, current, new, opener=Opener.RECOVERY_PHRASE)
            return Changes.of("setting")

        self.session.do(self, keep, lambda _: self._on_kept())

    def _on_kept(self) -> None:
        self._forget()
        self.check.hide()
        self.keep.hide()
        self.tell_passing(_("The twelve words open the vault"))

    def _turn(self) -> None:
        self.asked.ask(self._phrase)
        for hidden in (self.words, self.written):
            hidden.hide()
        for shown in (self.check, self.keep):
            shown.show()
        self._look()

    def _show_words(self) -> None:
        for hidden in (self.check, self.keep):
            hidden.hide()
        for shown in (self.words, self.written):
            shown.show()

    def _forget(self) -> None:
        self._phrase = ""
        self.shown.setText("")
        self.asked.forget()
        self.current.clear()

    def _look(self) -> None:
        self.keep.setEnabled(self.asked.is_right and self.current.is_there)


def _label(words: WordList) -> str:
    return {
        WordList.ENGLISH: "English",
        WordList.FRENCH: "Français",
        WordList.SPANISH: "Español",
        WordList.ITALIAN: "Italiano",
        WordList.PORTUGUESE: "Português",
        WordList.CZECH: "Čeština",
        WordList.RUSSIAN: "Русский",
        WordList.TURKISH: "Türkçe",
        WordList.JAPANESE: "日本語",
        WordList.KOREAN: "한국어",
        WordList.CHINESE_SIMPLIFIED: "简体中文",
        WordList.CHINESE_TRADITIONAL: "繁體中文",
    }[words]
