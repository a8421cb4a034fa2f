"""How a bundle in parts stands, after its parts were read through: whole, damaged, missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.parts.layout import Split
from app.parts.looking import Checked


class PartState(StrEnum):
    """What is known of one part. DAMAGED: it is here, and no copy of it is whole."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One bundle in parts. `states` by index from 0; `paths`: every file that is part of it."""

    split: Split
    states: tuple[PartState, ...]
    paths: tuple[Path, ...]

    def those(self, state: PartState) -> tuple[int, ...]:
        """The indices in this state, from 0."""
        return tuple(at for at, each in enumerate(self.states) if each is state)

    @property
    def enough(self) -> bool:
        """Whether so many are whole that the bundle can be had. Damaged ones may still do, where
        others are whole in the damaged places; joining finds out."""
        return len(self.those(PartState.WHOLE)) >= self.split.needed

    @property
    def lost(self) -> tuple[int, ...]:
        """The indices to make again."""
        return tuple(at for at, each in enumerate(self.states) if each is not PartState.WHOLE)


def standing_of(checked: Iterable[Checked]) -> list[Standing]:
    """Sort parts that were checked by the split they belong to, the first one found first."""
    by_split: dict[Split, list[Checked]] = {}
    for each in checked:
        by_split.setdefault(each.head.split, []).append(each)
    return [_standing(split, found) for split, found in by_split.items()]


def _standing(split: Split, found: list[Checked]) -> Standing:
    states = [PartState.MISSING] * split.total
    for each in found:
        index = each.head.index
        if each.is_whole:
            states[index] = PartState.WHOLE
        elif states[index] is PartState.MISSING:
            states[index] = PartState.DAMAGED
    return Standing(split=split, states=tuple(states), paths=tuple(each.path for each in found))
