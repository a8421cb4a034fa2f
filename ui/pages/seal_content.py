"""What goes into a bundle: which reports are chosen, what comes along, what stays here and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app import sizes
from app.bundles.choosing import Reason, Withheld
from app.bundles.leaflet import HEADINGS
from app.bundles.sealing import SealPlan
from app.i18n import N_, _, ngettext
from app.incidents import IncidentRow, State
from app.records import Incident, Organisation, Person, Record
from app.records.ids import IncidentId
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, group, hint, row, within
from ui.widgets.beside import Beside
from ui.widgets.choosing import Tick
from ui.widgets.entry import OneLine
from ui.widgets.plain import Label, Paragraph, TextRole, Tone, outside
from ui.widgets.stated import Stated

READY = frozenset({State.SAVED, State.CHANGED})
"""Reports that nobody has sealed as they stand now."""

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

_REASONS = {
    Reason.NOT_ASKED: N_("was not asked whether their name may be shared"),
    Reason.NO: N_("said no to sharing"),
    Reason.EXPIRED: N_("gave a consent that has run out"),
    Reason.WITHDRAWN: N_("withdrew consent"),
    Reason.PROTECTED_SOURCE: N_("is a protected source: it never travels"),
    Reason.IN_PART: N_("agreed to a part of it only"),
    Reason.CONSENT_OF_WITHHELD: N_("would tell who stays here"),
    Reason.CONSENT_FOR_ANOTHER: N_("is a consent for another receiver"),
    Reason.SHOWS_WITHHELD: N_("shows somebody who stays here"),
    Reason.PART_OF_WITHHELD: N_("hangs on somebody who stays here"),
    Reason.NAMED_ACCUSED: N_("is accused, and nobody decided that they may be named"),
    Reason.CHILD: N_("is a child: a guardian has to agree, and the child to be heard"),
    Reason.NOT_FREE: N_("is in detention: a yes may not be free"),
    Reason.NOT_ENTITLED: N_("has a consent of somebody who may not give it"),
    Reason.BYSTANDERS: N_("shows people nobody asked: its file stays, make a blurred copy"),
    Reason.TOO_EXACT: N_("is a place told more exactly than was chosen"),
    Reason.NOT_RELEASED: N_("keeps its file here: something is or may be hidden inside"),
    Reason.ORIGINAL: N_("sends its copy instead of the file"),
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
    """The reports, ready ones ticked already. `changed`: another choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Which reports?"), parent=parent)
        self._lines: list[_Line] = []
        self._rows = column(spacing=2)
        self._rest = column(spacing=2)
        self._more = group(self._rest)
        self._all = buttons.quiet(_("Show all"), self._show_all)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more)
        self.body.addLayout(row(self._all, STRETCH))

    @property
    def chosen(self) -> tuple[IncidentId, ...]:
        """The reports that are ticked."""
        return tuple(each.id for each in self._lines if each.tick.isChecked())

    def offer(self, rows: Sequence[IncidentRow], wanted: frozenset[str]) -> None:
        """Offer these reports; `wanted` (ids) are ticked, or the ready ones when it is empty."""
        clear(self._rows)
        clear(self._rest)
        saved = [each for each in rows if each.revision]
        ticked = {
            each.id for each in saved if (each.id in wanted if wanted else each.state in READY)
        }
        ordered = sorted(saved, key=lambda each: each.id not in ticked)
        first = max(_AT_FIRST, len(ticked)) if len(ticked) <= 2 * _AT_FIRST else _AT_FIRST
        self._lines = []
        for at, each in enumerate(ordered):
            line = TickLine(outside(each.title.text or _("Without a title")))
            line.tick.setChecked(each.id in ticked)
            line.tick.toggled.connect(lambda _: self.changed.emit())
            self._lines.append(_Line(id=each.id, tick=line.tick))
            state = Label(_(_STATES[each.state]), TextRole.MUTED)
            (self._rows if at < first else self._rest).addWidget(Beside(line, state))
        self._more.hide()
        self._all.setVisible(len(ordered) > first)
        self.setVisible(bool(ordered))
        self.changed.emit()

    def _show_all(self) -> None:
        self._more.show()
        self._all.hide()


