"""The files of evidence: age streams under a key of their own (docs/formats/vault.md 5).

Knows names, keys and bytes; which record a file belongs to is in app/storage/evidence.py.
"""

from __future__ import annotations

import io
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, final

from app.digesting import Digesting
from app.errors import ReadBackDiffers
from app.oserrors import while_reading, while_writing
from app.storage import evidence
from app.storage.database import Database
from app.storage.folders import new_file, sync_folder
from app.streams import Reader
from app.tasks import Progress, Step
from crypto.age.seekable import SeekableReader
from crypto.age.stream import StreamReader, StreamWriter
from crypto.errors import DamagedPayload
from crypto.padding import padme
from crypto.secret import Secret

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KEY_BYTES: Final = 32
NAME_BYTES: Final = 16
BLOCK_BYTES: Final = 256 * 1024
"""What is digested, then sealed or opened, while it is in a core's cache."""
_ZEROS: Final = bytes(BLOCK_BYTES)


@final
class EvidenceFolder:
    """The folder `files/` of one vault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def new_name(self) -> str:
        """A name for a file to come: 32 random hexadecimal digits."""
        return secrets.token_hex(NAME_BYTES)

    def path(self, stored_name: str) -> Path:
        """Where a stored file lies."""
        return self.folder / stored_name

    def sweep(self, database: Database) -> None:
        """Remove what a kill left half written or half deleted: the names in `pending`, no other.

        Raises NotWritable, MediumFailed.
        """
        names = evidence.pending(database)
        if not names:
            return
        for name in names:
            self.remove(name)
        sync_folder(self.folder)
        with database.transaction() as tx:
            for name in names:
                evidence.end_pending(tx, name)

    def remove(self, stored_name: str) -> None:
        """Remove one file if it is there. Raises NotWritable, MediumFailed."""
        path = self.path(stored_name)
        with while_writing(path):
            path.unlink(missing_ok=True)


@final
class StoredWriter:
    """Writes one evidence file: digests, encrypts, pads, syncs.

    One thread: hashing and sealing a block while it is in the core's cache was measured to be as
    fast as two threads that pass it on.
    """

    def __init__(self, path: Path, key: Secret) -> None:
        """Raises AlreadyThere, NotWritable, NoRoom, MediumFailed."""
        self._path = path
        self._key = key
        self._file = new_file(path)
        self._stream = StreamWriter(self._file, key)
        self._digest = Digesting()
        self.size = 0

    def write(self, content: bytes | memoryview, /) -> int:
        """Take all of `content`. Raises NoRoom, NotWritable, MediumFailed."""
        self._digest.update(bytes(content))
        with while_writing(self._path):
            self._stream.write(content)
        self.size += len(content)
        return len(content)

    def finish(self) -> bytes:
        """Pad, end and sync the file and its name; the SHA-256 of the content.

        Raises NoRoom, MediumFailed.
        """
        missing = padme(self.size) - self.size
        with while_writing(self._path):
            while missing > 0:
                count = min(missing, len(_ZEROS))
                self._stream.write(memoryview(_ZEROS)[:count])
                missing -= count
            self._stream.finish()
            os.fsync(self._file.fileno())
            self._file.close()
        sync_folder(self._path.parent)
        return self._digest.digest()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close; an unfinished file stays for whoever knows its name in `pending`."""
        self._digest.stop()
        with suppress(OSError):
            self._file.close()


