"""A sealed value opens with its key and context, and in no other way."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)

from crypto.aead import OVERHEAD, seal, unseal
from crypto.errors import WrongKey
from crypto.kdf import derive
from crypto.secret import Secret

KEY = Secret.of(bytes(range(32)))


@given(st.binary(max_size=300), st.binary(max_size=100))
def test_what_was_sealed_opens_again(plaintext: bytes, context: bytes) -> None:
    sealed = seal(KEY, plaintext, context)
    assert len(sealed) == len(plaintext) + OVERHEAD
    assert unseal(KEY, sealed, context) == plaintext


def test_the_layout_is_the_documented_one() -> None:
    sealed = seal(KEY, b"plaintext", b"context")
    nonce, ciphertext, commitment = sealed[:24], sealed[24:-32], sealed[-32:]
    keys = derive(KEY, b"hoopoe aead v1", 64).expose()
    opened = crypto_aead_xchacha20poly1305_ietf_decrypt(ciphertext, b"context", nonce, keys[:32])
    assert opened == b"plaintext"
    covered = nonce + bytes([0, 0, 0, 0, 0, 0, 0, 7]) + b"context" + ciphertext
    assert hmac.digest(keys[32:], covered, "sha256") == commitment


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    assert seal(KEY, b"a", b"") != seal(KEY, b"a", b"")


def test_every_flipped_bit_is_refused() -> None:
    sealed = seal(KEY, b"plaintext", b"context")
    for bit in range(8 * len(sealed)):
        altered = bytearray(sealed)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongKey):
            unseal(KEY, bytes(altered), b"context")


def test_every_other_length_is_refused() -> None:
    sealed = seal(KEY, b"plaintext", b"context")
    for size in range(len(sealed)):
        with pytest.raises(WrongKey):
            unseal(KEY, sealed[:size], b"context")
    for longer in (sealed + b"\0", b"\0" + sealed):
        with pytest.raises(WrongKey):
            unseal(KEY, longer, b"context")


@pytest.mark.parametrize("context", [b"", b"contex", b"context ", b"Context"])
def test_another_context_is_refused(context: bytes) -> None:
    with pytest.raises(WrongKey):
        unseal(KEY, seal(KEY, b"plaintext", b"context"), context)


def test_bytes_cannot_move_between_context_and_ciphertext() -> None:
    sealed = seal(KEY, b"plaintext", b"context")
    moved = sealed[:24] + b"t" + sealed[24:]
    with pytest.raises(WrongKey):
        unseal(KEY, moved, b"contex")


def test_another_key_is_refused() -> None:
    sealed = seal(KEY, b"plaintext", b"")
    for bit in range(256):
        other = bytearray(KEY.expose())
        other[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongKey):
            unseal(Secret.of(other), sealed, b"")


def test_a_ciphertext_that_is_valid_for_another_key_does_not_pass_the_commitment() -> None:
    """An attacker who can make Poly1305 accept under a second key still lacks the commitment."""
    other = Secret.random(32)
    sealed = seal(KEY, b"plaintext", b"")
    cipher_key = derive(other, b"hoopoe aead v1", 64).expose()[:32]
    forged = crypto_aead_xchacha20poly1305_ietf_encrypt(b"plaintext", b"", sealed[:24], cipher_key)
    with pytest.raises(WrongKey):
        unseal(other, sealed[:24] + forged + sealed[-32:], b"")


def test_a_right_commitment_over_a_wrong_tag_is_refused() -> None:
    keys = derive(KEY, b"hoopoe aead v1", 64).expose()
    covered = bytes(24) + bytes(8) + bytes(20)
    commitment = hmac.digest(keys[32:], covered, "sha256")
    with pytest.raises(WrongKey):
        unseal(KEY, bytes(24) + bytes(20) + commitment, b"")


def test_keys_of_another_size_are_a_mistake_of_the_caller() -> None:
    for size in (16, 31, 33):
        with pytest.raises(ValueError, match=str(size)):
            seal(Secret.random(size), b"", b"")
        with pytest.raises(ValueError, match=str(size)):
            unseal(Secret.random(size), bytes(OVERHEAD), b"")
