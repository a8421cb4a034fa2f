"""Editors of dates as people know them: their own words first, the bounds where they are plain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QWidget

from app import daytext, vocabulary
from app.i18n import _, window
from app.records import FieldSpec, FuzzyDate, FuzzyRange, TermRef, specs
from ui.forms.choosing import term_options
from ui.forms.editor import Editor, Surroundings
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, TIGHT, Well, column, flow, group, row, within
from ui.widgets.choosing import Dropdown, Tick
from ui.widgets.plain import Label, Line, Paragraph, TextRole

_GREGORIAN = "gregorian"
_CERTAIN = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bounds:
    """What the dates come to: for sorting, filtering and lags."""

    edtf: str
    earliest: date | None
    latest: date | None
    precision: str


class DateEditor(Editor):
    """One date (FuzzyDate or None). Empty is not the same as "I don't know", which is an answer."""

    def __init__(self, spec: FieldSpec, around: Surroundings, *, name: str = "") -> None:
        super().__init__(spec, around)
        self._name = name or window().gettext(spec.label)
        self.line = Line()
        self.line.setPlaceholderText(_("As you know it: 24.11.2026, March 2026, mid-August …"))
        self.line.setMaxLength(spec.ceiling)
        self.line.textChanged.connect(self._on_line)
        self.unknown = buttons.chip(_("I don't know"))
        self.unknown.toggled.connect(self._on_unknown)
        self._quick = self._quick_chips() if spec.essential else []
        self._read_as = Paragraph("", TextRole.SMALL)
        self._read_as.hide()
        self.exactly = buttons.quiet(_("More exactly …"), self._open_details)
        self._details = self._make_details()
        self._details.hide()
        chips = flow(*self._quick, self.unknown, self.exactly)
        within(self, column(chips, self.line, self._read_as, self._details, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self.line

    def set_name(self, name: str) -> None:
        super().set_name(name)
        for chip in (*self._quick, self.unknown, self.exactly):
            chip.setAccessibleName(f"{name}: {chip.text()}")
        for part, said in self._named:
            part.setAccessibleName(f"{name}: {said}")

    def complaint(self) -> str:
        for line in (self._after, self._before):
            if line.text().strip() and _day(line.text()) is None:
                return _("Write a day, such as 2026-11-24.")
        if self._time.text().strip() and not _time(self._time.text()):
            return _("Write a time of day, such as 18:30.")
        return ""

    # --- parts ----------------------------------------------------------------------------------

    def _quick_chips(self) -> list[buttons.Button]:
        made = []
        for text, days, with_time in (
            (_("Just now"), 0, True),
            (_("Today"), 0, False),
            (_("Yesterday"), 1, False),
        ):
            chip = buttons.chip(text)
            chip.setCheckable(False)
            chip.clicked.connect(self._setter(days, with_time=with_time))
            made.append(chip)
        return made

    def _setter(self, days: int, *, with_time: bool) -> Callable[[], None]:
        def put_day() -> None:
            moment = datetime.now().astimezone() - timedelta(days=days)
            self._time.setText(moment.strftime("%H:%M") if with_time else "")
            self.line.setText(moment.date().isoformat())

        return put_day

    def _make_details(self) -> Well:
        self._time = Line()
        self._after, self._before = Line(), Line()
        self._calendar, self._certainty = Dropdown(), Dropdown()
        self._calendar.offer(term_options("calendar"))
        self._certainty.offer(term_options("date_qualifier"))
        labels = {name: window().gettext(each.label) for name, each in specs(FuzzyDate)}
        self._named: tuple[tuple[QWidget, str], ...] = (
            (self._time, labels["time_of_day"]),
            (self._calendar, labels["calendar"]),
            (self._certainty, labels["qualifier"]),
            (self._after, labels["earliest"]),
            (self._before, labels["latest"]),
        )
        for line in (self._time, self._after, self._before):
            line.textChanged.connect(self._on_detail)
        for dropdown in (self._calendar, self._certainty):
            dropdown.activated.connect(self._on_detail)
        self._time.setPlaceholderText("18:30")
        for line in (self._after, self._before):
            line.setPlaceholderText("2026-11-24")
        pairs = [
            group(Label(said, TextRole.SMALL), part, spacing=TIGHT) for part, said in self._named
        ]
        return Well(row(*pairs[:3]), row(*pairs[3:]))

    def _open_details(self) -> None:
        self._details.setVisible(self._details.isHidden())

    # --- reading and showing ----------------------------------------------------------------------

    def _on_line(self, text: str) -> None:
        if text and self.unknown.isChecked():
            self.unknown.setChecked(False)
        self._explain()
        self._on_edited()

    def _on_unknown(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and not self._painting:
            self.line.clear()
            self._after.clear()
            self._before.clear()
            self._time.clear()
            # clearing the line took the answer back
            self.unknown.setChecked(True)
        self._on_edited()

    def _on_detail(self, *_: object) -> None:
        self._explain()
        self._on_edited()

    def _explain(self) -> None:
        """Say how the words are understood: only then can the person correct it."""
        text = self.line.text().strip()
        span = self._span()
        if not text or (span is None and (self._after.text() or self._before.text())):
            self._read_as.hide()
            return
        if span is None:
            self._read_as.setText(
                _(
                    "Kept in your words. To find it by date, say under “More exactly” between"
                    " which days it lies."
                )
            )
        elif text in {span.edtf, f"{span.edtf} {span.time}"}:
            self._read_as.hide()
            return
        else:
            precision = vocabulary.label("date_precision", span.precision)
            self._read_as.setText(
                _("Understood as {date} ({precision}).").format(date=span.edtf, precision=precision)
            )
        self._read_as.show()

    def _span(self) -> daytext.Span | None:
        if self._calendar.chosen() not in {_GREGORIAN, ""}:
            return None
        return daytext.read(self.line.text())

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, FuzzyDate) else FuzzyDate()
        self.line.setText(held.original_text or held.edtf)
        self._time.setText(held.time_of_day)
        self._choose(self._calendar, held.calendar)
        self._choose(self._certainty, held.qualifier)
        apart = self._span() is None
        self._after.setText(held.earliest.isoformat() if held.earliest and apart else "")
        self._before.setText(held.latest.isoformat() if held.latest and apart else "")
        self.unknown.setChecked(isinstance(value, FuzzyDate) and value == FuzzyDate.unknown_date())
        usual = held.calendar.key == _GREGORIAN and held.qualifier.key == _CERTAIN
        said = self._span()
        timed = held.time_of_day if said is None or said.time != held.time_of_day else ""
        self._details.setVisible(
            not usual or bool(self._after.text() or self._before.text() or timed)
        )
        self._explain()

    def _choose(self, dropdown: Dropdown, term: TermRef) -> None:
        dropdown.choose(term.key)
        if dropdown.chosen() != term.key:
            dropdown.addItem(vocabulary.label(term.list, term.key), term.key)
            dropdown.choose(term.key)

    def _state(self) -> object:
        return (self._when(), self._time.text(), self._certainty.chosen(), self.unknown.isChecked())

    def _when(self) -> tuple[str, ...]:
        return (
            self.line.text(),
            self._after.text(),
            self._before.text(),
            self._calendar.chosen(),
        )

    def _read(self) -> object:
        if self.unknown.isChecked():
            return FuzzyDate.unknown_date()
        text = self.line.text().strip()
        held = self._held if isinstance(self._held, FuzzyDate) else FuzzyDate()
        span = self._span()
        time = _time(self._time.text()) or (span.time if span is not None else "")
        if not text and not time and not self._after.text() and not self._before.text():
            return None
        read = replace(
            held,
            time_of_day=time,
            qualifier=TermRef(list="date_qualifier", key=self._certainty.chosen() or _CERTAIN),
        )
        if self._shown is not None and self._when() == self._shown_when():
            return _with_precision_of_time(read)
        bounds = self._bounds()
        precision = "exact_time" if time and bounds.precision == "day" else bounds.precision
        return replace(
            read,
            original_text=text,
            lang=held.lang or self.around.language,
            calendar=TermRef(list="calendar", key=self._calendar.chosen() or _GREGORIAN),
            edtf=bounds.edtf,
            earliest=bounds.earliest,
            latest=bounds.latest,
            precision=TermRef(list="date_precision", key=precision),
        )

    def _shown_when(self) -> object:
        return self._shown[0] if isinstance(self._shown, tuple) else None

    def _bounds(self) -> _Bounds:
        span = self._span()
        if span is not None:
            return _Bounds(
                edtf=span.edtf,
                earliest=span.earliest,
                latest=span.latest,
                precision=span.precision,
            )
        return _between(_day(self._after.text()), _day(self._before.text()))


class RangeEditor(Editor):
    """From one date to another (FuzzyRange or None). The end appears when it is wanted."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._start = DateEditor(replace(spec, essential=True), around)
        self._end = DateEditor(replace(spec, essential=False), around, name=_("Until"))
        self._ongoing = Tick(_("Still going on"))
        self._until = buttons.quiet(_("It lasted until …"), self._open_end)
        self._end_group = group(Label(_("Until"), TextRole.STRONG), self._end, spacing=TIGHT)
        self._end_group.hide()
        for part in (self._start, self._end):
            part.edited.connect(self._on_edited)
        self._ongoing.toggled.connect(self._on_edited)
        lasting = flow(self._ongoing, self._until)
        within(self, column(self._start, lasting, self._end_group, spacing=INSIDE))

    def buddy(self) -> QWidget:
        return self._start.buddy()

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._start.set_name(name)
        self._end.set_name(_("{name}, until").format(name=name))

    def complaint(self) -> str:
        return self._start.complaint() or self._end.complaint()

    def _open_end(self) -> None:
        self._end_group.show()
        self._until.hide()
        self._end.buddy().setFocus()

    def _paint(self, value: object) -> None:
        held = value if isinstance(value, FuzzyRange) else FuzzyRange()
        self._start.put(held.start)
        self._end.put(held.end)
        self._ongoing.setChecked(held.ongoing)
        self._end_group.setVisible(held.end is not None)
        self._until.setVisible(held.end is None)

    def _state(self) -> object:
        return self._start.value(), self._end.value(), self._ongoing.isChecked()

    def _read(self) -> object:
        held = self._held if isinstance(self._held, FuzzyRange) else FuzzyRange()
        start, end = self._start.value(), self._end.value()
        read = replace(
            held,
            start=start if isinstance(start, FuzzyDate) else None,
            end=end if isinstance(end, FuzzyDate) else None,
            ongoing=self._ongoing.isChecked(),
        )
        return None if self._held is None and read == FuzzyRange() else read


