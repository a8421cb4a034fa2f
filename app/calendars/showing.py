"""Days in words of a calendar: 12 Mehr 1403, and beside it the Gregorian day."""

from __future__ import annotations

from datetime import date

from app import i18n
from app.calendars import wordlists
from app.calendars.systems import GREGORIAN, SYSTEMS, System, from_gregorian
from app.i18n import N_, Texts, _

_GREGORIAN_MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
_ARABIC_SCRIPT = frozenset({"ar", "fa", "ps", "ur", "ug", "ckb"})


def day(when: date, calendar: str, texts: Texts | None = None) -> str:
    """The day in this calendar; "" where it is not converted, or its table does not reach."""
    system = SYSTEMS.get(calendar)
    found = from_gregorian(system, when) if system is not None else None
    if system is None or found is None:
        return ""
    said = texts or i18n.window()
    form = said.gettext("{day} {month} {year}")
    if system.names not in wordlists.shown_months():
        form = said.gettext("day {day} of month {month}, {year}")
        if found.month.leap:
            form = said.gettext("day {day} of leap month {month}, {year}")
        return form.format(day=found.day, month=found.month.number, year=found.month.year)
    month = _month(system, found.month.number, said)
    return form.format(day=found.day, month=month, year=found.month.year)


def days(earliest: date | None, latest: date | None, calendar: str) -> str:
    """Where a date lies, as a phrase: a day, between two, not before, not after; "" for none."""
    first = day(earliest, calendar) if earliest else ""
    last = day(latest, calendar) if latest else ""
    if first and earliest == latest:
        return first
    if first and last:
        return _("between {first} and {last}").format(first=first, last=last)
    if first:
        return _("not before {day}").format(day=first)
    return _("not after {day}").format(day=last) if last else ""


def beside(earliest: date | None, latest: date | None, calendar: str) -> str:
    """The Gregorian days, and those of the other calendar behind them where it is another."""
    western = days(earliest, latest, GREGORIAN)
    own = days(earliest, latest, calendar) if calendar != GREGORIAN else ""
    return f"{western} ({own})" if western and own else western


def _month(system: System, number: int, said: Texts) -> str:
    if system.names == GREGORIAN:
        return said.gettext(_GREGORIAN_MONTHS[number - 1])
    names = wordlists.shown_months()[system.names][number]
    arabic = said.tag.split("-")[0].split("_")[0] in _ARABIC_SCRIPT
    own = [name for name in names if "\u0600" <= name[0] <= "\u06ff"] if arabic else []
    return next(iter(own or [name for name in names if name[0].isascii()]), names[0])
