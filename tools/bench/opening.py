"""What the program adds to its primitives: unlocking beside Argon2id, streams beside the AEAD."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.vault import Vault
from crypto.age import StreamReader, StreamWriter
from crypto.age.chunks import CHUNK_SIZE, SEALED_CHUNK_SIZE, ChunkCipher
from crypto.kdf import STANDARD, measure
from crypto.secret import Passphrase, Secret

SIZE: Final = 256 * 1024**2
PIECE: Final = 256 * 1024
ROUNDS: Final = 5


def unlock_line(folder: Path) -> str:
    """Opening a vault of the standard cost, beside its one Argon2id. Aim: 1.1 ×."""
    place = folder / "unlocked"
    Vault.create(place, Passphrase.of("a passphrase for measuring alone")).close()

    def unlock() -> None:
        Vault.open(place, Passphrase.of("a passphrase for measuring alone")).close()

    ours, bare = _quickest(unlock, lambda: measure(STANDARD))
    return _line("unlock a vault", ours, "bare Argon2id (standard cost)", bare, "aim 1.1 ×")


def stream_lines() -> Iterator[str]:
    """The age payload in memory beside sealing and opening the same chunk again and again."""
    key = Secret.random(32)
    sealed = io.BytesIO()
    with StreamWriter(sealed, key) as writer:
        for _ in range(SIZE // PIECE):
            writer.write(bytes(PIECE))
    cipher = ChunkCipher(Secret.random(32))
    plain, chunk = memoryview(bytearray(CHUNK_SIZE)), memoryview(bytearray(SEALED_CHUNK_SIZE))

    def bare_seal() -> None:
        for _ in range(SIZE // CHUNK_SIZE):
            cipher.seal(0, plain, chunk)

    def bare_open() -> None:
        for _ in range(SIZE // CHUNK_SIZE):
            cipher.opens(0, chunk, plain)

    def seal() -> None:
        piece = bytes(PIECE)
        with StreamWriter(_Nowhere(), Secret.random(32)) as writer:
            for _ in range(SIZE // PIECE):
                writer.write(piece)

    def unseal() -> None:
        sealed.seek(0)
        reader = StreamReader(sealed, key)
        place = bytearray(PIECE)
        while reader.readinto(place):
            pass

    ours, bare = _quickest(seal, bare_seal)
    yield _line("seal a stream in memory", ours, "bare ChaCha20-Poly1305", bare, _speed(ours))
    ours, bare = _quickest(unseal, bare_open)
    yield _line("open a stream in memory", ours, "bare ChaCha20-Poly1305", bare, _speed(ours))


class _Nowhere:
    """Takes everything and keeps nothing."""

    def write(self, content: memoryview, /) -> int:
        return len(content)


def _quickest(*jobs: Callable[[], object]) -> list[float]:
    """The seconds of each job's quickest round; they take turns."""
    seen = [float("inf")] * len(jobs)
    for _ in range(ROUNDS):
        for number, job in enumerate(jobs):
            begun = time.perf_counter()
            job()
            seen[number] = min(seen[number], time.perf_counter() - begun)
    return seen


def _line(what: str, ours: float, stock: str, bare: float, more: str) -> str:
    return f"{what}: {ours / bare:.2f} × of {stock} ({ours:.3f} s, {bare:.3f} s; {more})"


def _speed(seconds: float) -> str:
    return f"{SIZE / 1e6 / seconds:.0f} MB/s"
