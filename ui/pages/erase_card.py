"""Erasing the open vault: what it does and cannot do, the keys for it, and a button."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.i18n import _
from app.settings import EraseKeys
from ui import panic
from ui.ask import Question
from ui.failures import notice_of
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, column, flow, group, hint, row, within
from ui.widgets.plain import Label, Paragraph, TextRole


class EraseCard(Card):
    """Shown while a vault is open. `page` is where failures are said."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Erase this vault"))
        self._page = page
        self.erase = buttons.danger(_("Erase this vault…"), self._ask)
        does = Paragraph(
            _(
                "Makes this vault unreadable at once, for everybody and for good, and ends the"
                " program. Nobody can bring it back, with no passphrase."
            )
        )
        self.body.addLayout(
            column(does, hint(limits()), self._keys(), row(self.erase, STRETCH), spacing=INSIDE)
        )

    def _keys(self) -> QWidget:
        keys = QKeySequence(panic.KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        offered = (
            (EraseKeys.HELD, _("Erase when held for two seconds")),
            (EraseKeys.TWICE, _("Erase when held twice")),
            (EraseKeys.OFF, _("Do nothing")),
        )
        chips = []
        for value, text in offered:
            chip = buttons.chip(text)
            chip.setChecked(value is self._page.desk.preferences.now.erase_keys)
            chip.clicked.connect(lambda _, value=value: self._keep(value))
            chips.append(chip)
        self._group = buttons.one_of(*chips)
        about = _(
            "They work everywhere in the program while the vault is open, and ask nothing. With"
            " Backspace instead of Delete it is the same."
        )
        return group(
            Label(_("The keys {keys}").format(keys=keys), TextRole.STRONG),
            within(QWidget(), flow(*chips)),
            hint(about),
            spacing=INSIDE,
        )

    def _keep(self, keys: EraseKeys) -> None:
        preferences = self._page.desk.preferences
        try:
            preferences.keep(replace(preferences.now, erase_keys=keys))
        except AppError as error:
            self._page.banner.tell(notice_of(error))

    def _ask(self) -> None:
        question = Question(
            title=_("Erase this vault for good?"),
            text=limits(),
            verb=_("Erase this vault"),
            keep=_("Keep it"),
            loses=True,
        )
        if not self._page.ask.confirm(question):
            return
        try:
            self._page.desk.erase()
        except AppError as error:
            self._page.banner.tell(notice_of(error))


def limits() -> str:
    """What erasing cannot reach."""
    return _(
        "Copies of the folder made earlier, backups and sealed bundles stay as they are. On SSDs,"
        " USB sticks and file systems that keep old states, a laboratory may still find the old"
        " bytes: then your passphrase is what protects. The folder stays, and shows that a vault"
        " was there."
    )
