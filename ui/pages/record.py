"""One record of any kind, in the form that its field specs make; kept while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import store, titles
from app.changes import Changes
from app.i18n import _
from app.records import Kind, Record, checks, conditions
from app.records.ids import RecordId
from app.settings import Role
from app.store import Saved
from app.tasks import Progress
from app.vault import Vault
from ui.forms.editor import Surroundings
from ui.forms.form import Form
from ui.forms.steps import Steps
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import opened, parts
from ui.pages.drafting import DRAFTS, Drafting
from ui.pages.errand import Errand
from ui.pages.lag_card import LagCard
from ui.pages.looking_kept import into_trail
from ui.pages.opened import Opened
from ui.pages.told_card import ToldCard
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, clear, column, hint
from ui.widgets.plain import Label, TextRole, Tone, outside


class RecordPage(Page):
    """`Visit.reference`: an Errand as text."""

    id = "record"
    icon = Icon.WRITE
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"

    @classmethod
    def title(cls) -> str:
        return _("Details")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._errand: Errand | None = None
        self._shown: Opened | None = None
        self._waits = False
        self._applying: tuple[str, ...] = ()
        self.form: Form[Record] | None = None
        self.steps: Steps[Record] = Steps()
        said = Label("", TextRole.MUTED)
        self.drafting = Drafting(self, said, self._value)
        self.past = buttons.sign(Icon.CLOCK, _("History"), self._look_back)
        self.consent = buttons.sign(Icon.CHECK, _("Consent"), self._look_at_consent)
        self.tools.addWidget(said)
        self.tools.addWidget(self.consent)
        self.tools.addWidget(self.past)
        self._called = hint("")
        self._fields = column()
        self.told = ToldCard(self)
        self.lag = LagCard(self)
        self.put(self._called, self.told, self.lag, self._fields, STRETCH)
        save = buttons.primary(_("Save"), self.go_on)
        self.put_foot(self.back_button(), STRETCH, save)

    # --- what the window calls ----------------------------------------------------------------

    def arrive(self, visit: Visit) -> None:
        try:
            errand = Errand.parse(visit.reference)
        except ValueError:
            self.desk.back()
            return
        self._errand = errand
        self._shown = None
        self._waits = False
        self._applying = ()
        clear(self._fields)
        self.form = None
        self.session.ask(self, lambda vault, _: opened.record(vault, errand.record), self._show)

    def flush(self) -> None:
        """Keep what was typed; a new record in which nothing was typed is not kept."""
        shown = self._shown
        self.drafting.flush()
        if shown is None or shown.revision or self._waits or self.drafting.revision:
            return
        if opened.is_blank(self._value()):
            self.drafting.forget()
            self._shown = None
            blank = shown.record.id

            def forget(vault: Vault, _: Progress) -> Changes:
                store.forget_draft(vault, blank)
                return DRAFTS

            self.session.do(self, forget, lambda _: None)

    def go_on(self) -> None:
        """Save, let what waits point to it, and go back."""
        form = self.form
        if form is None or self._shown is None:
            return
        complaints = form.complaints()
        if complaints:
            self.tell(Tone.WARN, _("Something cannot be read yet"), " ".join(complaints))
            return
        record = form.value()
        problems = checks.draft(record)
        if problems:
            form.show_problems(problems)
            text = _("What you wrote is kept as a draft until then.")
            self.tell(Tone.WARN, _("Something is missing"), text)
            return
        self.drafting.save(record, self._on_saved)

    def undo(self) -> None:
        self._turn_to(self.steps.undo())

    def redo(self) -> None:
        self._turn_to(self.steps.redo())

    # --- inside -------------------------------------------------------------------------------

    def _look_at_consent(self) -> None:
        if self._shown is not None:
            self.desk.go(Visit(page="consent", reference=self._shown.record.id))

    def _turn_to(self, record: Record | None) -> None:
        if record is not None and self.form is not None:
            self.form.turn(record)
            self.drafting.touch()

    def _on_edited(self) -> None:
        self.steps.note(self._value())
        self._show_applying()
        self.lag.look_at(self._value())
        self.drafting.touch()

    def _value(self) -> Record:
        if self.form is not None:
            return self.form.value()
        if self._shown is None:
            raise LookupError
        return self._shown.record

    def _show(self, found: Opened) -> None:
        record = found.record
        if self._errand is None or self._errand.record != record.id:
            # the answer to a visit that another one followed at once
            return
        self._shown = found
        self.drafting.begin(record, revision=found.revision, has_draft=found.has_draft)
        self.heading.setText(titles.kind(record.kind))
        self.past.setVisible(found.revision > 0)
        asked = record.kind in {Kind.PERSON, Kind.ORGANISATION}
        self.consent.setVisible(asked and found.revision > 0)
        self._called.setText(outside(titles.title(record)))
        self.told.look_at(record)
        self.lag.forget()
        self.lag.look_at(record)
        around = Surroundings(
            known=found.known, can_add=True, looking=into_trail(self, RecordId(record.id))
        )
        form: Form[Record] = Form(type(record), around)
        form.edited.connect(self._on_edited)
        form.new_requested.connect(self._on_new_requested)
        self.form = form
        self._fields.addWidget(form)
        form.put(record)
        self.steps.begin(record)
        form.focus_first()
        self._show_applying()
        form.focus_field(self._errand.field)

    def _show_applying(self) -> None:
        """Open the blocks that this kind of act asks for; others can be added by hand."""
        record = self._value()
        names = conditions.applying(record)
        if self.form is not None and names != self._applying:
            self._applying = names
            for name in names:
                self.form.unfold_field(name)

    def _look_back(self) -> None:
        if self._shown is not None:
            self.desk.go(Visit(page="history", reference=self._shown.record.id))

    def _on_saved(self, saved: Saved[Record]) -> None:
        waiting = self._errand.waiting if self._errand is not None else None
        self._shown = None
        if waiting is None:
            self.desk.back()
            return
        made, waits = saved.record, waiting

        def point(vault: Vault, _: Progress) -> Changes:
            return opened.point(vault, waits, made)

        self.session.do(self, point, lambda _: self.desk.back())

    def _on_new_requested(self, kind: object) -> None:
        if not isinstance(kind, Kind) or self._shown is None:
            return
        self._waits = True
        self.drafting.keep()
        new = parts.pointed_to(kind, RecordId(self._shown.record.id))

        def begin(vault: Vault, _: Progress) -> Changes:
            for each in new.records:
                opened.begin(vault, each)
            return DRAFTS

        def go(_: Changes) -> None:
            self.desk.go(Visit(page=self.id, reference=str(new.errands[0])))

        self.session.do(self, begin, go)


class OrganisationRecordPage(RecordPage):
    """The same for an organisation, under its own list."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"
