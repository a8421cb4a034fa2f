"""What was entered for a date, put together: the words, bounds by hand, a time, a certainty."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.calendars import reading
from app.calendars.outcome import Ambiguous, Outcome, Reading
from app.calendars.resolving import bounded
from app.records import FuzzyDate, TermRef
from app.records.composing import composed

_SURE: Final = "none"
_ABOUT: Final = "approximate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """`text` in `calendar` (a key). `earliest`, `latest`: by hand, None where nothing was typed.
    `time`: HH:MM or empty. `qualifier`: chosen by hand, `none` where not. `picked`: the EDTF of the
    reading chosen, where the text can mean two days."""

    text: str
    calendar: str
    language: str = ""
    earliest: date | None = None
    latest: date | None = None
    time: str = ""
    qualifier: str = _SURE
    picked: str = ""

    def outcome(self) -> Outcome:
        """How the text is read; the reading that was picked, where there are two."""
        found = reading.read(self.text, self.calendar)
        if isinstance(found, Ambiguous):
            for each in found.readings:
                if each.edtf == self.picked:
                    return each
        return found

    def date(self, held: FuzzyDate | None) -> FuzzyDate | None:
        """The date entered; None for nothing at all. `held`: the one that stood there, whose
        zone, basis and alternatives stay."""
        text = composed(self.text.strip())
        if not (text or self.time or self.earliest or self.latest):
            return None
        said = self._as_before(held) or self._said()
        time = self.time or said.time
        precision = said.precision
        if precision in {"day", "exact_time"}:
            precision = "exact_time" if time else "day"
        before = held or FuzzyDate()
        return replace(
            before,
            original_text=text,
            lang=before.lang or self.language,
            calendar=_kept(before.calendar, self.calendar or before.calendar.key),
            edtf=said.edtf,
            earliest=said.earliest,
            latest=said.latest,
            precision=_kept(before.precision, precision),
            qualifier=_kept(before.qualifier, said.qualifier),
            time_of_day=time,
        )

    def _as_before(self, held: FuzzyDate | None) -> Reading | None:
        """What stood there, where its words and days are as they were: it may know more."""
        if held is None or self.qualifier in {_SURE, _ABOUT} - {own_qualifier(held)}:
            return None
        now = (self.text, self.calendar, self.picked, (self.earliest, self.latest))
        before = (held.original_text or held.edtf, held.calendar.key, held.edtf, own_bounds(held))
        if now != before:
            return None
        as_it_was = self.qualifier == own_qualifier(held)
        return Reading(
            edtf=held.edtf,
            earliest=held.earliest,
            latest=held.latest,
            precision=held.precision.key,
            qualifier=held.qualifier.key if as_it_was else self.qualifier,
        )

    def _said(self) -> Reading:
        found = self.outcome()
        said = found if isinstance(found, Reading) else None
        if self.earliest is not None or self.latest is not None:
            said = _by_hand(said, self.earliest, self.latest)
        said = said or Reading(edtf="", earliest=None, latest=None, precision="unknown")
        if self.qualifier == _ABOUT and said.edtf:
            return reading.about(said)
        return said if self.qualifier == _SURE else replace(said, qualifier=self.qualifier)


def own_qualifier(held: FuzzyDate) -> str:
    """The certainty that was chosen beside the words: `none` where the words say it themselves."""
    found = reading.read(held.original_text or held.edtf, held.calendar.key)
    said = isinstance(found, Reading) and found.qualifier == held.qualifier.key
    return _SURE if said else held.qualifier.key


def own_bounds(held: FuzzyDate) -> tuple[date | None, date | None]:
    """The bounds that were set by hand: none where the words come to the same."""
    found = reading.read(held.original_text or held.edtf, held.calendar.key)
    readings = found.readings if isinstance(found, Ambiguous) else (found,)
    for each in readings:
        if isinstance(each, Reading) and (each.earliest, each.latest) == (
            held.earliest,
            held.latest,
        ):
            return None, None
    return held.earliest, held.latest


def _by_hand(said: Reading | None, earliest: date | None, latest: date | None) -> Reading:
    """What hands set holds before what words say; a side left empty stays as the words have it."""
    if said is None or not said.edtf:
        precision = "day" if earliest == latest else _precision(earliest, latest)
        return bounded(earliest, latest, precision=precision)
    first, last = earliest or said.earliest, latest or said.latest
    inside = (said.earliest is None or (first or date.min) >= said.earliest) and (
        said.latest is None or (last or date.max) <= said.latest
    )
    if inside and (first is None or last is None or first <= last):
        # as the words say it; only the days are known better
        return replace(said, earliest=first, latest=last)
    made = bounded(earliest, latest, precision=_precision(earliest, latest))
    return replace(made, qualifier=said.qualifier)


def _precision(earliest: date | None, latest: date | None) -> str:
    if earliest is not None and latest is not None:
        return "day" if earliest == latest else "range"
    return "after" if earliest is not None else "before"


def _kept(before: TermRef, key: str) -> TermRef:
    """The same term, its own words and all, where the key is the same."""
    return before if before.key == key else TermRef(list=before.list, key=key)
