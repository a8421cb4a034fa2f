"""Whether one form of a record is a released form of another: the same told more coarsely, or less.

A record goes to two receivers with different parts left out. When both meet at a third, the forms
differ and contradict each other in nothing. What is compared is what they say; nobody is believed
for it, and nothing is overwritten because of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from app.bundles.release import bracket
from app.coarser_dates import DatesTold, coarser, coarser_range
from app.records import Act, Record
from app.records.dates import FuzzyDate, FuzzyRange
from app.records.ids import PlaceId
from app.records.members import is_empty, members
from app.records.spec import Shaped
from app.records.values import LText, PersonName, PlaceRef, TermRef

PartOf = Callable[[PlaceId, PlaceId], bool]
"""Whether the first place is part of the second, as far as somebody knows."""


def tells_no_more(less: Record, more: Record, part_of: PartOf) -> bool:
    """Whether everything that `less` says is said by `more`, at least as exactly."""
    if less.kind is not more.kind or less.id != more.id:
        return False
    return _less(_plain(less), _with_group(_plain(more)), part_of)


def agree(one: Record, other: Record, part_of: PartOf) -> bool:
    """Whether both may be released forms of one record: of each field one says no more than the
    other does."""
    if one.kind is not other.kind or one.id != other.id:
        return False
    here, there = _with_group(_plain(one)), _with_group(_plain(other))
    return all(
        _says(mine, its, each.default, part_of) or _says(its, mine, each.default, part_of)
        for each in members(type(one))
        if not each.spec.local
        for mine, its in ((getattr(here, each.name), getattr(there, each.name)),)
    )


def _plain(record: Record) -> Record:
    return replace(record, told_in_part=False)


def _with_group(record: Record) -> Record:
    """An age tells its group too."""
    if not isinstance(record, Act) or record.age_at_act is None:
        return record
    group = record.age_bracket_at_act or bracket(record.age_at_act)
    return replace(record, age_bracket_at_act=group)


def _less(less: Shaped, more: Shaped, part_of: PartOf) -> bool:
    if type(less) is not type(more) or not set(less.unknown) <= set(more.unknown):
        return False
    return all(
        _says(getattr(less, each.name), getattr(more, each.name), each.default, part_of)
        for each in members(type(less))
        if not each.spec.local
    )


def _says(less: object, more: object, default: object, part_of: PartOf) -> bool:
    if less == more or (less == default and is_empty(default)):
        return True
    match less, more:
        case PlaceRef(), PlaceRef():
            return _place(less, more, part_of)
        case FuzzyDate(), FuzzyDate():
            return any(coarser(more, told) == less for told in DatesTold)
        case FuzzyRange(), FuzzyRange():
            return any(coarser_range(more, told) == less for told in DatesTold)
        case tuple(), tuple():
            return _within(
                cast("tuple[object, ...]", less), cast("tuple[object, ...]", more), part_of
            )
        case (LText() | TermRef() | PersonName(), _):
            return False  # these are said whole or not at all
        case Shaped(), Shaped():
            return _less(less, more, part_of)
        case _:
            return False


def _place(less: PlaceRef, more: PlaceRef, part_of: PartOf) -> bool:
    if less.precision_to_release != more.precision_to_release:
        return False
    if less.as_written and less.as_written != more.as_written:
        return False
    if less.place is None or less.place == more.place:
        return True
    return more.place is not None and part_of(more.place, less.place)


def _within(less: tuple[object, ...], more: tuple[object, ...], part_of: PartOf) -> bool:
    """Whether each says no more than one of the others, in the same order."""
    left = iter(more)
    return all(any(_says(each, other, None, part_of) for other in left) for each in less)
