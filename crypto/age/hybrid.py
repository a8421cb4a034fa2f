"""The post-quantum hybrid recipient type (`age1pq1…`, `AGE-SECRET-KEY-PQ-1…`): every new card.

ML-KEM-768 with X25519 (X-Wing): the file stays closed while either of the two holds.
Source: C2SP age.md, "The MLKEM768-X25519 hybrid post-quantum recipient type";
draft-ietf-hpke-pq-03 for the key expansion; RFC 9180 for HPKE.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from crypto.age import bech32, rawbase64
from crypto.age.header import Stanza
from crypto.age.party import Company, argument_bytes, check_shape
from crypto.age.primitives import KEY_SIZE
from crypto.age.x25519 import POINT_SIZE, is_low_order
from crypto.errors import MalformedHeader, MalformedKey
from crypto.secret import Secret

RECIPIENT_HRP: Final = "age1pq"
IDENTITY_HRP: Final = "age-secret-key-pq-"
STANZA_TYPE: Final = "mlkem768x25519"
ENCAPSULATION_KEY_SIZE: Final = 1184
RECIPIENT_SIZE: Final = ENCAPSULATION_KEY_SIZE + POINT_SIZE
ENC_SIZE: Final = 1088 + POINT_SIZE
MLKEM_SEED_SIZE: Final = 64
_INFO: Final = b"age-encryption.org/mlkem768x25519"
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@final
@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """A 1,216-byte public key: ML-KEM-768 encapsulation key, then X25519 point."""

    key: bytes

    @classmethod
    def of(cls, key: bytes) -> Self:
        """Return the recipient with this public key.

        Raises MalformedKey for another length, for an ML-KEM key with coefficients out of range
        (FIPS 203 section 7.2), and for an X25519 point of low order.
        """
        if len(key) != RECIPIENT_SIZE:
            raise MalformedKey("recipient length")
        try:
            MLKEM768PublicKey.from_public_bytes(key[:ENCAPSULATION_KEY_SIZE])
        except ValueError:
            raise MalformedKey("recipient encapsulation key") from None
        if is_low_order(key[ENCAPSULATION_KEY_SIZE:]):
            raise MalformedKey("recipient point")
        return cls(key)

    @property
    def company(self) -> Company:
        return Company.POST_QUANTUM

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the lower case text form (docs/formats/bundle.md)."""
        return hashlib.sha256(self.text().encode("ascii")).digest()

    def text(self) -> str:
        """Return the `age1pq1…` form, 1,959 characters."""
        return bech32.encode(RECIPIENT_HRP, self.key)

    def wrap(self, file_key: Secret) -> Stanza:
        """Return a stanza with a fresh encapsulation."""
        public = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(self.key[:ENCAPSULATION_KEY_SIZE]),
            X25519PublicKey.from_public_bytes(self.key[ENCAPSULATION_KEY_SIZE:]),
        )
        sealed = _SUITE.encrypt(file_key.expose(), public, info=_INFO)
        enc, body = sealed[:ENC_SIZE], sealed[ENC_SIZE:]
        return Stanza(arguments=(STANZA_TYPE, rawbase64.encode(enc)), body=body)


@final
class HybridIdentity:
    """A 32-byte seed, wiped by `close`."""

    __slots__ = ("_secret", "recipient")

    def __init__(self, secret: Secret) -> None:
        """Take over `secret`. Raises MalformedKey when it is not 32 bytes."""
        if len(secret) != KEY_SIZE:
            raise MalformedKey("identity length")
        self._secret = secret
        mlkem, x25519 = self._keys()
        self.recipient: Final = HybridRecipient(
            mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        )

    @classmethod
    def generate(cls) -> Self:
        return cls(Secret.random(KEY_SIZE))

    def text(self) -> str:
        """Return the `AGE-SECRET-KEY-PQ-1…` form: a secret in a `str`, which cannot be wiped."""
        return bech32.encode(IDENTITY_HRP, self._secret.expose()).upper()

    def close(self) -> None:
        self._secret.close()

    def unwrap(self, stanzas: Sequence[Stanza]) -> Secret | None:
        """Return the file key, or None. Raises MalformedHeader (see Identity).

        Every stanza of the type is checked before the first is opened, so that a malformed file
        is refused by all its readers alike.
        """
        mine = [stanza for stanza in stanzas if stanza.type == STANZA_TYPE]
        encs = [_enc(stanza) for stanza in mine]
        if not mine:
            return None
        private = MLKEM768X25519PrivateKey(*self._keys())
        for enc, stanza in zip(encs, mine, strict=True):
            try:
                return Secret.of(_SUITE.decrypt(enc + stanza.body, private, info=_INFO))
            except InvalidTag:
                continue
        return None

    def _keys(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expanded = hashlib.shake_256(self._secret.expose()).digest(MLKEM_SEED_SIZE + POINT_SIZE)
        return (
            MLKEM768PrivateKey.from_seed_bytes(expanded[:MLKEM_SEED_SIZE]),
            X25519PrivateKey.from_private_bytes(expanded[MLKEM_SEED_SIZE:]),
        )


def _enc(stanza: Stanza) -> bytes:
    check_shape(stanza, arguments=2)
    enc = argument_bytes(stanza, 1, ENC_SIZE)
    # HPKE fails on an all-zero X25519 secret as if the file were for somebody else. It is not:
    # no honest writer makes it (RFC 9180 section 7.1.4), so it is refused as malformed.
    if is_low_order(enc[-POINT_SIZE:]):
        raise MalformedHeader("mlkem768x25519 share")
    return enc
