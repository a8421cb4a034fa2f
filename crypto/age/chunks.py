"""How a payload is cut into chunks, and the cipher of one chunk. Knows no file.

Source: C2SP age.md, "Payload". A chunk's nonce is its number (11 bytes, big endian) and one byte
that is 1 for the final chunk only: so chunks cannot be swapped, dropped, repeated or cut off.
"""

from __future__ import annotations

from typing import Final, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.age.primitives import TAG_SIZE
from crypto.secret import Secret

CHUNK_SIZE: Final = 64 * 1024
SEALED_CHUNK_SIZE: Final = CHUNK_SIZE + TAG_SIZE


def sealed_length(plaintext_length: int) -> int:
    """Return the bytes a stream of this many bytes takes; an empty one is one empty chunk."""
    chunks = max(1, -(-plaintext_length // CHUNK_SIZE))
    return plaintext_length + chunks * TAG_SIZE


def plaintext_length(sealed: int) -> int | None:
    """Return the content's length for a stream of `sealed` bytes; None when there is no such one.

    Every chunk but the last is full, and the last is empty only in an empty stream.
    """
    full, rest = divmod(max(0, sealed), SEALED_CHUNK_SIZE)
    if rest == 0 and full > 0:
        return full * CHUNK_SIZE
    if rest > TAG_SIZE or (rest == TAG_SIZE and full == 0):
        return full * CHUNK_SIZE + rest - TAG_SIZE
    return None


@final
class ChunkCipher:
    """Seals and opens the chunks of one stream, by number."""

    __slots__ = ("_aead",)

    def __init__(self, key: Secret) -> None:
        """`key` is 32 bytes, used for one stream only: nonces are the same in every stream."""
        self._aead = ChaCha20Poly1305(key.expose())

    def seal(self, number: int, plain: memoryview, into: memoryview) -> None:
        """Seal a chunk that is not the last into `into`, which is 16 bytes longer."""
        self._aead.encrypt_into(_nonce(number, b"\0"), plain, None, into)

    def seal_final(self, number: int, plain: memoryview, into: memoryview) -> None:
        """Seal the last chunk into `into`, which is 16 bytes longer."""
        self._aead.encrypt_into(_nonce(number, b"\1"), plain, None, into)

    def opens(self, number: int, sealed: memoryview, into: memoryview) -> bool:
        """Open a chunk that is not the last; `into` must not be used when this says False."""
        return self._opens(_nonce(number, b"\0"), sealed, into)

    def opens_final(self, number: int, sealed: memoryview, into: memoryview) -> bool:
        """Open the last chunk; `into` must not be used when this says False."""
        if len(sealed) < TAG_SIZE or (len(sealed) == TAG_SIZE and number > 0):
            return False
        return self._opens(_nonce(number, b"\1"), sealed, into)

    def _opens(self, nonce: bytes, sealed: memoryview, into: memoryview) -> bool:
        try:
            self._aead.decrypt_into(nonce, sealed, None, into)
        except InvalidTag:
            return False
        return True


def _nonce(number: int, flag: bytes) -> bytes:
    return number.to_bytes(11, "big") + flag
