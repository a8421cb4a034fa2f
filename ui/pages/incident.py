"""A report: written in the short form or the whole one, with its files and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import duplicating, evidence, store, titles
from app.changes import Changes
from app.duplicating import Duplicated
from app.i18n import _
from app.incidents import State
from app.missing import Gap
from app.records import EvidenceItem, Incident, Kind, Record, checks
from app.records.backlinks import backlinks
from app.records.ids import IncidentId, RecordId, is_record_id, new_id
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import verdicts
from ui.actions import Action
from ui.ask import Question
from ui.forms.steps import Steps
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import incident_words, opened, parts
from ui.pages.danger_notice import DangerNotice
from ui.pages.drafting import DRAFTS, Drafting
from ui.pages.errand import Errand
from ui.pages.evidence_card import EvidenceCard
from ui.pages.incident_form import IncidentForm
from ui.pages.missing_card import MissingCard
from ui.pages.opened import OpenedIncident
from ui.pages.related_card import RelatedCard
from ui.pages.report_tags import ReportTags, Retagged
from ui.pages.templates import save_button
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, clear, column
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.stated import Stated

_LOOKED_AT = frozenset(each.value for each in Kind) | {"bundle", "receipt"}
_SENT = frozenset({State.SEALED, State.ANSWERED, State.CHANGED})


class IncidentPage(Page):
    """`Visit.reference`: the id of a report, or of one to be begun; empty for a new one."""

    id = "incident"
    icon = Icon.WRITE
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"
    takes_files = True
    answers = Action.NEW

    @classmethod
    def title(cls) -> str:
        return _("New report")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._blank: Visit | None = None
        self._wanted: RecordId | None = None
        self._shown: OpenedIncident | None = None
        said = Label("", TextRole.MUTED)
        self.form = IncidentForm()
        self.drafting = Drafting(self, said, self.form.value)
        self.steps: Steps[Incident] = Steps()
        self.form.edited.connect(self._on_edited)
        self.form.new_requested.connect(self._on_new_requested)
        self.remove = buttons.sign(Icon.TRASH, _("Remove this report"), self._remove)
        self.past = buttons.sign(Icon.CLOCK, _("History"), self._look_back)
        self.tools.addWidget(said)
        self.tools.addWidget(self.past)
        self.ask_on = buttons.sign(Icon.NEXT, _("Question by question"), self._ask_on)
        self.tools.addWidget(self.ask_on)
        self.tools.addWidget(buttons.sign(Icon.COPY, _("Write it down again"), self._duplicate))
        self.tools.addWidget(save_button(self, self._kept))
        self.tools.addWidget(self.remove)
        self._state = column()
        self.tags = ReportTags(self, self._on_retagged)
        self.danger = DangerNotice(lambda: self.desk.go(Visit(page="contacts")))
        self.drafting.kept.connect(lambda: self.danger.look_at(self.form.value()))
        self.evidence = EvidenceCard(self, self._kept)
        self.evidence.changed.connect(self._look_again)
        self.evidence.opened.connect(self._open)
        self.evidence.removed.connect(self._remove_part)
        self.related = RelatedCard()
        self.related.opened.connect(self._open)
        self.related.removed.connect(self._remove_part)
        self.related.added.connect(self._add)
        self.missing = MissingCard()
        self.missing.asked.connect(self._lead_to)
        self.drafting.kept.connect(self._look_for_gaps)
        above = (self._state, self.tags, self.danger)
        self.put(*above, self.form, self.evidence, self.related, self.missing, STRETCH)
        self._fill_foot()
        self.session.changed.connect(self._on_changed)

    def _fill_foot(self) -> None:
        self.more = buttons.plain(_("All details"), self._turn)
        close = buttons.plain(_("Save and close"), self.go_on)
        self.put_foot(self.back_button(), self.more, STRETCH, close)
        if self.desk.preferences.now.role is not Role.ORGANISATION:
            self.put_foot(buttons.primary(_("Seal this report…"), self._seal, Icon.SEAL))

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            self._begin(visit)
            return
        self._shown = None
        wanted = self._wanted = RecordId(visit.reference)
        self.session.ask(self, lambda vault, _: opened.incident(vault, wanted), self._show)

    def flush(self) -> None:
        self.drafting.flush()

    def take_files(self, files: tuple[Path, ...]) -> None:
        self.evidence.take(files)

    def go_on(self) -> None:
        """Save and close."""
        self._save(lambda: self.desk.go(Visit(page=self.under)))

    def undo(self) -> None:
        self._turn_to(self.steps.undo())

    def redo(self) -> None:
        self._turn_to(self.steps.redo())

    def _turn_to(self, record: Incident | None) -> None:
        if record is not None:
            self.form.turn(record)
            self.drafting.touch()

    def _on_edited(self) -> None:
        self.steps.note(self.form.value())
        self.drafting.touch()

    def _begin(self, visit: Visit) -> None:
        """A new report gets its id first, so that the way back leads to it and not to another."""
        if visit is self._blank:
            self.desk.back()
            return
        self._blank = visit
        self.desk.go(Visit(page=self.id, reference=new_id()))

    # --- showing ------------------------------------------------------------------------------

    def _show(self, found: OpenedIncident) -> None:
        record = found.opened.record
        if not isinstance(record, Incident) or record.id != self._wanted:
            return
        is_new = not found.opened.revision and not found.opened.has_draft
        self.drafting.begin(
            record, revision=found.opened.revision, has_draft=found.opened.has_draft
        )
        self.form.put(record, found.opened.known)
        self.steps.begin(record)
        if found.opened.revision and self.desk.preferences.now.role is Role.ORGANISATION:
            self.form.show_all()
        self._say_more()
        self.past.setVisible(found.opened.revision > 0)
        # a report that was never saved goes on where the quick report left off
        can_ask = self.desk.preferences.now.role is not Role.ORGANISATION
        self.ask_on.setVisible(can_ask and not found.opened.revision)
        known = _("Report {reference}").format(reference=record.short_ref)
        self.heading.setText(_("New report") if is_new else known)
        self._show_around(found)
        if is_new:
            self.form.focus_first()

    def _show_around(self, found: OpenedIncident) -> None:
        if found.opened.record.id != self._wanted:
            return
        self._shown = found
        self.evidence.show_items(found.evidence)
        self.related.show_parts(found.parts, found.writing)
        self._look_for_gaps()
        clear(self._state)
        self.danger.look_at(self.form.value())
        row = found.row
        self.tags.show_row(row)
        if row is not None and row.state in _SENT:
            tone, text = verdicts.tone(row.verdict), verdicts.sentence(row.verdict)
            if row.state is State.CHANGED:
                tone, text = Tone.WARN, _("Seal it again to hand over what you changed.")
            self._state.addWidget(Stated(tone, incident_words.state(row), text))

    def _on_retagged(self, came: Retagged) -> None:
        """The tags were kept already: what is typed goes on from there."""
        typed = self.form.value()
        if typed.id == came.report.id and self.drafting.revision == came.before:
            self.drafting.revision = came.revision
            self.form.turn(replace(typed, tags=came.report.tags))

    def _look_for_gaps(self) -> None:
        found = self._shown
        if found is not None:
            around = (*found.parts, *found.writing, *found.evidence)
            self.missing.look_at(self.form.value(), around)

    def _lead_to(self, gap: Gap) -> None:
        if gap.record.id != self.form.value().id:
            errand = Errand(record=RecordId(gap.record.id), field=gap.field)
            self.desk.go(Visit(page="record", reference=str(errand)))
        elif gap.field in {link.name for link in backlinks(Kind.INCIDENT)}:
            self.related.focus_adding()
        else:
            self.form.focus_field(gap.field)
            self._say_more()

    def _look_again(self) -> None:
        """Look at what hangs on the report; the fields stay as they are being typed."""
        if self._shown is not None:
            shown = self._shown.opened.record.id
            self.session.ask(
                self, lambda vault, _: opened.incident(vault, shown), self._show_around
            )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & _LOOKED_AT:
            self._look_again()

    def _turn(self) -> None:
        if self.form.whole is None:
            self.form.show_all()
        else:
            self.form.show_short()
        self._say_more()

    def _say_more(self) -> None:
        is_short = self.form.whole is None
        self.more.setText(_("All details") if is_short else _("Fewer details"))

    # --- saving -------------------------------------------------------------------------------

    def _save(self, then: Callable[[], None]) -> None:
        if self._shown is None:
            return
        complaints = self.form.complaints()
        if complaints:
            self.tell(Tone.WARN, _("Something cannot be read yet"), " ".join(complaints))
            return
        record = incident_words.titled(self.form.value())
        problems = checks.draft(record)
        if problems:
            self.form.show_problems(problems)
            text = _("What you wrote is kept as a draft until then.")
            self.tell(Tone.WARN, _("One thing is missing"), text)
        elif self.drafting.revision and not self.drafting.has_draft:
            then()
        else:
            self.drafting.save(record, lambda _: then())

    def _seal(self) -> None:
        if self._shown is not None:
            shown = self._shown.opened.record.id
            self._save(lambda: self.desk.go(Visit(page="seal", reference=shown)))

    def _kept(self) -> RecordId:
        """The id of the report, which the vault holds by now, if only as a draft."""
        if not self.drafting.is_kept:
            self.drafting.keep()
        return self.form.value().id

    # --- what belongs to it -------------------------------------------------------------------

    def _open(self, record: Record) -> None:
        self.desk.go(Visit(page="record", reference=str(Errand(record=record.id))))

    def _on_new_requested(self, kind: object) -> None:
        if isinstance(kind, Kind):
            self._start(parts.pointed_to(kind, self._kept()))

    def _add(self, part: object) -> None:
        if isinstance(part, parts.Part):
            self._start(parts.belonging_to(part, self._kept()))

    def _start(self, new: parts.New) -> None:
        def begin(vault: Vault, _: Progress) -> Changes:
            for each in new.records:
                opened.begin(vault, each)
            return DRAFTS

        def go(_: Changes) -> None:
            for errand in new.errands:
                self.desk.go(Visit(page="record", reference=str(errand)))

        self.session.do(self, begin, go)

    def _remove_part(self, part: Record) -> None:
        shown = self._shown
        never_saved = shown is not None and part.id in {each.id for each in shown.writing}
        name = titles.title(part, shown.parts if shown else ())

        def remove(vault: Vault, _: Progress) -> Changes:
            if never_saved:
                store.forget_draft(vault, part.id)
                return Changes.of(part.kind)
            return store.remove(vault, part.id, why="")

        def back(vault: Vault, _: Progress) -> Changes:
            if never_saved:
                store.keep_draft(vault, part)
                return Changes.of(part.kind)
            return store.bring_back(vault, part.id)

        def undo() -> None:
            self.session.do(self, back, lambda _: None)

        def removed(_: Changes) -> None:
            self.offer_undo(said, undo)

        said = _("Removed: {name}").format(name=outside(name))
        self.session.do(self, remove, removed)

    def _duplicate(self) -> None:
        """The same words as a second report: a draft, without what was promised or proved."""
        if self._shown is None:
            return
        report = IncidentId(self._kept())

        def again(vault: Vault, _: Progress) -> Duplicated:
            return duplicating.duplicate(vault, report)

        def go(made: Duplicated) -> None:
            self.desk.go(Visit(page=self.id, reference=made.report.id))

        self.drafting.flush()
        self.session.do(self, again, go)

    def _ask_on(self) -> None:
        if self._shown is not None:
            self.desk.go(Visit(page="quick", reference=self._shown.opened.record.id))

    def _look_back(self) -> None:
        if self._shown is not None:
            self.desk.go(Visit(page="history", reference=self._shown.opened.record.id))

    # --- removing the whole -------------------------------------------------------------------

    def _remove(self) -> None:
        shown = self._shown
        if shown is None:
            return
        record = shown.opened.record.id
        if self.drafting.revision:
            self.drafting.forget()
            self.session.do(
                self,
                lambda vault, _: store.remove(vault, record, why=""),
                lambda _: self.desk.go(Visit(page=self.under, reference=record)),
            )
            return
        question = Question(
            title=_("Throw this draft away?"),
            text=_("It was never saved as a report. What you typed, and its files, will be gone."),
            verb=_("Throw it away"),
            loses=True,
        )
        if self.drafting.is_kept and not self.ask.confirm(question):
            return
        self.drafting.forget()
        items = shown.evidence

        def throw_away(vault: Vault, _: Progress) -> Changes:
            return _throw_away(vault, record, items)

        self.session.do(self, throw_away, lambda _: self.desk.go(Visit(page=self.under)))


class OrganisationIncidentPage(IncidentPage):
    """The same for an organisation: all fields at once, and its own list to come back to."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"


def _throw_away(vault: Vault, draft: RecordId, items: tuple[EvidenceItem, ...]) -> Changes:
    store.forget_draft(vault, draft)
    changes = DRAFTS
    for item in items:
        changes |= evidence.destroy(vault, item.id, why="")
    return changes
