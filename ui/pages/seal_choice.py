"""Which reports are sealed: the ready ones ticked already, any other found by its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.i18n import N_, _, ngettext
from app.incidents import IncidentRow, State
from app.records.ids import IncidentId
from app.sealable import READY, Sealable
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, clear, column, group, row, within
from ui.widgets.beside import Beside
from ui.widgets.choosing import Tick
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Paragraph, TextRole, outside
from ui.widgets.searchline import SearchLine

PAUSE_MS = 80
"""After the last key, before the vault is searched."""

_AT_FIRST = 6

_STATES = {
    State.SAVED: N_("ready"),
    State.CHANGED: N_("changed since it was sealed"),
    State.SEALED: N_("sealed before"),
    State.ANSWERED: N_("receipt came back"),
    State.RECEIVED: N_("received"),
    State.DRAFT: N_("draft"),
    State.DAMAGED: N_("damaged"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    id: IncidentId
    tick: Tick


class TickLine(QWidget):
    """A box to tick and a title that is cut where the room ends; pressing either ticks."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = Tick()
        self.tick.setAccessibleName(title)
        line = row(self.tick)
        line.addWidget(OneLine(title), 1)
        within(self, line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.tick.click()


class IncidentChoice(Card):
    """The reports. `changed`: another choice; `sought`: carries words to look for others with.

    What is ticked stays ticked, and stands first, whatever is looked for.
    """

    changed = Signal()
    sought = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Which reports?"), parent=parent)
        self._offered = Sealable(rows=(), ready=0, more=False)
        self._ticked: dict[IncidentId, IncidentRow] = {}
        self._lines: list[_Line] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._seek)
        self.words = SearchLine()
        self.words.setPlaceholderText(_("Look for other reports"))
        self.words.setAccessibleName(_("Look for other reports"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self._waiting = Paragraph("", TextRole.MUTED)
        self._rows = column(spacing=2)
        self._rest = column(spacing=2)
        self._more = group(self._rest)
        self._all = buttons.quiet(_("Show more"), self._show_all)
        self._none = Paragraph(_("Nothing found. Try fewer letters."), TextRole.MUTED)
        self.body.addWidget(self.words)
        self.body.addWidget(self._waiting)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more)
        self.body.addWidget(self._none)
        self.body.addLayout(row(self._all, STRETCH))

    @property
    def chosen(self) -> tuple[IncidentId, ...]:
        """The reports that are ticked."""
        return tuple(self._ticked)

    def offer(self, offered: Sealable, wanted: frozenset[str]) -> None:
        """Offer these reports; `wanted` (ids) are ticked, or the ready ones when it is empty."""
        self._offered = offered
        self._ticked = {
            each.id: each
            for each in offered.rows
            if (each.id in wanted if wanted else each.state in READY)
        }
        self.words.clear()
        self._pause.stop()
        waiting = 0 if wanted else offered.ready - len(self._ticked)
        self._waiting.setText(
            ngettext(
                "{count} more report is ready. Seal it after these.",
                "{count} more reports are ready. Seal them after these.",
                waiting,
            ).format(count=waiting)
        )
        self._waiting.setVisible(waiting > 0)
        self._lay_out()
        self.changed.emit()

    def renew(self, offered: Sealable) -> None:
        """Something changed in the vault: what was chosen stays chosen, if it is still there."""
        self._offered = offered
        there = {each.id: each for each in offered.rows}
        self._ticked = {each: there[each] for each in self._ticked if each in there}
        self._lay_out()
        self.changed.emit()

    def show_found(self, words: str, found: Sequence[IncidentRow]) -> None:
        """Show what was found for these words, unless others stand there by now."""
        if words == self.words.text():
            self._show(found)
            self._none.setVisible(not found)
            self._show_all()

    def _lay_out(self) -> None:
        self.words.setVisible(self._offered.more)
        self.setVisible(bool(self._offered.rows))
        self._seek()

    def _seek(self) -> None:
        if self._offered.more and self.words.text().strip():
            self.sought.emit(self.words.text())
        else:
            self._show(self._offered.rows)

    def _show(self, rows: Sequence[IncidentRow]) -> None:
        clear(self._rows)
        clear(self._rest)
        ticked = self._ticked
        ordered = [*ticked.values(), *(each for each in rows if each.id not in ticked)]
        first = max(_AT_FIRST, len(ticked)) if len(ticked) <= 2 * _AT_FIRST else _AT_FIRST
        self._lines = []
        for at, each in enumerate(ordered):
            line = TickLine(outside(each.title.text or _("Without a title")))
            line.tick.setChecked(each.id in ticked)
            line.tick.toggled.connect(lambda is_on, each=each: self._turn(each, is_on=is_on))
            self._lines.append(_Line(id=each.id, tick=line.tick))
            state = Label(_(_STATES[each.state]), TextRole.MUTED)
            (self._rows if at < first else self._rest).addWidget(Beside(line, state))
        self._more.hide()
        self._none.hide()
        self._all.setVisible(len(ordered) > first)

    def _turn(self, each: IncidentRow, *, is_on: bool) -> None:
        if is_on:
            self._ticked[each.id] = each
        else:
            self._ticked.pop(each.id, None)
        self.changed.emit()

    def _show_all(self) -> None:
        self._more.show()
        self._all.hide()
