"""Known answers for every primitive this layer calls, run once at start-up.

Answers the attack that no other test sees: a library on this computer that was replaced, built
wrong or meets a processor it miscomputes on. Nothing is opened or sealed with such a library.
Argon2id and scrypt run at the tiny cost of their published vectors: the whole takes milliseconds.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b, sha256, shake_256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
    crypto_sign,
    crypto_sign_open,
    crypto_sign_seed_keypair,
)

from crypto import known_answers as known
from crypto.errors import SelfTestFailed

_HYBRID: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAnswer:
    """`compute` must return the bytes that `answer` has in hexadecimal. `primitive` names it."""

    primitive: str
    compute: Callable[[], bytes]
    answer: str


def run() -> None:
    """Compute all of KNOWN_ANSWERS. Raises SelfTestFailed with the first wrong primitive."""
    check(KNOWN_ANSWERS)


def check(answers: Iterable[KnownAnswer]) -> None:
    """Compute `answers`. Raises SelfTestFailed for a wrong answer and for any error on the way."""
    for known_answer in answers:
        try:
            computed = known_answer.compute()
        except Exception as problem:
            # Whatever a broken library raises, the meaning is the same, and it must not pass for
            # the answer of some later, expected refusal.
            raise SelfTestFailed(known_answer.primitive) from problem
        if computed.hex() != known_answer.answer:
            raise SelfTestFailed(known_answer.primitive)


def _chacha() -> bytes:
    cipher = ChaCha20Poly1305(known.SUNSCREEN_KEY)
    sealed = cipher.encrypt(known.SUNSCREEN_NONCE, known.SUNSCREEN, known.SUNSCREEN_DATA)
    cipher.decrypt(known.SUNSCREEN_NONCE, sealed, known.SUNSCREEN_DATA)
    return sealed[-16:]


def _xchacha() -> bytes:
    rest = (known.SUNSCREEN_DATA, known.SUNSCREEN_LONG_NONCE, known.SUNSCREEN_KEY)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(known.SUNSCREEN, *rest)
    crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, *rest)
    return sealed[-16:]


def _ed25519() -> bytes:
    public, key = crypto_sign_seed_keypair(known.ED25519_SEED)
    signed = crypto_sign(known.ED25519_MESSAGE, key)
    crypto_sign_open(signed, public)
    return signed[:64]


def _x25519() -> bytes:
    ours = X25519PrivateKey.from_private_bytes(
        bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    )
    theirs = X25519PublicKey.from_public_bytes(
        bytes.fromhex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    )
    return ours.exchange(theirs)


def _hybrid_key() -> MLKEM768X25519PrivateKey:
    seeds = shake_256(known.HYBRID_SEED).digest(96)
    return MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(seeds[:64]),
        X25519PrivateKey.from_private_bytes(seeds[64:]),
    )


def _hybrid_opening() -> bytes:
    return _HYBRID.decrypt(known.HYBRID_SEALED, _hybrid_key(), info=known.HYBRID_INFO)


def _hybrid_sealing() -> bytes:
    # The published vector exercises the receiver's half only; the sender's draws random bytes.
    key = _hybrid_key()
    sealed = _HYBRID.encrypt(known.SUNSCREEN, key.public_key(), info=known.HYBRID_INFO)
    return _HYBRID.decrypt(sealed, key, info=known.HYBRID_INFO)


def _argon2id() -> bytes:
    slow = Argon2id(
        salt=b"\2" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\4" * 12,
        secret=b"\3" * 8,
    )
    return slow.derive(b"\1" * 32)


KNOWN_ANSWERS: Final = (
    KnownAnswer(  # FIPS 180-4, example "abc"
        primitive="SHA-256",
        compute=lambda: sha256(b"abc").digest(),
        answer="ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    ),
    KnownAnswer(  # RFC 4231 section 4.3
        primitive="HMAC-SHA256",
        compute=lambda: hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256"),
        answer="5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    KnownAnswer(  # RFC 7693 appendix A
        primitive="BLAKE2b-512",
        compute=lambda: blake2b(b"abc").digest(),
        answer=(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"
        ),
    ),
    KnownAnswer(  # RFC 5869 appendix A.3
        primitive="HKDF-SHA256",
        compute=lambda: HKDF(SHA256(), 42, salt=None, info=b"").derive(b"\x0b" * 22),
        answer=(
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ),
    KnownAnswer(primitive="ChaCha20-Poly1305", compute=_chacha, answer=known.SUNSCREEN_TAG),
    KnownAnswer(primitive="XChaCha20-Poly1305", compute=_xchacha, answer=known.SUNSCREEN_LONG_TAG),
    KnownAnswer(primitive="Ed25519", compute=_ed25519, answer=known.ED25519_SIGNATURE),
    KnownAnswer(  # RFC 7748 section 6.1
        primitive="X25519",
        compute=_x25519,
        answer="4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
    ),
    KnownAnswer(
        primitive="ML-KEM-768 with X25519, opening",
        compute=_hybrid_opening,
        answer=known.HYBRID_FILE_KEY,
    ),
    KnownAnswer(
        primitive="ML-KEM-768 with X25519, sealing",
        compute=_hybrid_sealing,
        answer=known.SUNSCREEN.hex(),
    ),
    KnownAnswer(  # RFC 9106 section 5.3
        primitive="Argon2id",
        compute=_argon2id,
        answer="0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
    ),
    KnownAnswer(  # RFC 7914 section 12
        primitive="scrypt",
        compute=lambda: Scrypt(salt=b"", length=64, n=16, r=1, p=1).derive(b""),
        answer=(
            "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
            "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
    ),
)
