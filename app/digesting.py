"""SHA-256 in a thread of its own, beside the one that moves the bytes.

Hashing a gigabyte takes about as long as reading, sealing and writing it, and waits for nothing:
on two cores it costs hardly any time of its own. Measured with `python -m tools.bench`.
"""

from __future__ import annotations

import hashlib
from queue import SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import Final, Self, final

_WAITING: Final = 4
_WORTH_A_THREAD: Final = 2 * 1024**2


@final
class Digesting:
    """A running SHA-256 as a context manager; leaving it ends the thread, whatever happened.

    The thread starts with the third MiB: most files are small. At most four pieces wait, so
    memory stays at four pieces of the caller's size.
    """

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()
        self._room = Semaphore(_WAITING)
        self._thread: Thread | None = None
        self.size = 0

    def update(self, piece: bytes) -> None:
        """Take the next piece. Nothing may follow `digest` or `stop`."""
        self.size += len(piece)
        if self._thread is None:
            if self.size <= _WORTH_A_THREAD:
                self._sha256.update(piece)
                return
            self._thread = Thread(target=self._run, name="digesting", daemon=True)
            self._thread.start()
        self._room.acquire()
        self._pieces.put(piece)

    def digest(self) -> bytes:
        """The 32 bytes, once every piece has been hashed; may be called again."""
        self.stop()
        return self._sha256.digest()

    def stop(self) -> None:
        """End the thread; may be called again."""
        if self._thread is not None and self._thread.is_alive():
            self._pieces.put(None)
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _run(self) -> None:
        while (piece := self._pieces.get()) is not None:
            self._sha256.update(piece)
            self._room.release()
