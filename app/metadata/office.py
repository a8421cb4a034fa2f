"""Documents of OOXML (ECMA-376) and OpenDocument (ISO/IEC 26300): told, and written anew without.

Comments and tracked changes are part of the text: taking them out would be a decision about what
the document says. Such a document is told about, and not called clean.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Final

from app.metadata import gif, jpeg, packed, png
from app.metadata.finding import Finding, Hidden
from app.metadata.packed import Archive
from app.metadata.pieces import Joined, Piece, Put, length
from app.metadata.window import Odd, Window

_PROPERTIES: Final = {
    "dc:creator": Hidden.PERSON,
    "cp:lastModifiedBy": Hidden.PERSON,
    "meta:initial-creator": Hidden.PERSON,
    "meta:printed-by": Hidden.PERSON,
    "Manager": Hidden.PERSON,
    "Company": Hidden.PERSON,
    "dcterms:created": Hidden.TIME,
    "dcterms:modified": Hidden.TIME,
    "cp:lastPrinted": Hidden.TIME,
    "meta:creation-date": Hidden.TIME,
    "meta:print-date": Hidden.TIME,
    "dc:date": Hidden.TIME,
    "Application": Hidden.SOFTWARE,
    "meta:generator": Hidden.SOFTWARE,
    "dc:title": Hidden.COMMENT,
    "dc:subject": Hidden.COMMENT,
    "dc:description": Hidden.COMMENT,
    "cp:keywords": Hidden.COMMENT,
    "meta:keyword": Hidden.COMMENT,
    "meta:user-defined": Hidden.COMMENT,
    "Template": Hidden.OTHER,
    "TotalTime": Hidden.HISTORY,
    "meta:editing-duration": Hidden.HISTORY,
    "meta:editing-cycles": Hidden.HISTORY,
    "cp:revision": Hidden.HISTORY,
}
_TOLD_IN: Final = frozenset({"docProps/core.xml", "docProps/app.xml", "meta.xml"})
_DROPPED: Final = re.compile(
    r"docProps/.*|meta\.xml|settings\.xml|Thumbnails/.*|customXml/.*|Configurations2/.*"
    r"|layout-cache|.*printerSettings.*|\[trash\]/.*"
)
_TRACKED: Final = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)\b|<text:tracked-changes\b|<office:annotation\b"
)
_REMARKS: Final = re.compile(
    r".*(?:/comments\w*\.xml|/people\.xml|/threadedComments/.*|/persons/.*)"
)
_RSID: Final = re.compile(
    rb'\sw:rsid\w*="[^"<>]*"|<w:rsids>.*?</w:rsids>|<w15:docId\b[^<>]*/>', re.DOTALL
)
_RUNS: Final = re.compile(r".*(?:vbaProject\.bin|/activeX/.*|Basic/.*|Scripts/.*)")
_ENCLOSED: Final = re.compile(r".*/embeddings/.*|Object \d+.*|ObjectReplacements/.*")
_OUTSIDE: Final = re.compile(rb'TargetMode="External"')
_REFERENCE: Final = re.compile(
    rb"<(?:Relationship|Override|(?:manifest:)?file-entry)\b[^<>]*?"
    rb'(?:Target|PartName|(?:manifest:)?full-path)="([^"<>]*)"[^<>]*/>'
)
_LISTS: Final = re.compile(r"\[Content_Types\]\.xml|.*\.rels|META-INF/manifest\.xml")
_PICTURES: Final[
    dict[bytes, tuple[Callable[[Window], Iterator[Finding]], Callable[[Window], list[Piece]]]]
] = {
    b"\xff\xd8\xff": (jpeg.look, jpeg.clean),
    b"\x89PN": (png.look, png.clean),
    b"GIF": (gif.look, gif.clean),
}


def look(content: Window) -> Iterator[Finding]:
    """What the document tells. Raises Odd."""
    archive = Archive(content)
    if archive.comment:
        yield Finding.of(Hidden.COMMENT, "ZIP comment", archive.comment.decode("utf-8", "replace"))
    for name in archive.names:
        yield from _told(archive, name)


def clean(content: Window) -> list[Piece]:
    """The document without properties, previews, marks of editing and what its pictures tell.

    Raises Odd: comments or tracked changes, macros, files enclosed, pictures of other types.
    """
    archive = Archive(content)
    if any(each.fullmatch(name) for name in archive.names for each in (_REMARKS, _RUNS, _ENCLOSED)):
        raise Odd
    members = [
        (name, _cleaned(archive, name))
        for name in archive.names
        if not _DROPPED.fullmatch(name) and not name.endswith("/")
    ]
    return [Put(content=packed.packed(members))]


def _told(archive: Archive, name: str) -> Iterator[Finding]:
    if name.endswith("/"):
        return
    if _REMARKS.fullmatch(name):
        yield Finding.of(Hidden.COMMENT, "Comments", name)
    elif _RUNS.fullmatch(name):
        yield Finding.of(Hidden.ACTIVE, "Macro", name)
    elif _ENCLOSED.fullmatch(name):
        yield Finding.of(Hidden.ENCLOSED, "Object", name)
    elif name in _TOLD_IN:
        yield from _properties(archive.read(name))
    elif _DROPPED.fullmatch(name):
        preview = "thumbnail" in name.casefold()
        yield Finding.of(Hidden.PREVIEW if preview else Hidden.OTHER, name, "")
    else:
        content = archive.read(name)
        if _TRACKED.search(content):
            yield Finding.of(Hidden.HISTORY, "Tracked changes or comments", name)
        if _RSID.search(content):
            yield Finding.of(Hidden.HISTORY, "Marks of editing sessions", name)
        if name.endswith(".rels") and _OUTSIDE.search(content):
            yield Finding.of(Hidden.ACTIVE, "Link", name)
        if (reader := _PICTURES.get(content[:3])) is not None:
            yield from reader[0](Window.over(content))


def _properties(content: bytes) -> Iterator[Finding]:
    text = content[: 1024**2].decode("utf-8", "replace")
    for name, kind in _PROPERTIES.items():
        for found in re.findall(rf"<{name}\b[^<>]{{0,500}}>([^<>]{{1,4000}})</{name}>", text):
            yield Finding.of(kind, name, html.unescape(found))


def _cleaned(archive: Archive, name: str) -> bytes:
    content = archive.read(name)
    if (reader := _PICTURES.get(content[:3])) is not None:
        window = Window.over(content)
        pieces = reader[1](window)
        joined = Joined(window.source, pieces)
        return b"".join(iter(lambda: joined.read(length(pieces)), b""))
    if _TRACKED.search(content):
        raise Odd
    if _LISTS.fullmatch(name):
        return _REFERENCE.sub(_still_there, content)
    if name.endswith((".xml", ".rels")):
        return _RSID.sub(b"", content)
    if name == "mimetype":
        return content
    raise Odd  # a picture or font of a type that is not looked into


def _still_there(reference: re.Match[bytes]) -> bytes:
    target = reference[1].decode("utf-8", "replace").lstrip("/").removeprefix("../")
    return b"" if _DROPPED.fullmatch(target) else reference[0]
