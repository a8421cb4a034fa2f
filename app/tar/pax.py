"""The content of a pax extended header, both ways: `path` and `size` and nothing else.

Grammar (POSIX.1-2001, "pax Extended Header"): records `LENGTH SP KEY "=" VALUE LF`, LENGTH in
decimal counting the whole record with itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from app.errors import BadTar
from app.tar.limits import (
    LARGEST_OCTAL_SIZE,
    MAX_NAME_BYTES,
    MAX_PAX_SIZE_DIGITS,
    TarRefusal,
)

_MAX_LENGTH_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pax:
    """What a pax header says in place of the header that follows it; None: nothing."""

    path: bytes | None = None
    size: int | None = None


def encode(pax: Pax) -> bytes:
    """The records of `pax`, `path` first."""
    records = b""
    if pax.path is not None:
        records += _record(b"path", pax.path)
    if pax.size is not None:
        records += _record(b"size", b"%d" % pax.size)
    return records


def _record(key: bytes, value: bytes) -> bytes:
    body = b" " + key + b"=" + value + b"\n"
    length = len(body) + 1
    while length != len(body) + len(b"%d" % length):  # a digit more makes the record longer
        length = len(body) + len(b"%d" % length)
    return b"%d" % length + body


def parse(content: bytes, member: int) -> Pax:
    """The records before member number `member`; each key at most once.

    Raises: BadTar.
    """
    found: dict[bytes, bytes] = {}
    at = 0
    while at < len(content):
        space = content.find(b" ", at, at + _MAX_LENGTH_DIGITS + 1)
        if space < 0:
            _refuse(member)
        end = at + _number(content[at:space], _MAX_LENGTH_DIGITS, member)
        if end <= space or end > len(content) or content[end - 1] != ord("\n"):
            _refuse(member)
        key, equals, value = content[space + 1 : end - 1].partition(b"=")
        if key not in {b"path", b"size"} or not equals or key in found:
            _refuse(member)
        found[key] = value
        at = end
    if not found:
        _refuse(member)
    path, size = found.get(b"path"), found.get(b"size")
    if path is not None and not 0 < len(path) <= MAX_NAME_BYTES + 1:  # one more: a folder's slash
        _refuse(member)
    return Pax(path=path, size=None if size is None else _size(size, member))


def _size(digits: bytes, member: int) -> int:
    size = _number(digits, MAX_PAX_SIZE_DIGITS, member)
    if size <= LARGEST_OCTAL_SIZE:  # two places for one size are two readings of one archive
        _refuse(member)
    return size


def _number(digits: bytes, longest: int, member: int) -> int:
    if not digits.isdigit() or len(digits) > longest or digits.startswith(b"0"):
        _refuse(member)
    return int(digits)


def _refuse(member: int) -> NoReturn:
    raise BadTar(reason=TarRefusal.PAX, member=member)
