"""GIF (89a): comments, plain text and application data, told and left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.metadata import xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Kept, Piece
from app.metadata.window import Odd, Window

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_LOOPS: Final = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_MAX_BLOCK: Final = 1024**2


def look(content: Window) -> Iterator[Finding]:
    """What the extensions tell. Raises Odd."""
    end = 0
    for label, place, size in _blocks(content):
        end = place + size
        if label == _COMMENT:
            text = _data(content, place + 2).decode("utf-8", "replace")
            yield Finding.of(Hidden.COMMENT, "GIF comment", text)
        elif label == _TEXT:
            yield Finding.of(Hidden.COMMENT, "GIF text", "")
        elif label == _APPLICATION and not _is_loop(content, place, size):
            name = content.upto(place + 3, 11)
            if name.startswith(b"XMP Data"):
                yield from xmp.look(content.upto(place + 14, min(size - 14, _MAX_BLOCK)))
            else:
                yield Finding.of(Hidden.OTHER, "GIF application", name.decode("ascii", "replace"))
    if end < content.size:
        yield Finding.of(Hidden.ENCLOSED, "Bytes behind the end", str(content.size - end))


def clean(content: Window) -> list[Piece]:
    """The pictures, their timing and how often they repeat. Raises Odd."""
    return [
        Kept(start=content.start + place, size=size)
        for label, place, size in _blocks(content)
        if label in (0, _CONTROL, _IMAGE, _TRAILER)
        or (label == _APPLICATION and _is_loop(content, place, size))
    ]


def _is_loop(content: Window, place: int, size: int) -> bool:
    """Exactly: introducer, label, eleven bytes of name, three of how often, the end."""
    return size == 19 and content.at(place + 3, 11) in _LOOPS


def _blocks(content: Window) -> Iterator[tuple[int, int, int]]:
    """Label, place and size of each block; 0 is the header with its table. Raises Odd."""
    if content.at(0, 6) not in (b"GIF87a", b"GIF89a"):
        raise Odd
    place = 13 + _table(content.at(10, 1)[0])
    yield 0, 0, place
    while True:
        start = place
        kind = content.at(place, 1)[0]
        if kind == _TRAILER:
            yield kind, place, 1
            return
        if kind == _IMAGE:
            place += 10 + _table(content.at(place + 9, 1)[0]) + 1
            label = kind
        elif kind == _EXTENSION:
            label = content.at(place + 1, 1)[0]
            place += 2
        else:
            raise Odd
        while size := content.at(place, 1)[0]:
            place += 1 + size
        place += 1
        yield label, start, place - start


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _data(content: Window, place: int) -> bytes:
    found = b""
    while len(found) < 4096 and (size := content.at(place, 1)[0]):
        found += content.at(place + 1, size)
        place += 1 + size
    return found
