"""The tag files of a bag as text, both ways (RFC 8493, 2.1 to 2.4), read strictly.

Stricter than the RFC, as written here and nowhere wider: lines end in LF, two spaces stand between
digest and path (what `sha256sum -c` reads too), hexadecimal is lower-case, one line a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import BadBag, UnsafeName
from app.tar.ledger import Ledger

BAGIT_TXT = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.minisig"
PAYLOAD_FOLDER = "data/"

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD_OXUM = "Payload-Oxum"

MAX_LINES = 10_000
MAX_TAG_BYTES = 16 * 1024**2
MAX_INFO_BYTES = 64 * 1024

_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_ESCAPE = re.compile(r"%(25|0[AaDd])?")
_INFO = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*): ([^\r\n]*)")


class BagRefusal(StrEnum):
    """The rule that a bag breaks."""

    DECLARATION = "declaration"
    NOT_UTF8 = "not_utf8"
    LINE = "line"
    TOO_MANY = "too_many"
    TOO_BIG = "too_big"
    NAME = "name"
    DUPLICATE = "duplicate"
    WRONG_PLACE = "wrong_place"
    """A tag file in the payload manifest, a payload file in the tag manifest, a file outside."""
    ORDER = "order"
    FETCH = "fetch"
    OTHER_MANIFEST = "other_manifest"
    UNLISTED = "unlisted"
    MISSING = "missing"
    DAMAGED = "damaged"
    OXUM = "oxum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a manifest: a path and the 32-byte SHA-256 of its content."""

    path: str
    sha256: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """A file below `data/`: path in the bag, 32-byte SHA-256, size in bytes."""

    path: str
    sha256: bytes
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFile:
    """A file outside `data/`, small enough to be held."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoLine:
    """One line of bag-info.txt."""

    label: str
    value: str


def manifest(entries: Iterable[Listed]) -> bytes:
    """A manifest, sorted by path. The paths have passed `app.names.check_path`."""
    lines = sorted((entry.path, entry.sha256.hex()) for entry in entries)
    return "".join(f"{digest}  {_quoted(path)}\n" for path, digest in lines).encode()


def parse_manifest(content: bytes, name: str) -> tuple[Listed, ...]:
    """The lines of the manifest `name`, each path safe and once (after NFC and case folding).

    Raises: BadBag.
    """
    ledger = Ledger()
    found = []
    for line in _lines(content, name):
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadBag(reason=BagRefusal.LINE, name=name)
        path = _unquoted(match[2], name)
        try:
            taken = ledger.take_file(path)
        except UnsafeName as refused:
            raise BadBag(reason=BagRefusal.NAME, name=path) from refused
        if taken is not None:
            raise BadBag(reason=BagRefusal.DUPLICATE, name=path)
        found.append(Listed(path=path, sha256=bytes.fromhex(match[1])))
    return tuple(found)


def bag_info(lines: Iterable[InfoLine]) -> bytes:
    """bag-info.txt in the order given. Raises: ValueError (a label or value of another form)."""
    text = [f"{line.label}: {line.value}" for line in lines]
    for line in text:
        if _INFO.fullmatch(line) is None:
            raise ValueError(line)
    return "".join(f"{line}\n" for line in text).encode()


def parse_bag_info(content: bytes) -> tuple[InfoLine, ...]:
    """The lines of bag-info.txt; none is continued on the next. Raises: BadBag."""
    if len(content) > MAX_INFO_BYTES:
        raise BadBag(reason=BagRefusal.TOO_BIG, name=BAG_INFO)
    found = []
    for line in _lines(content, BAG_INFO):
        match = _INFO.fullmatch(line)
        if match is None:
            raise BadBag(reason=BagRefusal.LINE, name=BAG_INFO)
        found.append(InfoLine(label=match[1], value=match[2]))
    return tuple(found)


def _lines(content: bytes, name: str) -> list[str]:
    if len(content) > MAX_TAG_BYTES:
        raise BadBag(reason=BagRefusal.TOO_BIG, name=name)
    if content.count(b"\n") > MAX_LINES:
        raise BadBag(reason=BagRefusal.TOO_MANY, name=name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as refused:
        raise BadBag(reason=BagRefusal.NOT_UTF8, name=name) from refused
    lines = text.split("\n")
    if lines.pop():  # a last line without its LF may be half a line
        raise BadBag(reason=BagRefusal.LINE, name=name)
    return lines


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _unquoted(text: str, name: str) -> str:
    def plain(match: re.Match[str]) -> str:
        if match[1] is None:
            raise BadBag(reason=BagRefusal.LINE, name=name)
        return chr(int(match[1], 16))

    return _ESCAPE.sub(plain, text)
