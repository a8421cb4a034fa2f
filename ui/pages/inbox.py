"""Inbox: open bundles that were brought, one or many, and see what was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import sizes
from app.changes import Changes
from app.i18n import _, ngettext
from app.inbox import arrived, gathering, missing, quarantine, taking
from app.inbox.arrived import Arrival
from app.inbox.missing import Missing
from app.inbox.taking import Unfinished
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import days
from ui.ask import FolderWish, OpenWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import batch_words
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, heading, row
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated, mark

AT_ONCE = 50
GAPS_AT_ONCE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    arrivals: tuple[Arrival, ...]
    missing: tuple[Missing, ...]
    set_aside: int
    unfinished: Unfinished | None


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
            _(
                "Drop sealed bundles here, one or many, or a whole folder. They are checked first;"
                " you decide what happens with them."
            ),
            _("Open bundles…"),
            self._choose,
            Icon.INBOX,
        )
        self.drop.dropped.connect(self.take_files)
        self.notes = column(spacing=INSIDE)
        self.list = column(spacing=INSIDE)
        whole = buttons.plain(_("Look through a stick or folder…"), self._choose_folder, Icon.STICK)
        self.put(self.drop, row(whole, STRETCH), self.notes, self.list, STRETCH)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)
            return
        self.session.ask(self, _look, self._show_all)

    def take_files(self, files: tuple[Path, ...]) -> None:
        many = len(files) > 1 or gathering.is_folder(files[0])
        self.desk.go(Visit(page="batch" if many else "open-bundle", files=files))

    def go_on(self) -> None:
        self._choose()

    def _choose(self) -> None:
        paths = self.ask.open_files(OpenWish(title=_("Open bundles")))
        if paths:
            self.take_files(paths)

    def _choose_folder(self) -> None:
        place = self.ask.folder(FolderWish(title=_("Look through a stick or folder")))
        if place is not None:
            self.desk.go(Visit(page="batch", files=(place,)))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"bundle", "receipt", "set_aside"}:
            self.arrive(Visit(page=self.id))

    def _show_all(self, found: _Found) -> None:
        clear(self.notes)
        if found.unfinished is not None:
            self.notes.addWidget(self._unfinished(found.unfinished))
        if found.missing:
            lines = [batch_words.missing(each) for each in found.missing[:GAPS_AT_ONCE]]
            more = len(found.missing) - len(lines)
            if more:
                words = ngettext("{count} more gap.", "{count} more gaps.", more)
                lines.append(words.format(count=more))
            lines.append(_("Ask the sender: it may be lost, or still on its way."))
            self.notes.addWidget(Stated(Tone.WARN, _("Something is missing"), "\n".join(lines)))
        if found.set_aside:
            words = ngettext("{count} file set aside", "{count} files set aside", found.set_aside)
            button = buttons.plain(
                words.format(count=found.set_aside),
                lambda: self.desk.go(Visit(page="set-aside")),
                Icon.LOCK,
            )
            self.notes.addLayout(row(button, STRETCH))
        self._show(found.arrivals)

    def _unfinished(self, left: Unfinished) -> Stated:
        words = ngettext("{count} file was chosen.", "{count} files were chosen.", len(left.paths))
        return Stated(
            Tone.WARN,
            _("Taking in was broken off"),
            words.format(count=len(left.paths))
            + " "
            + _("Every bundle is whole, or not here. What is here already is passed over."),
            buttons.primary(
                _("Go on"), lambda: self.desk.go(Visit(page="batch", files=left.paths)), Icon.NEXT
            ),
            buttons.plain(_("Do not go on"), self._forget),
        )

    def _forget(self) -> None:
        self.session.do(self, lambda vault, _: taking.forget(vault), lambda _: None)

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


def _look(vault: Vault, _: Progress) -> _Found:
    return _Found(
        arrivals=tuple(arrived.every(vault)),
        missing=missing.every(vault),
        set_aside=len(quarantine.every(vault)),
        unfinished=taking.unfinished(vault),
    )


def sender_words(bundle: Arrival) -> str:
    """Who sent it, as far as is known."""
    if bundle.sender is not None:
        words = _("From {name}").format(name=outside(bundle.sender.name))
    else:
        words = _("From an unknown key") if bundle.signed else _("Not signed")
    passed = _("passed on by somebody")
    return f"{words}, {passed}" if bundle.passed_on else words


def arrived_words(bundle: Arrival) -> str:
    """What came in it, in one line."""
    count = len(bundle.incidents)
    reports = ngettext("{count} report", "{count} reports", count).format(count=count)
    return f"{reports} · {sizes.words(bundle.size)}"
