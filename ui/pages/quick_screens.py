"""The seven short screens of the quick report; each puts its answers into a FirstReport.

A screen shows what was told, gives it back changed, and knows nothing of the others. All but the
first may be passed over without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from app import firstreport, vocabulary
from app.firstreport import FirstReport
from app.i18n import N_, _
from app.records import PlaceRef
from app.records.choices import YesNo
from app.records.spec import PARAGRAPH
from ui.forms.choosing import term_options
from ui.forms.meaning import Meaning
from ui.icons import Icon
from ui.pages.quick_screen import FieldScreen, Screen, labelled
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, column, flow, group, hint, row, within
from ui.widgets.chips import ChipChoice
from ui.widgets.choosing import Dropdown, Tick
from ui.widgets.plain import Label, Line, Paragraph, TextRole, outside

_LOCALLY, _NAMED_NGO = firstreport.ALLOWED
_ANSWERS = {each.value: each for each in YesNo}


class SafeScreen(Screen):
    """The one screen that cannot be passed over without an answer."""

    called = N_("Safe to type")

    def __init__(self, lock: Callable[[], None], one_page: Callable[[], None]) -> None:
        super().__init__(_("Are you safe to type now?"))
        self.safe = buttons.primary(_("Yes, go on"), self.gone_on.emit, Icon.NEXT)
        self.leave = buttons.plain(_("No, lock now"), lock, Icon.LOCK)
        self.body.addWidget(
            Paragraph(_("Nobody looks over your shoulder, and nobody can take the computer now."))
        )
        self.body.addLayout(flow(self.safe, self.leave))
        self.body.addWidget(
            hint(
                _(
                    "Ctrl+L locks at once, from every page. What you typed is kept, encrypted, and "
                    "you go on later. After this every question may be left out."
                )
            )
        )
        aside = buttons.quiet(_("Write on one page instead"), one_page, Icon.WRITE)
        self.body.addLayout(row(aside, STRETCH))

    def focus_first(self) -> None:
        self.safe.setFocus()


class WhatScreen(FieldScreen):
    """What happened, in any language."""

    called = N_("What happened")

    def __init__(self) -> None:
        super().__init__(
            _("Tell it in your own words"),
            "narrative",
            N_("One sentence is enough, in any language. Ctrl+Enter goes on."),
        )


class WhenScreen(FieldScreen):
    """When, in the person's calendar; that it is not known is one press."""

    called = N_("When")

    def __init__(self) -> None:
        super().__init__(_("When was it?"), "period", "")
        for line in self.fields.findChildren(Line):
            if not isinstance(line.parent(), QComboBox):
                self.go_on_from(line)


class WhereScreen(Screen):
    """Which country, and whether inside UN premises."""

    called = N_("Where")

    def __init__(self) -> None:
        super().__init__(_("Where was it?"))
        self.where = Line()
        self.where.setMaxLength(PARAGRAPH)
        self.where.setPlaceholderText(_("Country, town, building … in your own words"))
        self.withheld = buttons.chip(_("I would rather not say"))
        self.inside = ChipChoice(
            _("Inside UN premises?"),
            [(each.value, _(each.label)) for each in (YesNo.YES, YesNo.NO)],
        )
        self._shown = ""
        self.body.addLayout(column(labelled(_("Where"), self.where), flow(self.withheld)))
        self.body.addWidget(labelled(_("Inside UN premises?"), self.inside))
        self.where.textChanged.connect(self._on_typed)
        self.withheld.clicked.connect(self._on_withheld)
        self.inside.chosen.connect(self.edited)
        self.go_on_from(self.where)

    def put(self, told: FirstReport) -> None:
        self.blockSignals(True)  # noqa: FBT003 - Qt's way: showing is not editing
        self.where.setText(told.report.country.as_written.text)
        self._shown = self.where.text()
        self.withheld.setChecked(False)
        self.inside.choose(told.inside.value)
        self.blockSignals(False)  # noqa: FBT003

    def into(self, told: FirstReport) -> FirstReport:
        words = self.where.text()
        if self.withheld.isChecked():
            told = replace(told, report=replace(told.report, country=PlaceRef.withheld()))
        elif words != self._shown:
            # a line shows line ends as spaces: only what was changed since is read back
            told = firstreport.happened_in(told, words)
        inside = _ANSWERS.get(self.inside.value(), YesNo.NOT_ASKED)
        return firstreport.happened_inside(told, inside)

    def focus_first(self) -> None:
        self.where.setFocus()

    def _on_typed(self, text: str) -> None:
        if text:
            self.withheld.setChecked(False)
        self.edited.emit()

    def _on_withheld(self) -> None:
        if self.withheld.isChecked():
            self.where.clear()
            self.withheld.setChecked(True)
        self.edited.emit()


