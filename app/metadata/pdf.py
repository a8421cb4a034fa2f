"""PDF (ISO 32000): who wrote it with what, what is enclosed, what runs; told, never taken out.

The file is not interpreted: names are looked for in its bytes and in its packed lists of objects.
An encrypted one is looked at in part. Nothing here takes such data out of a PDF honestly (it may be
in any object, picture or earlier state); the pages as pictures are the way.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Final

from app.metadata import xmp
from app.metadata.finding import Finding, Hidden
from app.metadata.window import Odd, Window

MAX_BYTES: Final = 64 * 1024**2
_MAX_UNPACKED: Final = 4 * 1024**2
_MAX_LISTS: Final = 200
_INFO: Final = {
    b"Author": Hidden.PERSON,
    b"Creator": Hidden.SOFTWARE,
    b"Producer": Hidden.SOFTWARE,
    b"CreationDate": Hidden.TIME,
    b"ModDate": Hidden.TIME,
    b"Title": Hidden.COMMENT,
    b"Subject": Hidden.COMMENT,
    b"Keywords": Hidden.COMMENT,
    b"Company": Hidden.PERSON,
    b"SourceModified": Hidden.TIME,
}
_TEXT: Final = re.compile(
    rb"/("
    + b"|".join(_INFO)
    + rb")\s{0,9}(?:\(((?:[^()\\]|\\.){0,1000})\)|<([0-9A-Fa-f\s]{2,4000})>)",
    re.DOTALL,
)
_OUTLINE: Final = re.compile(rb"/Dest|/A\s{0,9}<<|/Parent")
_MARKS: Final = (
    (rb"/JavaScript\b|/JS\b", Hidden.ACTIVE, "JavaScript"),
    (rb"/Launch\b", Hidden.ACTIVE, "Launch"),
    (rb"/SubmitForm\b|/GoToR\b|/URI\b", Hidden.ACTIVE, "Link"),
    (rb"/EmbeddedFiles?\b|/Filespec\b", Hidden.ENCLOSED, "Attachment"),
    (rb"/Subtype\s{0,9}/(?:Text|FreeText|Highlight|Popup)\b", Hidden.COMMENT, "Annotation"),
    (rb"/PieceInfo\b", Hidden.HISTORY, "Private data of an application"),
    (rb"/Thumb\b", Hidden.PREVIEW, "Thumbnail"),
    (rb"Exif\x00\x00", Hidden.OTHER, "Exif of a picture inside"),
)
_LIST: Final = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n", re.DOTALL)


def look(content: Window) -> Iterator[Finding]:
    """What the document tells. Raises Odd when it is too large, encrypted, or packed otherwise."""
    if content.size > MAX_BYTES:
        raise Odd
    whole = b"".join(block for _, block in content.blocks())
    states = whole.count(b"%%EOF")
    if states > 1 and b"/Linearized" not in whole[:2048]:
        yield Finding.of(Hidden.HISTORY, "Earlier states", str(states - 1))
    at = -1
    for _ in range(20):
        at = whole.find(b"<x:xmpmeta", at + 1)
        if at < 0:
            break
        yield from xmp.look(whole[at : at + xmp.MAX_PACKET].split(b"</x:xmpmeta>")[0])
    if at < 0 and b"/Metadata" in whole and b"<x:xmpmeta" not in whole:
        yield Finding.of(Hidden.OTHER, "XMP", "")
    yield from _told(whole)
    for unpacked in _lists(whole):
        yield from _told(unpacked)
    if b"/Encrypt" in whole:
        raise Odd


def _told(content: bytes) -> Iterator[Finding]:
    for name, plain, coded in _TEXT.findall(content):
        text = _decoded(plain, coded)
        # a bookmark has a title too, which is seen and no secret
        if text and not (name == b"Title" and _OUTLINE.search(_around(content, plain or coded))):
            yield Finding.of(_INFO[name], f"PDF {name.decode('ascii')}", text)
    for pattern, kind, name in _MARKS:
        if found := len(re.findall(pattern, content)):
            yield Finding.of(kind, f"PDF {name}", str(found))


def _around(content: bytes, text: bytes) -> bytes:
    at = content.find(text)
    start = content.rfind(b"<<", max(0, at - 500), at)
    return content[max(0, start) : at + 200].split(b">>")[0]


def _decoded(plain: bytes, coded: bytes) -> str:
    if coded:
        digits = re.sub(rb"\s", b"", coded).decode("ascii")
        raw = bytes.fromhex(digits + "0" * (len(digits) % 2))
    else:
        raw = re.sub(rb"\\(\d{3}|.)", _unescaped, plain, flags=re.DOTALL)
    if raw[:2] == b"\xfe\xff":
        return raw[2:].decode("utf-16-be", "replace")
    return raw.decode("utf-8", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if len(said) == 3:
        return (
            bytes((int(said, 8) & 0xFF,))
            if said.isdigit() and max(said[:1], said[1:2], said[2:]) < b"8"
            else b""
        )
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(said, said)


def _lists(whole: bytes) -> Iterator[bytes]:
    """The packed lists of objects (ISO 32000-2, 7.5.7), each unpacked up to a ceiling."""
    for number, found in enumerate(_LIST.finditer(whole)):
        if number == _MAX_LISTS:
            raise Odd
        try:
            unpacking = zlib.decompressobj()
            yield unpacking.decompress(
                whole[found.end() : found.end() + _MAX_UNPACKED], _MAX_UNPACKED
            )
        except zlib.error:
            raise Odd from None
        if unpacking.unconsumed_tail and not unpacking.eof:
            raise Odd
