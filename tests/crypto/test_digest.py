"""Digests, the safety code and recipient commitments."""

from __future__ import annotations

import hashlib
import hmac
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.pwhash import argon2id

from crypto.digest import (
    SafetyCode,
    Sha256,
    recipient_commitment,
    safety_code,
    sha256,
    sha256_of,
)
from crypto.errors import Malformed


@given(st.lists(st.binary(max_size=50), max_size=10))
def test_a_digest_does_not_depend_on_how_the_bytes_were_cut(pieces: list[bytes]) -> None:
    state = Sha256()
    for piece in pieces:
        state.update(piece)
    whole = b"".join(pieces)
    assert state.digest() == sha256(whole) == hashlib.sha256(whole).digest()
    assert state.hexdigest() == hashlib.sha256(whole).hexdigest()
    assert sha256_of(BytesIO(whole)) == state.digest()


def test_a_stream_longer_than_a_chunk_is_read_to_its_end() -> None:
    content = b"hoopoe" * 400_000
    assert sha256_of(BytesIO(content)) == sha256(content)


def test_the_safety_code_is_the_documented_computation() -> None:
    counted = b"\0\0\0\0\0\0\0\3age" + b"\0\0\0\0\0\0\0\6verify"
    salt = hashlib.sha256(b"hoopoe safety code v1").digest()[:16]
    slow = argon2id.kdf(32, counted, salt, opslimit=3, memlimit=64 * 1024 * 1024)
    digits = str(int.from_bytes(slow, "big") % 10**30).rjust(30, "0")
    code = safety_code(b"age", b"verify")
    assert "".join(code.groups) == digits
    assert str(code) == " ".join(digits[at : at + 5] for at in range(0, 30, 5))


def test_the_safety_code_does_not_mix_up_where_one_key_ends() -> None:
    codes = [safety_code(b"ab", b"c"), safety_code(b"a", b"bc"), safety_code(b"c", b"ab")]
    assert len(set(codes)) == 3


def test_a_safety_code_needs_a_key() -> None:
    with pytest.raises(ValueError, match="no key"):
        safety_code()


@pytest.mark.parametrize(
    "groups",
    [
        (),
        ("12345",) * 5,
        ("12345",) * 7,
        ("12345",) * 5 + ("1234",),
        ("12345",) * 5 + ("1234a",),
        ("12345",) * 5 + ("1234\u0665",),
    ],
)
def test_a_safety_code_of_another_form_is_refused(groups: tuple[str, ...]) -> None:
    with pytest.raises(Malformed):
        SafetyCode(groups=groups)


def test_a_commitment_is_hmac_and_new_for_each_bundle() -> None:
    fingerprint = sha256(b"age1...")
    first = recipient_commitment(b"one", fingerprint)
    assert first == hmac.digest(b"one", fingerprint, "sha256")
    assert first != recipient_commitment(b"two", fingerprint)
    with pytest.raises(ValueError, match="bundle id"):
        recipient_commitment(b"", fingerprint)
