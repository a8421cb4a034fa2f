"""What is the same on every sample record: when it was made, its language, its mark."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final, TypedDict

from app.records import FuzzyDate, FuzzyRange, LText, TermRef
from app.samples.form import SampleDate

__all__ = [
    "FICTIONAL",
    "RECORDED_ON",
    "Stamps",
    "english",
    "fuzzy",
    "lasting",
    "stamps",
    "term",
    "terms",
]

FICTIONAL: Final = "FICTIONAL"

RECORDED_ON: Final = date(2026, 1, 15)
KEPT_UNTIL: Final = date(2028, 1, 15)

_MADE_AT: Final = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)


class Stamps(TypedDict):
    """The fields of the envelope that every sample record is made with."""

    created_at: datetime
    updated_at: datetime
    language: str
    retention_until: date
    tags: tuple[str, ...]


def stamps(lang: str) -> Stamps:
    """The envelope of a sample record in this language."""
    return Stamps(
        created_at=_MADE_AT,
        updated_at=_MADE_AT,
        language=lang,
        retention_until=KEPT_UNTIL,
        tags=(FICTIONAL,),
    )


def english(text: str) -> LText:
    """Words in English."""
    return LText.of(text, "en")


def term(code: str) -> TermRef | None:
    """The term `list:key`; none for an empty text."""
    return TermRef.parse(code) if code else None


def terms(codes: tuple[str, ...]) -> tuple[TermRef, ...]:
    """The terms of these identifiers."""
    return tuple(TermRef.parse(code) for code in codes)


def fuzzy(told: SampleDate) -> FuzzyDate:
    """A date as the sample tells it."""
    return FuzzyDate(
        original_text=told.original_text,
        lang=told.lang,
        calendar=TermRef.parse(told.calendar),
        edtf=told.edtf,
        earliest=_day(told.earliest),
        latest=_day(told.latest),
        precision=TermRef.parse(told.precision),
        qualifier=TermRef.parse(told.qualifier),
        time_of_day=told.time_of_day,
        zone=told.zone,
        relative_to=told.relative_to,
        alternatives=tuple(_alternative(text) for text in told.alternatives),
    )


def lasting(told: SampleDate) -> FuzzyRange:
    """When something happened: one date, however fuzzy; it goes on where the sample says so."""
    return FuzzyRange(start=fuzzy(told), ongoing=told.precision == "date_precision:ongoing")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _alternative(text: str) -> FuzzyDate:
    """Another date somebody gave, written `2024-04~ (source B)`."""
    edtf, _, who = text.partition(" ")
    return FuzzyDate(original_text=text, edtf=edtf, basis=english(who.strip("()")))
