"""How exactly a place leaves (M-05): only the level that was chosen where the place is named.

A report names a place by a `PlaceRef`, which says how precisely it may be told. The record of the
place travels when its own level is no finer than that; of several that name it, the strictest
counts. What it is part of may still travel: the district stays, the country goes.

The words in which somebody wrote the place go only when they are told exactly, or say no more than
the name of what is told; coordinates only of a place that is told exactly wherever it is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.folding import folded
from app.records import Place, Record
from app.records.ids import PlaceId, RecordId
from app.records.values import NOTHING_SAID, LText, PlaceRef
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
            chosen[RecordId(ref.place)].append(_chosen(ref))
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


class Places:
    """The places among some records, and how each of them is told."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._held = {each.id: each for each in records if isinstance(each, Place)}
        self._stay = too_exact(records)
        levels: dict[RecordId, int] = {}
        for ref in _named(records):
            if ref.place is not None:
                at = RecordId(ref.place)
                levels[at] = min(levels.get(at, _FINEST), _chosen(ref))
        self._exact = {at for at, level in levels.items() if level == _FINEST}

    def told(self, ref: PlaceRef) -> PlaceRef:
        """The place as it may leave: itself, or what it is part of, or nothing at all."""
        level = _chosen(ref)
        place = self._coarse(ref.place, level)
        exact = level == _FINEST and place == ref.place
        words = ref.as_written if exact or self._only_names(ref.as_written, place) else NOTHING_SAID
        if (place, words) == (ref.place, ref.as_written):
            return ref
        # what a newer version wrote beside it may be more exact than was chosen
        return replace(ref, place=place, as_written=words, unknown=())

    def is_exact(self, place: Place) -> bool:
        """Whether it is told exactly wherever it is named: then its coordinates may leave."""
        return place.id in self._exact

    def _coarse(self, place: PlaceId | None, level: int) -> PlaceId | None:
        if place is None or level < 0:
            return None
        at = RecordId(place)
        if at not in self._held:
            # a place that is not here cannot be coarsened, nor does its identifier tell anything
            return place if level == _FINEST else None
        for each in (at, *_above(at, self._held)):
            held = self._held.get(each)
            if held is not None and each not in self._stay and _level(held) <= level:
                return PlaceId(each)
        return None

    def _only_names(self, words: LText, place: PlaceId | None) -> bool:
        """Whether the words are a name of the place that is told, or of what it is part of."""
        if place is None or words.translations or words.unknown:
            return False
        at = RecordId(place)
        known = (self._held.get(each) for each in (at, *_above(at, self._held)))
        names = {folded(name.text).strip() for each in known if each for name in each.names}
        return folded(words.text).strip() in names


def _chosen(ref: PlaceRef) -> int:
    return _RELEASED.get(ref.precision_to_release.key, -1)


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
