"""How exactly a place leaves (M-05): only the level that was chosen where the place is named.

A report names a place by a `PlaceRef`, which says how precisely it may be told. The record of the
place travels when its own level is no finer than that; of several that name it, the strictest
counts. What it is part of may still travel: the district stays, the country goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from app.records import Place, Record
from app.records.ids import RecordId
from app.records.values import PlaceRef
from app.records.walk import walk

_LEVELS: Final = {
    "world_region": 0,
    "country": 1,
    "admin1": 2,
    "admin2": 3,
    "admin3": 4,
    "locality": 5,
}
_FINEST: Final = 6
_RELEASED: Final = {
    "withheld": -1,
    "region_only": 0,
    "country": 1,
    "admin1": 2,
    "locality": 5,
    "exact": _FINEST,
}


def too_exact(records: Sequence[Record]) -> frozenset[RecordId]:
    """The places among these records that would tell more than was chosen.

    A level or a choice that is not known here counts as the finest level and the strictest choice.
    """
    chosen: dict[RecordId, list[int]] = defaultdict(list)
    for ref in _named(records):
        if ref.place is not None:
            chosen[RecordId(ref.place)].append(_RELEASED.get(ref.precision_to_release.key, -1))
    places = {each.id: each for each in records if isinstance(each, Place)}
    handed: dict[RecordId, list[int]] = defaultdict(list)
    for at, levels in chosen.items():
        for above in _above(at, places):
            handed[above] += levels
    # what was said of the country itself counts for it, not what was said of a house in it
    chosen = handed | chosen
    return frozenset(
        each.id
        for each in places.values()
        if each.id in chosen and _level(each) > min(chosen[RecordId(each.id)])
    )


def _above(at: RecordId, places: Mapping[RecordId, Place]) -> Iterator[RecordId]:
    """What a place is part of: naming the town tells of the house."""
    seen = {at}
    place = places.get(at)
    while place is not None and place.parent is not None and place.parent not in seen:
        above = RecordId(place.parent)
        seen.add(above)
        yield above
        place = places.get(above)


def _level(place: Place) -> int:
    return _LEVELS.get(place.level.key, _FINEST) if place.level is not None else _FINEST


def _named(records: Iterable[Record]) -> Iterator[PlaceRef]:
    for record in records:
        for found in walk(record):
            if isinstance(found.value, PlaceRef):
                yield found.value