def _with_precision_of_time(read: FuzzyDate) -> FuzzyDate:
    """A time was added to a known day, or taken away: nothing else of the date changes."""
    if read.precision.key not in {"day", "exact_time"}:
        return read
    key = "exact_time" if read.time_of_day else "day"
    return replace(read, precision=replace(read.precision, key=key))


def _between(after: date | None, before: date | None) -> _Bounds:
    """EDTF of an unknown day within bounds: `[A..B]`, open at either end (D-13)."""
    if after is None and before is None:
        return _Bounds(edtf="", earliest=None, latest=None, precision="unknown")
    if after == before and after is not None:
        return _Bounds(edtf=after.isoformat(), earliest=after, latest=before, precision="day")
    first = after.isoformat() if after else ""
    last = before.isoformat() if before else ""
    precision = "range" if after and before else "after" if after else "before"
    return _Bounds(edtf=f"[{first}..{last}]", earliest=after, latest=before, precision=precision)


def _day(text: str) -> date | None:
    span = daytext.read(text)
    return span.earliest if span is not None and span.precision == "day" else None


def _time(text: str) -> str:
    """A time of day as HH:MM; empty where the text is none."""
    found = QTime.fromString(text.strip().replace(".", ":"), "H:m")
    return found.toString("HH:mm") if found.isValid() else ""
