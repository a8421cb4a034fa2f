"""ISO base media (ISO/IEC 14496-12): MP4, MOV, M4A, 3GP, HEIC, AVIF. Told, and of films blanked.

A cleaned film keeps its length: boxes that tell something become `free` and zeros, and times become
zero, so that no offset into the coded pictures changes. What lies in those pictures themselves is
not looked at. A track of something else than pictures and sound (positions of a drone, of a
camera) cannot be taken out this way: such a film is not called clean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.metadata import tiff, xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Blank, Kept, Piece, Put
from app.metadata.window import Odd, Window

_MAX_DEPTH: Final = 12
_MAX_TEXT: Final = 4096
_ZERO: Final = datetime(1904, 1, 1)
_INSIDE: Final = frozenset(
    {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"moof", b"traf", b"mvex", b"dinf"}
)
_TELLING: Final = frozenset({b"udta", b"meta", b"uuid", b"cprt", b"XMP_"})
_KNOWN: Final = _INSIDE | frozenset(
    {
        *(b"ftyp", b"mdat", b"free", b"skip", b"wide", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"vmhd"),
        *(b"smhd", b"nmhd", b"sthd", b"gmhd", b"dref", b"elst", b"stsd", b"stts", b"ctts", b"stss"),
        *(b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sgpd", b"sbgp", b"sdtp", b"cslg", b"saiz"),
        *(b"saio", b"mfhd", b"tfhd", b"trun", b"tfdt", b"trex", b"mehd", b"sidx", b"ssix", b"styp"),
        *(b"mfra", b"tfra", b"mfro", b"iods", b"tapt", b"clef", b"prof", b"enof", b"tref", b"stps"),
    }
)
_TIMES: Final = {b"mvhd": 1, b"tkhd": 1, b"mdhd": 1}
_PICTURES: Final = frozenset({b"vide", b"soun", b"url ", b"alis"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """A box; `start` is that of its header, `body` what lies behind it."""

    kind: bytes
    start: int
    body: Window
    depth: int

    @property
    def size(self) -> int:
        return self.body.start - self.start + self.body.size


def look(content: Window) -> Iterator[Finding]:
    """What the boxes of a film or sound tell. Raises Odd."""
    for box in _walk(content, 0):
        yield from _told(box)


def look_still(content: Window) -> Iterator[Finding]:
    """What a HEIC or AVIF picture tells: Exif and XMP wherever they lie in it. Raises Odd."""
    found = False
    for place, block in content.blocks(overlap=4096):
        for at in _marks(block, b"Exif\0\0"):
            found = True
            try:
                start = place + at + 6
                yield from tiff.look(content.part(start, content.size - start))
            except Odd:
                yield Finding.of(Hidden.OTHER, "Exif", "")
        for at in _marks(block, b"<x:xmpmeta"):
            found = True
            yield from xmp.look(content.upto(place + at, xmp.MAX_PACKET).split(b"</x:xmpmeta>")[0])
        if not found and block.find(b"Exif") >= 0:
            found = True
            yield Finding.of(Hidden.OTHER, "Exif", "")


def clean(content: Window) -> list[Piece]:
    """The same film with blanks where it told something. Raises Odd where that is not enough."""
    pieces: list[Piece] = []
    done = content.start

    def keep_to(place: int) -> None:
        pieces.append(Kept(start=done, size=place - done))

    for box in _walk(content, 0):
        if box.kind == b"hdlr" and box.body.at(8, 4) not in _PICTURES:
            raise Odd
        blanked = list(_blanked(box))
        for start, piece in blanked:
            keep_to(start)
            pieces.append(piece)
            done = start + piece.size
    keep_to(content.start + content.size)
    return pieces


def _blanked(box: _Box) -> Iterator[tuple[int, Piece]]:
    """What is put over a box, from which place on."""
    if box.kind in _TIMES:
        wide = 8 if box.body.at(0, 1) == b"\1" else 4
        yield box.body.start + 4, Blank(size=2 * wide)
    elif box.kind == b"hdlr":
        yield box.body.start + 24, Blank(size=max(0, box.body.size - 24))
    elif box.kind in _TELLING or box.kind not in _KNOWN:
        yield box.start + 4, Put(content=b"free")
        yield box.body.start, Blank(size=box.body.size)
    elif box.kind in (b"free", b"skip", b"wide"):
        yield box.body.start, Blank(size=box.body.size)


def _walk(content: Window, depth: int) -> Iterator[_Box]:
    """Every box, an outer one before those inside it. Raises Odd."""
    if depth > _MAX_DEPTH:
        raise Odd
    place = 0
    while place < content.size:
        if content.size - place == 4 and depth and content.at(place, 4) == bytes(4):
            return  # the zero that QuickTime puts at the end of a list
        size, kind, head = content.number(place, 4), content.at(place + 4, 4), 8
        if size == 1:
            size, head = content.number(place + 8, 8), 16
        elif size == 0:
            size = content.size - place
        if size < head:
            raise Odd
        body = content.part(place + head, size - head)
        yield _Box(kind=kind, start=content.start + place, body=body, depth=depth)
        if kind in _INSIDE:
            yield from _walk(body, depth + 1)
        place += size


def _told(box: _Box) -> Iterator[Finding]:
    kind, body = box.kind, box.body
    name = kind.decode("latin-1")
    if kind in _TIMES:
        wide = 8 if body.at(0, 1) == b"\1" else 4
        seconds = body.number(4, wide) or body.number(4 + wide, wide)
        if seconds:
            yield Finding.of(Hidden.TIME, f"MP4 {name}", _moment(seconds))
    elif kind == b"hdlr":
        handler = body.at(8, 4)
        if handler not in _PICTURES:
            track = handler.decode("latin-1")
            yield Finding.of(Hidden.OTHER, "Track of data", track)
        elif said := body.upto(24, 200).strip(b"\0").decode("utf-8", "replace"):
            yield Finding.of(Hidden.SOFTWARE, "MP4 handler", said)
    elif kind == b"uuid":
        packet = body.upto(16, xmp.MAX_PACKET)
        if b"<x:xmpmeta" in packet or b"<rdf:RDF" in packet:
            yield from xmp.look(packet)
        else:
            yield Finding.of(Hidden.OTHER, "MP4 uuid", "")
    elif kind == b"udta":
        yield from _user_data(body)
    elif kind == b"meta":
        yield from _items(body, "MP4 meta")
    elif kind in (b"free", b"skip", b"wide"):
        if body.upto(0, 65536).strip(b"\0"):
            yield Finding.of(Hidden.OTHER, f"MP4 {name}", "")
    elif kind not in _KNOWN:
        yield Finding.of(Hidden.OTHER, f"MP4 {name}", "")


_USER: Final = {
    b"\xa9xyz": (Hidden.PLACE, "position"),
    b"loci": (Hidden.PLACE, "position"),
    b"\xa9mak": (Hidden.DEVICE, "make"),
    b"\xa9mod": (Hidden.DEVICE, "model"),
    b"\xa9swr": (Hidden.SOFTWARE, "software"),
    b"\xa9too": (Hidden.SOFTWARE, "software"),
    b"\xa9day": (Hidden.TIME, "date"),
    b"\xa9ART": (Hidden.PERSON, "artist"),
    b"auth": (Hidden.PERSON, "author"),
    b"\xa9aut": (Hidden.PERSON, "author"),
    b"cprt": (Hidden.PERSON, "copyright"),
    b"\xa9cpy": (Hidden.PERSON, "copyright"),
}


def _user_data(body: Window) -> Iterator[Finding]:
    place = 0
    while place + 8 <= body.size and (size := body.number(place, 4)) >= 8:
        kind, inside = body.at(place + 4, 4), body.part(place + 8, size - 8)
        if kind == b"meta":
            yield from _items(inside, "MP4 meta")
        else:
            found, name = _USER.get(kind, (Hidden.OTHER, kind.decode("latin-1")))
            # a QuickTime text: its length and language, then the text
            text = inside.upto(4, _MAX_TEXT) if kind[:1] == b"\xa9" else inside.upto(4, 200)
            yield Finding.of(found, f"MP4 {name}", text.decode("utf-8", "replace"))
        place += size


_KEYS: Final = (
    (Hidden.PLACE, b"location.ISO6709"),
    (Hidden.DEVICE, b"quicktime.make"),
    (Hidden.DEVICE, b"quicktime.model"),
    (Hidden.SOFTWARE, b"quicktime.software"),
    (Hidden.TIME, b"creationdate"),
    (Hidden.PERSON, b"quicktime.author"),
    (Hidden.DEVICE, b"android.manufacturer"),
    (Hidden.DEVICE, b"android.model"),
    (Hidden.SOFTWARE, b"android.version"),
)


def _items(body: Window, name: str) -> Iterator[Finding]:
    """Keys and values of Apple's form: the keys that are known by name, and the texts."""
    content = body.upto(0, 1024**2)
    found = False
    for kind, key in _KEYS:
        if key in content:
            found = True
            yield Finding.of(kind, f"{name} {key.decode('ascii')}", "")
    place = content.find(b"ilst")
    while (place := content.find(b"data\0\0\0\1", place + 1)) >= 0 and place >= 4:
        size = int.from_bytes(content[place - 4 : place], "big")
        text = content[place + 12 : place + max(12, min(size, _MAX_TEXT) - 4)]
        found = True
        label = content[place - 8 : place - 4]
        kind, said = _USER.get(label, (Hidden.COMMENT, ""))
        yield Finding.of(kind, f"{name} {said}".strip(), text.decode("utf-8", "replace"))
    if not found:
        yield Finding.of(Hidden.OTHER, name, "")


def _marks(block: bytes, mark: bytes) -> Iterator[int]:
    at = block.find(mark)
    if at >= 0:
        yield at


def _moment(seconds: int) -> str:
    try:
        return (_ZERO + timedelta(seconds=seconds)).isoformat(" ") + "Z"
    except OverflowError:
        return str(seconds)