class LinkScreen(Screen):
    """Which UN body, and whether the cooperation was planned, tried or done."""

    called = N_("Link to the UN")

    def __init__(self) -> None:
        super().__init__(_("How did they cooperate with the UN?"))
        self.body.addWidget(
            hint(_("It is what makes it a reprisal. Planning to, or trying to, is enough."))
        )
        self.list = Dropdown()
        self.list.offer(term_options("un_body"))
        self.meaning = Meaning("un_body", self.list)
        self.list.activated.connect(lambda _: self.edited.emit())
        words = (_("Planned to"), _("Tried to"), _("Did"))
        options = list(zip(firstreport.HOW_FAR, words, strict=True))
        self.how_far = ChipChoice(_("How far it went"), options)
        self.how_far.chosen.connect(self.edited)
        self.body.addWidget(labelled(_("Which part of the UN"), self.list))
        self.body.addWidget(self.meaning)
        self.body.addWidget(labelled(_("How far it went"), self.how_far))

    def put(self, told: FirstReport) -> None:
        self.list.choose(told.body)
        self.meaning.tell(told.body)
        self.how_far.choose(told.how_far)

    def into(self, told: FirstReport) -> FirstReport:
        # what the list or the chips cannot show stays as it was told elsewhere
        how_far = self.how_far.value()
        if not how_far and told.how_far not in firstreport.HOW_FAR:
            how_far = told.how_far
        return firstreport.cooperated_with(told, self.list.chosen(), how_far)

    def focus_first(self) -> None:
        self.list.setFocus()


class WhoScreen(Screen):
    """What kind of people did it; a choice leads on at once."""

    called = N_("Who did it")

    def __init__(self) -> None:
        super().__init__(_("Who did it?"))
        known = vocabulary.get("perpetrator_type")
        kinds = [term.code for term in known.groups if term.code != "perp_unknown"]
        options = [(str(key), vocabulary.label("perpetrator_type", key)) for key in kinds]
        self.kinds = ChipChoice(_("Who did it"), [*options, ("unknown", _("I don't know"))])
        self.kinds.chosen.connect(self._on_chosen)
        self.body.addWidget(hint(_("No names here. What kind of people is enough for now.")))
        self.body.addWidget(self.kinds)

    def put(self, told: FirstReport) -> None:
        self.kinds.choose(_group_of(told.did_it))

    def into(self, told: FirstReport) -> FirstReport:
        chosen = self.kinds.value()
        if chosen == _group_of(told.did_it):
            # a detail told in the whole form is more than its heading here
            return told
        return firstreport.done_by(told, chosen)

    def focus_first(self) -> None:
        next(iter(self.kinds.chips.values())).setFocus()

    def _on_chosen(self) -> None:
        self.edited.emit()
        if self.kinds.value():
            self.gone_on.emit()


class WishScreen(FieldScreen):
    """What the person wants, and the two things that can be allowed here."""

    called = N_("What you want")

    def __init__(self) -> None:
        super().__init__(_("What do you want, and what do you allow?"), "requested_actions", "")
        self.locally = Tick(_("I allow keeping this on this device"))
        self.share = Tick(_("I allow sharing it with one organisation, which I name:"))
        self.receiver = Line()
        self.receiver.setMaxLength(PARAGRAPH)
        self.receiver.setPlaceholderText(_("Its name, as in your contacts"))
        self.receiver.setAccessibleName(_("Name of the organisation"))
        self._names = flow()
        self._named = within(QWidget(), self._names)
        self._named.hide()
        self._unnamed = Paragraph(_("Without a name this is no yes."), TextRole.PROBLEM)
        self._unnamed.hide()
        self.body.addWidget(
            group(
                Label(_("Only if it happened to yourself"), TextRole.STRONG),
                hint(
                    _(
                        "Somebody else has to be asked: later, under Consent. Nothing more can be "
                        "allowed here until an organisation has explained it to you."
                    )
                ),
                self.locally,
                self.share,
                self.receiver,
                self._named,
                self._unnamed,
                spacing=INSIDE,
            )
        )
        for tick in (self.locally, self.share):
            tick.toggled.connect(self._on_allowed)
        self.receiver.textChanged.connect(self._on_allowed)

    def offer(self, names: Sequence[str]) -> None:
        """Offer the organisations that are known here, by name."""
        for name in names:
            self._names.addWidget(buttons.plain(outside(name), self._namer(name)))
        self._named.setVisible(bool(names) and self.share.isChecked())

    def put(self, told: FirstReport) -> None:
        super().put(told)
        self.blockSignals(True)  # noqa: FBT003 - Qt's way: showing is not editing
        self.receiver.setText(told.receiver)
        self.locally.setChecked(_LOCALLY in told.allows)
        self.share.setChecked(_NAMED_NGO in told.allows)
        self._on_allowed()
        self.blockSignals(False)  # noqa: FBT003

    def into(self, told: FirstReport) -> FirstReport:
        told = super().into(told)
        ticks = ((_LOCALLY, self.locally), (_NAMED_NGO, self.share))
        scopes = frozenset(scope for scope, tick in ticks if tick.isChecked())
        return firstreport.allow(told, scopes, self.receiver.text(), date.today())

    def _namer(self, name: str) -> Callable[[], None]:
        return lambda: self.receiver.setText(outside(name))

    def _on_allowed(self, *_: object) -> None:
        wished = self.share.isChecked()
        self.receiver.setVisible(wished)
        self._named.setVisible(wished and self._names.count() > 0)
        self._unnamed.setVisible(wished and not self.receiver.text().strip())
        self.edited.emit()


def _group_of(kind: str) -> str:
    """The heading of a kind of perpetrator, as the chips know it."""
    if not kind or kind == "unknown":
        return kind
    known = vocabulary.get("perpetrator_type").find(kind)
    return str(known.parent or known.code) if known is not None else kind
