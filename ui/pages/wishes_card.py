"""What must not be done, in red, before anything goes: read on purpose, report by report (R-04)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from app.bundles import planning
from app.bundles.sealing import SealPlan
from app.i18n import _
from app.names import visible_text
from app.records.ids import RecordId
from ui.pages.seal_choice import TickLine
from ui.widgets.arrange import INSIDE, Card, clear, column
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import Stated


class WishesCard(Card):
    """`changed`: something was ticked. Another text, or another report, is to be read anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("What they asked of you"))
        self._read: set[tuple[RecordId, str]] = set()
        self._asked: set[tuple[RecordId, str]] = set()
        self.lines: list[TickLine] = []
        self._said = column(spacing=INSIDE)
        self.body.addLayout(self._said)

    @property
    def is_read(self) -> bool:
        """Whether each of the wishes was ticked."""
        return self._asked <= self._read

    def show_plan(self, plan: SealPlan) -> None:
        """Show the wishes of the reports that go; the card hides when there are none."""
        clear(self._said)
        wishes = planning.not_wanted(plan)
        self._asked = {(each.id, each.not_wanted.text) for each in wishes}
        self.lines = []
        for each in wishes:
            wish = (each.id, each.not_wanted.text)
            title = outside(each.title.text) if each.title else each.short_ref
            self._said.addWidget(
                Stated(
                    Tone.BAD,
                    _("Must not be done: {words}").format(words=visible_text(each.not_wanted.text)),
                    title,
                )
            )
            line = TickLine(_("I have read it, and nobody will do it"))
            line.tick.setChecked(wish in self._read)
            line.tick.toggled.connect(self._keeper(wish, line))
            self.lines.append(line)
            self._said.addWidget(line)
        conditions = planning.conditions(plan)
        for text in conditions:
            self._said.addWidget(
                Stated(
                    Tone.WARN,
                    visible_text(text),
                    _("Somebody agreed on this condition. It goes along."),
                )
            )
        self.setVisible(bool(wishes or conditions))

    def _keeper(self, wish: tuple[RecordId, str], line: TickLine) -> Callable[[], None]:
        def keep() -> None:
            if line.tick.isChecked():
                self._read.add(wish)
            else:
                self._read.discard(wish)
            self.changed.emit()

        return keep
