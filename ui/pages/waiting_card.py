"""What waits for somebody, on the first page: hidden while nothing does, a few lines at most."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal

from app import waiting
from app.i18n import _, ngettext
from app.records import Kind
from app.reminders import WORDS, Reminder
from app.standing import State
from app.tasks import Progress
from app.vault import Vault
from app.waiting import Waiting
from ui import days
from ui.icons import Icon
from ui.page import Page, Visit
from ui.pages.errand import Errand
from ui.widgets.arrange import INSIDE, Card, clear, column, hint
from ui.widgets.entry import Entry
from ui.widgets.plain import Tone
from ui.widgets.stated import mark

MOST: Final = 4
"""So many reminders are shown; the rest is counted."""


class WaitingCard(Card):
    """`filtered` carries the State of the reports that are wished in the list."""

    filtered = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(_("What waits"))
        self._page = page
        self._lines = column(spacing=INSIDE)
        self.body.addLayout(self._lines)
        self.hide()

    def refresh(self) -> None:
        """Look again what waits."""

        def look(vault: Vault, _: Progress) -> Waiting:
            return waiting.look(vault, date.today())

        # a vault with damaged pages says so where the reports are listed
        self._page.session.ask(self._page, look, self._show, lambda _: self.hide())

    def _show(self, found: Waiting) -> None:
        clear(self._lines)
        self.setVisible(not found.is_nothing)
        for reminder in found.reminders[:MOST]:
            self._lines.addWidget(self._reminder(reminder))
        more = len(found.reminders) - MOST
        if more > 0:
            said = ngettext("{count} more task", "{count} more tasks", more)
            self._lines.addWidget(hint(said.format(count=more)))
        count = found.answers
        text = ngettext("{count} answer came back", "{count} answers came back", count)
        self._line(Icon.RECEIPT, text, count, self._goer(Visit(page="receipts")))
        count = found.changed
        text = ngettext(
            "{count} report changed since it was sealed",
            "{count} reports changed since they were sealed",
            count,
        )
        self._line(Icon.SEAL, text, count, self._filterer(State.CHANGED))
        count = found.being_written
        text = ngettext(
            "{count} report is being written", "{count} reports are being written", count
        )
        self._line(Icon.WRITE, text, count, self._filterer(State.DRAFT))

    def _line(self, picture: Icon, text: str, count: int, then: Callable[[], None]) -> None:
        if count:
            self._lines.addWidget(Entry(picture, text.format(count=count), "", then))

    def _reminder(self, of: Reminder) -> Entry:
        on = "" if of.on is None else days.day(of.on)
        late = [mark(Tone.WARN, _("Late"))] if of.is_late else []
        said = _("Task {code}").format(code=of.code)
        title = f"{said} · {on}" if on else said
        return Entry(Icon.CLOCK, title, _(WORDS[of.task]), self._goer(_place(of)), *late)

    def _goer(self, visit: Visit) -> Callable[[], None]:
        return lambda: self._page.desk.go(visit)

    def _filterer(self, state: State) -> Callable[[], None]:
        return lambda: self.filtered.emit(state)


def _place(of: Reminder) -> Visit:
    """Where the work is done. A report has a page of its own, every other record has its form."""
    if of.record is None:
        return Visit(page="copies")
    if of.kind is Kind.INCIDENT:
        return Visit(page="incident", reference=of.record)
    return Visit(page="record", reference=str(Errand(record=of.record)))
