"""PNG (W3C PNG 3): chunks with text, time, Exif and profiles, told and left out."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from app.metadata import tiff, xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Kept, Piece, Put
from app.metadata.window import Odd, Window

_MARK: Final = b"\x89PNG\r\n\x1a\n"
_MAX_TEXT: Final = 64 * 1024
_NEEDED: Final = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"),
        *(b"pHYs", b"acTL", b"fcTL", b"fdAT", b"cICP"),
    }
)
_PEOPLE: Final = ("author", "artist", "copyright", "owner", "creator")


def look(content: Window) -> Iterator[Finding]:
    """What the chunks tell. Raises Odd."""
    end = len(_MARK)
    for kind, place, body in _chunks(content):
        end = place + 12 + body.size
        yield from _told(kind, body)
    if end < content.size:
        yield Finding.of(Hidden.ENCLOSED, "Bytes behind the end", str(content.size - end))


def clean(content: Window) -> list[Piece]:
    """The picture with the chunks that it needs; how it is turned stays. Raises Odd."""
    kept: list[Piece] = [Put(content=_MARK)]
    for kind, place, body in _chunks(content):
        if kind in _NEEDED:
            kept.append(Kept(start=content.start + place, size=12 + body.size))
        elif kind == b"eXIf" and (turned := tiff.orientation(body)) != 1:
            kept.append(Put(content=_chunk(kind, tiff.only_orientation(turned))))
    return kept


def _chunks(content: Window) -> Iterator[tuple[bytes, int, Window]]:
    """Type, place and data of each chunk, up to IEND. Raises Odd."""
    if content.at(0, 8) != _MARK:
        raise Odd
    place, kind = 8, b""
    while kind != b"IEND":
        size = content.number(place, 4)
        kind = content.at(place + 4, 4)
        content.at(place + 8 + size, 4)
        yield kind, place, content.part(place + 8, size)
        place += 12 + size


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + check


def _told(kind: bytes, body: Window) -> Iterator[Finding]:
    if kind in _NEEDED:
        return
    if kind == b"eXIf":
        yield from tiff.look(body)
    elif kind == b"tIME" and body.size == 7:
        year, (month, day, hour, minute, _) = body.number(0, 2), body.at(2, 5)
        told = f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"
        yield Finding.of(Hidden.TIME, "PNG tIME", told)
    elif kind in (b"tEXt", b"zTXt", b"iTXt"):
        yield from _text(kind, body)
    else:
        yield Finding.of(Hidden.OTHER, f"PNG {kind.decode('ascii', 'replace')}", "")


def _text(kind: bytes, body: Window) -> Iterator[Finding]:
    name, _, rest = body.upto(0, _MAX_TEXT).partition(b"\0")
    keyword = name.decode("latin-1")
    if kind == b"tEXt":
        text = rest.decode("latin-1")
    elif kind == b"zTXt":
        text = _inflated(rest[1:]).decode("latin-1")
    else:
        packed, _, (_, _, inside) = rest[:1], rest[1:2], _three(rest[2:])
        text = (_inflated(inside) if packed == b"\1" else inside).decode("utf-8", "replace")
    if keyword == "XML:com.adobe.xmp":
        yield from xmp.look(text.encode("utf-8"))
        return
    named = keyword.casefold()
    found = Hidden.PERSON if named in _PEOPLE else Hidden.COMMENT
    if "time" in named or "date" in named:
        found = Hidden.TIME
    elif "software" in named:
        found = Hidden.SOFTWARE
    yield Finding.of(found, f"PNG {keyword}", text)


def _three(rest: bytes) -> tuple[bytes, bytes, bytes]:
    language, _, more = rest.partition(b"\0")
    translated, _, text = more.partition(b"\0")
    return language, translated, text


def _inflated(packed: bytes) -> bytes:
    """The first of what it unpacks to: a bomb costs no more than that."""
    try:
        return zlib.decompressobj().decompress(packed, _MAX_TEXT)
    except zlib.error:
        return b""
