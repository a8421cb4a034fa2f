"""One application to the Committee on NGOs: totals, history session by session, alike questions."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import applications, committee
from app.applications import Whole
from app.changes import Changes
from app.committee import Sitting
from app.i18n import _
from app.records import ApplicationReview, CommitteeQuestion, Record
from app.records.ids import (
    ApplicationReviewId,
    CommitteeApplicationId,
    RecordId,
    is_record_id,
)
from app.settings import Role
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import committee_words as words
from ui.pages.committee import KINDS, begin_record
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, TIGHT, Card, clear, column, flow, hint, rule
from ui.widgets.entry import Entry
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, outside
from ui.widgets.stated import mark


class CommitteeApplicationPage(Page):
    """`Visit.reference`: the identifier of the application."""

    id = "committee-application"
    icon = Icon.GLOBE
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "committee"

    @classmethod
    def title(cls) -> str:
        return _("Application for status")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._whole: Whole | None = None
        self._reference = ""
        self.tools.addWidget(buttons.plain(_("Change"), self._change, Icon.WRITE))
        self.name = Paragraph("", TextRole.SECTION)
        self.about = hint("")
        self.totals = column(spacing=TIGHT)
        self.history = column(spacing=INSIDE)
        self.alike = column(spacing=INSIDE)
        self.alike_card = Card(
            _("Asked more than once"),
            hint(_("Questions that ask the same, with the replies beside them.")),
            self.alike,
        )
        self.put(
            self.name,
            self.about,
            Card(_("Counted from the history"), self.totals),
            Card(_("Session by session"), self.history),
            self.alike_card,
            STRETCH,
        )
        self.put_foot(
            self.back_button(),
            STRETCH,
            buttons.plain(_("Sourced observations…"), self._observations),
            buttons.primary(_("Add a session"), self.go_on, Icon.PLUS),
        )
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            self.desk.back()
            return
        self._reference = visit.reference
        self._look()

    def go_on(self) -> None:
        whole = self._whole
        if whole is not None:
            at = CommitteeApplicationId(whole.application.id)
            kind = whole.application.application_type
            begin_record(self, ApplicationReview(application=at, application_type=kind))

    # --- inside -------------------------------------------------------------------------------

    def _look(self) -> None:
        wanted = CommitteeApplicationId(RecordId(self._reference))
        self.session.ask(self, lambda vault, _: applications.whole(vault, wanted), self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & KINDS:
            self._look()

    def _show(self, whole: Whole) -> None:
        self._whole = whole
        record, history = whole.application, whole.history
        states = {each.id: each for each in whole.states}
        self.name.setText(words.organisation(whole.organisation))
        submitted = words.date(record.submitted_on)
        told = (
            words.term(record.application_type),
            words.term(record.status_sought),
            _("submitted: {day}").format(day=submitted) if submitted else "",
            words.term(record.final_outcome),
        )
        self.about.setText(" · ".join(part for part in told if part))
        clear(self.totals)
        counted = [
            words.put_off(history),
            words.sessions(history),
            words.questions(history),
            words.waiting(history.waiting),
        ]
        counted += [
            _("{state}: {number}").format(
                state=words.state(states, each.state), number=each.questions
            )
            for each in history.questioners
        ]
        for line in counted:
            self.totals.addWidget(Paragraph(line))
        self._show_history(history.sittings, states)
        self._show_alike(history.sittings, states)

    def _show_history(self, sittings: tuple[Sitting, ...], states: words.States) -> None:
        clear(self.history)
        if not sittings:
            self.history.addWidget(Label(_("Nothing yet"), TextRole.MUTED))
        for at, sitting in enumerate(sittings):
            if at:
                self.history.addWidget(rule())
            self._add_sitting(sitting, states)

    def _add_sitting(self, sitting: Sitting, states: words.States) -> None:
        review = sitting.review
        marks = (
            [] if sitting.deferral is None else [mark(Tone.NOTE, words.deferral(sitting.deferral))]
        )
        name = words.sitting(sitting)
        self.history.addWidget(
            Entry(Icon.CALENDAR, name, _of_review(sitting), self._opener(review), *marks)
        )
        for said in review.statements:
            line = (
                words.state(states, said.state),
                _(said.stance.label),
                outside(said.summary.text.replace("\n", " ")),
            )
            self.history.addWidget(Paragraph(" · ".join(part for part in line if part)))
        for question in sitting.questions:
            self.history.addWidget(self._question(question, states))
            self.history.addWidget(hint(words.assessed(question)))
        add = buttons.quiet(_("Add a question"), self._asker(review))
        add.setAccessibleName(_("Add a question: {session}").format(session=name))
        self.history.addLayout(flow(add))

    def _show_alike(self, sittings: tuple[Sitting, ...], states: words.States) -> None:
        clear(self.alike)
        asked = [question for sitting in sittings for question in sitting.questions]
        groups = committee.alike(asked)
        self.alike_card.setVisible(bool(groups))
        for at, group in enumerate(groups):
            if at:
                self.alike.addWidget(rule())
            for question in group:
                self.alike.addWidget(
                    self._question(question, states, words.date(question.asked_on))
                )
                self.alike.addWidget(hint(words.assessed(question)))
                if question.similarity_note:
                    note = outside(question.similarity_note.text.replace("\n", " "))
                    self.alike.addWidget(hint(note))

    def _question(
        self, question: CommitteeQuestion, states: words.States, before: str = ""
    ) -> Entry:
        detail = words.themes(question)
        unsafe = any(each.key == "requires_unsafe_disclosure" for each in question.assessment)
        marks = [mark(Tone.WARN, _("Not safe to answer"))] if unsafe else []
        if committee.is_repeat(question):
            marks.append(mark(Tone.NOTE, _("Asked before")))
        return Entry(
            Icon.TEXT,
            words.asked(question, states),
            " · ".join(part for part in (before, detail) if part),
            self._opener(question),
            *marks,
        )

    def _opener(self, record: Record) -> Callable[[], None]:
        return lambda: self.desk.go(Visit(page="record", reference=record.id))

    def _asker(self, review: ApplicationReview) -> Callable[[], None]:
        return lambda: begin_record(
            self,
            CommitteeQuestion(
                review=ApplicationReviewId(review.id),
                asked_on=review.met_on,
                source=review.source,
            ),
        )

    def _change(self) -> None:
        if self._whole is not None:
            self.desk.go(Visit(page="record", reference=self._whole.application.id))

    def _observations(self) -> None:
        whole = self._whole
        if whole is None or whole.organisation is None:
            self.warn(_("The organisation is not here."))
            return
        self.desk.go(Visit(page="observations", reference=whole.organisation.id))


def _of_review(sitting: Sitting) -> str:
    review = sitting.review
    sent, reached = words.date(review.reply_sent_on), words.date(review.reply_reached_committee_on)
    told = (
        words.vote(review.vote) if review.vote is not None else "",
        _("reply sent: {day}").format(day=sent) if sent else "",
        _("reached the Committee: {day}").format(day=reached) if reached else "",
    )
    return " · ".join(part for part in told if part)
