"""When everything was: reports, acts, cooperation with the UN and what is due, laid out in time.

Pure values: `marks` reads the vault, `Span` is the piece of time shown, `placed` gives each mark
its lane and its place as parts of the width. Painting is the window's. A date that is not known
exactly stays a span from its first possible day to its last; nothing is rounded to a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app import i18n, store, titles
from app.i18n import N_
from app.records import (
    Act,
    ApplicationReview,
    Case,
    ConsentRecord,
    Engagement,
    Incident,
    Intervention,
    Kind,
    Recommendation,
    Record,
    class_of,
    derive,
    specs,
)
from app.records.ids import RecordId
from app.tasks import Progress, Step
from app.vault import Vault

_DATED: Final = (Incident, Act, Engagement)
_DUE: Final = {
    Kind.INTERVENTION: ("reply_due",),
    Kind.APPLICATION_REVIEW: ("reply_deadline",),
    Kind.CASE: ("next_check",),
    Kind.RECOMMENDATION: ("next_check",),
    Kind.CONSENT_RECORD: ("review_on",),
}
"""The days on which somebody has to do something; the end of keeping a record is none of them."""

_WITH_DUE: Final = (Intervention, ApplicationReview, Case, Recommendation, ConsentRecord)
_EARLIEST: Final = date(1, 1, 1)
_LATEST: Final = date(9999, 12, 31)
_SHORTEST_DAYS: Final = 7
_LONGEST_DAYS: Final = 200 * 366
_EMPTY_DAYS: Final = 365
_LONGEST_ON_DAYS: Final = 62
_DEADLINE: Final = N_("Deadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One record in time. `first`, `last`: its bounds, both days included; None where it is open.

    `due`: what is due then, in the window's language; "" for what happened.
    `title` is from outside.
    """

    record: RecordId
    kind: Kind
    title: str
    first: date | None
    last: date | None
    due: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it is one known day."""
        return self.first is not None and self.first == self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All marks, the earliest first. `undated`: how many records say no day at all."""

    marks: tuple[Mark, ...]
    undated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of time: both days are in it."""

    begin: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.begin).days + 1

    def zoomed(self, factor: float, around: date | None = None) -> Span:
        """Longer (factor over 1) or shorter, with `around` (or the middle) staying where it is."""
        held = around if around is not None and self.begin <= around <= self.end else self.at(0.5)
        length = min(_LONGEST_DAYS, max(_SHORTEST_DAYS, round(self.days * factor)))
        before = round((held - self.begin).days / self.days * length)
        return _from(held, -before, length)

    def moved(self, part: float) -> Span:
        """Later by this part of its length; earlier where it is negative."""
        return _from(self.begin, round(self.days * part), self.days)

    def at(self, part: float) -> date:
        """The day at this part of the way."""
        return self.begin + timedelta(days=min(self.days - 1, int(self.days * part)))

    def place(self, day: date) -> float:
        """How far a day lies along it: 0 its first day, 1 the day after its last."""
        return (day - self.begin).days / self.days


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A mark in its lane (0 is the first), from `left` to `right` as parts of the width.

    `opens_before`, `opens_after`: it goes on beyond the piece shown, or has no bound there.
    """

    mark: Mark
    lane: int
    left: float
    right: float
    opens_before: bool
    opens_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day that the scale names: the first of a year, of a month, or a single day."""

    day: date
    place: float


def on_day(marks: Sequence[Mark], day: date) -> tuple[Mark, ...]:
    """The marks that lie on this day or may: those of a whole year or with an open end are on
    none, for they would be on every day."""
    return tuple(
        each
        for each in marks
        if each.first is not None
        and each.last is not None
        and each.first <= day <= each.last
        and (each.last - each.first).days < _LONGEST_ON_DAYS
    )


def marks(vault: Vault, progress: Progress) -> Found:
    """Everything that has a day. Raises Cancelled."""
    found: list[Mark] = []
    undated = 0
    kinds = (*_DATED, *_WITH_DUE)
    for at, kind in enumerate(kinds):
        progress(Step(doing=N_("Reading dates"), done=at, total=len(kinds)))
        found_here: list[Record] = [*store.every(vault, kind)]
        for record in found_here:
            made = of(record)
            undated += kind in _DATED and not made
            found += made
        progress(Step(doing=N_("Reading dates"), done=at + 1, total=len(kinds)))
    return Found(marks=tuple(sorted(found, key=_order)), undated=undated)


def of(record: Record) -> list[Mark]:
    """The marks of one record: when it was, and what is due."""
    made = []
    if isinstance(record, _DATED):
        first, last = derive.bounds(record.period)
        if first is not None or last is not None:
            made.append(_mark(record, first, last, ""))
    labels = dict(specs(class_of(record.kind)))
    for field in _DUE.get(record.kind, ()):
        day = getattr(record, field)
        if isinstance(day, date):
            made.append(_mark(record, day, day, i18n.window().gettext(labels[field].label)))
    if isinstance(record, Case):
        for deadline in record.deadlines:
            if deadline.on is not None:
                due = deadline.what.text or i18n.window().gettext(_DEADLINE)
                made.append(_mark(record, deadline.on, deadline.on, due))
    return made


def span_of(found: Iterable[Mark], today: date) -> Span:
    """A piece of time that holds every bound, with a little room; the past year where none is."""
    days = [day for mark in found for day in (mark.first, mark.last) if day is not None]
    if not days:
        return Span(begin=today - timedelta(days=_EMPTY_DAYS), end=today)
    first, last = min(days), max(days)
    length = min(_LONGEST_DAYS, max(_SHORTEST_DAYS, (last - first).days + 1))
    room = max(1, length // 20)
    # after the last day its words need some
    return _from(first, -room, length + 4 * room)


def placed(found: Sequence[Mark], span: Span, widths: Sequence[float]) -> tuple[Placed, ...]:
    """The marks that lie in a span, each in the first lane that has room for it.

    `widths`: what each mark needs besides its own length, for its words, as part of the width.
    """
    free: list[float] = []
    made = []
    for mark, needed in zip(found, widths, strict=True):
        first, last = mark.first or _EARLIEST, mark.last or _LATEST
        if last < span.begin or first > span.end:
            continue
        left = max(0.0, span.place(max(first, span.begin)))
        right = span.place(last + timedelta(days=1)) if last < span.end else 1.0
        lane = next((at for at, ends in enumerate(free) if ends <= left), len(free))
        free[lane : lane + 1] = [max(right, left + needed)]
        made.append(
            Placed(
                mark=mark,
                lane=lane,
                left=left,
                right=right,
                opens_before=mark.first is None or first < span.begin,
                opens_after=mark.last is None or last > span.end,
            )
        )
    return tuple(made)


def ticks(span: Span, most: int) -> tuple[Tick, ...]:
    """Days for the scale, at most `most`: years, months or days, whatever is fine enough."""
    for candidates in (_days, _months, _years):
        days = candidates(span, most)
        if days is not None:
            return tuple(Tick(day=day, place=span.place(day)) for day in days)
    return ()


def _days(span: Span, most: int) -> list[date] | None:
    if span.days > most:
        return None
    return [span.begin + timedelta(days=at) for at in range(span.days)]


def _months(span: Span, most: int) -> list[date] | None:
    if span.days > most * 31:
        return None
    months = range(span.begin.year * 12 + span.begin.month - 1, span.end.year * 12 + 12)
    days = [date(at // 12, at % 12 + 1, 1) for at in months]
    return [day for day in days if span.begin <= day <= span.end]


def _years(span: Span, most: int) -> list[date] | None:
    years = range(span.begin.year, span.end.year + 1)
    apart = next(each for each in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) <= each * most)
    days = [date(year, 1, 1) for year in years if year % apart == 0]
    return [day for day in days if span.begin <= day <= span.end]


def _from(day: date, shift: int, length: int) -> Span:
    """A span of this many days that begins `shift` days from `day`, inside what a date can say."""
    latest = _LATEST.toordinal() - length + 1
    begin = min(latest, max(_EARLIEST.toordinal(), day.toordinal() + shift))
    return Span(begin=date.fromordinal(begin), end=date.fromordinal(begin + length - 1))


def _mark(record: Record, first: date | None, last: date | None, due: str) -> Mark:
    return Mark(
        record=RecordId(record.id),
        kind=record.kind,
        title=titles.title(record),
        first=first,
        last=last,
        due=due,
    )


def _order(mark: Mark) -> tuple[date, date, str]:
    return (mark.first or mark.last or _LATEST, mark.last or _LATEST, mark.record)
