"""What reading a date came to, in words for the person who typed it."""

from __future__ import annotations

from datetime import date

from app import vocabulary
from app.calendars import showing
from app.calendars.outcome import Ambiguous, Outcome, Reading, Refused, Why, Words, YearMissing
from app.i18n import _


def sentence(outcome: Outcome, calendar: str) -> str:
    """How the text is understood, or what is still needed."""
    match outcome:
        case Reading():
            return _understood(outcome, calendar)
        case Ambiguous():
            return _("This can be two different days. Choose the one you mean.")
        case YearMissing():
            return _("Add the year, so that it can be sorted and found.")
        case Refused():
            return _refused(outcome, calendar)
        case Words() if outcome.elsewhere:
            return _("Kept in your words. Is it another calendar?")
        case _:
            return _(
                "Kept in your words. To find it by date, say under “More exactly” between"
                " which days it lies."
            )


def _understood(said: Reading, calendar: str) -> str:
    days = showing.beside(said.earliest, said.latest, calendar)
    if not days:
        return _("Understood as: not known.")
    if said.time:
        days = f"{days} {said.time}"
    if said.precision == "season":
        season = vocabulary.label("date_precision", "season")
        return _("Understood as: {precision}, {days}.").format(precision=season, days=days)
    if said.qualifier == "approximate":
        return _("Understood as: {days}, not quite sure.").format(days=days)
    if said.earliest is not None and said.earliest > date.today():
        return _("Understood as: {days}. That is still to come.").format(days=days)
    return _("Understood as: {days}.").format(days=days)


def _refused(said: Refused, calendar: str) -> str:
    match said.why:
        case Why.NO_SUCH_DAY:
            return _("There is no such day: that month has {count} days.").format(count=said.last)
        case Why.NO_SUCH_MONTH:
            return _("There is no such month: that year has {count} months.").format(
                count=said.last
            )
        case Why.NO_LEAP_MONTH:
            return _("That year does not have this month twice.")
        case Why.YEAR_ZERO:
            return _("There is no year 0.")
        case Why.YEAR_SHORT:
            return _("Write the whole year, such as 2026.")
        case Why.BACKWARDS:
            return _("The end comes before the beginning.")
        case Why.TWO_CALENDARS:
            return _("The words name another calendar. Choose the one that is meant.")
        case Why.YEAR_OUT if said.elsewhere:
            return _("This year would be far away. Is it another calendar?")
        case Why.YEAR_OUT:
            name = vocabulary.label("calendar", calendar)
            text = _("In this calendar ({calendar}) years are known from {first} to {last}.")
            return text.format(calendar=name, first=said.first, last=said.last)
