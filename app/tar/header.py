"""One 512-byte ustar header, both ways (POSIX.1-1988; the pax book, "ustar Interchange Format")."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from app.errors import BadTar
from app.tar.limits import BLOCK_BYTES, TarRefusal

# name mode uid gid size mtime checksum type link magic version uname gname major minor prefix rest
_LAYOUT = struct.Struct("100s8s8s8s12s12s8s1s100s6s2s32s32s8s8s155s12s")
_NAME_BYTES = 100
_PREFIX_BYTES = 155
_CHECKSUM_AT = slice(148, 156)
_BLANKS = 8 * ord(" ")
_OCTAL = re.compile(rb"([0-7]{1,11})[\0 ]*")
_SEVEN = b"0000000\0"
_ELEVEN = b"00000000000\0"


class Kind(Enum):
    """The only types of member, by their type flag."""

    FILE = b"0"
    FOLDER = b"5"
    PAX = b"x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """`name`: prefix and name joined, as bytes. `size`: bytes of content."""

    name: bytes
    size: int
    kind: Kind


def fits(name: bytes) -> bool:
    """Whether the two name fields of a header hold `name`. They are ASCII by the standard."""
    return name.isascii() and _split(name) is not None


def encode(header: Header) -> bytes:
    """The 512 bytes of a header whose name fits and whose size has at most eleven digits."""
    prefix, name = _split(header.name) or (b"", header.name[:_NAME_BYTES])
    block = _LAYOUT.pack(
        name,
        b"0000700\0" if header.kind is Kind.FOLDER else b"0000600\0",
        _SEVEN,
        _SEVEN,
        b"%011o\0" % header.size,
        _ELEVEN,
        b" " * 8,
        header.kind.value,
        b"",
        b"ustar\0",
        b"00",
        b"",
        b"",
        _SEVEN,
        _SEVEN,
        prefix,
        b"",
    )
    return block[: _CHECKSUM_AT.start] + b"%06o\0 " % sum(block) + block[_CHECKSUM_AT.stop :]


def parse(block: bytes, member: int) -> Header:
    """The header of member number `member`. Owner, mode and time must be well-formed numbers and
    are otherwise ignored: nothing is ever created with them.

    Raises: BadTar.
    """
    if len(block) != BLOCK_BYTES:
        _refuse(TarRefusal.TRUNCATED, member)
    fields = _LAYOUT.unpack(block)
    name, mode, uid, gid, size, mtime, checksum, kind, link = fields[:9]
    magic, version, user, group, major, minor, prefix, rest = fields[9:]
    if _octal(checksum, member) != sum(block) - sum(checksum) + _BLANKS:
        _refuse(TarRefusal.CHECKSUM, member)
    if magic != b"ustar\0" or version != b"00":
        _refuse(TarRefusal.NOT_USTAR, member)
    if kind not in {known.value for known in Kind}:
        _refuse(TarRefusal.TYPE, member)
    for number in (mode, uid, gid, mtime):
        _octal(number, member)
    for number in (major, minor):
        if number.strip(b"\0"):
            _octal(number, member)
    if any(link) or any(rest):
        _refuse(TarRefusal.HIDDEN_BYTES, member)
    for text in (user, group):
        _text(text, member)
    first, last = _text(prefix, member), _text(name, member)
    return Header(
        name=first + b"/" + last if first else last,
        size=_octal(size, member),
        kind=Kind(kind),
    )


def _octal(field: bytes, member: int) -> int:
    found = _OCTAL.fullmatch(field)
    if found is None:
        _refuse(TarRefusal.NUMBER, member)
    return int(found[1], 8)


def _text(field: bytes, member: int) -> bytes:
    text, _, after = field.partition(b"\0")
    if after.strip(b"\0"):
        _refuse(TarRefusal.HIDDEN_BYTES, member)
    return text


def _split(name: bytes) -> tuple[bytes, bytes] | None:
    """Prefix and name, cut at a slash so that both fit their fields; None when no cut does."""
    if len(name) <= _NAME_BYTES:
        return b"", name
    cut = name.find(b"/", len(name) - _NAME_BYTES - 1)
    if cut < 1 or cut > _PREFIX_BYTES or cut == len(name) - 1:
        return None
    return name[:cut], name[cut + 1 :]


def _refuse(reason: TarRefusal, member: int) -> NoReturn:
    raise BadTar(reason=reason, member=member)
