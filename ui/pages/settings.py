"""Settings of this device: language, text size, look, locking, role; and the vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QButtonGroup, QWidget

from app import i18n, vocabulary
from app.calendars import window as calendars
from app.errors import AppError
from app.i18n import _, ngettext
from app.settings import TEXT_PERCENT_HIGHEST, TEXT_PERCENT_LOWEST, Role, Settings, Theme
from ui import theme
from ui.actions import Action
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.erase_card import EraseCard
from ui.pages.languages import LanguageChoice
from ui.pages.mosaic_choice import MosaicChoice
from ui.pages.title_card import TitleCard
from ui.pages.vault_card import VaultCard
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, column, flow, group, hint, row, within
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.entry import Entry
from ui.widgets.plain import Label, TextRole

C = TypeVar("C")

_MINUTES = (1, 3, 5, 10, 15)


class SettingsPage(Page):
    """What is chosen takes effect at once, and is kept on this device outside every vault."""

    id = "settings"
    icon = Icon.SETTINGS
    needs = Needs.NOTHING
    answers = Action.SETTINGS

    @classmethod
    def title(cls) -> str:
        return _("Settings")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._groups: list[QButtonGroup] = []
        now = desk.preferences.now
        self.put(
            Card(_("Language"), LanguageChoice(i18n.window().tag, self._speak)),
            self._calendars(now),
            Card(_("Text and look"), self._sizes(), self._looks(now)),
            TitleCard(self),
            self._locking(now),
        )
        if self.session.is_unlocked:
            self.vault = VaultCard(self)
            self.mosaic = MosaicChoice(self)
            self.put(self.vault, self._copies(), self._ways(), self._kept(), self.mosaic)
            self.put(EraseCard(self))
        self.put(self._roles(now), self._about(), STRETCH)
        if not self.session.is_unlocked:
            self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        if self.session.is_unlocked:
            self.vault.refresh()
            self.mosaic.refresh()

    # --- cards --------------------------------------------------------------------------------

    def _sizes(self) -> QWidget:
        smaller = buttons.plain(_("Smaller"), lambda: self._resize(-theme.STEP_PERCENT))
        larger = buttons.plain(_("Larger"), lambda: self._resize(theme.STEP_PERCENT))
        normal = buttons.quiet(_("Normal size"), lambda: self._resize(100 - theme.percent()))
        smaller.setEnabled(theme.percent() > TEXT_PERCENT_LOWEST)
        larger.setEnabled(theme.percent() < TEXT_PERCENT_HIGHEST)
        if theme.percent() == 100:
            normal.hide()
        share = Label(_("{percent} %").format(percent=theme.percent()), TextRole.STRONG)
        return group(
            Label(_("Size of text"), TextRole.STRONG),
            row(smaller, larger, share, normal, STRETCH),
            spacing=INSIDE,
        )

    def _looks(self, now: Settings) -> QWidget:
        chips = self._chips(
            (
                (Theme.SYSTEM, _("Like the system")),
                (Theme.LIGHT, _("Light")),
                (Theme.DARK, _("Dark")),
                (Theme.CONTRAST, _("High contrast")),
            ),
            now.theme,
            lambda chosen: self._keep(replace(self._now(), theme=chosen)),
        )
        return group(Label(_("Colours"), TextRole.STRONG), chips, spacing=INSIDE)

    def _calendars(self, now: Settings) -> QWidget:
        def keep(_row: int) -> None:
            self._keep(replace(self._now(), calendar=chosen.chosen()))

        chosen = Dropdown()
        chosen.offer(
            [Option(id=key, label=vocabulary.label("calendar", key)) for key in calendars.offered()]
        )
        chosen.choose(now.calendar)
        chosen.setAccessibleName(_("Calendar"))
        chosen.activated.connect(keep)
        words = _("Dates begin in it, and are shown in it beside the Gregorian one.")
        return Card(_("Calendar"), chosen, hint(words))

    def _locking(self, now: Settings) -> QWidget:
        offered = sorted({*_MINUTES, now.idle_minutes})
        chips = self._chips(
            [
                (
                    minutes,
                    ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes),
                )
                for minutes in offered
            ],
            now.idle_minutes,
            lambda chosen: self._keep(replace(self._now(), idle_minutes=chosen)),
        )
        return Card(
            _("Lock when nobody is here"),
            chips,
            hint(_("What you were writing is kept. Sleep and the screen lock count as well.")),
        )

    def _roles(self, now: Settings) -> QWidget:
        chips = self._chips(
            (
                (Role.RECORDER, _("Record what happened")),
                (Role.CARRIER, _("Carry bundles")),
                (Role.ORGANISATION, _("Receive for an organisation")),
            ),
            now.role,
            lambda chosen: self._keep(replace(self._now(), role=chosen)),
        )
        return Card(_("What you do here"), chips, hint(_("It decides which pages are shown.")))

    def _ways(self) -> QWidget:
        ways = Entry(
            Icon.KEY,
            _("Ways to open"),
            _("Passphrases, recovery phrase, shares, a new key"),
            lambda: self.desk.go(Visit(page="ways")),
        )
        return Card(_("What opens your vault"), ways)

    def _kept(self) -> QWidget:
        removed = Entry(
            Icon.TRASH,
            _("Removed and due"),
            _("Bring back, or erase for good; what is past its last day"),
            lambda: self.desk.go(Visit(page="removed")),
        )
        return Card(_("How long things are kept"), removed)

    def _copies(self) -> QWidget:
        copies = Entry(
            Icon.COPY,
            _("Safe copies"),
            _("Make one, try one; what is due"),
            lambda: self.desk.go(Visit(page="copies")),
        )
        return Card(_("If this computer is lost"), copies)

    def _about(self) -> QWidget:
        def go(page: str) -> Callable[[], None]:
            return lambda: self.desk.go(Visit(page=page))

        protection = Entry(
            Icon.SHIELD,
            _("Protection"),
            _("What protects you on this computer, measured now"),
            go("protection"),
        )
        about = Entry(Icon.ABOUT, _("About"), _("Version and licences"), go("about"))
        return Card(_("About this program"), column(protection, about, spacing=INSIDE))

    # --- keeping ------------------------------------------------------------------------------

    def _chips(
        self, options: Sequence[tuple[C, str]], now: C | None, chosen: Callable[[C], None]
    ) -> QWidget:
        made = []
        for value, text in options:
            chip = buttons.chip(text)
            chip.setChecked(value == now)
            chip.clicked.connect(lambda _, value=value: chosen(value))
            made.append(chip)
        self._groups.append(buttons.one_of(*made))
        return within(QWidget(), flow(*made))

    def _now(self) -> Settings:
        return self.desk.preferences.now

    def _speak(self, tag: str) -> None:
        self._keep(replace(self._now(), language=tag))

    def _resize(self, step: int) -> None:
        wanted = theme.percent() + step
        bound = max(TEXT_PERCENT_LOWEST, min(TEXT_PERCENT_HIGHEST, wanted))
        self._keep(replace(self._now(), text_percent=bound))

    def _keep(self, settings: Settings) -> None:
        try:
            self.desk.preferences.keep(settings)
        except AppError as error:
            self.banner.tell(notice_of(error))
