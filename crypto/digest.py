"""SHA-256, the safety code that people read to each other, and commitments to a recipient."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256 as _sha256
from typing import BinaryIO, Final, Self, final

from crypto.errors import Malformed
from crypto.kdf import Argon2idCost, slow_hash

DIGEST_SIZE: Final = 32
CHUNK_SIZE: Final = 1024 * 1024
GROUPS: Final = 6
GROUP_DIGITS: Final = 5
# A cost of its own, never changed: another cost gives another code, and people compare on paper.
_SAFETY_COST: Final = Argon2idCost(memory_kib=64 * 1024, passes=3, lanes=1)
_SAFETY_SALT: Final = _sha256(b"hoopoe safety code v1").digest()[:16]


@final
class Sha256:
    """A SHA-256 (FIPS 180-4) that is fed piece by piece."""

    __slots__ = ("_state",)

    def __init__(self) -> None:
        self._state = _sha256()

    def update(self, piece: bytes) -> Self:
        """Take the next piece; returns itself."""
        self._state.update(piece)
        return self

    def digest(self) -> bytes:
        """Return the 32-byte digest of what was fed so far; more may follow."""
        return self._state.digest()

    def hexdigest(self) -> str:
        """Return the digest as 64 lower-case hexadecimal digits."""
        return self._state.hexdigest()


def sha256(content: bytes) -> bytes:
    """Return the 32-byte SHA-256 of `content`."""
    return _sha256(content).digest()


def sha256_of(source: BinaryIO) -> bytes:
    """Return the SHA-256 of what is left to read from `source`, a megabyte at a time."""
    state = Sha256()
    while piece := source.read(CHUNK_SIZE):
        state.update(piece)
    return state.digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyCode:
    """Thirty digits for comparing keys by voice: six `groups` of five (docs/formats/card.md).

    Raises Malformed for anything but six groups of five ASCII digits.
    """

    groups: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.groups) != GROUPS or not all(_is_group(group) for group in self.groups):
            raise Malformed("safety code")

    def __str__(self) -> str:
        return " ".join(self.groups)


def safety_code(*public_keys: bytes) -> SafetyCode:
    """Return the safety code of `public_keys`, whose order counts.

    Argon2id (64 MiB, 3 passes, 1 lane; salt: the first 16 bytes of SHA-256("hoopoe safety code
    v1")) over each key with its length in front (8 bytes, big-endian); the 32 bytes as one
    big-endian number modulo 10^30, in decimal with leading zeros. Slow on purpose: whoever wants
    another key with a code that looks alike has to pay a tenth of a second for each try. Raises
    ValueError without keys, NotEnoughMemory.
    """
    if not public_keys:
        raise ValueError("no key")
    number = int.from_bytes(slow_hash(_counted(public_keys), _SAFETY_SALT, _SAFETY_COST), "big")
    digits = f"{number % 10 ** (GROUPS * GROUP_DIGITS):0{GROUPS * GROUP_DIGITS}d}"
    return SafetyCode(
        groups=tuple(digits[at : at + GROUP_DIGITS] for at in range(0, len(digits), GROUP_DIGITS))
    )


def recipient_commitment(bundle_id: bytes, fingerprint: bytes) -> bytes:
    """Return HMAC-SHA256(bundle id, fingerprint): 32 bytes, docs/formats/bundle.md section 4.

    Whoever has the fingerprint finds itself in the list; whoever has only the list learns nothing
    and cannot link two bundles, because the id is new for each. Raises ValueError for an empty id.
    """
    if not bundle_id:
        raise ValueError("bundle id")
    return hmac.digest(bundle_id, fingerprint, "sha256")


def _counted(parts: Iterable[bytes]) -> bytes:
    # Without lengths, a byte could move from the end of one key to the front of the next.
    return b"".join(len(part).to_bytes(8, "big") + part for part in parts)


def _is_group(group: str) -> bool:
    return len(group) == GROUP_DIGITS and group.isascii() and group.isdigit()
