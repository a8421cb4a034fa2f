"""Pseudonyms: two neutral words, the only name on screen until somebody unlocks another."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from itertools import count
from typing import Final

_FIRST: Final = (
    *("AMBER", "ASH", "AUTUMN", "BLUE", "BRIGHT", "BRONZE", "CALM", "CEDAR", "CHALK", "CLEAR"),
    *("CLOUD", "COPPER", "CORAL", "DAWN", "DEEP", "DISTANT", "EARLY", "EAST", "EVENING", "FERN"),
    *("FIRST", "FOREST", "FROST", "GENTLE", "GOLD", "GRANITE", "GREEN", "GREY", "HARBOUR", "HIGH"),
    *("INDIGO", "INLAND", "ISLAND", "IVORY", "JADE", "LATE", "LIGHT", "LONG", "LOW", "MARBLE"),
    *("MEADOW", "MILD", "MORNING", "MOSS", "NORTH", "OCHRE", "OPEN", "PALE", "PLAIN", "QUIET"),
    *("RAIN", "RED", "RIVER", "SAND", "SILVER", "SLOW", "SMALL", "SOUTH", "SPRING", "STILL"),
    *("STONE", "SUMMER", "TALL", "VIOLET", "WARM", "WEST", "WHITE", "WIDE", "WINTER", "YELLOW"),
)
_SECOND: Final = (
    *("ACORN", "ANCHOR", "ARCH", "BARLEY", "BASIN", "BEACON", "BELL", "BIRCH", "BRIDGE", "BROOK"),
    *("CANDLE", "CANOE", "CLOVER", "COMPASS", "COVE", "CRANE", "DRUM", "ELM", "FALCON", "FERRY"),
    *("FIELD", "FINCH", "FLUTE", "GARDEN", "GATE", "GROVE", "HARP", "HERON", "HILL", "JUNIPER"),
    *("KETTLE", "KITE", "LADDER", "LAKE", "LAMP", "LANTERN", "LARK", "LEAF", "MAPLE", "MILL"),
    *("OAK", "OAR", "OLIVE", "ORCHARD", "OTTER", "PATH", "PEBBLE", "PIER", "PINE", "PLOVER"),
    *("POND", "REED", "RIDGE", "ROOF", "SAIL", "SHELL", "SHORE", "SPARROW", "SWIFT", "TERRACE"),
    *("THIMBLE", "TIDE", "TOWER", "VALLEY", "WAGON", "WELL", "WHEEL", "WILLOW", "WINDOW", "WREN"),
)

_DRAWS: Final = 500


def pseudonym() -> str:
    """Two words such as `QUIET HERON`, one of 4,900 pairs drawn at random.

    Words for things of land, water and house: nothing that hints at origin, belief, gender or
    trade. Whether it is taken already is for the vault to say.
    """
    return f"{secrets.choice(_FIRST)} {secrets.choice(_SECOND)}"


def pseudonym_besides(taken: Collection[str]) -> str:
    """One that none of these is, whatever the case of its letters: two people of one pseudonym
    would be taken for one. Where pairs run out a number stands behind."""
    held = {each.strip().casefold() for each in taken}
    for _ in range(_DRAWS):
        drawn = pseudonym()
        if drawn.casefold() not in held:
            return drawn
    drawn = pseudonym()
    return next(name for number in count(2) if (name := f"{drawn} {number}").casefold() not in held)
