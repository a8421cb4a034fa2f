"""How fast the age payload is sealed and opened: `python -m tools.bench.stream [FOLDER]`.

Files are made in the folder given as the first argument, or in a temporary one, and removed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from crypto.age import StreamReader, StreamWriter
from crypto.age.chunks import CHUNK_SIZE, SEALED_CHUNK_SIZE, ChunkCipher
from crypto.secret import Secret

SIZE: Final = 512 * 1024 * 1024
PIECE: Final = 1024 * 1024
ROUNDS: Final = 3


class Nowhere:
    """Takes everything and keeps nothing."""

    def write(self, content: memoryview, /) -> int:
        return len(content)


def primitive() -> None:
    """Seal one chunk in memory again and again: the most there is to get."""
    cipher = ChunkCipher(Secret.random(32))
    plain = memoryview(bytearray(CHUNK_SIZE))
    into = memoryview(bytearray(SEALED_CHUNK_SIZE))
    for number in range(SIZE // CHUNK_SIZE):
        cipher.seal(number, plain, into)


def seal_to_nowhere() -> None:
    """Seal from memory, without a file."""
    piece = bytes(PIECE)
    with StreamWriter(Nowhere(), Secret.random(32)) as writer:
        for _ in range(SIZE // PIECE):
            writer.write(piece)


def seal_file(plain: Path, sealed: Path, key: Secret) -> None:
    """Seal a file into another."""
    piece = memoryview(bytearray(PIECE))
    with (
        plain.open("rb", buffering=0) as source,
        sealed.open("wb", buffering=0) as to,
        StreamWriter(to, key) as writer,
    ):
        while count := source.readinto(piece):
            writer.write(piece[:count])


def open_file(sealed: Path, key: Secret) -> None:
    """Open a file and drop the content, as the first pass over a bundle does."""
    piece = bytearray(PIECE)
    with sealed.open("rb", buffering=0) as source:
        reader = StreamReader(source, key)
        while reader.readinto(piece):
            pass


def speed(work: Callable[[], None]) -> float:
    """Return the best of some rounds, in MB/s (10^6 bytes)."""
    best = 0.0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        best = max(best, SIZE / 1e6 / (time.perf_counter() - begun))
    return best


def main(arguments: list[str]) -> None:
    """Print one line a measurement."""
    with tempfile.TemporaryDirectory(dir=arguments[0] if arguments else None) as folder:
        plain, sealed = Path(folder, "plain"), Path(folder, "sealed")
        with plain.open("wb") as to:
            for _ in range(SIZE // PIECE):
                to.write(Secret.random(PIECE).expose())
        key = Secret.random(32)
        for label, work in (
            ("primitive in memory", primitive),
            ("seal from memory", seal_to_nowhere),
            ("seal a file", lambda: seal_file(plain, sealed, key)),
            ("open a file", lambda: open_file(sealed, key)),
        ):
            sys.stdout.write(f"{label:20} {speed(work):7.0f} MB/s\n")


if __name__ == "__main__":
    main(sys.argv[1:])
