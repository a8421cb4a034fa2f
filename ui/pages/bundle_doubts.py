"""What has to be accepted in so many words before a bundle is taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.cards import MAX_NAME_CHARACTERS
from app.i18n import N_, _
from app.inbox.importing import Doubt
from ui.widgets.arrange import INSIDE, Card, group, hint
from ui.widgets.choosing import Tick
from ui.widgets.plain import Label, Line, Paragraph, TextRole, Tone
from ui.widgets.stated import Stated

_ACCEPT = {
    Doubt.UNKNOWN: N_("I take it in although I do not know who signed it"),
    Doubt.UNSIGNED: N_("I take it in although it is not signed"),
    Doubt.PASSED_ON: N_("I take it in although it was sealed for somebody else first"),
    Doubt.FORKED: N_("I take it in although another bundle has the same number"),
}

_NEVER = {
    Doubt.REPLAY: N_("It is here already: there is nothing to take in."),
    Doubt.KIND: N_("It is not a report: there is nothing to take in."),
}


class Doubts(Card):
    """One tick for each doubt, and a name for a sender who is not known yet."""

    changed = Signal()

    def __init__(self, doubts: Sequence[Doubt], parent: QWidget | None = None) -> None:
        super().__init__(_("Before you take it in"), parent=parent)
        self._final = [each for each in doubts if each in _NEVER]
        self.ticks: dict[Doubt, Tick] = {}
        self._name = Line()
        for doubt in self._final:
            self.body.addWidget(Stated(Tone.NOTE, _(_NEVER[doubt])))
        if not self._final:
            self._ask(doubts)
        if not doubts:  # shown without a parent it would be a window and take the focus
            self.hide()

    @property
    def settled(self) -> bool:
        """Whether everything was accepted that has to be, and nothing stands in the way."""
        return not self._final and all(tick.isChecked() for tick in self.ticks.values())

    @property
    def accepted(self) -> frozenset[Doubt]:
        """What was accepted."""
        return frozenset(doubt for doubt, tick in self.ticks.items() if tick.isChecked())

    @property
    def name(self) -> str:
        """The name given to a sender who is not known yet."""
        return self._name.text().strip()

    def _ask(self, doubts: Sequence[Doubt]) -> None:
        if doubts:
            self.body.addWidget(Paragraph(_("Nothing of it is opened or run by being taken in.")))
        for doubt in doubts:
            tick = Tick(_(_ACCEPT[doubt]))
            tick.toggled.connect(lambda _: self.changed.emit())
            self.ticks[doubt] = tick
            self.body.addWidget(tick)
            if doubt is Doubt.UNKNOWN:
                self.body.addWidget(self._naming())

    def _naming(self) -> QWidget:
        title = _("What do you call this sender?")
        self._name.setMaxLength(MAX_NAME_CHARACTERS)
        self._name.setAccessibleName(title)
        label = Label(title, TextRole.STRONG)
        label.setBuddy(self._name)
        return group(
            label,
            self._name,
            hint(
                _(
                    "With a name, the next bundle signed with this key is recognised. Use a name"
                    " that is safe to find here. You may leave it empty."
                )
            ),
            spacing=INSIDE // 2,
        )
