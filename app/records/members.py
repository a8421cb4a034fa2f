"""The members that a record or value class has in JSON: its fields, specs and defaults."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

from app.records.dates import FuzzyDate, FuzzyRange
from app.records.spec import FieldSpec, Shape, Shaped, specs
from app.records.values import NOTHING_SAID, Count, LText, MoneyAmount, PlaceRef, TermRef

LISTS: Final = frozenset({Shape.TEXTS, Shape.TERMS, Shape.REFS, Shape.DATES, Shape.BLOCKS})
"""The shapes whose value is a tuple."""

_VALUE_CLASSES: Final[dict[Shape, type[Shaped]]] = {
    Shape.LTEXT: LText,
    Shape.LONG: LText,
    Shape.TERM: TermRef,
    Shape.TERMS: TermRef,
    Shape.DATE: FuzzyDate,
    Shape.DATES: FuzzyDate,
    Shape.RANGE: FuzzyRange,
    Shape.COUNT: Count,
    Shape.PLACE: PlaceRef,
    Shape.MONEY: MoneyAmount,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A field as it stands in JSON. `default` is dataclasses.MISSING for a stamped field."""

    name: str
    spec: FieldSpec
    default: object

    def is_left_out(self, value: object) -> bool:
        """Whether a value is not written: it is the default, and the default is empty."""
        return is_empty(self.default) and value == self.default


def is_empty(value: object) -> bool:
    """Whether a value says nothing: None, false, an empty text or list. Zero says something."""
    return value is None or value is False or value in ("", ()) or value == NOTHING_SAID


_MEMBERS: Final[dict[type[Shaped], tuple[Member, ...]]] = {}


def members(kind: type[Shaped]) -> tuple[Member, ...]:
    """The members of a record or value class, in the order of its definition."""
    if kind not in _MEMBERS:
        defaults = {each.name: each.default for each in dataclasses.fields(kind)}
        _MEMBERS[kind] = tuple(
            Member(name=name, spec=spec, default=defaults[name]) for name, spec in specs(kind)
        )
    return _MEMBERS[kind]


def value_class(spec: FieldSpec) -> type[Shaped]:
    """The class of the values in a field made of fields. Raises KeyError for a plain field."""
    return spec.block or _VALUE_CLASSES[spec.shape]
