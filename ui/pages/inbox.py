"""Inbox: open bundles that were brought, and see what was taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import sizes
from app.changes import Changes
from app.i18n import _, ngettext
from app.inbox import arrived
from app.inbox.arrived import Arrival
from app.settings import Role
from ui import days
from ui.ask import OpenWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, heading
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import mark

AT_ONCE = 50


class InboxPage(Page):
    """A place to drop a bundle, and the list of those taken in, the latest first."""

    id = "inbox"
    icon = Icon.INBOX
    needs = Needs.VAULT
    roles = frozenset({Role.ORGANISATION})
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Inbox")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:
        return preferences.now.role is Role.ORGANISATION

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._shown = AT_ONCE
        self.drop = FileDrop(
            _("Drop a sealed bundle here. It is checked first; you decide what happens with it."),
            _("Open a bundle…"),
            self._choose,
            Icon.INBOX,
        )
        self.drop.dropped.connect(self.take_files)
        self.list = column(spacing=INSIDE)
        self.put(self.drop, self.list, STRETCH)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)
            return
        self.session.ask(self, lambda vault, _: tuple(arrived.every(vault)), self._show)

    def take_files(self, files: tuple[Path, ...]) -> None:
        self.desk.go(Visit(page="open-bundle", files=files[:1]))

    def go_on(self) -> None:
        self._choose()

    def _choose(self) -> None:
        path = self.ask.open_file(OpenWish(title=_("Open a bundle")))
        if path is not None:
            self.take_files((path,))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"bundle", "receipt"}:
            self.arrive(Visit(page=self.id))

    def _show(self, found: tuple[Arrival, ...]) -> None:
        clear(self.list)
        if not found:
            self.list.addWidget(
                Empty(
                    Icon.INBOX,
                    _("No bundles yet"),
                    _("Open a file from a stick, or give your card to those who shall report."),
                    buttons.plain(
                        _("Show my card"),
                        lambda: self.desk.go(Visit(page="own-card")),
                        Icon.CARD,
                    ),
                )
            )
            return
        self.list.addWidget(heading(_("Taken in")))
        for each in found[: self._shown]:
            self.list.addWidget(self._entry(each))
        if len(found) > self._shown:
            self.list.addWidget(buttons.quiet(_("Show more"), lambda: self._show_more(found)))

    def _show_more(self, found: tuple[Arrival, ...]) -> None:
        self._shown += AT_ONCE
        self._show(found)

    def _entry(self, bundle: Arrival) -> Entry:
        answer = _("Receipt made") if bundle.verdict else _("No receipt yet")
        marks = [mark(Tone.OK if bundle.verdict else Tone.NOTE, answer)]
        if not bundle.whole:
            marks.insert(0, mark(Tone.WARN, _("Incomplete")))
        return Entry(
            Icon.INBOX,
            sender_words(bundle),
            f"{days.day_of(bundle.at)} · {arrived_words(bundle)}",
            lambda: self.desk.go(Visit(page="arrival", reference=bundle.id)),
            *marks,
        )


def sender_words(bundle: Arrival) -> str:
    """Who sent it, as far as is known."""
    if bundle.sender is not None:
        return _("From {name}").format(name=outside(bundle.sender.name))
    return _("From an unknown key") if bundle.signed else _("Not signed")


def arrived_words(bundle: Arrival) -> str:
    """What came in it, in one line."""
    count = len(bundle.incidents)
    reports = ngettext("{count} report", "{count} reports", count).format(count=count)
    return f"{reports} · {sizes.words(bundle.size)}"
