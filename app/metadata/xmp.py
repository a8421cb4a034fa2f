"""XMP packets (ISO 16684-1), told by the properties that name somebody, a place or a device.

Read with patterns, not with a parser of XML: an entity, an address or a thousand levels then cost
nothing. What no pattern finds is still told as an XMP packet that is there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from app.metadata.finding import Finding, Hidden

MAX_PACKET: Final = 1024**2
_TOLD: Final = (
    (
        Hidden.PERSON,
        ("dc:creator", "dc:rights", "photoshop:Credit", "pdf:Author", "xmpRights:Owner"),
    ),
    (
        Hidden.PLACE,
        ("exif:GPSLatitude", "exif:GPSLongitude", "photoshop:City", "photoshop:Country"),
    ),
    (Hidden.TIME, ("xmp:CreateDate", "xmp:ModifyDate", "photoshop:DateCreated")),
    (Hidden.DEVICE, ("tiff:Make", "tiff:Model", "aux:SerialNumber", "aux:Lens")),
    (Hidden.SOFTWARE, ("xmp:CreatorTool", "pdf:Producer", "stEvt:softwareAgent")),
    (Hidden.COMMENT, ("dc:title", "dc:description", "dc:subject")),
    (Hidden.HISTORY, ("xmpMM:DocumentID", "xmpMM:OriginalDocumentID", "xmpMM:InstanceID")),
)
_TAGS: Final = re.compile(r"<[^<>]{0,2000}>")


def look(packet: bytes) -> Iterator[Finding]:
    """What a packet tells: its properties, or only that it is there."""
    text = packet[:MAX_PACKET].decode("utf-8", "replace")
    found = False
    for kind, names in _TOLD:
        for name in names:
            for value in _values(text, name):
                found = True
                yield Finding.of(kind, f"XMP {name}", value)
    if not found:
        yield Finding.of(Hidden.OTHER, "XMP", "")


def _values(text: str, name: str) -> Iterator[str]:
    written = re.search(rf"{name}\s{{0,9}}=\s{{0,9}}[\"']([^\"']{{1,2000}})[\"']", text)
    if written:
        yield html.unescape(written[1])
        return
    start = text.find(f"<{name}")
    end = text.find(f"</{name}", start)
    if 0 <= start < end:
        inside = text[start : min(end, start + 4000)]
        value = " ".join(html.unescape(_TAGS.sub(" ", inside + ">")).split())
        if value.strip("> "):
            yield value.strip("> ")
