"""A bundle in parts of which some are enough (docs/formats/parts.md). No key, no vault.

split(bundle, needed=5, total=8, folders=…)    any five of the eight give it back
gather(paths), check(path)                     which are here, which are damaged
join(paths, to=…), remake(paths, index=…)      the bundle again, or a lost part
"""

from __future__ import annotations

from app.parts.joining import Joined, join, remake
from app.parts.layout import Head, Split
from app.parts.looking import Checked, Found, Parts, check, gather, inspect, is_part
from app.parts.splitting import Made, split
from app.parts.standing import PartState, Standing, standing_of

__all__ = [
    "Checked",
    "Found",
    "Head",
    "Joined",
    "Made",
    "PartState",
    "Parts",
    "Split",
    "Standing",
    "check",
    "gather",
    "inspect",
    "is_part",
    "join",
    "remake",
    "split",
    "standing_of",
]
