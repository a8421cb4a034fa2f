"""Whether handing it over could harm somebody: three questions, or what they came to (R-01, R-02).

The answers hold for the receiver chosen and for the reports that have no valid assessment yet.
Nothing is chosen beforehand: a risk that nobody thought about is not a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from app import mosaic, risk, riskwords
from app.bundles import planning
from app.bundles.sealing import SealPlan
from app.changes import Changes
from app.i18n import N_, _, ngettext
from app.records import Exposed, Kind, LText, RiskDecision, specs
from app.records.choices import YesNo
from app.records.ids import IncidentId, RecordId
from app.risk import Assessing, Hold, Why
from app.tasks import Progress
from app.vault import Vault
from ui import days
from ui.icons import Icon
from ui.page import Page, Visit
from ui.pages.errand import Errand
from ui.widgets import buttons
from ui.widgets.arrange import (
    INSIDE,
    STRETCH,
    Card,
    Item,
    add,
    clear,
    column,
    flow,
    group,
    hint,
    row,
)
from ui.widgets.buttons import Button
from ui.widgets.plain import Label, Line, Paragraph, TextRole, Tone
from ui.widgets.stated import Stated

_LEVELS = (
    ("low", N_("Hardly")),
    ("moderate", N_("It is possible")),
    ("high", N_("It is likely, or would be serious")),
    ("extreme", N_("At once, or beyond repair")),
)
_FIT = (
    (1, N_("One or two")),
    (3, N_("Three or four")),
    (5, N_("Five to nine")),
    (10, N_("Ten or more")),
)
"""The least number that the words allow."""

_AGREES = (
    (YesNo.YES, N_("Yes, they accept it")),
    (YesNo.NOT_ASKED, N_("They were not asked")),
    (YesNo.NO, N_("No, they do not")),
)
_RISK = Changes.of(Kind.RISK_ASSESSMENT)
_DECIDED: Final = frozenset({Why.NOT_TO_ACT, Why.WAITING, Why.NOT_AGREED, Why.TWO_NEEDED})
"""What was answered already and holds all the same."""

K = TypeVar("K")


class RiskCard(Card):
    """`changed`: an assessment was kept, so that the plan has to be made anew."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(_("Could it harm somebody?"))
        self._page = page
        self._plan: SealPlan | None = None
        self._asked: tuple[IncidentId, ...] = ()
        self._groups: list[QButtonGroup] = []
        self.levels: dict[str, Button] = {}
        self.exposed: dict[str, Button] = {}
        self.nobody = buttons.chip(_("Nobody of them"))
        self.agrees: dict[YesNo, Button] = {}
        self.fit: dict[int, Button] = {}
        self.reason = Line()
        self.names = (Line(), Line())
        self._said = column(spacing=INSIDE)
        self.body.addLayout(self._said)

    def show_plan(self, plan: SealPlan) -> None:
        """Ask, or say what was found before, for this plan."""
        before, self._plan = self._plan, plan
        if before is not None and self._asked and _same(before, plan):
            # an answer half given stays, whatever else was saved meanwhile
            return
        self._asked = ()
        if not plan.holds:
            self._put(
                Stated(
                    Tone.OK,
                    _("The risk was thought about"),
                    _(
                        "It holds for this receiver and for a time. If things change, assess it"
                        " again."
                    ),
                    buttons.quiet(_("Assess it again"), self._ask_all),
                )
            )
            return
        first = plan.holds[0]
        of_others = first.assessment is not None and first.assessment.subject != first.incident
        if of_others or first.why in {Why.NOT_TO_ACT, Why.WAITING, Why.NOT_AGREED, Why.TOO_FEW}:
            self._put(self._held(first, can_ask=not of_others))
        elif first.why is Why.TWO_NEEDED:
            self._put(self._held(first, can_ask=True), self._approving())
        else:
            self._ask([each.incident for each in plan.holds if each.why not in _DECIDED], first.why)

    # --- asking -------------------------------------------------------------------------------

    def _ask_all(self) -> None:
        if self._plan is not None:
            self._ask(self._plan.order.incidents, Why.NOT_ASSESSED)

    def _ask(self, chosen: Sequence[IncidentId], why: Why) -> None:
        self._asked = tuple(chosen)
        count = len(self._asked)
        about = ngettext(
            "About {count} report and the receiver chosen.",
            "About {count} reports and the receiver chosen.",
            count,
        ).format(count=count)
        text = about if why is Why.NOT_ASSESSED else f"{_(riskwords.WHY[why])} {about}"
        self.keep = buttons.primary(_("Keep these answers"), self._keep, Icon.CHECK)
        self.no = buttons.plain(_("Decide not to hand it over"), self._ask_why_not)
        self.keep.setEnabled(False)
        self.no.setEnabled(False)
        self._why_not = group(
            Label(_("Why not?"), TextRole.STRONG),
            self._line(_("Why not?")),
            row(buttons.plain(_("Keep this decision"), self._decide_not), STRETCH),
            spacing=INSIDE,
        )
        self._why_not.hide()
        self._put(
            hint(text),
            Label(_("If others learn that it was handed over, will somebody be harmed?")),
            self._level_row(),
            Label(_("Who could be? Choose all, or nobody.")),
            self._exposed_row(),
            Label(_("Does the person concerned accept this risk?")),
            self._agrees_row(),
            *self._fit_row(),
            row(self.keep, self.no, STRETCH),
            self._why_not,
        )

    def _level_row(self) -> QWidget:
        self.levels = {key: buttons.chip(_(text)) for key, text in _LEVELS}
        return self._one_of(*self.levels.values())

    def _fit_row(self) -> list[QWidget]:
        self.fit = {}
        if self._plan is None or not self._plan.mosaics:
            return []
        found = {trait for each in self._plan.mosaics for trait in each.traits}
        told = ", ".join(_(mosaic.WORDS[each]) for each in mosaic.Trait if each in found)
        self.fit = {count: buttons.chip(_(text)) for count, text in _FIT}
        return [
            Paragraph(
                _(
                    "Somebody travels without a name, but with: {traits}. How many people whom"
                    " others there know would it fit?"
                ).format(traits=told)
            ),
            self._one_of(*self.fit.values()),
        ]

    def _agrees_row(self) -> QWidget:
        self.agrees = {answer: buttons.chip(_(text)) for answer, text in _AGREES}
        return self._one_of(*self.agrees.values())

    def _exposed_row(self) -> QWidget:
        self.exposed = {name: buttons.chip(_(spec.label)) for name, spec in specs(Exposed)}
        self.nobody = buttons.chip(_("Nobody of them"))
        for each in self.exposed.values():
            each.clicked.connect(lambda _: self._on_somebody())
        self.nobody.clicked.connect(lambda _: self._on_nobody())
        return group(flow(*self.exposed.values(), self.nobody))

    def _one_of(self, *chips: Button) -> QWidget:
        self._groups.append(buttons.one_of(*chips))
        for each in chips:
            each.toggled.connect(lambda _: self._look())
        return group(flow(*chips))

    def _on_somebody(self) -> None:
        self.nobody.setChecked(False)
        self._look()

    def _on_nobody(self) -> None:
        for each in self.exposed.values():
            each.setChecked(False)
        self._look()

    def _look(self) -> None:
        somebody = any(each.isChecked() for each in self.exposed.values())
        whole = (
            _pressed(self.levels) is not None
            and _pressed(self.agrees) is not None
            and (somebody or self.nobody.isChecked())
            and (not self.fit or _pressed(self.fit) is not None)
        )
        self.keep.setEnabled(whole)
        self.no.setEnabled(_pressed(self.levels) is not None)

    def _line(self, name: str) -> Line:
        self.reason = Line()
        self.reason.setAccessibleName(name)
        return self.reason

    def _ask_why_not(self) -> None:
        self._why_not.show()
        self.reason.setFocus()

    # --- keeping ------------------------------------------------------------------------------

    def _keep(self) -> None:
        self._assess(RiskDecision.GO, "")

    def _decide_not(self) -> None:
        said = self.reason.text().strip()
        if said:
            self._assess(RiskDecision.DO_NOT, said)
        else:
            self.reason.setFocus()

    def _assess(self, decision: RiskDecision, why: str) -> None:
        level = _pressed(self.levels)
        if self._plan is None or level is None:
            return
        among = frozenset(name for name, each in self.exposed.items() if each.isChecked())
        answers = Assessing(
            level=level,
            exposed=risk.exposed_among(among),
            person_agrees=_pressed(self.agrees) or YesNo.NOT_ASKED,
            decision=decision,
            reason=LText.of(why, "und") if why else LText(),
            could_match=_pressed(self.fit),
        )
        chosen, receiver = self._asked, self._plan.receiver

        def keep(vault: Vault, _: Progress) -> Changes:
            risk.assess(vault, chosen, planning.towards(receiver), answers)
            return _RISK

        self._asked = ()
        self._page.session.do(self._page, keep, lambda _: self.changed.emit())

    # --- what was found -----------------------------------------------------------------------

    def _held(self, hold: Hold, *, can_ask: bool) -> QWidget:
        text = _("Nothing is sealed to this receiver until then.")
        if hold.until is not None:
            text = _("It may go from {when}.").format(when=_moment(hold.until))
        elif hold.assessment is not None and hold.assessment.reason:
            text = hold.assessment.reason.text
        actions = []
        if hold.assessment is not None:
            actions.append(buttons.plain(_("Look at it"), self._open(hold.assessment.id), Icon.EYE))
        if can_ask:
            actions.append(buttons.quiet(_("Assess it again"), self._ask_all))
        return Stated(Tone.WARN, _(riskwords.WHY[hold.why]), text, *actions)

    def _approving(self) -> QWidget:
        self.names = (Line(), Line())
        for each, name in zip(
            self.names, (_("First name or code"), _("Second name or code")), strict=True
        ):
            each.setAccessibleName(name)
            each.setPlaceholderText(name)
        return group(
            hint(
                _(
                    "Two people look at it before it goes: you, and somebody you trust who knows"
                    " the case. The program keeps the names and the time. It cannot prove them."
                )
            ),
            *self.names,
            row(buttons.primary(_("Both approve"), self._approve, Icon.CHECK), STRETCH),
            spacing=INSIDE,
        )

    def _approve(self) -> None:
        names = [each.text().strip() for each in self.names]
        if self._plan is None or not all(names) or names[0].casefold() == names[1].casefold():
            self.names[1 if names[0] else 0].setFocus()
            return
        wanted = [
            each.assessment.id
            for each in self._plan.holds
            if each.why is Why.TWO_NEEDED and each.assessment is not None
        ]

        def approve(vault: Vault, _: Progress) -> Changes:
            for assessment in wanted:
                for name in names:
                    risk.approve(vault, assessment, name)
            return _RISK

        self._page.session.do(self._page, approve, lambda _: self.changed.emit())

    def _open(self, record: RecordId) -> Callable[[], None]:
        return lambda: self._page.desk.go(
            Visit(page="record", reference=str(Errand(record=record)))
        )

    def _put(self, *widgets: Item) -> None:
        clear(self._said)
        add(self._said, *widgets)


def _pressed(chips: Mapping[K, Button]) -> K | None:
    return next((key for key, each in chips.items() if each.isChecked()), None)


def _same(one: SealPlan, other: SealPlan) -> bool:
    return (one.receiver.id, one.order.incidents, one.holds) == (
        other.receiver.id,
        other.order.incidents,
        other.holds,
    )


def _moment(when: datetime) -> str:
    here = when.astimezone()
    return _("{day}, {time}").format(day=days.day(here.date()), time=f"{here:%H:%M}")