class Content(Card):
    """The sum of what goes, and the records that stay here, each with its reason.

    `clean`: carries the items of which copies should be made that may leave.
    """

    clean = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What goes in"), parent=parent)
        self.said = column(spacing=INSIDE)
        self.body.addLayout(self.said)

    def show_plan(self, plan: SealPlan) -> None:
        """Say what this plan would do."""
        clear(self.said)
        self.said.addWidget(Paragraph(summary(plan)))
        waiting = [each.record for each in plan.withheld if each.reason is Reason.NOT_RELEASED]
        if waiting:
            self.said.addWidget(self._waits(waiting))
        if plan.withheld:
            self.said.addWidget(self._stays(plan.withheld))

    def show_nothing(self, why: str) -> None:
        """Say why there is nothing to seal."""
        clear(self.said)
        self.said.addWidget(hint(why))

    def _waits(self, items: Sequence[Record]) -> QWidget:
        """Files that nobody decided about: without this they would be missed at the receiver."""
        chosen = tuple(each.id for each in items)
        title = ngettext(
            "{count} file does not go along yet", "{count} files do not go along yet", len(items)
        ).format(count=len(items))
        text = _(
            "Something is or may be hidden inside: where it was made, on which device, by whom."
            " Let copies without it be made, or open the report and look inside."
        )
        make = buttons.plain(
            _("Make copies without it"), lambda: self.clean.emit(chosen), Icon.CHECK
        )
        return Stated(Tone.WARN, title, text, make)

    def _stays(self, withheld: Sequence[Withheld]) -> QWidget:
        count = len(withheld)
        title = ngettext("{count} record stays here", "{count} records stay here", count).format(
            count=count
        )
        lines = column(spacing=2)
        for each in withheld:
            lines.addWidget(Paragraph(stays_because(each)))
        self.reasons = group(lines)
        self.reasons.hide()
        self.why = buttons.plain(_("Which, and why"), self._show_reasons, Icon.EYE)
        frame = Stated(
            Tone.NOTE,
            title,
            _("People and sources who can be recognised travel only if they agreed."),
            self.why,
        )
        return group(frame, self.reasons, spacing=INSIDE)

    def _show_reasons(self) -> None:
        self.reasons.show()
        self.why.hide()


def summary(plan: SealPlan) -> str:
    """Reports, other records, files and size, in one sentence."""
    reports = sum(isinstance(each, Incident) for each in plan.records)
    parts = [
        ngettext("{count} report", "{count} reports", reports).format(count=reports),
        ngettext(
            "{count} further record", "{count} further records", len(plan.records) - reports
        ).format(count=len(plan.records) - reports),
    ]
    if plan.files:
        size = sizes.words(sum(each.size for each in plan.files))
        text = ngettext("{count} file ({size})", "{count} files ({size})", len(plan.files))
        parts.append(text.format(count=len(plan.files), size=size))
    return _("{parts}. The bundle will have about {size}.").format(
        parts=", ".join(parts), size=sizes.words(plan.bytes)
    )


def stays_because(withheld: Withheld) -> str:
    """Who or what stays here, and why."""
    return _("{record} {reason}").format(
        record=called(withheld.record), reason=_(_REASONS[withheld.reason])
    )


def called(record: Record) -> str:
    """What a person recognises this record by."""
    if isinstance(record, Person):
        return outside(record.names[0].full if record.names else record.pseudonym)
    if isinstance(record, Organisation) and record.names:
        return outside(record.names[0].full)
    kind = HEADINGS.get(record.kind.value, record.kind.value)
    return f"{_(kind)} ({record.short_ref})"
