"""A reading as a date of a record, with the words it was read from."""

from __future__ import annotations

from dataclasses import replace

from app.calendars.outcome import Reading
from app.records import FuzzyDate, TermRef
from app.records.composing import composed


def date_of(
    said: Reading, *, text: str, calendar: str, language: str, held: FuzzyDate | None = None
) -> FuzzyDate:
    """The date that a text was read as. `held`: the date that stood there, whose zone, basis and
    alternatives stay."""
    if said.precision == "unknown" and not said.edtf and held is None:
        return FuzzyDate.unknown_date()
    return replace(
        held or FuzzyDate(),
        original_text=composed(text),
        lang=language,
        calendar=TermRef(list="calendar", key=calendar),
        edtf=said.edtf,
        earliest=said.earliest,
        latest=said.latest,
        precision=TermRef(list="date_precision", key=said.precision),
        qualifier=TermRef(list="date_qualifier", key=said.qualifier),
        time_of_day=said.time,
    )


def words(text: str, *, calendar: str, language: str) -> FuzzyDate:
    """A date that stays in words, without bounds."""
    return FuzzyDate(
        original_text=composed(text),
        lang=language,
        calendar=TermRef(list="calendar", key=calendar),
    )
