"""What is still missing, step by step; a press leads to the field. Nothing here stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import missing
from app.i18n import N_, _
from app.missing import Gap, Gaps, Stage
from app.records import Record
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, TIGHT, Card, clear, column, flow, group, hint, within
from ui.widgets.choosing import Fold
from ui.widgets.plain import Label, TextRole, outside

_STEPS: Final = {
    Stage.SAVED: (N_("To save it: {count}"), N_("To save it: nothing is missing")),
    Stage.ESTABLISHED: (
        N_("To hold it as established: {count}"),
        N_("To hold it as established: nothing is missing"),
    ),
    Stage.SENT: (N_("To hand it over: {count}"), N_("To hand it over: nothing is missing")),
}


class MissingCard(Card):
    """`asked` carries the Gap whose field is wished."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("What is still missing"))
        self.body.addWidget(hint(_("For later. What you write is kept in any case.")))
        self._around: tuple[Record, ...] = ()
        self._gaps: tuple[Gap, ...] = ()
        self.folds: dict[Stage, Fold] = {}
        self._inside: dict[Stage, QWidget] = {}
        for stage in Stage:
            fold = Fold("", self._turner(stage))
            inside = within(QWidget(), column(spacing=INSIDE))
            inside.hide()
            self.folds[stage], self._inside[stage] = fold, inside
            self.body.addWidget(group(fold, inside, spacing=TIGHT))

    def look_at(self, report: Record, parts: Sequence[Record]) -> None:
        """Say what these need."""
        around = (report, *parts)
        found = missing.gaps(report, parts)
        if found == self._gaps and around == self._around:
            return
        self._around, self._gaps = around, found
        for stage, fold in self.folds.items():
            count = sum(1 for gap in found if gap.stage is stage)
            some, none = _STEPS[stage]
            fold.setText(_(some).format(count=count) if count else _(none))
            fold.setEnabled(count > 0)
            self._fill(stage)

    def _turner(self, stage: Stage) -> Callable[[], None]:
        return lambda: self._fill(stage)

    def _fill(self, stage: Stage) -> None:
        """The lines of a step that is open; what is folded is not built."""
        inside, fold = self._inside[stage], self.folds[stage]
        layout = inside.layout()
        is_open = fold.isChecked() and fold.isEnabled()
        inside.setVisible(is_open)
        if layout is None:
            return
        clear(layout)
        if is_open:
            for each in missing.grouped(self._gaps, stage, self._around):
                layout.addWidget(self._line(each))

    def _line(self, of: Gaps) -> QWidget:
        return group(
            Label(outside(of.called), TextRole.STRONG),
            within(QWidget(), flow(*(self._button(gap) for gap in of.gaps))),
            spacing=TIGHT,
        )

    def _button(self, gap: Gap) -> buttons.Button:
        text = gap.called if gap.is_empty else f"{gap.called}: {gap.why}"
        made = buttons.plain(text, lambda: self.asked.emit(gap))
        made.setAccessibleName(f"{gap.called}: {gap.why}")
        made.setToolTip(buttons.tip(gap.why))
        return made
