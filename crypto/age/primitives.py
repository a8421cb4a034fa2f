"""The four derivations of age, named as the specification names them.

Source: C2SP age.md, "Header MAC", "Payload" and the recipient types' wrap key.
"""

from __future__ import annotations

import hmac
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.secret import Secret

FILE_KEY_SIZE: Final = 16
PAYLOAD_NONCE_SIZE: Final = 16
KEY_SIZE: Final = 32
TAG_SIZE: Final = 16
WRAPPED_SIZE: Final = FILE_KEY_SIZE + TAG_SIZE

# A wrap key is used once, for one file key, so its nonce may be fixed (age.md, X25519 stanza).
_ZERO_NONCE: Final = bytes(12)


def hkdf_sha256(ikm: bytes, *, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA-256 (RFC 5869), extract then expand."""
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=salt, info=info).derive(ikm)


def header_mac(file_key: Secret, authenticated: bytes) -> bytes:
    """Return the 32-byte HMAC-SHA-256 over the header up to and including `---`."""
    key = hkdf_sha256(file_key.expose(), salt=b"", info=b"header")
    return hmac.digest(key, authenticated, "sha256")


def header_mac_matches(file_key: Secret, authenticated: bytes, mac: bytes) -> bool:
    """Compare in constant time: the header comes from outside."""
    return hmac.compare_digest(header_mac(file_key, authenticated), mac)


def payload_key(file_key: Secret, nonce: bytes) -> Secret:
    """Return the 32-byte key of the payload that starts with this 16-byte nonce."""
    return Secret.of(hkdf_sha256(file_key.expose(), salt=nonce, info=b"payload"))


def wrap_file_key(wrap_key: bytes, file_key: Secret) -> bytes:
    """Return the 32-byte stanza body: the file key and its tag."""
    return ChaCha20Poly1305(wrap_key).encrypt(_ZERO_NONCE, file_key.expose(), None)


def unwrap_file_key(wrap_key: bytes, body: bytes) -> Secret | None:
    """Return the file key, or None when `body` was not wrapped with this key.

    The caller has checked that `body` is 32 bytes: ChaCha20-Poly1305 does not commit to its key,
    and a longer body could be made to open with many keys (partitioning oracle, age.md).
    """
    try:
        return Secret.of(ChaCha20Poly1305(wrap_key).decrypt(_ZERO_NONCE, body, None))
    except InvalidTag:
        return None
