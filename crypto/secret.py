"""Key bytes and passphrases that do not show themselves, and are wiped as far as Python can.

What is promised: no repr, str, format, hash or pickle shows the bytes; comparison takes the same
time for every content; `close` overwrites the one buffer this object owns. What is not promised:
Python copies `bytes` freely and cannot erase a `str`. Every `expose` makes such a copy. Only the
end of the process (lock = exit, docs/formats/vault.md) takes those copies away.
"""

from __future__ import annotations

import hmac
import os
import unicodedata
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, NoReturn, Self, final

from crypto.errors import UnusablePassphrase

PASSPHRASE_LIMIT: Final = 1024


@final
class Secret:
    """Key bytes in one buffer of our own.

    Use it as a context manager, or call `close`; after that every use raises ValueError.
    """

    __slots__ = ("_buffer", "_closed")

    def __init__(self, content: bytes | bytearray | memoryview) -> None:
        """Take a copy of `content`; the caller's own buffer is left to the caller."""
        self._buffer = bytearray(content)
        self._closed = False

    @classmethod
    def random(cls, size: int) -> Self:
        """Return `size` bytes from the operating system's generator."""
        if size < 1:
            raise ValueError(size)
        return cls(os.urandom(size))

    @classmethod
    def of(cls, content: bytes | bytearray | memoryview) -> Self:
        """Return a secret with a copy of `content`."""
        return cls(content)

    def expose(self) -> bytes:
        """Return the bytes, as a copy that cannot be wiped. The only way out: easy to search for.

        Raises ValueError when the secret was closed: a wiped key is all zeros, and sealing with
        it would look like success.
        """
        if self._closed:
            raise ValueError("closed")
        return bytes(self._buffer)

    def close(self) -> None:
        """Overwrite the buffer with zeros. Best effort, may be called twice."""
        self._buffer[:] = bytes(len(self._buffer))
        self._closed = True

    def __len__(self) -> int:
        return len(self._buffer)

    def __eq__(self, other: object) -> bool:
        """Compare in constant time. Another type is never equal, and a closed secret to nothing."""
        if not isinstance(other, Secret):
            return NotImplemented
        same = hmac.compare_digest(self._buffer, other._buffer)
        return same and not self._closed and not other._closed

    __hash__ = None  # type: ignore[assignment]  # a hash in a set or dict would leak equality by timing

    def __bool__(self) -> NoReturn:
        # `if secret:` reads as "is there one" but would mean "is it not empty": refuse the doubt.
        raise TypeError("Secret has no truth value")

    def __repr__(self) -> str:
        return f"Secret({len(self._buffer)} bytes)"

    def __reduce__(self) -> NoReturn:
        # Pickle and copy would spread the bytes to places that are never wiped.
        raise TypeError("Secret cannot be copied or pickled")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passphrase:
    """What a person types, as the bytes a key derivation sees: NFKC, then UTF-8.

    NFKC makes one passphrase of what keyboards of several systems produce for the same letters.
    Nothing is trimmed: a space at the end is part of it, as the person typed it.
    """

    secret: Secret = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Passphrase:
        """Return the normalised passphrase.

        Raises UnusablePassphrase for "empty", "too long" (over 1,024 bytes) and "not text" (a
        lone surrogate, which has no UTF-8 form and would be lost or replaced on another system).
        """
        # NFKC may make eighteen characters of one, and one of four: bound its work, decide after.
        if len(text) > 4 * PASSPHRASE_LIMIT:
            raise UnusablePassphrase("too long")
        try:
            content = unicodedata.normalize("NFKC", text).encode("utf-8")
        except UnicodeEncodeError:
            # Without `from None` the report would carry the passphrase inside the encoding error.
            raise UnusablePassphrase("not text") from None
        if not content:
            raise UnusablePassphrase("empty")
        if len(content) > PASSPHRASE_LIMIT:
            raise UnusablePassphrase("too long")
        return cls(secret=Secret(content))

    def close(self) -> None:
        """Wipe the normalised bytes; the text it was made from belongs to the caller."""
        self.secret.close()

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        return self.secret == other.secret if isinstance(other, Passphrase) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # see Secret

    def __repr__(self) -> str:
        return "Passphrase(hidden)"
