"""Dates as people know them: the words, the calendar, and the bounds that sorting needs.

`edtf` is the Gregorian reading in EDTF (ISO 8601-2): `A/B` lasts from A to B, `[A..B]` is one
unknown day between them. Nothing is rounded and no day is invented (D-13).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.i18n import N_
from app.records.spec import FieldSpec, Shape, Shaped, specified
from app.records.values import NOTHING_SAID, LText, TermRef


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyDate(Shaped):
    """One date in the words and calendar of the person.

    `earliest`, `latest`: the Gregorian bounds, both days included; None where there is none.
    `time_of_day`: `HH:MM` in `zone` (IANA name or offset). `relative_to`: what a relative date
    counts from. `alternatives`: conflicting dates kept side by side (S-04).
    """

    original_text: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("As written")), "")
    lang: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Language"), searchable=False), "")
    calendar: TermRef = specified(
        FieldSpec(shape=Shape.TERM, label=N_("Calendar"), vocabulary="calendar"),
        TermRef(list="calendar", key="gregorian"),
    )
    edtf: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("In notation"), searchable=False), ""
    )
    earliest: date | None = specified(FieldSpec(shape=Shape.DAY, label=N_("Not before")), None)
    latest: date | None = specified(FieldSpec(shape=Shape.DAY, label=N_("Not after")), None)
    precision: TermRef = specified(
        FieldSpec(shape=Shape.TERM, label=N_("Precision"), vocabulary="date_precision"),
        TermRef(list="date_precision", key="unknown"),
    )
    qualifier: TermRef = specified(
        FieldSpec(shape=Shape.TERM, label=N_("Certainty"), vocabulary="date_qualifier"),
        TermRef(list="date_qualifier", key="none"),
    )
    time_of_day: str = specified(
        FieldSpec(shape=Shape.TEXT, label=N_("Time of day"), searchable=False), ""
    )
    zone: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Time zone"), searchable=False), "")
    relative_to: str = specified(FieldSpec(shape=Shape.TEXT, label=N_("Counted from")), "")
    basis: LText = specified(
        FieldSpec(shape=Shape.LTEXT, label=N_("How it is known")), NOTHING_SAID
    )
    alternatives: tuple[FuzzyDate, ...] = specified(
        FieldSpec(shape=Shape.DATES, label=N_("Other dates given")), ()
    )

    @classmethod
    def unknown_date(cls) -> FuzzyDate:
        """The answer "I don't know": an answer, unlike an empty field."""
        return cls()

    @classmethod
    def on(cls, day: date) -> FuzzyDate:
        """One known Gregorian day."""
        text = day.isoformat()
        return cls(
            original_text=text,
            edtf=text,
            earliest=day,
            latest=day,
            precision=TermRef(list="date_precision", key="day"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyRange(Shaped):
    """From one date to another; `ongoing` when it has not ended."""

    start: FuzzyDate | None = specified(FieldSpec(shape=Shape.DATE, label=N_("From")), None)
    end: FuzzyDate | None = specified(FieldSpec(shape=Shape.DATE, label=N_("Until")), None)
    ongoing: bool = specified(
        FieldSpec(shape=Shape.FLAG, label=N_("Still going on")), default=False
    )

    @classmethod
    def on(cls, day: date) -> FuzzyRange:
        """What happened on one known Gregorian day."""
        return cls(start=FuzzyDate.on(day))

    @classmethod
    def unknown_time(cls) -> FuzzyRange:
        """When is not known, and that was answered."""
        return cls(start=FuzzyDate.unknown_date())
