"""The X25519 recipient type (`age1…`, `AGE-SECRET-KEY-1…`): for readers with age before 1.3.

Source: C2SP age.md, "The X25519 recipient type", and RFC 7748.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self, final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from crypto.age import bech32, rawbase64
from crypto.age.header import Stanza
from crypto.age.party import Company, argument_bytes, check_shape
from crypto.age.primitives import KEY_SIZE, hkdf_sha256, unwrap_file_key, wrap_file_key
from crypto.errors import MalformedHeader, MalformedKey
from crypto.secret import Secret

RECIPIENT_HRP: Final = "age"
IDENTITY_HRP: Final = "age-secret-key-"
STANZA_TYPE: Final = "X25519"
POINT_SIZE: Final = 32
_INFO: Final = b"age-encryption.org/v1/X25519"


@final
@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """A 32-byte public key. Make it with `of`, `parse_recipient` or an identity."""

    point: bytes

    @classmethod
    def of(cls, point: bytes) -> Self:
        """Return the recipient with this 32-byte public key.

        Raises MalformedKey for another length, and for the few points of low order: everything
        sealed to those could be opened by anybody.
        """
        if len(point) != POINT_SIZE:
            raise MalformedKey("recipient length")
        if is_low_order(point):
            raise MalformedKey("recipient point")
        return cls(point)

    @property
    def company(self) -> Company:
        return Company.CLASSIC

    @property
    def fingerprint(self) -> bytes:
        """SHA-256 of the lower case text form (docs/formats/bundle.md)."""
        return hashlib.sha256(self.text().encode("ascii")).digest()

    def text(self) -> str:
        """Return the `age1…` form."""
        return bech32.encode(RECIPIENT_HRP, self.point)

    def wrap(self, file_key: Secret) -> Stanza:
        """Return a stanza with a share made for it alone."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.point))
        wrap_key = hkdf_sha256(shared, salt=share + self.point, info=_INFO)
        body = wrap_file_key(wrap_key, file_key)
        return Stanza(arguments=(STANZA_TYPE, rawbase64.encode(share)), body=body)


@final
class X25519Identity:
    """A 32-byte private key, wiped by `close`."""

    __slots__ = ("_secret", "recipient")

    def __init__(self, secret: Secret) -> None:
        """Take over `secret`. Raises MalformedKey when it is not 32 bytes."""
        if len(secret) != KEY_SIZE:
            raise MalformedKey("identity length")
        self._secret = secret
        self.recipient: Final = X25519Recipient(self._key().public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> Self:
        return cls(Secret.random(KEY_SIZE))

    def text(self) -> str:
        """Return the `AGE-SECRET-KEY-1…` form: a secret in a `str`, which cannot be wiped."""
        return bech32.encode(IDENTITY_HRP, self._secret.expose()).upper()

    def close(self) -> None:
        self._secret.close()

    def unwrap(self, stanzas: Sequence[Stanza]) -> Secret | None:
        """Return the file key, or None. Raises MalformedHeader (see Identity).

        Every stanza of the type is checked before the first is opened, so that a malformed file
        is refused by all its readers alike.
        """
        mine = [stanza for stanza in stanzas if stanza.type == STANZA_TYPE]
        shares = [_share(stanza) for stanza in mine]
        for share, stanza in zip(shares, mine, strict=True):
            wrap_key = self._wrap_key(share)
            if (file_key := unwrap_file_key(wrap_key, stanza.body)) is not None:
                return file_key
        return None

    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._secret.expose())

    def _wrap_key(self, share: bytes) -> bytes:
        shared = self._key().exchange(X25519PublicKey.from_public_bytes(share))
        return hkdf_sha256(shared, salt=share + self.recipient.point, info=_INFO)


def is_low_order(point: bytes) -> bool:
    """Whether every exchange with this public key gives all zeros (RFC 7748 section 6.1)."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(point))
    except ValueError:
        return True
    return False


def _share(stanza: Stanza) -> bytes:
    check_shape(stanza, arguments=2)
    share = argument_bytes(stanza, 1, POINT_SIZE)
    # The specification aborts on an all-zero shared secret; a point that gives it once gives it
    # with every key, so it can be refused here, for all identities.
    if is_low_order(share):
        raise MalformedHeader("X25519 share")
    return share
