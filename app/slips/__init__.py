"""The slip that travels apart from what is carried (docs/formats/slip.md). No key, no vault.

make(paths, day=…)             what is carried: names, sizes, digests; nobody is named
marshal(slip), codes(slip)     as a text file, as texts for QR codes
read(text), read_file(path)    from a file, from codes, or from names that somebody typed
compare(slip, paths)           what is here, renamed, altered, missing, or not on it
"""

from __future__ import annotations

from app.slips.coding import codes
from app.slips.comparing import Compared, Found, Match, compare
from app.slips.making import make
from app.slips.reading import read, read_file
from app.slips.slip import Item, PartOf, Slip
from app.slips.text import marshal

__all__ = [
    "Compared",
    "Found",
    "Item",
    "Match",
    "PartOf",
    "Slip",
    "codes",
    "compare",
    "make",
    "marshal",
    "read",
    "read_file",
]
