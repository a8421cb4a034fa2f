"""A report in a list: its title, when it was, and where it stands, in the window's language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app import i18n
from app.calendars import seen
from app.i18n import _, ngettext
from app.incidents import IncidentRow, State
from app.records import FuzzyRange, Incident, LText
from app.snippets import Snippet
from ui import days, verdicts
from ui.icons import Icon
from ui.widgets.marked import Run
from ui.widgets.plain import Tone, outside

SIGNS = {Tone.OK: Icon.OK, Tone.NOTE: Icon.ABOUT, Tone.WARN: Icon.WARN, Tone.BAD: Icon.BAD}


_LONGEST_WHEN = 28
_ISOLATES = "\u2066\u2067\u2068\u2069"

Said = Callable[[IncidentRow], str]
"""How a row reads in one column."""


def title(row: IncidentRow) -> str:
    """The title, or what to call a report that has none yet."""
    if row.title:
        return outside(row.title.text)
    return _("Without a title ({reference})").format(reference=row.short_ref)


def when(row: IncidentRow) -> str:
    """The day in words, today and yesterday by name; else as the person said it."""
    return outside(_when(row.period, row.earliest, row.latest))


def state(row: IncidentRow) -> str:
    """Where it stands: the receipt comes first, then the seal, then the writing."""
    match row.state:
        case State.DRAFT:
            return _("Being written")
        case State.SAVED:
            return _("Ready to seal")
        case State.RECEIVED:
            return _("Received")
        case State.DAMAGED:
            return _("Damaged: it cannot be read")
        case State.CHANGED:
            return _("Changed since it was sealed")
        case State.ANSWERED:
            return _("Receipt: {verdict}").format(verdict=verdicts.word(row.verdict))
        case State.SEALED:
            return ngettext(
                "Sealed, no receipt yet", "Sealed for {count}, no receipt yet", row.receivers
            ).format(count=row.receivers)


def state_here(row: IncidentRow) -> str:
    """The same for an organisation, which seals nothing of its own accord."""
    return _("Recorded here") if row.state is State.SAVED else state(row)


def sign(row: IncidentRow) -> Icon:
    """The sign that goes with the state."""
    return {
        State.DRAFT: Icon.WRITE,
        State.SAVED: Icon.REPORT,
        State.RECEIVED: Icon.INBOX,
        State.CHANGED: Icon.WARN,
        State.DAMAGED: Icon.BAD,
        State.SEALED: Icon.SEAL,
        State.ANSWERED: SIGNS[verdicts.tone(row.verdict)],
    }[row.state]


def tags(row: IncidentRow) -> str:
    """Its tags, one after the other."""
    return " · ".join(outside(tag) for tag in row.tags)


def marks(found: Snippet) -> list[Run]:
    """Where the letters that were looked for stand in `outside(str(found))`."""
    shown = outside(str(found))
    at = len(shown) - len(shown.lstrip(_ISOLATES))
    runs = []
    for part in found.parts:
        length = len(outside(part.text).strip(_ISOLATES))
        if part.hit:
            start = len(shown[:at].encode("utf-16-le")) // 2
            held = len(shown[at : at + length].encode("utf-16-le")) // 2
            runs.append(Run(start=start, length=held))
        at += length
    return runs


def files(row: IncidentRow) -> str:
    """How many files, nothing for none."""
    return str(row.evidence) if row.evidence else ""


def _when(period: FuzzyRange, earliest: date | None, latest: date | None) -> str:
    start = period.start
    if earliest is not None and earliest == latest and start is not None:
        named = {0: _("Today"), 1: _("Yesterday")}.get((date.today() - earliest).days)
        return " ".join(part for part in (named or days.day(earliest), start.time_of_day) if part)
    if earliest is not None and period.ongoing:
        return _("Since {day}").format(day=days.day(earliest))
    if start is not None and start.original_text:
        said = start.original_text
        return said if len(said) <= _LONGEST_WHEN else said[: _LONGEST_WHEN - 1] + "…"
    if earliest is None and latest is None:
        return _("Not known")
    return seen.period(period)


def titled(record: Incident) -> Incident:
    """A report without a title gets one that tells nothing: titles are seen in lists."""
    if record.title:
        return record
    texts = i18n.window()
    said = _("Report of {day}").format(day=days.day(date.today()))
    return replace(record, title=LText.of(said, texts.tag))
