"""The payload of an age file, written and read in order: STREAM. Knows no header.

Also the format of evidence at rest (docs/formats/vault.md), under a key of its own for each file.
Memory is a few batches of eight chunks, which fit a core's cache. A second thread was measured and
gives nothing worth its complexity: one core seals several times faster than a disk writes.
"""

from __future__ import annotations

import io
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, final

from crypto.age.chunks import CHUNK_SIZE, SEALED_CHUNK_SIZE, ChunkCipher
from crypto.age.flow import ByteSink, ByteSource, read_up_to, write_all
from crypto.age.primitives import TAG_SIZE
from crypto.errors import DamagedPayload
from crypto.secret import Secret

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

BATCH: Final = 8
_PLAIN_BATCH: Final = BATCH * CHUNK_SIZE
_SEALED_BATCH: Final = BATCH * SEALED_CHUNK_SIZE


@final
class StreamWriter:
    """Seals what is written to it. As a context manager it ends the stream when all went well.

    Left by an exception, it does not write the final chunk: what is there never opens as whole.
    """

    def __init__(self, to: ByteSink, key: Secret) -> None:
        """`key` is 32 bytes, for this stream only."""
        self._to = to
        self._cipher = ChunkCipher(key)
        self._number = 0
        self._plain = memoryview(bytearray(_PLAIN_BATCH))
        self._held = 0
        self._sealed = memoryview(bytearray(_SEALED_BATCH))
        self._ended = False

    def write(self, content: ReadableBuffer, /) -> int:
        """Take all of `content` and return its length in bytes."""
        if self._ended:
            raise ValueError("ended")
        rest = memoryview(content).cast("B")
        length = len(rest)
        # A chunk is sealed only when a byte after it is known: until then it may be the final one.
        if self._held:
            rest = self._hold(rest)
            if not rest:
                return length
            self._seal(self._plain)
            self._held = 0
        while len(rest) > _PLAIN_BATCH:
            self._seal(rest[:_PLAIN_BATCH])
            rest = rest[_PLAIN_BATCH:]
        self._hold(rest)
        return length

    def finish(self) -> None:
        """Write the final chunk. Nothing can be written afterwards."""
        if self._ended:
            raise ValueError("ended")
        self._ended = True
        last = max(0, self._held - 1) // CHUNK_SIZE * CHUNK_SIZE
        self._seal(self._plain[:last])
        plain = self._plain[last : self._held]
        into = self._sealed[: len(plain) + TAG_SIZE]
        self._cipher.seal_final(self._number, plain, into)
        write_all(self._to, into)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and not self._ended:
            self.finish()
        self._ended = True

    def _hold(self, content: memoryview) -> memoryview:
        """Copy what fits behind what is held; return the rest."""
        taken = min(len(content), _PLAIN_BATCH - self._held)
        self._plain[self._held : self._held + taken] = content[:taken]
        self._held += taken
        return content[taken:]

    def _seal(self, plain: memoryview) -> None:
        """Seal and write whole chunks, none of them the final one."""
        place = 0
        for at in range(0, len(plain), CHUNK_SIZE):
            into = self._sealed[place : place + SEALED_CHUNK_SIZE]
            self._cipher.seal(self._number, plain[at : at + CHUNK_SIZE], into)
            self._number += 1
            place += SEALED_CHUNK_SIZE
        write_all(self._to, self._sealed[:place])


@final
class StreamReader(io.RawIOBase):
    """Opens a stream in order. Nothing of a chunk is given out before the chunk is authenticated.

    A short answer from `read` or `readinto` means only one thing: the authentic end. Where the
    stream is damaged or cut they raise DamagedPayload instead of giving the part before it, so
    nobody takes a cut stream for a whole one; asking again raises again.
    """

    def __init__(self, source: ByteSource, key: Secret) -> None:
        super().__init__()
        self._source = source
        self._cipher = ChunkCipher(key)
        self._number = 0
        self._plain = memoryview(bytearray(_PLAIN_BATCH))
        self._at = 0
        self._end = 0
        self._final_seen = False
        self._damage: int | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return `size` bytes, fewer only at the end; everything when `size` is negative.

        Raises DamagedPayload (see the class).
        """
        if size < 0:
            return self.readall()
        if size <= self._end - self._at:
            return self._take(size).tobytes()
        pieces: list[bytes] = []
        while size and (piece := self._next(size)):
            pieces.append(piece.tobytes())
            size -= len(piece)
        return b"".join(pieces)

    def readall(self) -> bytes:
        """Return the rest of the content."""
        pieces: list[bytes] = []
        while piece := self._next(_PLAIN_BATCH):
            pieces.append(piece.tobytes())
        return b"".join(pieces)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` and return the count of bytes, fewer only at the end.

        Raises DamagedPayload (see the class); only authentic bytes have been put in by then.
        """
        place = memoryview(buffer).cast("B")
        done = 0
        while done < len(place) and (piece := self._next(len(place) - done)):
            place[done : done + len(piece)] = piece
            done += len(piece)
        return done

    def _next(self, limit: int) -> memoryview:
        """Return up to `limit` bytes of the current batch, opening the next when it is used up."""
        if self._at == self._end:
            if self._damage is not None:
                raise DamagedPayload(self._damage)
            if not self._final_seen:
                self._open_batch()
                if self._at == self._end and self._damage is not None:
                    raise DamagedPayload(self._damage)
        return self._take(min(limit, self._end - self._at))

    def _take(self, size: int) -> memoryview:
        piece = self._plain[self._at : self._at + size]
        self._at += size
        return piece

    def _open_batch(self) -> None:
        """Open the next chunks up to the first bad one, the final one, or the end of the batch."""
        sealed = memoryview(read_up_to(self._source, _SEALED_BATCH))
        self._at = self._end = place = 0
        while not self._final_seen:
            chunk = sealed[place : place + SEALED_CHUNK_SIZE]
            if not chunk and len(sealed) == _SEALED_BATCH:
                return
            if not self._open_chunk(chunk):
                self._damage = self._number
                return
            place += len(chunk)
        if place < len(sealed) or self._source.read(1):
            self._damage = self._number

    def _open_chunk(self, chunk: memoryview) -> bool:
        size = max(0, len(chunk) - TAG_SIZE)
        into = self._plain[self._end : self._end + size]
        # Only a full chunk may have one after it; a full one is mostly not the final one.
        if not (len(chunk) == SEALED_CHUNK_SIZE and self._cipher.opens(self._number, chunk, into)):
            if not self._cipher.opens_final(self._number, chunk, into):
                return False
            self._final_seen = True
        self._number += 1
        self._end += size
        return True
