"""Ed25519 signatures (RFC 8032) in minisign's format, each bound to one purpose.

Two forms. `sign`/`verify`: a signature file over the BLAKE2b-512 of a message, which stock
`minisign -V` accepts; the purpose is the start of the trusted comment, which the global signature
ties to the message's signature. `sign_bytes`/`verify_bytes`: 64 bytes over purpose ‖ 0x00 ‖
message, for cards. In both, a signature made for one purpose cannot be shown as another.

libsodium does the arithmetic, as in minisign itself: it refuses public keys of small order and
signatures with more than one spelling, which other libraries let through.

A signature also proves authorship against its author (docs/formats/bundle.md section 5): keys are
one per receiver and random.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from typing import BinaryIO, Final, Self, final

from nacl.bindings import (
    crypto_core_ed25519_is_valid_point,
    crypto_sign,
    crypto_sign_open,
    crypto_sign_seed_keypair,
)
from nacl.exceptions import CryptoError as NaclRefusal

from crypto.digest import CHUNK_SIZE, sha256
from crypto.errors import BadSignature, Malformed
from crypto.minisign import (
    KEY_ID_SIZE,
    PUBLIC_SIZE,
    SIGNATURE_SIZE,
    SignatureText,
    is_comment,
    join_key,
    marshal_key,
    marshal_signature,
    parse_key,
    parse_signature,
    split_key,
)
from crypto.secret import Secret

SEED_SIZE: Final = 32
SIGNING_KEY_SIZE: Final = KEY_ID_SIZE + SEED_SIZE
_UNTRUSTED_COMMENT: Final = "signature"  # says nothing of program, person or day


class Purpose(Enum):
    """What a signature is for. No value is another followed by a space or a zero byte."""

    BUNDLE = "hoopoe bundle v1"
    CARD = "hoopoe card v1"
    CARD_ROTATION = "hoopoe card rotation v1"


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Prehash:
    """The BLAKE2b-512 of a message: what a signature file signs. Large files are read once."""

    digest: bytes

    @classmethod
    def of(cls, message: bytes) -> Self:
        """Return the prehash of bytes in memory."""
        return cls(digest=blake2b(message).digest())

    @classmethod
    def read(cls, source: BinaryIO) -> Self:
        """Return the prehash of what is left to read from `source`, a megabyte at a time."""
        state = blake2b()
        while piece := source.read(CHUNK_SIZE):
            state.update(piece)
        return cls(digest=state.digest())


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyKey:
    """A public key with minisign's random 8-byte key id. Raises Malformed for a useless point."""

    key_id: bytes
    public: bytes

    def __post_init__(self) -> None:
        if len(self.key_id) != KEY_ID_SIZE or len(self.public) != PUBLIC_SIZE:
            raise Malformed("verify key")
        # A key of small order has signatures that hold for every message: anybody's word is its
        # owner's. A card with one is refused before it is trusted.
        if not crypto_core_ed25519_is_valid_point(self.public):
            raise Malformed("verify key point")

    @classmethod
    def parse(cls, line: str) -> Self:
        """Return the key of a minisign public key line (56 characters, no line end).

        Raises Malformed, or Unsupported for an algorithm other than "Ed".
        """
        return cls.of(parse_key(line))

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Return the key of the 42 bytes that `content` gives; raises as `parse` does."""
        key_id, public = split_key(content)
        return cls(key_id=key_id, public=public)

    @property
    def content(self) -> bytes:
        """The 42 bytes "Ed" ‖ key id ‖ public key, for other encodings such as a QR code."""
        return join_key(self.key_id, self.public)

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the 42 bytes of the key."""
        return sha256(self.content)

    def line(self) -> str:
        """Return the minisign public key line: what `minisign -P` takes."""
        return marshal_key(self.content)

    def verify(self, message: Prehash, signature: bytes, purpose: Purpose) -> str:
        """Return the rest of the trusted comment, after the purpose and one space.

        `signature` is the text of a signature file. Order of checks: grammar (Malformed,
        Unsupported), then BadSignature for "key id", "message", "comment" and "purpose". The
        comment is read only when its signature holds.
        """
        parts = parse_signature(signature)
        if parts.key_id != self.key_id:
            raise BadSignature("key id")
        self._refuse_forgery("message", message.digest, parts.signature)
        covered = parts.signature + parts.trusted_comment.encode("ascii")
        self._refuse_forgery("comment", covered, parts.global_signature)
        start = f"{purpose.value} "
        if not parts.trusted_comment.startswith(start):
            raise BadSignature("purpose")
        return parts.trusted_comment.removeprefix(start)

    def verify_bytes(self, purpose: Purpose, message: bytes, signature: bytes) -> None:
        """Raise BadSignature unless `signature` is one by this key over (purpose, message)."""
        self._refuse_forgery("message", _bound(purpose, message), signature)

    def _refuse_forgery(self, rule: str, message: bytes, signature: bytes) -> None:
        # The size first: libsodium takes signature and message joined, and would read a longer
        # signature as the start of the message.
        if len(signature) != SIGNATURE_SIZE:
            raise BadSignature(rule)
        try:
            crypto_sign_open(signature + message, self.public)
        except NaclRefusal:
            raise BadSignature(rule) from None


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SigningKey:
    """A signing key: the 32-byte seed and minisign's key id. Raises ValueError for wrong sizes."""

    key_id: bytes
    seed: Secret = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key_id) != KEY_ID_SIZE or len(self.seed) != SEED_SIZE:
            raise ValueError((len(self.key_id), len(self.seed)))

    @classmethod
    def generate(cls) -> Self:
        """Return a new random key with a new random key id."""
        return cls(key_id=os.urandom(KEY_ID_SIZE), seed=Secret.random(SEED_SIZE))

    @classmethod
    def from_secret(cls, stored: Secret) -> Self:
        """Return the key of the 40 bytes that `to_secret` gave; raise Malformed for other sizes."""
        if len(stored) != SIGNING_KEY_SIZE:
            raise Malformed("signing key")
        content = stored.expose()
        return cls(key_id=content[:KEY_ID_SIZE], seed=Secret(content[KEY_ID_SIZE:]))

    def to_secret(self) -> Secret:
        """Return key id ‖ seed, 40 bytes, for the vault's database."""
        return Secret(self.key_id + self.seed.expose())

    @property
    def verify_key(self) -> VerifyKey:
        """The public half."""
        public, _ = crypto_sign_seed_keypair(self.seed.expose())
        return VerifyKey(key_id=self.key_id, public=public)

    def sign(self, message: Prehash, purpose: Purpose, detail: str) -> bytes:
        """Return the text of a signature file, trusted comment `purpose` and `detail`.

        Raises ValueError for a `detail` that is not printable ASCII, or too long for a comment
        (8,192 bytes with the purpose).
        """
        comment = f"{purpose.value} {detail}"
        if not is_comment(comment):
            raise ValueError("detail")
        signature = self._signature(message.digest)
        return marshal_signature(
            SignatureText(
                untrusted_comment=_UNTRUSTED_COMMENT,
                key_id=self.key_id,
                signature=signature,
                trusted_comment=comment,
                global_signature=self._signature(signature + comment.encode("ascii")),
            )
        )

    def sign_bytes(self, purpose: Purpose, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature over purpose ‖ 0x00 ‖ message."""
        return self._signature(_bound(purpose, message))

    def _signature(self, message: bytes) -> bytes:
        _, key = crypto_sign_seed_keypair(self.seed.expose())
        return crypto_sign(message, key)[:SIGNATURE_SIZE]


def _bound(purpose: Purpose, message: bytes) -> bytes:
    return purpose.value.encode("ascii") + b"\0" + message
