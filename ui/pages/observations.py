"""Sourced observations on one organisation: read for a stated purpose, never listed or compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app import independence, store, termlists, titles
from app.changes import Changes
from app.i18n import _
from app.independence import CAUTIONS, Reading, Shown, Standing
from app.records import IndependenceObservation, Organisation, TermRef
from app.records.desk_conditions import HANDLING, longest
from app.records.ids import OrganisationId, RecordId, is_record_id
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import committee_words as words
from ui.pages import opened
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, TIGHT, Card, Well, clear, column, flow, hint
from ui.widgets.plain import Label, Line, Paragraph, TextRole, Tone, outside, outside_text
from ui.widgets.stated import Stated

_LIST = "independence_observation"


class ObservationsPage(Page):
    """`Visit.reference`: the identifier of the organisation. Leaving forgets what was read."""

    id = "observations"
    icon = Icon.EYE
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "committee"

    @classmethod
    def title(cls) -> str:
        return _("Sourced observations")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._organisation: OrganisationId | None = None
        self.name = Paragraph("", TextRole.SECTION)
        self.purpose = Line()
        self.purpose.setAccessibleName(_("What do you read it for?"))
        self.purpose.returnPressed.connect(self.go_on)
        self.read = buttons.primary(_("Read"), self.go_on)
        self.shown = column()
        self.put(
            self.name,
            cautions(),
            Card(
                _("What do you read it for?"),
                hint(_("The purpose and the time are kept with each observation.")),
                self.purpose,
                flow(self.read),
            ),
            self.shown,
            Card(
                _("Write an observation down"),
                hint(_("One fact, one public source, one date. Begin with what was observed.")),
                self._offers(),
            ),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            self.desk.back()
            return
        self._organisation = OrganisationId(RecordId(visit.reference))
        wanted = self._organisation
        clear(self.shown)
        self.purpose.clear()
        self.session.ask(self, lambda vault, _: store.get(vault, Organisation, wanted), self._call)

    def flush(self) -> None:
        clear(self.shown)
        self.purpose.clear()

    def go_on(self) -> None:
        wanted, purpose = self._organisation, self.purpose.text()
        if wanted is None:
            return
        if len(" ".join(purpose.split())) < independence.LEAST_PURPOSE:
            self.warn(_("Say in a few words what you read it for."))
            self.purpose.setFocus()
            return

        def read(vault: Vault, _: Progress) -> Reading:
            return independence.read(vault, wanted, purpose)

        self.session.do(self, read, self._show)

    # --- inside -------------------------------------------------------------------------------

    def _call(self, organisation: Organisation) -> None:
        self.name.setText(outside(titles.title(organisation)))

    def _show(self, reading: Reading) -> None:
        clear(self.shown)
        if not reading.observations:
            self.shown.addWidget(Paragraph(_("Nothing is written down that may be shown.")))
        for each in reading.observations:
            self.shown.addWidget(self._card(each))

    def _card(self, shown: Shown) -> Card:
        """The fact with all that belongs to it; the reply stands right under it (G-07)."""
        each = shown.observation
        card = Card(words.term(each.observation))
        said = (
            (_("The fact"), outside_text(each.statement.text)),
            (
                _("Reply of the organisation"),
                outside_text(each.reply.text) if each.reply else _("none yet"),
            ),
            (_("Another explanation"), outside_text(each.alternative_explanation.text)),
            (_("What the law asks of every group there"), outside_text(each.legal_context.text)),
            (_("Public source"), _source(shown)),
            (_("Date of the fact"), words.date(each.date_of_fact)),
        )
        for label, text in said:
            card.body.addLayout(
                column(Label(label, TextRole.MUTED), Paragraph(text), spacing=TIGHT)
            )
        standing = _standing(shown.standing)
        if standing:
            card.body.addWidget(Stated(Tone.NOTE, _("Not for use outside yet"), standing))
        change = buttons.plain(_("Change"), self._opener(each), Icon.WRITE)
        card.body.addLayout(flow(change))
        return card

    def _opener(self, each: IndependenceObservation) -> Callable[[], None]:
        return lambda: self.desk.go(Visit(page="observation", reference=each.id))

    def _offers(self) -> QWidget:
        """Every kind of observation, indicators of independence first, all of the same weight."""
        vocabulary = termlists.get(_LIST)
        keys = [
            each.code
            for each in vocabulary.terms
            if not each.group and each.parent != HANDLING and not each.retired
        ]
        made = []
        for key in independence.in_order(keys):
            term = TermRef(list=_LIST, key=key)
            made.append(buttons.plain(words.term(term), self._beginner(term)))
        holder = QWidget()
        holder.setLayout(flow(*made))
        return holder

    def _beginner(self, term: TermRef) -> Callable[[], None]:
        return lambda: self._begin(term)

    def _begin(self, term: TermRef) -> None:
        made = IndependenceObservation(organisation=self._organisation, observation=term)
        made = replace(made, expires_on=longest(made.created_at.date()))

        def begin(vault: Vault, _: Progress) -> Changes:
            return opened.begin(vault, made)

        def go(_: Changes) -> None:
            self.desk.go(Visit(page="observation", reference=made.id))

        self.session.do(self, begin, go)


def cautions() -> Well:
    """What stands with every observation (G-04, G-05, G-09, G-12)."""
    return Well(*(Paragraph(_(each)) for each in CAUTIONS))


def _source(shown: Shown) -> str:
    if shown.source is None:
        return _("its record is not here any more")
    told = (titles.title(shown.source), shown.source.source_url)
    return " · ".join(outside(part) for part in told if part)


def _standing(standing: Standing) -> str:
    match standing:
        case Standing.NOT_REVIEWED:
            return _("Two people have to look at it first.")
        case Standing.NOT_ASKED:
            return _("The organisation has to be asked first, unless that endangers somebody.")
        case Standing.READY:
            return ""
