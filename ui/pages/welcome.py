"""The first page of the first start: the language, and what this person will do here."""

from __future__ import annotations

from dataclasses import replace

from app import i18n
from app.errors import AppError
from app.i18n import _
from app.paths import Places
from app.settings import Role
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import known_vaults
from ui.pages.languages import LanguageChoice
from ui.preferences import Preferences
from ui.widgets.arrange import INSIDE, Card, column, hint
from ui.widgets.entry import Entry


class WelcomePage(Page):
    """Two questions, each answered by one click; both can be answered anew in the settings."""

    id = "welcome"
    icon = Icon.HOME
    needs = Needs.NO_VAULT
    in_rail = False
    bare = True

    @classmethod
    def title(cls) -> str:
        return _("Welcome")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:
        return preferences.now.role is None

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tag = i18n.window().tag
        roles = column(
            Entry(
                Icon.WRITE,
                _("Record what happened"),
                _("Write reports, keep evidence, seal both for those you choose."),
                lambda: self._take(Role.RECORDER),
            ),
            Entry(
                Icon.STICK,
                _("Carry bundles"),
                _("Copy and check sealed bundles. You cannot read them."),
                lambda: self._take(Role.CARRIER),
            ),
            Entry(
                Icon.INBOX,
                _("Receive for an organisation"),
                _("Open what was sealed for you, answer with receipts."),
                lambda: self._take(Role.ORGANISATION),
            ),
            spacing=INSIDE,
        )
        self.put(
            Card(_("Language"), LanguageChoice(tag, self._speak)),
            Card(_("What will you do here?"), roles),
            hint(
                _(
                    "This program works without any network. What you write stays on this"
                    " computer, encrypted, until you seal it for somebody. You can change your"
                    " answers later in the settings."
                )
            ),
        )
        self.body.addStretch(1)

    def _speak(self, tag: str) -> None:
        try:
            self.desk.preferences.keep(replace(self.desk.preferences.now, language=tag))
        except AppError as error:
            self.banner.tell(notice_of(error))

    def _take(self, role: Role) -> None:
        preferences = self.desk.preferences
        try:
            preferences.keep(replace(preferences.now, role=role))
            found = known_vaults.in_usual_place(Places.of_this_account())
        except AppError as error:
            self.banner.tell(notice_of(error))
            return
        if role is Role.CARRIER:
            self.desk.go(Visit(page="courier"))
        else:
            self.desk.go(Visit(page="unlock" if found else "create"))
