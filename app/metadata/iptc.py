"""IPTC-IIM inside Photoshop resources (8BIM): who, where, when, captions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.metadata.finding import Finding, Hidden
from app.metadata.window import Odd, Window

_IPTC, _THUMBNAIL, _OLD_THUMBNAIL = 0x0404, 0x040C, 0x0409
# Datasets of record 2 (IPTC-IIM 4.2).
_NAMES: Final = {
    5: (Hidden.COMMENT, "IPTC title"),
    25: (Hidden.COMMENT, "IPTC keyword"),
    55: (Hidden.TIME, "IPTC date"),
    80: (Hidden.PERSON, "IPTC by-line"),
    85: (Hidden.PERSON, "IPTC by-line title"),
    90: (Hidden.PLACE, "IPTC city"),
    92: (Hidden.PLACE, "IPTC sublocation"),
    95: (Hidden.PLACE, "IPTC province"),
    101: (Hidden.PLACE, "IPTC country"),
    110: (Hidden.PERSON, "IPTC credit"),
    115: (Hidden.PERSON, "IPTC source"),
    116: (Hidden.PERSON, "IPTC copyright"),
    118: (Hidden.PERSON, "IPTC contact"),
    120: (Hidden.COMMENT, "IPTC caption"),
    122: (Hidden.PERSON, "IPTC caption writer"),
}


def look(resources: Window) -> Iterator[Finding]:
    """What Photoshop resources tell. Raises Odd."""
    place, found = 0, False
    while place + 12 <= resources.size and resources.at(place, 4) == b"8BIM":
        number = resources.number(place + 4, 2)
        name = resources.number(place + 6, 1)
        place += 6 + name + 1 + (name + 1) % 2
        size = resources.number(place, 4)
        body = resources.part(place + 4, size)
        place += 4 + size + size % 2
        found = True
        if number == _IPTC:
            yield from _datasets(body)
        elif number in (_THUMBNAIL, _OLD_THUMBNAIL):
            yield Finding.of(Hidden.PREVIEW, "Photoshop", "")
        else:
            yield Finding.of(Hidden.OTHER, f"Photoshop resource {number:#06x}", "")
    if not found:
        yield Finding.of(Hidden.OTHER, "Photoshop", "")


def _datasets(body: Window) -> Iterator[Finding]:
    place = 0
    while place + 5 <= body.size and body.at(place, 1) == b"\x1c":
        record, dataset = body.at(place + 1, 2)
        size = body.number(place + 3, 2)
        if size & 0x8000:
            raise Odd  # the extended form, which nothing uses for text
        text = body.at(place + 5, size).decode("utf-8", "replace")
        place += 5 + size
        if record == 2 and dataset in _NAMES:
            kind, name = _NAMES[dataset]
            yield Finding.of(kind, name, text)
        elif record == 2 and dataset:
            yield Finding.of(Hidden.OTHER, f"IPTC 2:{dataset}", text)
