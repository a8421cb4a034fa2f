"""One small value sealed under a key, bound to a context, with a commitment to the key.

    keys       = HKDF-SHA256(key, info "hoopoe aead v1", 64)      ; cipher key ‖ commitment key
    ciphertext = XChaCha20-Poly1305(cipher key, nonce, plaintext, associated data = context)
    commitment = HMAC-SHA256(commitment key, nonce ‖ length of context ‖ context ‖ ciphertext)
    sealed     = nonce(24) ‖ ciphertext(plaintext + 16) ‖ commitment(32)

The length of the context is 8 bytes, big-endian. Poly1305 alone does not commit: bytes can be made
that open under a thousand chosen keys at once, and each try then tests a thousand passphrases
(Len, Grubbs, Ristenpart, "Partitioning Oracle Attacks", 2021). The HMAC under a key from the same
HKDF closes that. Nonces are 24 random bytes, so no counter has to survive a restored backup.
"""

from __future__ import annotations

import hmac
import os
from typing import Final

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError as NaclRefusal

from crypto.errors import WrongKey
from crypto.kdf import KEY_SIZE, derive
from crypto.secret import Secret

NONCE_SIZE: Final = 24
TAG_SIZE: Final = 16
COMMITMENT_SIZE: Final = 32
OVERHEAD: Final = NONCE_SIZE + TAG_SIZE + COMMITMENT_SIZE
_LABEL: Final = b"hoopoe aead v1"


def seal(key: Secret, plaintext: bytes, context: bytes) -> bytes:
    """Return nonce ‖ ciphertext ‖ tag ‖ commitment: 72 bytes more than `plaintext`.

    `context` is not stored: whoever opens must know it. Raises ValueError for a key that is not
    32 bytes.
    """
    cipher_key, commitment_key = _keys(key)
    nonce = os.urandom(NONCE_SIZE)
    ciphertext = crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, context, nonce, cipher_key)
    return nonce + ciphertext + _commitment(commitment_key, nonce, ciphertext, context)


def unseal(key: Secret, sealed: bytes, context: bytes) -> bytes:
    """Return the plaintext.

    Raises WrongKey for another key, another context, altered, shortened or lengthened bytes: an
    attacker is told nothing finer. Raises ValueError for a key that is not 32 bytes.
    """
    cipher_key, commitment_key = _keys(key)
    if len(sealed) < OVERHEAD:
        raise WrongKey
    nonce = sealed[:NONCE_SIZE]
    ciphertext = sealed[NONCE_SIZE:-COMMITMENT_SIZE]
    commitment = _commitment(commitment_key, nonce, ciphertext, context)
    if not hmac.compare_digest(commitment, sealed[-COMMITMENT_SIZE:]):
        raise WrongKey
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, context, nonce, cipher_key)
    except NaclRefusal:
        # Reached only with a right commitment over a wrong tag, which no `seal` makes.
        raise WrongKey from None


def _keys(key: Secret) -> tuple[bytes, bytes]:
    if len(key) != KEY_SIZE:
        raise ValueError(len(key))
    with derive(key, _LABEL, 2 * KEY_SIZE) as both:
        content = both.expose()
    return content[:KEY_SIZE], content[KEY_SIZE:]


def _commitment(key: bytes, nonce: bytes, ciphertext: bytes, context: bytes) -> bytes:
    # The length in front keeps (context, ciphertext) pairs apart that join to the same bytes.
    counted = len(context).to_bytes(8, "big") + context
    return hmac.digest(key, nonce + counted + ciphertext, "sha256")
