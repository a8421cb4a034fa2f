"""Reading a slip: a text file, the texts of its QR codes, or the names that somebody typed."""

from __future__ import annotations

from pathlib import Path

from app.bundles import naming
from app.errors import BadSlip
from app.files import read_small
from app.slips import coding, text
from app.slips.slip import MAX_ITEMS, MAX_TEXT_BYTES, Item, Slip


def read_file(path: Path) -> Slip:
    """The slip in a file. Raises as `read`, and TooBig, NotThere, NotReadable, MediumFailed."""
    content = read_small(path, limit=MAX_TEXT_BYTES)
    try:
        return read(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise BadSlip("text") from None


def read(given: str) -> Slip:
    """The slip in a text, told by its beginning. CRLF is taken for LF. Raises BadSlip.

    Typed: the names alone, apart from each other by white space, in capitals or not. A name is 100
    bits of the digest: enough to know a file by.
    """
    if len(given) > MAX_TEXT_BYTES:
        raise BadSlip("text")
    lines = given.removeprefix("\ufeff").replace("\r\n", "\n")
    if lines.startswith(text.FIRST_LINE):
        return text.parse(lines)
    words = lines.split()
    if not words or len(words) > MAX_ITEMS:
        raise BadSlip("text")
    if words[0].upper().startswith(coding.FIRST):
        return coding.parse([each.upper() for each in words])
    names = [each.lower() for each in words]
    if not all(naming.looks_like_a_name(each) for each in names):
        raise BadSlip("name")
    return Slip(day=None, items=tuple(Item(name=each) for each in dict.fromkeys(names)))
