"""Read an archive from a stream, trusting nothing in it and writing nothing to disk.

The order of checks: header (checksum, magic, type, numbers, unused bytes), pax records, number of
members, name, duplicates, content, filling; at the end marker everything up to the last byte of
the source is zeros, and is read: a source that authenticates its end only there gets to do so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from app.errors import BadTar, UnsafeName
from app.streams import Reader, read_exactly
from app.tar import header, pax
from app.tar.header import Header, Kind
from app.tar.ledger import Ledger
from app.tar.limits import BLOCK_BYTES, MAX_MEMBERS, MAX_PAX_BYTES, TarRefusal

_STRIDE_BYTES = 256 * 1024
_ZEROS = bytes(_STRIDE_BYTES)
_ZERO_BLOCK = bytes(BLOCK_BYTES)
_NO_PAX = pax.Pax()


class MemberReader:
    """The content of one member; it can be read until the archive goes on to the next one."""

    def __init__(self, source: Reader, size: int, member: int) -> None:
        self._source = source
        self._member = member
        self._open = True
        self.left = size

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes, b"" at the end. Raises: BadTar (truncated), and as the source."""
        if not self._open:
            raise ValueError(self._member)
        if not self.left or not size:
            return b""
        piece = self._source.read(min(size, self.left))
        if not piece:
            raise BadTar(reason=TarRefusal.TRUNCATED, member=self._member)
        self.left -= len(piece)
        return piece

    def close(self) -> None:
        """Pass over what was not read; nothing can be read from it afterwards."""
        while self.read(_STRIDE_BYTES):
            pass
        self._open = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive: its checked path, its size in bytes, its content."""

    name: str
    size: int
    reader: MemberReader


class TarReader:
    """The files of an archive, once, in order. Folders are checked and counted, not handed out.

    Only an iteration that ran to its end has seen the whole archive. `members` counts the files
    and folders so far: the number in a refusal. Raises while iterating: BadTar, and as the source.
    """

    def __init__(self, source: Reader, *, most: int = MAX_MEMBERS) -> None:
        self._source = source
        self._most = most
        self._ledger = Ledger()
        self.members = 0

    def __iter__(self) -> Iterator[Member]:
        while (block := self._block()) != _ZERO_BLOCK:
            entry = header.parse(block, self.members)
            extra = _NO_PAX
            if entry.kind is Kind.PAX:
                extra = self._pax(entry)
                entry = header.parse(self._block(), self.members)
            path, size = self._enter(entry, extra)
            if entry.kind is Kind.FOLDER:
                continue
            content = MemberReader(self._source, size, self.members - 1)
            yield Member(name=path, size=size, reader=content)
            content.close()
            self._filling(size)
        if self._block() != _ZERO_BLOCK:
            self._refuse(TarRefusal.END)
        while rest := self._source.read(_STRIDE_BYTES):
            if rest != _ZEROS[: len(rest)]:
                self._refuse(TarRefusal.END)

    def _enter(self, entry: Header, extra: pax.Pax) -> tuple[str, int]:
        if entry.kind is Kind.PAX:  # a pax header for a pax header
            self._refuse(TarRefusal.PAX)
        if self.members == self._most:
            self._refuse(TarRefusal.TOO_MANY)
        size = entry.size
        if extra.size is not None:
            if entry.size:  # two sizes: other tools might believe the other one
                self._refuse(TarRefusal.SIZE)
            size = extra.size
        name = entry.name if extra.path is None else extra.path
        take = self._ledger.take_file
        if entry.kind is Kind.FOLDER:
            if size:
                self._refuse(TarRefusal.SIZE)
            name = name.removesuffix(b"/")
            take = self._ledger.take_folder
        try:
            path = name.decode("utf-8")
            reason = take(path)
        except (UnicodeDecodeError, UnsafeName) as refused:
            raise BadTar(reason=TarRefusal.NAME, member=self.members) from refused
        if reason is not None:
            self._refuse(reason)
        self.members += 1
        return path, size

    def _pax(self, entry: Header) -> pax.Pax:
        if entry.size > MAX_PAX_BYTES:
            self._refuse(TarRefusal.PAX)
        content = read_exactly(self._source, entry.size)
        if len(content) != entry.size:
            self._refuse(TarRefusal.TRUNCATED)
        self._filling(entry.size)
        return pax.parse(content, self.members)

    def _block(self) -> bytes:
        block = read_exactly(self._source, BLOCK_BYTES)
        if len(block) != BLOCK_BYTES:
            self._refuse(TarRefusal.TRUNCATED)
        return block

    def _filling(self, size: int) -> None:
        filling = read_exactly(self._source, -size % BLOCK_BYTES)
        if len(filling) != -size % BLOCK_BYTES:
            self._refuse(TarRefusal.TRUNCATED)
        if any(filling):
            self._refuse(TarRefusal.HIDDEN_BYTES)

    def _refuse(self, reason: TarRefusal) -> NoReturn:
        raise BadTar(reason=reason, member=self.members)
