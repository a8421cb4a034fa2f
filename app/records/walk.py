"""Goes through everything a record says, value by value, however deep it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.records.dates import FuzzyDate, FuzzyRange
from app.records.spec import FieldSpec, Sensitivity, Shaped, specs
from app.records.values import LText, TermRef

# These mean something as a whole; their parts (a calendar, a script) are not facts of the case.
_WHOLE = (TermRef, LText, FuzzyDate, FuzzyRange)

GRAVER = (
    Sensitivity.ORDINARY,
    Sensitivity.IDENTIFYING,
    Sensitivity.SPECIAL,
    Sensitivity.SEALED,
)
"""Sensitivities, the gravest last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One value: its path without positions (`engagement_links.timing`), its spec and itself.

    `sensitivity` is the gravest on the way to it: what stands in a sealed block is sealed.
    """

    path: str
    spec: FieldSpec
    value: object
    sensitivity: Sensitivity


def says_nothing(value: object) -> bool:
    """Whether a person would call the field empty. A flag is an answer, and so is zero."""
    match value:
        case None | ():
            return True
        case str() as text:
            return not text.strip()
        case LText() as said:
            return not said.text.strip()
        case FuzzyRange() as period:
            return period.start is None and period.end is None
        case _:
            return False


def walk(shaped: Shaped) -> Iterator[Found]:
    """Every value in a record or value, outer ones first; list items singly; no absent ones.

    Terms, texts and dates are given whole, not part by part.
    """
    return _walk(shaped, "", Sensitivity.ORDINARY)


def _walk(shaped: Shaped, before: str, sensitivity: Sensitivity) -> Iterator[Found]:
    for name, spec in specs(type(shaped)):
        held = getattr(shaped, name)
        path = f"{before}{name}"
        gravest = max(sensitivity, spec.sensitivity, key=GRAVER.index)
        for value in held if isinstance(held, tuple) else (held,):
            if value is not None:
                yield Found(path=path, spec=spec, value=value, sensitivity=gravest)
                if isinstance(value, Shaped) and not isinstance(value, _WHOLE):
                    yield from _walk(value, f"{path}.", gravest)
