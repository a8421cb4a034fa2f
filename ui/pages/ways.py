"""Ways to open the vault: what there is, what may be added, and what is shut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from app import keepers, openers
from app.changes import Changes
from app.i18n import _
from app.keepers import Known
from app.openers import UsedSlot
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from crypto.slots import Opener
from ui import days
from ui.ask import Question
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages.way_parts import CurrentPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, group, hint, row
from ui.widgets.entry import Entry
from ui.widgets.plain import Label, TextRole


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    used: tuple[UsedSlot, ...]
    sets: tuple[Known, ...]
    drilled: str


class WaysPage(Page):
    """Reached from the settings. It never says which of the ways was used this time."""

    id = "ways"
    icon = Icon.KEY
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Ways to open")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._listed = column(spacing=INSIDE)
        self.current = CurrentPassphrase()
        self._proof = group(
            hint(_("To shut a way, type the passphrase of another one: one has to stay.")),
            self.current,
            spacing=INSIDE,
        )
        self._more = column(spacing=INSIDE)
        self.put(
            Card(_("What opens this vault"), self._listed, self._proof),
            Card(_("More ways"), self._more),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self.current.clear()
        self.session.ask(self, lambda vault, _: _known(vault), self._show)

    # --- what is shown --------------------------------------------------------------------------

    def _show(self, known: _Known) -> None:
        clear(self._listed)
        sets = {each.slot: each for each in known.sets}
        for each in known.used:
            shut = buttons.quiet(_("Shut…"), partial(self._shut, each), Icon.TRASH)
            shut.setVisible(len(known.used) > 1)
            self._listed.addWidget(_line(each, sets.get(each.slot), shut))
        self._proof.setVisible(len(known.used) > 1)
        clear(self._more)
        for entry in self._entries(known):
            self._more.addWidget(entry)

    def _entries(self, known: _Known) -> tuple[Entry, ...]:
        def go(page: str) -> Callable[[], None]:
            return lambda: self.desk.go(Visit(page=page))

        tried = days.day_of(known.drilled) or _("never")
        made = (
            Entry(
                Icon.PLUS,
                _("One more passphrase"),
                _("For somebody else, or for another keyboard"),
                go("way-add"),
            ),
            Entry(
                Icon.REPAIR,
                _("Another passphrase"),
                _("In the place of the one you type"),
                go("way-change"),
            ),
            Entry(
                Icon.WRITE,
                _("Recovery phrase"),
                _("Twelve words on paper, for when it is forgotten"),
                go("way-phrase"),
            ),
            Entry(
                Icon.PEOPLE,
                _("Shares for keepers"),
                _("Papers for several people, of which some open it together"),
                go("way-shares"),
            ),
            Entry(
                Icon.LOCK,
                _("A new key"),
                _("When somebody may know a passphrase and have a copy"),
                go("way-rekey"),
            ),
        )
        if not known.sets:
            return made
        drill = Entry(
            Icon.CHECK,
            _("Try the shares"),
            _("Last tried: {day}").format(day=tried),
            go("way-drill"),
        )
        return (*made[:4], drill, *made[4:])

    # --- shutting -------------------------------------------------------------------------------

    def _shut(self, used: UsedSlot) -> None:
        question = Question(
            title=_("Shut this way?"),
            text=_("{kind}, made on {day}: it opens the vault no longer.").format(
                kind=_kind(used), day=days.day_of(used.made_at)
            ),
            verb=_("Shut it"),
            keep=_("Leave it"),
            loses=True,
        )
        if not self.ask.confirm(question):
            return
        try:
            other = self.current.take()
        except CryptoError as error:
            self.banner.tell(notice_of(error))
            return

        def shut(vault: Vault, _: Progress) -> Changes:
            openers.remove(vault, used.slot, other=other)
            return Changes.of("setting")

        self.session.do(self, shut, lambda _: self._on_shut())

    def _on_shut(self) -> None:
        self.arrive(Visit(page=self.id))
        self.tell_passing(_("This way is shut"))


def _known(vault: Vault) -> _Known:
    return _Known(
        used=tuple(openers.every(vault)),
        sets=tuple(keepers.known(vault)),
        drilled=keepers.drilled(vault),
    )


def _line(used: UsedSlot, shares: Known | None, shut: QWidget) -> QWidget:
    text = _kind(used)
    if shares is not None and shares.count:
        text = _("{kind}, any {needed} of {count}").format(
            kind=text, needed=shares.needed, count=shares.count
        )
    since = Label(_("made on {day}").format(day=days.day_of(used.made_at)), TextRole.MUTED)
    return group(row(Label(text, TextRole.STRONG), since, STRETCH, shut))


def _kind(used: UsedSlot) -> str:
    return {
        Opener.PASSPHRASE: _("Passphrase"),
        Opener.RECOVERY_PHRASE: _("Recovery phrase"),
        Opener.SHARES: _("Shares"),
    }[Opener(used.kind)]
