"""What one person or organisation agreed to: every question on its own row, and one way to stop.

There is no control that agrees to everything (C-01). Withdrawing is one press and a confirmation,
with the list of what has left (C-06); what to say before asking stands above the rows (C-16).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from app import agreed, person_copy, vocabulary, withdrawing
from app.agreed import Agreed, Row
from app.changes import Changes
from app.consents import Answer
from app.i18n import N_, _
from app.person_copy import Given
from app.records import ConsentRecord, Kind, LText
from app.records.ids import PersonId, RecordId, is_record_id
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from app.withdrawing import Gone, Withdrawn
from ui import days
from ui.ask import Question, SaveWish
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import opened
from ui.pages.drafting import DRAFTS
from ui.pages.errand import Errand
from ui.pages.recall_card import RecallCard
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, hint, row
from ui.widgets.beside import Beside
from ui.widgets.plain import Paragraph, Tone, outside
from ui.widgets.stated import mark

_BEFORE: Final = (
    N_("Who you are, who will receive it, and what for: by name, one receiver at a time."),
    N_("The State concerned may learn of it, even where the UN does not name anybody."),
    N_("What could happen to them, and to their relatives."),
    N_("Nothing is promised: no protection, no result, no answer."),
    N_("They may say yes to one thing and no to another, and may stop at any time."),
    N_("What has left cannot be called back."),
)
_SAID: Final = {
    Answer.YES: (Tone.OK, N_("Yes")),
    Answer.IN_PART: (Tone.NOTE, N_("A part only")),
    Answer.NO: (Tone.BAD, N_("No")),
    Answer.NOT_ASKED: (Tone.NOTE, N_("Not asked: no")),
    Answer.EXPIRED: (Tone.WARN, N_("Run out: no")),
    Answer.WITHDRAWN: (Tone.BAD, N_("Withdrawn")),
    Answer.CHILD: (Tone.WARN, N_("A child: guardian and child are asked")),
    Answer.NOT_FREE: (Tone.WARN, N_("In detention: perhaps not free")),
    Answer.NOT_ENTITLED: (Tone.WARN, N_("Given by somebody who may not")),
}


class ConsentPage(Page):
    """`Visit.reference`: the id of a person or organisation."""

    id = "consent"
    icon = Icon.CHECK
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    in_rail = False
    under = "home"

    @classmethod
    def title(cls) -> str:
        return _("Consent")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._about: RecordId | None = None
        self._gone: Gone | None = None
        self._called = hint("")
        self._rows = column(spacing=INSIDE)
        self._records = column(spacing=INSIDE)
        self._left = column(spacing=INSIDE)
        self.recalls = RecallCard(self)
        before = column(*(Paragraph(_(each)) for each in _BEFORE), spacing=INSIDE)
        self.ask_now = buttons.primary(_("Note what they answer"), self._begin, Icon.WRITE)
        self.stop = buttons.danger(_("Withdraw all consent…"), self._withdraw)
        self.put(
            self._called,
            Card(_("Say this before you ask"), before, row(self.ask_now, STRETCH)),
            Card(_("What they agreed to"), self._rows),
            Card(_("How it was given"), self._records),
            Card(_("What has left already"), self._left),
            self.recalls,
            STRETCH,
        )
        self.copy = buttons.plain(_("Give them a copy…"), self._give, Icon.COPY)
        self.put_foot(self.back_button(), STRETCH, self.copy, self.stop)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        if not is_record_id(visit.reference):
            self.desk.back()
            return
        self._about = RecordId(visit.reference)
        self._look()

    def _look(self) -> None:
        about = self._about
        if about is not None:
            self.session.ask(self, lambda vault, _: agreed.agreed(vault, about), self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {Kind.CONSENT_RECORD.value, "bundle"}:
            self._look()

    # --- showing ------------------------------------------------------------------------------

    def _show(self, found: Agreed) -> None:
        self._gone = found.gone
        self._called.setText(outside(found.called))
        clear(self._rows)
        for each in found.rows:
            tone, text = _SAID[each.answer]
            self._rows.addWidget(Beside(Paragraph(_question(each)), mark(tone, _(text))))
        clear(self._records)
        for record in found.standing:
            self._records.addWidget(Paragraph(_given(record)))
        if not found.standing:
            self._records.addWidget(hint(_("Nobody has asked yet.")))
        clear(self._left)
        for line in _lines(found.gone):
            self._left.addWidget(Paragraph(line))
        if not found.gone.bundles and not found.gone.files:
            self._left.addWidget(hint(_("Nothing about them has left this vault.")))
        self.stop.setVisible(bool(found.standing))
        self.copy.setVisible(found.is_person)
        self.recalls.show_notices(found.recalls)

    # --- doing --------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._about is None:
            return
        made = ConsentRecord(about=PersonId(self._about))

        def begin(vault: Vault, _: Progress) -> Changes:
            return opened.begin(vault, made) | DRAFTS

        def go(_: Changes) -> None:
            self.desk.go(Visit(page="record", reference=str(Errand(record=made.id))))

        self.session.do(self, begin, go)

    def _give(self) -> None:
        about = self._about
        if about is None:
            return
        question = Question(
            title=_("Write down what is kept about them?"),
            text=_(
                "The file is not encrypted: whoever finds it can read it, and who it is about. It"
                " says nothing about others. Hand it over, then delete it."
            ),
            verb=_("Write it"),
        )
        if not self.ask.confirm(question):
            return
        to = self.ask.save_file(SaveWish(title=_("Save the copy"), name="copy.txt"))
        if to is None:
            return

        def give(vault: Vault, _: Progress) -> Given:
            return person_copy.give(vault, about, to)

        done = _("The copy is written"), _("It is not encrypted.")
        self.session.do(self, give, lambda _: self.tell(Tone.OK, *done))

    def _withdraw(self) -> None:
        about, gone = self._about, self._gone
        if about is None or gone is None:
            return
        left = len(gone.bundles) + len(gone.files)
        text = _("From now on nothing about them leaves this vault.")
        if left:
            text += "\n" + _("This has left and cannot be called back:")
            text += "\n" + "\n".join(_lines(gone))
        question = Question(
            title=_("Withdraw all consent?"), text=text, verb=_("Withdraw"), loses=True
        )
        if not self.ask.confirm(question):
            return

        def withdraw(vault: Vault, _: Progress) -> Withdrawn:
            return withdrawing.withdraw(vault, about, LText())

        self.session.do(self, withdraw, self._withdrawn)

    def _withdrawn(self, done: Withdrawn) -> None:
        names = sorted({outside(each.receiver) for each in done.gone.bundles})
        text = _("Nothing had left.")
        if names:
            text = _("Ask these to delete what they hold: {names}.").format(names=", ".join(names))
            text += " " + _("The words for it stand below.")
        self.tell(Tone.OK, _("Withdrawn. It holds from now on."), text)


def _question(each: Row) -> str:
    text = vocabulary.label("consent_scope", each.scope)
    if each.receiver:
        text = _("{question}: {receiver}").format(question=text, receiver=outside(each.receiver))
    if each.rests_on:
        below = vocabulary.label("consent_scope", each.rests_on)
        text += "\n" + _("Only together with: {question}").format(question=below)
    return text


def _given(record: ConsentRecord) -> str:
    """By whom, how, in which language, and until when (C-05)."""
    giver = record.given_by.key if record.given_by else ""
    method = record.method.key if record.method else ""
    parts = [
        vocabulary.label("consent_giver", giver) if giver else "",
        vocabulary.label("consent_method", method) if method else "",
        outside(record.given_at.original_text) if record.given_at else "",
        outside(record.language_used),
    ]
    said = " · ".join(part for part in parts if part)
    if record.review_on is not None:
        said += "\n" + _("Ask again on {day}").format(day=days.day(record.review_on))
    return said


def _lines(gone: Gone) -> Sequence[str]:
    sealed = [
        _("{day}: sealed for {receiver}, {name}").format(
            day=days.day_of(each.day), receiver=outside(each.receiver), name=outside(each.name)
        )
        for each in gone.bundles
    ]
    return sealed + [
        _("{day}: file {reference} saved outside").format(
            day=days.day_of(each.day), reference=each.short_ref
        )
        for each in gone.files
    ]
