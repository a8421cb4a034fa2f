"""Sessions of UN bodies: dates that people keep up to date by hand, and how old each one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtWidgets import QWidget

from app import ageing, applications, store, titles
from app.changes import Changes
from app.i18n import _
from app.records import Kind, SessionItem, derive
from app.settings import Role
from app.store import Saved
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import committee_words as words
from ui.pages.committee import begin_record
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, hint, row
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What the page shows; `today`: by the clock of the vault."""

    sessions: tuple[SessionItem, ...]
    today: date


class CommitteeSessionsPage(Page):
    """The list; each line opens the form of one session."""

    id = "committee-sessions"
    icon = Icon.CALENDAR
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "committee"

    @classmethod
    def title(cls) -> str:
        return _("Sessions")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = column(spacing=INSIDE)
        self.put(
            hint(
                _(
                    "This program looks nothing up. Compare the dates with the page of the body"
                    " from a safe place, and say here when you did."
                )
            ),
            self.list,
            STRETCH,
        )
        self.put_foot(
            self.back_button(),
            STRETCH,
            buttons.primary(_("New session"), self.go_on, Icon.PLUS),
        )
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self.session.ask(self, _listed, self._show)

    def go_on(self) -> None:
        begin_record(self, SessionItem())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and Kind.SESSION_ITEM.value in changes.kinds:
            self.arrive(Visit(page=self.id))

    def _show(self, listed: Listed) -> None:
        clear(self.list)
        if not listed.sessions:
            text = _("A review of an application needs the session in which it took place.")
            self.list.addWidget(Empty(Icon.CALENDAR, _("No sessions yet"), text))
        for each in listed.sessions:
            line = row(self._entry(each, listed.today), self._checked(each), spacing=INSIDE)
            line.setStretch(0, 1)
            self.list.addLayout(line)

    def _entry(self, session: SessionItem, today: date) -> Entry:
        age = ageing.age(session.last_checked, today)
        _first, ends = derive.bounds(session.period)
        again = ageing.must_look(session.last_checked, ends, today)
        marks = [mark(Tone.WARN, _("Look it up again"))] if again else []
        when = outside(titles.when(session))
        return Entry(
            Icon.CALENDAR,
            outside(titles.title(session)),
            " · ".join(part for part in (when, words.looked_up(age)) if part),
            lambda: self.desk.go(Visit(page="record", reference=session.id)),
            *marks,
        )

    def _checked(self, session: SessionItem) -> buttons.Button:
        name = _("Looked up today: {name}").format(name=outside(titles.title(session)))
        return buttons.sign(Icon.CHECK, name, self._checker(session))

    def _checker(self, session: SessionItem) -> Callable[[], None]:
        def check(vault: Vault, _: Progress) -> Saved[SessionItem]:
            held = store.kept(vault, SessionItem, session.id)
            looked = replace(held.record, last_checked=vault.clock().date())
            return store.save(vault, looked, read_revision=held.revision)

        def begin() -> None:
            self.session.do(self, check, self._said)

        return begin

    def _said(self, saved: Saved[SessionItem]) -> None:
        name = outside(titles.title(saved.record))
        self.tell_passing(_("Looked up today: {name}").format(name=name))


def _listed(vault: Vault, _progress: Progress) -> Listed:
    return Listed(sessions=tuple(applications.sessions(vault)), today=vault.clock().date())
