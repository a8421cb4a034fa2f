"""The door through which files are read: regular files only, with a ceiling, typed errors."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.digesting import Digesting
from app.errors import NotReadable, ReadBackDiffers, TooBig
from app.guard.places import local_path
from app.oserrors import while_reading
from app.streams import Reader, Writer
from app.tasks import Progress, Step, ignore

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK_BYTES = 1024**2
SMALL_BYTES = 64 * 1024
"""What a buffer collects. Larger pieces pass it by: they are not copied once more."""
MAX_FILE_BYTES = 1024**4
"""No file is read past 1 TiB: a file of endless zeros costs nothing to make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """What a file's content is: its 32-byte SHA-256 and its size in bytes."""

    sha256: bytes
    size: int


def refuse_network_path(path: Path | str) -> None:
    r"""`\\host\share`, `//host/share` and `scheme://…`, told by their text alone: on Windows a
    mere look at a share sends the account's name and password hash to its host.

    Raises: NotOnThisComputer.
    """
    local_path(str(path))


class _Source(io.FileIO):
    """The raw end of a file being read: stops at its ceiling, speaks our errors."""

    def __init__(self, descriptor: int, at: Path, limit: int) -> None:
        super().__init__(descriptor, "rb")
        self._at = at
        self._limit = limit

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        with while_reading(self._at):
            count = super().readinto(buffer)
            position = self.tell()
        if position > self._limit:  # the file has grown since it was opened, or has no true size
            raise TooBig(at=self._at, size=position, limit=self._limit)
        return count

    def readall(self) -> bytes:
        pieces = []
        buffer = bytearray(BLOCK_BYTES)
        while count := self.readinto(buffer):
            pieces.append(bytes(memoryview(buffer)[:count]))
        return b"".join(pieces)


def _source(path: Path, limit: int) -> _Source:
    refuse_network_path(path)
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    # Opening a pipe waits for ever without NONBLOCK, a terminal would become ours without NOCTTY.
    flags |= getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    with while_reading(path):
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: a device may act on it
            raise NotReadable(at=path)
        descriptor = os.open(path, flags)
    source = _Source(descriptor, path, limit)
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > limit:
        source.close()
        if stat.S_ISREG(facts.st_mode):
            raise TooBig(at=path, size=facts.st_size, limit=limit)
        raise NotReadable(at=path)
    return source


def open_for_reading(path: Path, *, limit: int = MAX_FILE_BYTES) -> BinaryIO:
    """A regular file of at most `limit` bytes, or a link to one. Pipes and devices are refused.

    Raises: NotThere, NotReadable, MediumFailed, TooBig, NotOnThisComputer; reading from it:
    MediumFailed, NotReadable, TooBig.
    """
    return io.BufferedReader(_source(path, limit), SMALL_BYTES)


def read_small(path: Path, *, limit: int) -> bytes:
    """The whole content of a file of at most `limit` bytes. Raises as `open_for_reading`."""
    with _source(path, limit) as source:
        return source.readall()


def digest_of(path: Path, *, progress: Progress = ignore) -> FileDigest:
    """Digest and size of a file's content. Raises as `open_for_reading`, and Cancelled."""
    with _source(path, MAX_FILE_BYTES) as source:
        return _digested(source, progress)


def read_back(path: Path, sha256: bytes, *, progress: Progress = ignore) -> None:
    """Compare a written and synced file with the digest it should have, reading from the medium
    and not from the system's memory where the system can be told so.

    Raises: ReadBackDiffers, and as `open_for_reading`, and Cancelled.
    """
    with _source(path, MAX_FILE_BYTES) as source:
        if sys.platform == "linux":
            with suppress(OSError):  # advice only
                os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        found = _digested(source, progress)
    if found.sha256 != sha256:
        raise ReadBackDiffers(at=path)


def _digested(source: _Source, progress: Progress) -> FileDigest:
    total = os.fstat(source.fileno()).st_size
    progress(Step(doing="reading", done=0, total=total))
    with Digesting() as sha256:
        while piece := source.read(BLOCK_BYTES):
            sha256.update(piece)
            progress(Step(doing="reading", done=sha256.size, total=total))
    return FileDigest(sha256=sha256.digest(), size=sha256.size)


def copy_with_digest(
    source: Reader, to: Writer, *, total: int = 0, progress: Progress = ignore
) -> FileDigest:
    """Copy a stream to its end; digest and size of what went through. `total`: bytes, 0 unknown.

    Raises: Cancelled, and what the two streams raise.
    """
    progress(Step(doing="copying", done=0, total=total))
    with Digesting() as sha256:
        while block := source.read(BLOCK_BYTES):
            sha256.update(block)
            to.write(block)
            progress(Step(doing="copying", done=sha256.size, total=total))
    return FileDigest(sha256=sha256.digest(), size=sha256.size)
