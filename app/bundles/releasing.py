"""What of a record leaves: the released form, made for one bundle out of the record as it is kept.

The record here stays whole. Left out are former names unless the person asked for them (M-07), what
is marked as stricter than its record (app/confidentiality.py), and places, dates and ages beyond
what was chosen (M-05). Custody events leave as they are: each holds the digest of the one before.

A released body says by `told_in_part` that it is not the whole. It does not say which field was
left out, and of a former name nothing at all: that there is one is what must not be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar, cast

from app import confidentiality
from app.bundles.release import AgesTold, FormerNames, Release, bracket
from app.coarseness import Places
from app.coarser_dates import DatesTold, coarser, coarser_range
from app.records import Act, ConsentRecord, CustodyEvent, Kind, Person, Place, Record
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.members import members
from app.records.spec import Shape, Shaped
from app.records.values import LText, PersonName, PlaceRef, TermRef

FORMER: Final = "former_name"
_BEFORE: Final = frozenset({FORMER, "birth_name"})
_UNCERTAIN_WHOSE: Final = frozenset({"transliteration", "misspelling_in_source"})
"""Kinds of name that may be another spelling of a former one: nothing says of which name."""

_PUBLIC_DATES: Final = frozenset(
    {
        Kind.SESSION_ITEM,
        Kind.COMMITTEE_APPLICATION,
        Kind.APPLICATION_REVIEW,
        Kind.COMMITTEE_QUESTION,
    }
)
"""What a UN body did in public: everybody knows the day."""

S = TypeVar("S", bound=Shaped)
V = TypeVar("V")


class Part(StrEnum):
    """What of a record was left out or made coarser. Stable: the command line names it."""

    PLACE = "place"
    COORDINATES = "coordinates"
    DATE = "date"
    AGE = "age"
    FORMER_NAME = "former_name"
    SEALED_NAME = "sealed_name"
    STRICTER_FIELD = "stricter_field"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A part of a record that stays here. `fields`: labels of the fields, English source texts."""

    record: Record
    part: Part
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A record as it leaves, and what of it stays here, in the order of Part.

    `words`: the names and places that were taken out, as they were written.
    """

    record: Record
    left_out: tuple[LeftOut, ...]
    words: tuple[str, ...]


def release(
    records: Sequence[Record], how: Release, around: Sequence[Record]
) -> tuple[Released, ...]:
    """The released form of each record. `around`: all records of the order, also those that stay,
    among which a place finds what it is part of."""
    places = Places(around)
    return tuple(_Releasing(each, how, places).released() for each in records)


class _Releasing:
    """One record on its way out."""

    def __init__(self, record: Record, how: Release, places: Places) -> None:
        self._record = record
        self._how = how
        self._places = places
        self._lost: dict[Part, dict[str, None]] = {}
        self._words: list[str] = []
        self._told = DatesTold.AS_RECORDED if _keeps_dates(record) else how.dates

    def released(self) -> Released:
        if isinstance(self._record, CustodyEvent):
            return Released(record=self._record, left_out=(), words=())
        made = self._shaped(self._without_stricter(self._record), "")
        made = self._ages(self._coordinates(made))
        if set(self._lost) - {Part.FORMER_NAME}:
            made = replace(made, told_in_part=True)
        return Released(
            record=made,
            left_out=tuple(
                LeftOut(record=self._record, part=part, fields=tuple(self._lost[part]))
                for part in Part
                if part in self._lost
            ),
            words=tuple(dict.fromkeys(each.strip() for each in self._words if each.strip())),
        )

    # --- fields ---------------------------------------------------------------------------------

    def _without_stricter(self, record: Record) -> Record:
        named = confidentiality.stricter(record).fields
        if not named:
            return record
        changed: dict[str, object] = {}
        for member in members(type(record)):
            if member.name in named:
                held = getattr(record, member.name)
                self._words += _texts(held)
                if held != member.default:
                    self._note(Part.STRICTER_FIELD, member.spec.label)
                changed[member.name] = member.default
        if any(each.name in named for each in record.unknown):
            self._note(Part.STRICTER_FIELD, "")
        changed["unknown"] = tuple(each for each in record.unknown if each.name not in named)
        changed["field_confidentiality"] = tuple(
            each
            for each in record.field_confidentiality
            if not confidentiality.is_stricter(each.level, record)
        )
        return replace(record, **changed)  # type: ignore[arg-type]  # by spec, member by member

    def _shaped(self, held: S, label: str) -> S:
        """The value with everything in it as it may leave."""
        changed: dict[str, object] = {}
        for member in members(type(held)):
            before = getattr(held, member.name)
            # what stays on this device is not looked at: the codec keeps it out
            if member.spec.local or before is None:
                continue
            after = self._value(before, label or member.spec.label, member.spec.shape)
            if after != before:
                changed[member.name] = after
        return replace(held, **changed) if changed else held  # type: ignore[arg-type]

    def _value(self, held: object, label: str, shape: Shape) -> object:
        match held:
            case tuple():
                kept = self._names(cast("tuple[object, ...]", held), label)
                return tuple(self._value(each, label, shape) for each in kept)
            case PlaceRef():
                return self._place(held, label)
            case FuzzyDate():
                return self._noted(Part.DATE, label, held, coarser(held, self._told))
            case FuzzyRange():
                return self._noted(Part.DATE, label, held, coarser_range(held, self._told))
            case LText() | TermRef():
                return held
            case Shaped():
                return self._shaped(held, label)
            case _ if shape is Shape.INSTANT and label not in _STAMPS:
                coarse = None if self._told is not DatesTold.AS_RECORDED else held
                return self._noted(Part.DATE, label, held, coarse)
            case _:
                return held

    def _place(self, held: PlaceRef, label: str) -> PlaceRef:
        told = self._places.told(held)
        if held.as_written and not told.as_written:
            self._words.append(held.as_written.text)
        self._noted(Part.PLACE, label, held, told)
        return told

    def _coordinates(self, record: Record) -> Record:
        if not isinstance(record, Place) or record.coordinates is None:
            return record
        if self._places.is_exact(record):
            return record
        self._note(Part.COORDINATES, "Coordinates")
        return replace(record, coordinates=None)

    # --- names ----------------------------------------------------------------------------------

    def _names(self, held: tuple[object, ...], label: str) -> tuple[object, ...]:
        names = [each for each in held if isinstance(each, PersonName)]
        kept: list[object] = []
        for each in held:
            part = self._stays(each, names) if isinstance(each, PersonName) else None
            if part is None:
                kept.append(each)
            elif isinstance(each, PersonName):
                self._note(part, label)
                self._words += [each.full, *(piece.text for piece in each.parts)]
        return tuple(kept)

    def _stays(self, name: PersonName, among: Sequence[PersonName]) -> Part | None:
        """Why a name stays here (M-06, M-07); None for one that leaves."""
        if confidentiality.is_stricter(name.confidentiality, self._record):
            return Part.SEALED_NAME
        if self._how.former_names is FormerNames.ASKED_FOR:
            return None
        kinds = {_kind(each) for each in among}
        if _kind(name) == FORMER:
            return Part.FORMER_NAME
        # somebody who chose a name has left that of their birth behind
        if _kind(name) in _BEFORE and "chosen_name" in kinds:
            return Part.FORMER_NAME
        left_behind = FORMER in kinds or {"chosen_name", "birth_name"} <= kinds
        if left_behind and _kind(name) in _UNCERTAIN_WHOSE:
            return Part.FORMER_NAME
        return None

    # --- ages -----------------------------------------------------------------------------------

    def _ages(self, record: Record) -> Record:
        if self._how.ages is AgesTold.AS_RECORDED:
            return record
        if isinstance(record, Person) and record.birth is not None:
            self._note(Part.AGE, "Born")
            return replace(record, birth=None)
        if isinstance(record, Act) and record.age_at_act is not None:
            self._note(Part.AGE, "Age at the time")
            return replace(
                record,
                age_at_act=None,
                age_bracket_at_act=record.age_bracket_at_act or bracket(record.age_at_act),
            )
        return record

    # --- what is told about it ------------------------------------------------------------------

    def _noted(self, part: Part, label: str, before: V, after: V) -> V:
        if after != before:
            self._note(part, label)
        return after

    def _note(self, part: Part, label: str) -> None:
        self._lost.setdefault(part, {})[label] = None


_STAMPS: Final = frozenset({"Created", "Changed"})


def _keeps_dates(record: Record) -> bool:
    """Whether its dates are public, or say whether a consent holds (C-05)."""
    return isinstance(record, ConsentRecord) or record.kind in _PUBLIC_DATES


def _kind(name: PersonName) -> str:
    return "" if name.type is None else name.type.key


def _texts(held: object) -> Iterator[str]:
    """The words in a value that is left out as a whole."""
    match held:
        case str():
            yield held
        case LText():
            yield held.text
        case PersonName():
            yield held.full
        case PlaceRef():
            yield held.as_written.text
        case tuple():
            for each in cast("tuple[object, ...]", held):
                yield from _texts(each)
        case _:
            return
