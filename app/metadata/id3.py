"""Tags of sound: ID3 and APE (MP3), Vorbis comments (FLAC, Ogg); told, and of Ogg not left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.metadata.finding import Finding, Hidden
from app.metadata.pieces import Kept, Piece, Put
from app.metadata.window import Odd, Window

_MAX_TEXT: Final = 4096
_MAX_TAGS: Final = 500
_PEOPLE: Final = ("TPE1", "TPE2", "TCOM", "TOWN", "TCOP", "TENC", "TPE3", "TEXT")
_TIMES: Final = ("TDRC", "TYER", "TDAT", "TIME", "TDEN", "TDTG")
_SOFTWARE: Final = ("TSSE",)


def look(content: Window) -> Iterator[Finding]:
    """What the tags in front and behind tell; of ID3 frames up to 500. Raises Odd."""
    begin, end = _bounds(content)
    if begin:
        yield from _frames(content)
    if end < content.size:
        tail = content.at(end, min(content.size - end, 128))
        text = tail[3:93].replace(b"\0", b" ").decode("latin-1") if tail[:3] == b"TAG" else ""
        yield Finding.of(Hidden.COMMENT, "Tag at the end", text)


def clean(content: Window) -> list[Piece]:
    """The sound between the tags. Raises Odd."""
    begin, end = _bounds(content)
    if begin >= end:
        raise Odd
    return [Kept(start=content.start + begin, size=end - begin)]


def look_flac(content: Window) -> Iterator[Finding]:
    """What the blocks of a FLAC file tell. Raises Odd."""
    for kind, _, body in _flac(content):
        if kind == 4:
            yield from _comments(body)
        elif kind == 6:
            yield Finding.of(Hidden.PREVIEW, "FLAC picture", "")
        elif kind in (2, 5):
            yield Finding.of(Hidden.OTHER, f"FLAC block {kind}", "")


def clean_flac(content: Window) -> list[Piece]:
    """Stream information and sound; nothing else. Raises Odd."""
    blocks = list(_flac(content))
    kind, _, info = blocks[0]
    if kind != 0 or info.size != 34:
        raise Odd
    _, place, last = blocks[-1]
    start = place + 4 + last.size
    head = b"fLaC\x80" + (34).to_bytes(3, "big") + info.at(0, 34)
    return [Put(content=head), Kept(start=content.start + start, size=content.size - start)]


def look_ogg(content: Window) -> Iterator[Finding]:
    """The comments in the first pages of an Ogg file. Raises Odd when none are found."""
    head = content.upto(0, 256 * 1024)
    for mark in (b"\x03vorbis", b"OpusTags", b"Speex   "):
        at = head.find(mark)
        if at >= 0 and mark != b"Speex   ":
            yield from _comments(content.part(at + len(mark), content.size - at - len(mark)))
            return
    raise Odd


def _bounds(content: Window) -> tuple[int, int]:
    """Where the sound begins and ends, between the tags."""
    begin = 0
    while content.upto(begin, 3) == b"ID3":
        begin += 10 + _synchsafe(content.at(begin + 6, 4))
        if begin > content.size:
            raise Odd
    end = content.size
    if end - begin >= 128 and content.at(end - 128, 3) == b"TAG":
        end -= 128
    if end - begin >= 32 and content.at(end - 32, 8) == b"APETAGEX":
        size = int.from_bytes(content.at(end - 20, 4), "little")
        has_head = content.at(end - 12, 4)[3] & 0x80
        end -= size + (32 if has_head else 0)
        if end < begin:
            raise Odd
    return begin, end


def _frames(content: Window) -> Iterator[Finding]:
    version = content.at(3, 1)[0]
    tag = content.part(10, _synchsafe(content.at(6, 4)))
    yielded = False
    place = 0
    while version in (3, 4) and place + 10 <= tag.size and tag.at(place, 1) != b"\0":
        name = tag.at(place, 4).decode("ascii", "replace")
        raw = tag.at(place + 4, 4)
        size = _synchsafe(raw) if version == 4 else int.from_bytes(raw, "big")
        body = tag.part(place + 10, size)
        place += 10 + size
        yielded = True
        yield _frame(name, body)
    if not yielded:
        yield Finding.of(Hidden.OTHER, "ID3", "")


def _frame(name: str, body: Window) -> Finding:
    if name == "APIC":
        return Finding.of(Hidden.PREVIEW, "ID3 APIC", "")
    kind = Hidden.COMMENT
    for found, names in (
        (Hidden.PERSON, _PEOPLE),
        (Hidden.TIME, _TIMES),
        (Hidden.SOFTWARE, _SOFTWARE),
        (Hidden.OTHER, ("PRIV", "UFID", "GEOB")),
    ):
        if name in names:
            kind = found
    raw = body.upto(0, _MAX_TEXT)
    coding = {0: "latin-1", 1: "utf-16", 2: "utf-16-be"}.get(raw[0] if raw else 3, "utf-8")
    return Finding.of(kind, f"ID3 {name}", raw[1:].decode(coding, "replace"))


def _comments(body: Window) -> Iterator[Finding]:
    """A Vorbis comment header: the writer's name, then NAME=value texts."""
    size = int.from_bytes(body.at(0, 4), "little")
    yield Finding.of(
        Hidden.SOFTWARE,
        "Vorbis vendor",
        body.part(4, size).upto(0, _MAX_TEXT).decode("utf-8", "replace"),
    )
    place = 4 + size
    count = int.from_bytes(body.at(place, 4), "little")
    place += 4
    for _ in range(min(count, _MAX_TAGS)):
        size = int.from_bytes(body.at(place, 4), "little")
        text = body.part(place + 4, size).upto(0, _MAX_TEXT).decode("utf-8", "replace")
        place += 4 + size
        name, _, value = text.partition("=")
        upper = name.upper()
        kind = Hidden.COMMENT
        if upper in ("ARTIST", "PERFORMER", "COPYRIGHT", "CONTACT", "ORGANIZATION"):
            kind = Hidden.PERSON
        elif upper in ("DATE", "CREATION_TIME"):
            kind = Hidden.TIME
        elif upper in ("LOCATION", "GEO"):
            kind = Hidden.PLACE
        elif upper in ("ENCODER", "ENCODED-BY"):
            kind = Hidden.SOFTWARE
        yield Finding.of(kind, f"Vorbis {name}", value)


def _flac(content: Window) -> Iterator[tuple[int, int, Window]]:
    if content.at(0, 4) != b"fLaC":
        raise Odd
    place, last = 4, False
    while not last:
        flags = content.at(place, 1)[0]
        last = bool(flags & 0x80)
        size = content.number(place + 1, 3)
        yield flags & 0x7F, place, content.part(place + 4, size)
        place += 4 + size


def _synchsafe(raw: bytes) -> int:
    if any(each & 0x80 for each in raw):
        raise Odd
    return raw[0] << 21 | raw[1] << 14 | raw[2] << 7 | raw[3]
