"""The payload of an age file, read at any place: for media players and single members of a bag.

Source: C2SP age.md, "Payload", on seeking.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, final

from crypto.age.chunks import CHUNK_SIZE, SEALED_CHUNK_SIZE, ChunkCipher, plaintext_length
from crypto.age.flow import SeekableSource, read_up_to
from crypto.age.primitives import TAG_SIZE
from crypto.errors import DamagedPayload
from crypto.secret import Secret

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@final
class SeekableReader(io.RawIOBase):
    """Opens the chunks of a stream as they are asked for. Memory is two chunks.

    Each chunk is authenticated with its place in the stream, and the final one at the start, so
    the length is authentic too. Chunks that were not asked for were not looked at: this does not
    replace reading the stream once to its end.
    """

    def __init__(self, source: SeekableSource, key: Secret, start: int = 0) -> None:
        """Look at a stream that lies in `source` from byte `start` to the end.

        Raises DamagedPayload when the length is impossible or the final chunk is not authentic.
        """
        super().__init__()
        self._source = source
        self._start = start
        self._cipher = ChunkCipher(key)
        self._plain = memoryview(bytearray(CHUNK_SIZE))
        self._loaded = -1
        self._position = 0
        sealed = source.seek(0, io.SEEK_END) - start
        self._last = max(0, sealed - 1) // SEALED_CHUNK_SIZE
        size = plaintext_length(sealed)
        if size is None:
            raise DamagedPayload(self._last)
        self.size = size
        self._load(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; beyond the end is allowed and reads as the end. ValueError before the start."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.size}[whence]
        if base + offset < 0:
            raise ValueError(offset)
        self._position = base + offset
        return self._position

    def read(self, size: int = -1, /) -> bytes:
        """Return `size` bytes from here, fewer only at the end; all of them when negative.

        Raises DamagedPayload when a chunk on the way is not authentic.
        """
        left = max(0, self.size - self._position)
        content = bytearray(left if size < 0 else min(size, left))
        self.readinto(content)
        return bytes(content)

    def read_at(self, offset: int, size: int) -> bytes:
        """Return `size` bytes from `offset`; the position is behind them afterwards."""
        self.seek(offset)
        return self.read(size)

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer` from here and return the count of bytes, fewer only at the end.

        Raises DamagedPayload; only authentic bytes have been put in by then.
        """
        place = memoryview(buffer).cast("B")
        wanted = max(0, min(len(place), self.size - self._position))
        done = 0
        while done < wanted:
            number, inside = divmod(self._position, CHUNK_SIZE)
            self._load(number)
            count = min(wanted - done, CHUNK_SIZE - inside)
            place[done : done + count] = self._plain[inside : inside + count]
            done += count
            self._position += count
        return done

    def _load(self, number: int) -> None:
        """Have chunk `number` in the buffer."""
        if number == self._loaded:
            return
        # Forget the old chunk first: a failed opening may leave unverified bytes in its place.
        self._loaded = -1
        self._source.seek(self._start + number * SEALED_CHUNK_SIZE)
        chunk = memoryview(read_up_to(self._source, SEALED_CHUNK_SIZE))
        into = self._plain[: max(0, len(chunk) - TAG_SIZE)]
        opens = self._cipher.opens_final if number == self._last else self._cipher.opens
        if not opens(number, chunk, into):
            raise DamagedPayload(number)
        self._loaded = number
