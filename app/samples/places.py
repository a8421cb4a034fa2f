"""The invented States of the samples, each made once."""

from __future__ import annotations

import re
from typing import Final

from app.records import Place, PlaceName, TermRef
from app.records.choices import PlaceNameType
from app.records.ids import PlaceId
from app.samples.stamps import stamps

_STATE: Final = re.compile(r"(\w+) \((Q[M-Y])\b")
_TOWN: Final = re.compile(r"host: ([\w ]+), (\w+) \(")


class Places:
    """Makes places as they are first named, and remembers which ones are new."""

    def __init__(self) -> None:
        self._by_code: dict[str, Place] = {}
        self._new: list[Place] = []

    def named_in(self, states: str) -> tuple[Place, ...]:
        """The States in a line such as `Zerenia (QM, invented)`, in its order.

        A town of the host State is made as well.
        """
        found = tuple(self._state(name, code) for name, code in _STATE.findall(states))
        for town, state in _TOWN.findall(states):
            parent = next(each for each in found if each.names[0].text == state)
            self._new.append(_place(town, "locality", "", parent))
        return found

    def take_new(self) -> tuple[Place, ...]:
        """The places made since this was last asked."""
        new, self._new = tuple(self._new), []
        return new

    def _state(self, name: str, code: str) -> Place:
        if code not in self._by_code:
            self._by_code[code] = _place(name, "country", code, None)
            self._new.append(self._by_code[code])
        return self._by_code[code]


def _place(name: str, level: str, code: str, parent: Place | None) -> Place:
    names = (PlaceName(text=name, lang="en", type=PlaceNameType.OFFICIAL),)
    return Place(
        **stamps("en"),
        level=TermRef(list="place_level", key=level),
        names=names,
        iso_code=code,
        parent=PlaceId(parent.id) if parent else None,
    )