@final
class StoredReader(io.RawIOBase):
    """The content of an evidence file, from its start to its true size, authenticated.

    The last bytes are given out only after the padding behind them and the stream's end were
    authenticated too. Raises what `damaged` makes where the file is not what was taken in.
    """

    def __init__(self, path: Path, key: Secret, size: int, damaged: Callable[[], Exception]):
        """Raises the error of `damaged` when the file is gone; NotReadable."""
        super().__init__()
        self._damaged = damaged
        self._path = path
        with while_reading(path):
            try:
                self._file = path.open("rb", buffering=0)
            except FileNotFoundError:
                raise damaged() from None
        self._stream = StreamReader(self._file, key)
        self.size = size
        self._left = size
        self._ended = False

    def from_medium(self) -> None:
        """Ask the system to forget its copy, so that the medium itself answers."""
        if sys.platform == "linux":
            with suppress(OSError):  # advice only
                os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
                os.posix_fadvise(self._file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """`size` bytes, fewer only at the end; all that is left when negative."""
        wanted = self._left if size < 0 else min(size, self._left)
        with while_reading(self._path):
            try:
                content = self._stream.read(wanted)
            except DamagedPayload as error:
                raise self._damaged() from error
        self._account(wanted, len(content))
        return content

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` and return the count of bytes, fewer only at the end."""
        place = memoryview(buffer).cast("B")
        wanted = min(len(place), self._left)
        with while_reading(self._path):
            try:
                count = self._stream.readinto(place[:wanted])
            except DamagedPayload as error:
                raise self._damaged() from error
        self._account(wanted, count)
        return count

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _account(self, wanted: int, count: int) -> None:
        if count != wanted:
            raise self._damaged()  # authentic, but another length than was noted
        self._left -= count
        if self._left == 0 and not self._ended:
            self._ended = True
            self._read_padding()

    def _read_padding(self) -> None:
        missing = padme(self.size) - self.size
        with while_reading(self._path):
            try:
                while block := self._stream.read(BLOCK_BYTES):
                    missing -= len(block)
                    if missing < 0 or block.strip(b"\0"):
                        raise self._damaged()
            except DamagedPayload as error:
                raise self._damaged() from error
        if missing:
            raise self._damaged()


@final
class StoredSource:
    """The content of an evidence file, to be read at any place, without its padding.

    Each piece is authenticated with its place, and the end at the start; what was not asked for
    was not looked at. Raises what `damaged` makes where the file is not what was taken in.
    """

    def __init__(self, path: Path, key: Secret, size: int, damaged: Callable[[], Exception]):
        """Raises the error of `damaged` when the file is gone or of another length; NotReadable."""
        self._damaged = damaged
        self._path = path
        self.size = size
        with while_reading(path):
            try:
                self._file = path.open("rb", buffering=0)
            except FileNotFoundError:
                raise damaged() from None
        try:
            with self._watched():
                self._stream = SeekableReader(self._file, key)
            if self._stream.size != padme(size):
                raise damaged()
        except BaseException:
            self._file.close()
            raise

    def read(self, size: int = -1, /) -> bytes:
        """`size` bytes from here, fewer only at the end; all that is left when negative."""
        left = max(0, self.size - self._stream.tell())
        with self._watched():
            return self._stream.read(left if size < 0 else min(size, left))

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; beyond the end is allowed and reads as the end. ValueError before the start."""
        if whence == io.SEEK_END:
            return self._stream.seek(self.size + offset)
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _watched(self) -> Iterator[None]:
        with while_reading(self._path):
            try:
                yield
            except DamagedPayload as error:
                raise self._damaged() from error


def write_all(
    first: bytes, rest: Reader, writer: StoredWriter, total: int, progress: Progress
) -> None:
    """Write `first` and then `rest` to its end. `total`: bytes expected, for the progress alone.

    Raises Cancelled, and what the two ends raise.
    """
    progress(Step(doing="taking_in", done=0, total=total))
    block = first
    while block:
        writer.write(block)
        progress(Step(doing="taking_in", done=writer.size, total=total))
        block = rest.read(BLOCK_BYTES)


def digest_of(reader: StoredReader, total: int, progress: Progress) -> bytes:
    """Read stored content to its end; its SHA-256. Raises Cancelled and as the reader."""
    with Digesting() as digest:
        while block := reader.read(BLOCK_BYTES):
            digest.update(block)
            progress(Step(doing="checking", done=digest.size, total=total))
    return digest.digest()


def read_back(reader: StoredReader, sha256: bytes, at: Path, progress: Progress) -> None:
    """Read a file just written from the medium, decrypt it and compare the digest.

    Raises ReadBackDiffers, Cancelled.
    """
    reader.from_medium()
    if digest_of(reader, reader.size, progress) != sha256:
        raise ReadBackDiffers(at=at)
