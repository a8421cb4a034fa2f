"""A bundle in parts as a courier sees it: which are here, damaged, missing, and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import sizes
from app.i18n import _
from app.parts import PartState, Standing
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, flow, hint, row
from ui.widgets.plain import Tone
from ui.widgets.stated import Stated, mark

TONES = {PartState.WHOLE: Tone.OK, PartState.DAMAGED: Tone.BAD, PartState.MISSING: Tone.WARN}


class PartsCard(Card):
    """The parts of one bundle, each with its state, whether they are enough, and two ways on."""

    def __init__(
        self,
        standing: Standing,
        join: Callable[[Standing], None],
        remake: Callable[[Standing], None],
        parent: QWidget | None = None,
    ) -> None:
        split = standing.split
        super().__init__(
            _("A bundle of {size} in {total} parts").format(
                size=sizes.words(split.size), total=split.total
            ),
            parent=parent,
        )
        self.standing = standing
        self.body.addWidget(
            hint(_("Any {needed} of them give it again.").format(needed=split.needed))
        )
        self.body.addLayout(
            flow(*(_mark(at, each) for at, each in enumerate(standing.states)), spacing=INSIDE * 2)
        )
        here = len(standing.those(PartState.WHOLE))
        if standing.enough:
            self.body.addWidget(
                Stated(
                    Tone.OK,
                    _("Enough parts are here"),
                    _("{here} are whole, {needed} are needed.").format(
                        here=here, needed=split.needed
                    ),
                )
            )
        else:
            self.body.addWidget(
                Stated(
                    Tone.WARN,
                    _("Not enough parts are here"),
                    _("{here} are whole, {needed} are needed. Drop the other parts here.").format(
                        here=here, needed=split.needed
                    ),
                )
            )
        verbs = row(spacing=INSIDE)
        # damaged parts may still make it together; joining tells
        if len(standing.those(PartState.MISSING)) <= split.total - split.needed:
            verbs.addWidget(buttons.plain(_("Join the parts…"), lambda: join(standing), Icon.CHECK))
            if standing.lost:
                verbs.addWidget(
                    buttons.plain(
                        _("Make the lost parts again…"), lambda: remake(standing), Icon.REPAIR
                    )
                )
        verbs.addStretch(1)
        self.body.addLayout(verbs)


def _mark(index: int, state: PartState) -> QWidget:
    words = {
        PartState.WHOLE: _("{number}: undamaged"),
        PartState.DAMAGED: _("{number}: damaged"),
        PartState.MISSING: _("{number}: missing"),
    }
    return mark(TONES[state], words[state].format(number=index + 1))
