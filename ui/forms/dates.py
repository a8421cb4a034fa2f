"""Editors of dates as people know them: their own words first, and at once how they are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget

from app import daytext, vocabulary
from app.calendars import entered
from app.calendars import window as calendars
from app.calendars.entered import Entered
from app.calendars.outcome import Ambiguous, Reading, Refused, Words
from app.calendars.showing import days
from app.calendars.words import sentence
from app.i18n import _, window
from app.records import FieldSpec, FuzzyDate, TermRef, specs
from ui.forms.choosing import term_options
from ui.forms.day_pick import DayPick
from ui.forms.editor import Editor, Surroundings
from ui.forms.nested import ListEditor
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, TIGHT, Well, clear, column, flow, group, row, within
from ui.widgets.choosing import Dropdown
from ui.widgets.plain import Label, Line, Paragraph, TextRole

_CERTAIN = "none"
_ABOUT = "approximate"


class DateEditor(Editor):
    """One date (FuzzyDate or None). Empty is not the same as "I don't know", which is an answer."""

    def __init__(self, spec: FieldSpec, around: Surroundings, *, name: str = "") -> None:
        super().__init__(spec, around)
        self._name = name or window().gettext(spec.label)
        self._picked = ""
        self._others: ListEditor | None = None
        self.line = Line()
        self.line.setPlaceholderText(_("As you know it: 24.11.2026, March 2026, mid-August 2026 …"))
        self.line.setMaxLength(spec.ceiling)
        self.line.textChanged.connect(self._on_line)
        self.calendar = Dropdown()
        self.calendar.offer(term_options("calendar"))
        self.calendar.setMinimumContentsLength(18)
        self.calendar.activated.connect(self._on_calendar)
        self.leaf = buttons.sign(Icon.CALENDAR, _("Choose a day"), self._open_leaf)
        self.unknown = buttons.chip(_("I don't know"))
        self.unknown.toggled.connect(self._on_unknown)
        self.about = buttons.chip(_("Roughly"))
        self.about.toggled.connect(self._on_about)
        self._quick = self._quick_chips() if spec.essential else []
        self._read_as = Paragraph("", TextRole.SMALL)
        self._read_as.hide()
        self._answers = flow()
        self._answering = within(QWidget(), self._answers)
        self._answering.hide()
        self.exactly = buttons.quiet(_("More exactly …"), self._open_details)
        self._details = self._make_details()
        self._details.hide()
        chips = flow(*self._quick, self.about, self.unknown, self.exactly)
        line = row(self.line, self.calendar, self.leaf)
        line.setStretch(0, 3)
        line.setStretch(1, 1)
        parts = (chips, line, self._read_as, self._answering, self._details)
        within(self, column(*parts, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self.line

    def set_name(self, name: str) -> None:
        super().set_name(name)
        for chip in (*self._quick, self.about, self.unknown, self.exactly):
            chip.setAccessibleName(f"{name}: {chip.text()}")
        for part, said in self._named:
            part.setAccessibleName(f"{name}: {said}")
        self.leaf.setAccessibleName(f"{name}: {self.leaf.toolTip()}")

    def complaint(self) -> str:
        if self._others is not None and self._others.complaint():
            return self._others.complaint()
        for line in (self._after, self._before):
            if line.text().strip() and _day(line.text()) is None:
                return _("Write a day, such as 2026-11-24.")
        if self._time.text().strip() and not _time(self._time.text()):
            return _("Write a time of day, such as 18:30.")
        return ""

    # --- parts ----------------------------------------------------------------------------------

    def _quick_chips(self) -> list[buttons.Button]:
        made = []
        for text, back, with_time in (
            (_("Just now"), 0, True),
            (_("Today"), 0, False),
            (_("Yesterday"), 1, False),
        ):
            chip = buttons.chip(text)
            chip.setCheckable(False)
            chip.clicked.connect(self._setter(back, with_time=with_time))
            made.append(chip)
        return made

    def _setter(self, back: int, *, with_time: bool) -> Callable[[], None]:
        def put_day() -> None:
            moment = datetime.now().astimezone() - timedelta(days=back)
            self._time.setText(moment.strftime("%H:%M") if with_time else "")
            self._put_day(moment.date())

        return put_day

    def _put_day(self, day: date) -> None:
        """A day that is known for sure, written in the calendar chosen."""
        text, calendar = calendars.written(day, self.calendar.chosen())
        self.calendar.choose(calendar)
        self.about.setChecked(False)
        self.line.setText(text)

    def _open_leaf(self) -> None:
        said = self._entered().outcome()
        day = said.earliest if isinstance(said, Reading) else None
        DayPick(self.leaf, self.calendar.chosen(), self._put_day).open_at(day)

    def _make_details(self) -> Well:
        self._time = Line()
        self._after, self._before = Line(), Line()
        self._certainty = Dropdown()
        self._certainty.offer(term_options("date_qualifier"))
        labels = {name: window().gettext(each.label) for name, each in specs(FuzzyDate)}
        inside: tuple[tuple[QWidget, str], ...] = (
            (self._time, labels["time_of_day"]),
            (self._certainty, labels["qualifier"]),
            (self._after, labels["earliest"]),
            (self._before, labels["latest"]),
        )
        self._named = (*inside, (self.calendar, labels["calendar"]))
        for line in (self._time, self._after, self._before):
            line.textChanged.connect(self._on_detail)
        self._certainty.activated.connect(self._on_certainty)
        self._time.setPlaceholderText("18:30")
        for line in (self._after, self._before):
            line.setPlaceholderText("2026-11-24")
        pairs = [group(Label(said, TextRole.SMALL), part, spacing=TIGHT) for part, said in inside]
        return Well(row(*pairs[:2]), row(*pairs[2:]))

    def _open_details(self) -> None:
        self._show_others()
        self._details.setVisible(self._details.isHidden())

    def _show_others(self) -> None:
        """Other dates that were given, kept side by side (S-04); made when they are wanted."""
        if self._others is None:
            spec = dict(specs(FuzzyDate))["alternatives"]
            one = replace(self.spec, essential=False)
            self._others = ListEditor(
                spec, self.around, lambda: DateEditor(one, self.around), lambda: None
            )
            self._others.put(self._alternatives())
            self._others.edited.connect(self._on_edited)
            self._details.body.addWidget(Label(window().gettext(spec.label), TextRole.SMALL))
            self._details.body.addWidget(self._others)

    def _alternatives(self) -> tuple[FuzzyDate, ...]:
        """The other dates as they stand now; those held while nobody looked at them."""
        if self._others is None:
            return self._held.alternatives if isinstance(self._held, FuzzyDate) else ()
        found = self._others.value()
        items = found if isinstance(found, tuple) else ()
        return tuple(each for each in items if isinstance(each, FuzzyDate))

    # --- what is done ---------------------------------------------------------------------------

    def _on_line(self, text: str) -> None:
        if text and self.unknown.isChecked():
            self.unknown.setChecked(False)
        if not self._painting:
            self._picked = ""
        self._changed()

    def _on_calendar(self, *_: object) -> None:
        self._picked = ""
        self._changed()

    def _on_unknown(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and not self._painting:
            for line in (self.line, self._after, self._before, self._time):
                line.clear()
            self.about.setChecked(False)
            # clearing the line took the answer back
            self.unknown.setChecked(True)
        self._on_edited()

    def _on_about(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._painting:
            return
        if on or self._certainty.chosen() == _ABOUT:
            self._certainty.choose(_ABOUT if on else _CERTAIN)
            self._changed()

    def _on_certainty(self, *_: object) -> None:
        self.about.setChecked(self._certainty.chosen() == _ABOUT)
        self._changed()

    def _on_detail(self, *_: object) -> None:
        self._changed()

    def _changed(self) -> None:
        self._explain()
        self._on_edited()

    # --- how it is understood -------------------------------------------------------------------

    def _explain(self) -> None:
        """Say how the words are understood: only then can the person correct it."""
        at_hand = self._entered()
        by_hand = at_hand.earliest is not None or at_hand.latest is not None
        said = at_hand.outcome()
        same = (said.edtf, f"{said.edtf} {said.time}") if isinstance(said, Reading) else ()
        plain = at_hand.text in same
        if not at_hand.text or plain or (by_hand and isinstance(said, Words)):
            self._read_as.hide()
        else:
            self._read_as.setText(sentence(said, at_hand.calendar))
            self._read_as.show()
        self._offer(said)

    def _offer(self, said: object) -> None:
        """One press for what is asked: the day that is meant, or the calendar."""
        clear(self._answers)
        made = []
        if isinstance(said, Ambiguous):
            for each in said.readings:
                words = days(each.earliest, each.latest, calendars.GREGORIAN)
                made.append(buttons.plain(words, self._picker(each.edtf)))
        if isinstance(said, Words | Refused):
            for key in said.elsewhere:
                words = vocabulary.label("calendar", key)
                made.append(buttons.plain(words, self._chooser(key)))
        for button in made:
            self._answers.addWidget(button)
        self._answering.setVisible(bool(made))

    def _picker(self, edtf: str) -> Callable[[], None]:
        def pick() -> None:
            self._picked = edtf
            self.line.setFocus()
            self._changed()

        return pick

    def _chooser(self, key: str) -> Callable[[], None]:
        def choose() -> None:
            self.calendar.choose(key)
            self.line.setFocus()
            self._on_calendar()

        return choose

    # --- reading and showing --------------------------------------------------------------------

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, FuzzyDate) else None
        shown = held
        if shown is None or shown == FuzzyDate.unknown_date():
            shown = FuzzyDate(calendar=_term("calendar", calendars.chosen()))
        self._picked = shown.edtf
        self._choose(self.calendar, shown.calendar)
        self._choose(self._certainty, _term("date_qualifier", entered.own_qualifier(shown)))
        self.about.setChecked(self._certainty.chosen() == _ABOUT)
        self.line.setText(shown.original_text or shown.edtf)
        self._time.setText(shown.time_of_day)
        for line, day in zip((self._after, self._before), entered.own_bounds(shown), strict=True):
            line.setText(day.isoformat() if day else "")
        self.unknown.setChecked(
            held is not None and replace(held, alternatives=()) == FuzzyDate.unknown_date()
        )
        if self._others is not None:
            self._others.put(shown.alternatives)
        elif shown.alternatives:
            self._show_others()
        said = self._entered().outcome()
        timed = shown.time_of_day and not (
            isinstance(said, Reading) and said.time == shown.time_of_day
        )
        usual = self._certainty.chosen() in {_CERTAIN, _ABOUT}
        self._details.setVisible(
            not usual
            or bool(shown.alternatives)
            or bool(self._after.text() or self._before.text() or timed)
        )
        self._explain()

    def _choose(self, dropdown: Dropdown, term: TermRef) -> None:
        dropdown.choose(term.key)
        if dropdown.chosen() != term.key:
            dropdown.addItem(vocabulary.label(term.list, term.key), term.key)
            dropdown.choose(term.key)

    def _state(self) -> object:
        return (
            self._entered(),
            self._time.text(),
            self.unknown.isChecked(),
            self._alternatives(),
        )

    def _entered(self) -> Entered:
        return Entered(
            text=self.line.text().strip(),
            calendar=self.calendar.chosen(),
            language=self.around.language,
            earliest=_day(self._after.text()),
            latest=_day(self._before.text()),
            time=_time(self._time.text()),
            qualifier=self._certainty.chosen() or _CERTAIN,
            picked=self._picked,
        )

    def _read(self) -> object:
        others = self._alternatives()
        if self.unknown.isChecked():
            return replace(FuzzyDate.unknown_date(), alternatives=others)
        held = self._held if isinstance(self._held, FuzzyDate) else None
        read = self._entered().date(held)
        if read is None:
            return replace(FuzzyDate.unknown_date(), alternatives=others) if others else None
        return replace(read, alternatives=others)


def _term(name: str, key: str) -> TermRef:
    return TermRef(list=name, key=key)


def _day(text: str) -> date | None:
    span = daytext.read(text)
    return span.earliest if span is not None and span.precision == "day" else None


def _time(text: str) -> str:
    """A time of day as HH:MM; empty where the text is none."""
    found = QTime.fromString(text.strip().replace(".", ":"), "H:m")
    return found.toString("HH:mm") if found.isValid() else ""
