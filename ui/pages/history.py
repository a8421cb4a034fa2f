"""The history of one record: what each revision changed, and an older one made the newest again.

Nothing is ever taken out of it: going back to an older state is one more revision.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import history, store, titles
from app.history import Act, History, Step
from app.i18n import _
from app.records import Record
from app.records.ids import RecordId, is_record_id
from app.settings import Role
from app.store import Saved
from app.tasks import Progress
from app.vault import Vault
from ui import days
from ui.ask import Question
from ui.forms.looking import Looking
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages.changed import changed
from ui.pages.looking_kept import into_trail
from ui.pages.trail_card import trail_card
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, clear, column, hint, row
from ui.widgets.plain import Label, TextRole, Tone, outside_text


class HistoryPage(Page):
    """`Visit.reference`: the id of a record that was saved."""

    id = "history"
    icon = Icon.CLOCK
    roles = frozenset({Role.RECORDER})
    in_rail = False
    under = "home"

    @classmethod
    def title(cls) -> str:
        return _("History")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: RecordId | None = None
        self._shown: History | None = None
        self._looking = Looking()
        self._called = hint("")
        self._steps = column()
        self.put(
            self._called,
            hint(_("Every state stays. Going back to an older one adds a state; none is lost.")),
            self._steps,
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            self.desk.back()
            return
        self._wanted = RecordId(visit.reference)
        clear(self._steps)
        self._look()

    # --- inside -------------------------------------------------------------------------------

    def _look(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            self.session.ask(self, lambda vault, _: history.of(vault, wanted), self._show)

    def _show(self, found: History) -> None:
        if found.record.id != self._wanted:
            return
        self._shown = found
        name = outside_text(titles.title(found.record))
        self._called.setText(f"{titles.kind(found.record.kind)} · {name}")
        clear(self._steps)
        self._looking = into_trail(self, RecordId(found.record.id))
        if found.unsaved:
            self._steps.addWidget(Card(_("Not saved yet"), changed(found.unsaved, self._looking)))
        for at, step in enumerate(found.steps):
            self._steps.addWidget(self._card(step, is_newest=at == 0))
        trail = trail_card(found.record, found.trail)
        if trail is not None:
            self._steps.addWidget(trail)

    def _card(self, step: Step, *, is_newest: bool) -> QWidget:
        heading = _("State {number}").format(number=step.revision)
        said = Label(f"{_stored(step)} · {_how(step)}", TextRole.MUTED)
        card = Card(heading, said, changed(step.changes, self._looking))
        if is_newest:
            card.body.addWidget(Label(_("This is how it stands now."), TextRole.STRONG))
        elif step.origin.act is not Act.REMOVED:
            again = buttons.plain(_("Make it so again…"), lambda: self._restore(step), Icon.UNDO)
            again.setAccessibleName(f"{again.text()} {heading}")
            card.body.addLayout(row(again, STRETCH))
        return card

    def _restore(self, step: Step) -> None:
        shown = self._shown
        if shown is None:
            return
        if shown.has_draft:
            self.tell(
                Tone.WARN,
                _("Something in it is not saved yet"),
                _("Save it first, so that it is a state of its own. Then go back to an older one."),
            )
            return
        question = Question(
            title=_("Make state {number} the newest again?").format(number=step.revision),
            text=_("What it says now stays in the history."),
            verb=_("Make it so again"),
        )
        if not self.ask.confirm(question):
            return
        kind, record, number = type(shown.record), RecordId(shown.record.id), step.revision

        def restore(vault: Vault, _: Progress) -> Saved[Record]:
            return store.restore(vault, kind, record, number)

        def restored(_: object) -> None:
            self.tell_passing(said)
            self._look()

        said = _("State {number} is the newest again.").format(number=step.revision)
        self.session.do(self, restore, restored)


class OrganisationHistoryPage(HistoryPage):
    """The same for an organisation, under its own list."""

    roles = frozenset({Role.ORGANISATION})
    under = "incidents"


def _stored(step: Step) -> str:
    return f"{days.day_of(step.at)}, {step.at[11:16]} UTC"


def _how(step: Step) -> str:
    """Who made it: written here, or by whom it came."""
    origin = step.origin
    match origin.act:
        case Act.RECEIVED if origin.signer:
            return _("came in a bundle signed by {key}").format(key=origin.signer)
        case Act.RECEIVED:
            return _("came in a bundle without a signature")
        case Act.REMOVED:
            return _("removed")
        case Act.BROUGHT_BACK:
            return _("brought back")
        case Act.RESTORED:
            return _("state {number} made the newest again").format(number=origin.number)
        case _:
            return _("written in this vault")
