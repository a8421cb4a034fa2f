"""Files packed in a ZIP archive, read with ceilings and written anew without dates and names.

An archive may promise little and unpack to terabytes: what counts is what comes out, not what it
says. More than is looked at is Odd.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, final

from app.metadata.window import Odd, Window

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_MEMBERS: Final = 4000
MAX_ARCHIVE: Final = 256 * 1024**2
MAX_DIRECTORY: Final = 4 * 1024**2
MAX_UNPACKED: Final = 64 * 1024**2
"""Bytes of one member, and of all members that are looked at in one archive."""
_END_BYTES: Final = 22
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_WRONG: Final = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(EOFError, ValueError, OSError),
)


@final
class Archive:
    """The members of an archive by name. Names are those in it: never a path on a disk."""

    def __init__(self, content: Window) -> None:
        """Raises Odd."""
        _check_size(content)
        try:
            self._zip = zipfile.ZipFile(_File(content))
        except _WRONG:
            raise Odd from None
        self._left = MAX_UNPACKED
        self._members = {each.filename: each for each in self._zip.infolist()}
        if len(self._members) != len(self._zip.infolist()):
            raise Odd  # two members of one name: each reader would see another one
        self.names = tuple(self._members)
        self.comment = self._zip.comment

    def size(self, name: str) -> int:
        """What a member says that it unpacks to, in bytes. Raises Odd."""
        return self._member(name).file_size

    def read(self, name: str) -> bytes:
        """A member, unpacked. Raises Odd when it is too large, damaged or encrypted."""
        try:
            with self._zip.open(self._member(name)) as member:
                content = member.read(self._left + 1)
        except _WRONG:
            raise Odd from None
        self._left -= len(content)
        if self._left < 0:
            raise Odd
        return content

    def blocks(self, name: str, size: int) -> Iterator[bytes]:
        """A member, unpacked block by block: whoever takes them counts. Raises Odd."""
        try:
            with self._zip.open(self._member(name)) as member:
                while block := member.read(size):
                    yield block
        except _WRONG:
            raise Odd from None

    def _member(self, name: str) -> zipfile.ZipInfo:
        found = self._members.get(name)
        if found is None:
            raise Odd
        return found


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of these members in this order, all of one date; `mimetype` is not packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 0
            member.external_attr = 0
            stored = name == "mimetype"
            member.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return made.getvalue()


def _check_size(content: Window) -> None:
    """Count and size of the directory, before anything is built from it. Raises Odd."""
    if content.size > MAX_ARCHIVE or content.size < _END_BYTES:
        raise Odd
    tail_at = max(0, content.size - 65536 - _END_BYTES)
    tail = content.at(tail_at, content.size - tail_at)
    end = tail.rfind(b"PK\5\6")
    if end < 0 or len(tail) - end < _END_BYTES:
        raise Odd
    count = int.from_bytes(tail[end + 10 : end + 12], "little")
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    if count > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise Odd


@final
class _File(io.RawIOBase):
    """A window as a file that can be sought in."""

    def __init__(self, content: Window) -> None:
        super().__init__()
        self._content = content
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._content.size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._place = base + offset
        return self._place

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        place = memoryview(buffer).cast("B")
        count = min(len(place), max(0, self._content.size - self._place), 1024**2)
        try:
            place[:count] = self._content.at(self._place, count)
        except Odd:
            raise OSError from None
        self._place += count
        return count
