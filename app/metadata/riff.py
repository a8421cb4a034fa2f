"""RIFF: WebP pictures and WAV sound; chunks with Exif, XMP, tags and studio notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.metadata import id3, tiff, xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Kept, Piece, Put
from app.metadata.window import Odd, Window

_MAX_TEXT: Final = 4096
_NEEDED: Final = {
    b"WEBP": frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}),
    b"WAVE": frozenset({b"fmt ", b"data", b"fact"}),
}
_EXIF_FLAG, _XMP_FLAG, _ICC_FLAG = 0x08, 0x04, 0x20
_INFO: Final = {
    b"IART": (Hidden.PERSON, "artist"),
    b"ICOP": (Hidden.PERSON, "copyright"),
    b"IENG": (Hidden.PERSON, "engineer"),
    b"ITCH": (Hidden.PERSON, "technician"),
    b"ICRD": (Hidden.TIME, "date"),
    b"ISFT": (Hidden.SOFTWARE, "software"),
    b"ISRC": (Hidden.PERSON, "source"),
}


def look(content: Window) -> Iterator[Finding]:
    """What the chunks tell. Raises Odd."""
    form, end = content.at(8, 4), 12
    for kind, place, body in _chunks(content):
        end = place + 8 + body.size + body.size % 2
        if kind not in _NEEDED.get(form, frozenset()):
            yield from _told(kind, body)
    if end < content.size:
        yield Finding.of(Hidden.ENCLOSED, "Bytes behind the end", str(content.size - end))


def clean(content: Window) -> list[Piece]:
    """The chunks that the picture or sound needs; how a picture is turned stays. Raises Odd."""
    form, turned = content.at(8, 4), 1
    needed = _NEEDED.get(form)
    if needed is None:
        raise Odd
    pieces: list[Piece] = []
    extended = False
    for kind, place, body in _chunks(content):
        if kind == b"EXIF":
            turned = tiff.orientation(_exif(body))
        if kind == b"VP8X" and body.size == 10:
            extended = True
            flags = body.at(0, 1)[0] & ~(_EXIF_FLAG | _XMP_FLAG | _ICC_FLAG)
            pieces.append(Put(content=_chunk(kind, bytes((flags,)) + body.at(1, 9))))
        elif kind in needed:
            start, size = content.start + place, 8 + body.size
            pieces.append(Kept(start=start, size=size))
            pieces.append(Put(content=bytes(body.size % 2)))
    if turned != 1 and extended:
        first = pieces[0]
        if isinstance(first, Put):
            flags = first.content[8] | _EXIF_FLAG
            pieces[0] = Put(content=first.content[:8] + bytes((flags,)) + first.content[9:])
            pieces.append(Put(content=_chunk(b"EXIF", tiff.only_orientation(turned))))
    size = 4 + sum(each.size for each in pieces)
    return [Put(content=b"RIFF" + size.to_bytes(4, "little") + form), *pieces]


def _chunks(content: Window) -> Iterator[tuple[bytes, int, Window]]:
    """Type, place and data of each chunk. Raises Odd."""
    if content.at(0, 4) != b"RIFF":
        raise Odd
    end = min(content.size, 8 + int.from_bytes(content.at(4, 4), "little"))
    place = 12
    while place + 8 <= end:
        kind = content.at(place, 4)
        size = int.from_bytes(content.at(place + 4, 4), "little")
        yield kind, place, content.part(place + 8, size)
        place += 8 + size + size % 2
    if place < end:
        raise Odd


def _told(kind: bytes, body: Window) -> Iterator[Finding]:
    name = kind.decode("ascii", "replace").strip()
    if kind == b"EXIF":
        yield from tiff.look(_exif(body))
    elif kind == b"XMP ":
        yield from xmp.look(body.upto(0, xmp.MAX_PACKET))
    elif kind in (b"id3 ", b"ID3 "):
        yield from id3.look(body)
    elif kind == b"LIST" and body.upto(0, 4) == b"INFO":
        yield from _info(body)
    elif kind == b"bext":
        said = body.upto(0, 256).split(b"\0")[0].decode("utf-8", "replace")
        who = body.upto(256, 32).split(b"\0")[0].decode("utf-8", "replace")
        yield Finding.of(Hidden.COMMENT, "WAV bext", said)
        yield Finding.of(Hidden.DEVICE, "WAV bext", who)
        yield Finding.of(Hidden.TIME, "WAV bext", body.upto(320, 18).decode("ascii", "replace"))
    elif kind not in (b"JUNK", b"PAD ", b"FLLR") or body.upto(0, _MAX_TEXT).strip(b"\0"):
        yield Finding.of(Hidden.OTHER, f"RIFF {name}", "")


def _info(body: Window) -> Iterator[Finding]:
    place = 4
    while place + 8 <= body.size:
        kind = body.at(place, 4)
        size = int.from_bytes(body.at(place + 4, 4), "little")
        text = body.part(place + 8, size).upto(0, _MAX_TEXT).split(b"\0")[0]
        found, name = _INFO.get(kind, (Hidden.COMMENT, kind.decode("ascii", "replace")))
        yield Finding.of(found, f"RIFF {name}", text.decode("utf-8", "replace"))
        place += 8 + size + size % 2


def _exif(body: Window) -> Window:
    """Some writers put the mark of JPEG in front."""
    return body.part(6, body.size - 6) if body.upto(0, 6) == b"Exif\0\0" else body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
