"""JPEG (ITU-T T.81, JFIF, Exif): its segments, told and left out without touching a pixel."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.metadata import iptc, tiff, xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Kept, Piece, Put
from app.metadata.window import Odd, Window

_SOI, _EOI, _SOS, _COMMENT, _APP0, _APP1, _APP2, _APP13, _APP14, _APP15 = (
    *(0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF),
)
_EXIF: Final = b"Exif\0\0"
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP: Final = b"http://ns.adobe.com/xmp/extension/\0"
_PHOTOSHOP: Final = b"Photoshop 3.0\0"
# What a decoder needs: frames, tables, intervals, arithmetic conditioning, scans.
_NEEDED: Final = frozenset({*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF}) - {0xC8}
# A marker in scan data: FF that is neither stuffed (00), a restart (D0 to D7) nor filling (FF).
_NEXT: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PLAIN_JFIF: Final = b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Segment:
    """A segment with its marker; of a scan, with its coded data. `body`: behind the length."""

    marker: int
    start: int
    size: int
    body: Window


def look(content: Window) -> Iterator[Finding]:
    """What the segments tell. Raises Odd."""
    end = 0
    for segment in _segments(content):
        end = segment.start + segment.size
        yield from _told(segment)
    if end < content.size and content.upto(end, 4096).strip(b"\0"):
        yield Finding.of(Hidden.ENCLOSED, "Bytes behind the end", str(content.size - end))


def clean(content: Window) -> list[Piece]:
    """The picture without what it does not need; how it is turned stays. Raises Odd."""
    turned = 1
    kept: list[Piece] = []
    for segment in _segments(content):
        if segment.marker == _APP1 and _starts(segment.body, _EXIF):
            turned = tiff.orientation(segment.body.part(6, segment.body.size - 6))
        needed = segment.marker in _NEEDED or segment.marker == _EOI
        if needed or _is_adobe(segment):
            kept.append(Kept(start=content.start + segment.start, size=segment.size))
    head = [Put(content=b"\xff\xd8" + _PLAIN_JFIF)]
    if turned != 1:
        exif = _EXIF + tiff.only_orientation(turned)
        head.append(Put(content=b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif))
    return [*head, *kept]


def _segments(content: Window) -> Iterator[_Segment]:
    """Everything behind SOI up to EOI. Raises Odd."""
    if content.at(0, 2) != b"\xff\xd8":
        raise Odd
    place = 2
    while True:
        start = place
        if content.at(place, 1) != b"\xff":
            raise Odd
        while (marker := content.at(place + 1, 1)[0]) == 0xFF:
            place += 1
        if marker == _EOI:
            yield _Segment(marker=marker, start=place, size=2, body=content.part(place + 2, 0))
            return
        if marker == _SOI or marker < 0xC0:
            raise Odd
        size = content.number(place + 2, 2)
        if size < 2:
            raise Odd
        body = content.part(place + 4, size - 2)
        place += 2 + size
        if marker == _SOS:
            place = _end_of_scan(content, place)
        yield _Segment(marker=marker, start=start, size=place - start, body=body)


def _end_of_scan(content: Window, place: int) -> int:
    for at, block in content.blocks(place, overlap=1):
        found = _NEXT.search(block)
        if found:
            return at + found.start()
    raise Odd


def _told(segment: _Segment) -> Iterator[Finding]:
    marker, body = segment.marker, segment.body
    if marker == _COMMENT:
        yield Finding.of(
            Hidden.COMMENT, "JPEG comment", body.upto(0, 4096).decode("utf-8", "replace")
        )
    elif marker == _APP0:
        if _starts(body, b"JFIF\0") and body.size > 13 and body.at(12, 2) != b"\0\0":
            yield Finding.of(Hidden.PREVIEW, "JFIF", "")
        elif not _starts(body, b"JFIF\0"):
            yield Finding.of(Hidden.OTHER, "JPEG segment APP0", _name(body))
    elif marker == _APP1 and _starts(body, _EXIF):
        yield from tiff.look(body.part(6, body.size - 6))
    elif marker == _APP1 and _starts(body, _XMP):
        yield from xmp.look(body.at(len(_XMP), body.size - len(_XMP)))
    elif marker == _APP13 and _starts(body, _PHOTOSHOP):
        yield from iptc.look(body.part(len(_PHOTOSHOP), body.size - len(_PHOTOSHOP)))
    elif _APP1 <= marker <= _APP15 and not _is_adobe(segment):
        kind = Hidden.ENCLOSED if _starts(body, b"MPF\0") else Hidden.OTHER
        name = "XMP" if _starts(body, _MORE_XMP) else f"JPEG segment APP{marker - _APP0}"
        yield Finding.of(kind, name, _name(body))


def _is_adobe(segment: _Segment) -> bool:
    """The segment that says how colours are coded: twelve bytes, none of them free."""
    return segment.marker == _APP14 and segment.body.size == 12 and _starts(segment.body, b"Adobe")


def _starts(body: Window, mark: bytes) -> bool:
    return body.upto(0, len(mark)) == mark


def _name(body: Window) -> str:
    return body.upto(0, 32).split(b"\0")[0].decode("ascii", "replace")
