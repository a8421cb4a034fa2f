"""A typed date read: the words around it, one date or two, in the calendar that was chosen.

| written | EDTF | precision |
|---|---|---|
| a day, month or year, Gregorian months | `2025-05-20`, `2025-05`, `2025` | day, month, year |
| a month or year of another calendar | `[2024-11-21..2024-12-20]` | month, year |
| early, mid, late in a month | `[A..B]`: days 1-10, 11-20, from 21; approximate | range |
| spring 2024 | `2024-21`; Gregorian only | season |
| before X, after X | `[..the day before]`, `[the day after..]` | before, after |
| since X | `X/..` | ongoing |
| from X to Y; between X and Y | `X/Y`; `[X..Y]` | range |
| about X | `X~`, or the bounds as they are; approximate | that of X |
| unknown | empty | unknown |

What is already EDTF is taken as it is, in the Gregorian calendar. "About" does not move the bounds:
how far is for the person to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from app.calendars import resolving, wordlists
from app.calendars.outcome import Ambiguous, Outcome, Reading, Refused, Why, Words
from app.calendars.parts import Parts, ShortYear, take
from app.calendars.systems import GREGORIAN, SYSTEMS, System
from app.folding import folded
from app.records import edtf

_LONGEST: Final = 160
_TIMED: Final = re.compile(r"(.+?)(?: |, ?|(?<=\d)t)(\d{1,2})[:.](\d\d)")
_USUAL: Final = (1900, 2100)


def read(text: str, calendar: str, *, year: int | None = None) -> Outcome:
    """What the text says in the calendar of this key (vocabulary `calendar`).

    `year`: the calendar's year, where it is known from elsewhere and the text has none.
    """
    plain = " ".join(folded(text).split())
    if not plain or len(plain) > _LONGEST:
        return Words()
    if wordlists.is_one(plain, "unknown"):
        return Reading(edtf="", earliest=None, latest=None, precision="unknown")
    system = SYSTEMS.get(calendar)
    if system is None:
        return Words()
    named = _named_calendars(plain, system)
    if named:
        return Refused(why=Why.TWO_CALENDARS, elsewhere=named)
    outcome = _read(plain, text.strip(), system, year)
    return _with_others(outcome, plain, text.strip(), system)


def from_edtf(text: str) -> Reading | None:
    """The reading of a date in EDTF; None where it is none."""
    try:
        found = edtf.parse(text)
    except edtf.NotEdtf:
        return None
    lies = edtf.bounds(found)
    return Reading(
        edtf=text,
        earliest=lies.earliest,
        latest=lies.latest,
        precision=_precision(found),
        qualifier=_qualifier(found),
    )


def _read(plain: str, text: str, system: System, year: int | None) -> Outcome:
    if system.key == GREGORIAN and (direct := from_edtf(text)):
        return direct
    timed = _TIMED.fullmatch(plain)
    if timed and int(timed[2]) < 24 and int(timed[3]) < 60:
        time = f"{int(timed[2]):02}:{timed[3]}"
        return _of_reading(_one(timed[1], system, year), lambda said: _at(said, time))
    return _around(plain, system, year)


def _around(plain: str, system: System, year: int | None) -> Outcome:
    """The words that stand before or behind a date."""
    rest = wordlists.at_an_end(plain, "between")
    if rest is not None and (found := wordlists.first_of(rest, "joined")):
        return _two(found, system, year, _one_of)
    since = wordlists.at_an_end(plain, "since")
    if found := wordlists.first_of(since if since is not None else plain, "until"):
        both = _two(found, system, year, _lasting)
        if not isinstance(both, Words):
            return both
    if since is not None:
        return _of_reading(_one(since, system, year), _since)
    for kind, change in (("before", _before), ("after", _after), ("about", about)):
        rest = wordlists.at_an_end(plain, kind)
        if rest is not None:
            return _of_reading(_one(rest, system, year), change)
    return _one(plain, system, year)


def _one(plain: str, system: System, year: int | None) -> Outcome:
    if system.key == GREGORIAN:
        for number, season in enumerate(("spring", "summer", "autumn", "winter"), 21):
            rest = wordlists.at_an_end(plain, season)
            if rest is not None and (hit := re.search(r"\d{4}", rest)):
                return from_edtf(f"{hit[0]}-{number}") or Words()
    for third in ("early", "middle", "late"):
        rest = wordlists.at_an_end(plain, third)
        if rest is not None:
            return _resolved(rest, year, system, third)
    return _resolved(plain, year, system, "")


def _resolved(plain: str, year: int | None, system: System, third: str) -> Outcome:
    taken = take(plain, system)
    if isinstance(taken, ShortYear):
        return Refused(why=Why.YEAR_SHORT)
    if not taken:
        return Words()
    if third and taken[0].day is not None:
        return Words()
    ways = [_with_year(parts, year) for parts in taken]
    answers = [
        resolving.third_of(parts, system, third) if third else resolving.resolve(parts, system)
        for parts in ways
    ]
    readings = [each for each in answers if isinstance(each, Reading)]
    if len(readings) == 2:
        return Ambiguous(readings=(readings[0], readings[1]))
    return readings[0] if readings else answers[0]


def _with_year(parts: Parts, year: int | None) -> Parts:
    return replace(parts, year=year) if parts.year is None else parts


def _two(
    found: wordlists.Found,
    system: System,
    year: int | None,
    join: Callable[[Reading, Reading], Outcome],
) -> Outcome:
    first = _one(found.before.strip(), system, year)
    last = _one(found.after.strip(), system, year)
    for each in (first, last):
        if not isinstance(each, Reading):
            # one of two open dates: there is no pair of readings to choose from
            return Words() if isinstance(each, Ambiguous) else each
    if not isinstance(first, Reading) or not isinstance(last, Reading):
        return Words()
    if first.earliest and last.latest and first.earliest > last.latest:
        return Refused(why=Why.BACKWARDS)
    return join(first, last)


def _one_of(first: Reading, last: Reading) -> Outcome:
    return resolving.bounded(
        first.earliest, last.latest, precision="range", qualifier=_both(first, last)
    )


def _lasting(first: Reading, last: Reading) -> Outcome:
    start = first.edtf if not first.edtf.startswith("[") else str(first.earliest)
    end = last.edtf if not last.edtf.startswith("[") else str(last.latest)
    return Reading(
        edtf=f"{start}/{end}",
        earliest=first.earliest,
        latest=last.latest,
        precision="range",
        qualifier=_both(first, last),
    )


def _both(first: Reading, last: Reading) -> str:
    return first.qualifier if first.qualifier != "none" else last.qualifier


def _of_reading(said: Outcome, change: Callable[[Reading], Outcome]) -> Outcome:
    if isinstance(said, Ambiguous):
        one, other = (change(each) for each in said.readings)
        if isinstance(one, Reading) and isinstance(other, Reading):
            return Ambiguous(readings=(one, other))
        return Words()
    return change(said) if isinstance(said, Reading) else said


def _at(said: Reading, time: str) -> Outcome:
    if said.precision != "day":
        return Words()
    return replace(said, precision="exact_time", time=time)


def _before(said: Reading) -> Outcome:
    if said.earliest is None or said.earliest == date.min:
        return Words()
    ends = said.earliest - timedelta(days=1)
    return resolving.bounded(None, ends, precision="before", qualifier=said.qualifier)


def _after(said: Reading) -> Outcome:
    if said.latest is None or said.latest == date.max:
        return Words()
    starts = said.latest + timedelta(days=1)
    return resolving.bounded(starts, None, precision="after", qualifier=said.qualifier)


def _since(said: Reading) -> Outcome:
    start = said.edtf if not said.edtf.startswith("[") else str(said.earliest)
    return replace(said, edtf=f"{start}/..", latest=None, precision="ongoing")


def about(said: Reading) -> Reading:
    """The same, approximate; the bounds stay."""
    edtf_text = said.edtf if said.edtf.startswith("[") or "~" in said.edtf else f"{said.edtf}~"
    return replace(said, edtf=edtf_text, qualifier="approximate")


def _named_calendars(plain: str, system: System) -> tuple[str, ...]:
    """Calendars that the text names, where none of them is the one chosen or of its months."""
    named = [
        key
        for key, words in wordlists.signs().items()
        if any(wordlists.find(plain, word) for word in words)
    ]
    if any(key == system.key or _alike(SYSTEMS[key], system) for key in named):
        return ()
    return tuple(named)


def _alike(one: System, other: System) -> bool:
    return one.names == other.names == "islamic"


def _with_others(outcome: Outcome, plain: str, text: str, system: System) -> Outcome:
    """Where a text is not understood, or lies centuries away: the calendars it would suit."""
    match outcome:
        case Words() | Refused(why=Why.YEAR_OUT):
            return replace(outcome, elsewhere=_elsewhere(plain, text, system))
        case Reading() if not _usual(outcome):
            elsewhere = _elsewhere(plain, text, system)
            return (
                Refused(why=Why.YEAR_OUT, first=_USUAL[0], last=_USUAL[1], elsewhere=elsewhere)
                if elsewhere
                else outcome
            )
    return outcome


def _elsewhere(plain: str, text: str, system: System) -> tuple[str, ...]:
    found = []
    for key, other in SYSTEMS.items():
        if other is system or key in {"julian", "coptic", "islamic_civil", "islamic_umalqura"}:
            continue
        said = _read(plain, text, other, None)
        if isinstance(said, Reading) and _usual(said):
            found.append(key)
    return tuple(found)


def _usual(said: Reading) -> bool:
    days = [day for day in (said.earliest, said.latest) if day is not None]
    return all(_USUAL[0] <= day.year <= _USUAL[1] for day in days)


def _precision(found: edtf.Edtf) -> str:
    match found:
        case edtf.Point():
            if found.season:
                return "season"
            if found.month in {"", "XX"}:
                return "year" if "X" not in found.year else "range"
            return "month" if found.day in {"", "XX"} else "range" if "X" in found.day else "day"
        case edtf.Interval(end=edtf.End()):
            return "ongoing"
        case edtf.Interval(start=edtf.End()):
            return "before"
        case edtf.OneOf(first=None):
            return "before"
        case edtf.OneOf(last=None):
            return "after"
    return "range"


def _qualifier(found: edtf.Edtf) -> str:
    signs = {each for each in "~?%" if each in str(found)}
    if not signs:
        return "none"
    if signs == {"~"}:
        return "approximate"
    return "uncertain" if signs == {"?"} else "approximate_uncertain"
