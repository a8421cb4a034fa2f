"""What belongs to a report besides its files: acts, people, cooperation, statements, consent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from app import titles
from app.i18n import N_, _
from app.records import Kind, Record
from ui.icons import Icon
from ui.pages.parts import Part
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, clear, column, flow, hint, row
from ui.widgets.entry import Entry
from ui.widgets.flow import Flow
from ui.widgets.plain import Label, TextRole, Tone, outside
from ui.widgets.stated import mark

_GROUPS: tuple[tuple[str, frozenset[Kind]], ...] = (
    (N_("What was done"), frozenset({Kind.ACT})),
    (N_("Who took part or was harmed"), frozenset({Kind.INVOLVEMENT})),
    (N_("People and organisations"), frozenset({Kind.PERSON, Kind.ORGANISATION})),
    (N_("Cooperation with the UN"), frozenset({Kind.ENGAGEMENT})),
    (N_("Applications for status"), frozenset({Kind.COMMITTEE_APPLICATION})),
    (N_("Statements and sources"), frozenset({Kind.STATEMENT, Kind.SOURCE})),
    (N_("Consent"), frozenset({Kind.CONSENT_RECORD})),
    (N_("Places"), frozenset({Kind.PLACE})),
)
_PICTURES = {
    Kind.ACT: Icon.WARN,
    Kind.INVOLVEMENT: Icon.PEOPLE,
    Kind.PERSON: Icon.PERSON,
    Kind.ORGANISATION: Icon.PEOPLE,
    Kind.ENGAGEMENT: Icon.GLOBE,
    Kind.COMMITTEE_APPLICATION: Icon.GLOBE,
    Kind.STATEMENT: Icon.TEXT,
    Kind.SOURCE: Icon.EYE,
    Kind.CONSENT_RECORD: Icon.CHECK,
    Kind.PLACE: Icon.PLACE,
}


class RelatedCard(Card):
    """`opened` and `removed` carry a record; `added` the Part that is to be made."""

    opened = Signal(object)
    removed = Signal(object)
    added = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("What belongs to it"))
        self._lines = column(spacing=INSIDE)
        self.body.addWidget(
            hint(_("Add what you know, when you know it. Nothing here has to be complete."))
        )
        self.body.addLayout(self._lines)
        self.body.addLayout(self._adding())

    def show_parts(self, parts: Sequence[Record], writing: Sequence[Record]) -> None:
        """List these records by kind; `writing` are drafts that were never saved."""
        clear(self._lines)
        everything = (*parts, *writing)
        drafts = {each.id for each in writing}
        for heading, kinds in _GROUPS:
            found = [each for each in everything if each.kind in kinds]
            if not found:
                continue
            self._lines.addWidget(Label(_(heading), TextRole.STRONG))
            for each in found:
                marks = [mark(Tone.WARN, _("Being written"))] if each.id in drafts else []
                entry = Entry(
                    _PICTURES[each.kind],
                    outside(titles.title(each, everything)),
                    _detail(each),
                    self._opener(each),
                    *marks,
                )
                name = _("Remove: {name}").format(name=titles.title(each, everything))
                remove = buttons.sign(Icon.TRASH, name, self._remover(each))
                line = row(entry, remove, spacing=INSIDE)
                line.setStretch(0, 1)
                self._lines.addLayout(line)

    def focus_adding(self) -> None:
        """Put the cursor on the first thing that can be added."""
        self.first.setFocus()

    def _adding(self) -> Flow:
        made = []
        for part, text in (
            (Part.ACT, _("An act")),
            (Part.PERSON, _("A person")),
            (Part.ORGANISATION, _("An organisation")),
            (Part.SOMEBODY_KNOWN, _("Somebody recorded before")),
            (Part.COOPERATION, _("Cooperation with the UN")),
            (Part.STATEMENT, _("A statement")),
            (Part.CONSENT, _("Consent")),
        ):
            button = buttons.plain(text, self._adder(part), Icon.PLUS)
            button.setAccessibleName(_("Add: {name}").format(name=text))
            made.append(button)
        self.first = made[0]
        return flow(*made)

    def _adder(self, part: Part) -> Callable[[], None]:
        return lambda: self.added.emit(part)

    def _opener(self, record: Record) -> Callable[[], None]:
        return lambda: self.opened.emit(record)

    def _remover(self, record: Record) -> Callable[[], None]:
        return lambda: self.removed.emit(record)


def _detail(record: Record) -> str:
    when = titles.when(record)
    kind = titles.kind(record.kind)
    return f"{kind} · {outside(when)}" if when else kind
