"""Applications to the Committee on NGOs: all of them, with what was counted from their history."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import applications
from app.applications import ApplicationRow
from app.changes import Changes
from app.i18n import _
from app.records import CommitteeApplication, Kind, Record
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import committee_words as words
from ui.pages import opened
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, hint
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.plain import Tone
from ui.widgets.stated import mark

KINDS = frozenset(
    {
        Kind.COMMITTEE_APPLICATION.value,
        Kind.APPLICATION_REVIEW.value,
        Kind.COMMITTEE_QUESTION.value,
        Kind.SESSION_ITEM.value,
        Kind.ORGANISATION.value,
    }
)


class CommitteePage(Page):
    """The list; each line opens the history of one application."""

    id = "committee"
    icon = Icon.GLOBE
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})

    @classmethod
    def title(cls) -> str:
        return _("Committee on NGOs")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tools.addWidget(buttons.plain(_("Sessions"), self._sessions, Icon.CALENDAR))
        self.list = column(spacing=INSIDE)
        self.put(
            hint(
                _(
                    "Write down what each session did with an application. Deferrals, days and"
                    " questions are counted from that, for every State in the same way."
                )
            ),
            self.list,
            STRETCH,
        )
        self.put_foot(STRETCH, buttons.primary(_("New application"), self.go_on, Icon.PLUS))
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - the same from wherever one comes
        self.session.ask(self, _rows, self._show)

    def go_on(self) -> None:
        begin_record(self, CommitteeApplication())

    def _sessions(self) -> None:
        self.desk.go(Visit(page="committee-sessions"))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & KINDS:
            self.arrive(Visit(page=self.id))

    def _show(self, rows: list[ApplicationRow]) -> None:
        clear(self.list)
        if not rows:
            text = _("An application is what an organisation asks the Committee for.")
            self.list.addWidget(Empty(Icon.GLOBE, _("No applications yet"), text))
        for each in rows:
            self.list.addWidget(self._entry(each))

    def _entry(self, row: ApplicationRow) -> Entry:
        history, record = row.history, row.application
        ended = words.term(record.final_outcome)
        parts = (words.term(record.application_type), words.waiting(history.waiting))
        marks = [mark(Tone.NOTE, words.put_off(history))] if history.deferrals else []
        if ended:
            marks.append(mark(Tone.NOTE, ended))
        return Entry(
            Icon.GLOBE,
            words.organisation(row.organisation),
            " · ".join(part for part in parts if part),
            lambda: self.desk.go(Visit(page="committee-application", reference=record.id)),
            *marks,
        )


def begin_record(page: Page, made: Record) -> None:
    """Keep a new record as a draft and open its form; the page is come back to after saving."""

    def begin(vault: Vault, _: Progress) -> Changes:
        return opened.begin(vault, made)

    def go(_: Changes) -> None:
        page.desk.go(Visit(page="record", reference=made.id))

    page.session.do(page, begin, go)


def _rows(vault: Vault, _progress: Progress) -> list[ApplicationRow]:
    return applications.rows(vault)
