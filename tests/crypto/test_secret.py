"""Secrets and passphrases do not show, leak by comparison, or outlive their close."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import UnusablePassphrase
from crypto.secret import Passphrase, Secret


def test_a_secret_shows_its_size_and_nothing_else() -> None:
    secret = Secret.of(b"hunter2hunter2")
    for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]}"):
        assert "hunter2" not in shown
    assert repr(secret) == "Secret(14 bytes)"
    assert len(secret) == 14


def test_exposing_is_the_only_way_to_the_bytes() -> None:
    secret = Secret.of(b"abc")
    assert secret.expose() == b"abc"
    with pytest.raises(TypeError):
        bytes(secret)  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    with pytest.raises(TypeError):
        hash(secret)
    with pytest.raises(TypeError):
        bool(secret)


def test_a_secret_does_not_follow_the_buffer_it_was_made_from() -> None:
    buffer = bytearray(b"abc")
    secret = Secret.of(buffer)
    buffer[:] = b"xyz"
    assert secret.expose() == b"abc"


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_secrets_are_equal_exactly_when_their_bytes_are(left: bytes, right: bytes) -> None:
    assert (Secret.of(left) == Secret.of(right)) == (left == right)


def test_a_secret_is_never_equal_to_bytes() -> None:
    assert Secret.of(b"abc") != b"abc"


def test_a_closed_secret_is_wiped_and_refuses_to_be_used() -> None:
    with Secret.of(b"abc") as secret:
        assert secret.expose() == b"abc"
    assert bytes(secret._buffer) == b"\0\0\0"
    with pytest.raises(ValueError, match="closed"):
        secret.expose()
    secret.close()


def test_a_closed_secret_is_equal_to_nothing() -> None:
    secret = Secret.of(b"\0\0\0")
    other = Secret.of(b"\0\0\0")
    secret.close()
    assert secret != other
    assert other != secret


def test_random_secrets_have_the_size_asked_for_and_differ() -> None:
    assert len(Secret.random(32)) == 32
    assert Secret.random(32) != Secret.random(32)
    with pytest.raises(ValueError, match="0"):
        Secret.random(0)


def test_keyboards_that_compose_letters_differently_give_one_passphrase() -> None:
    assert Passphrase.of("caf\u00e9") == Passphrase.of("cafe\u0301")
    assert Passphrase.of("\ufb01ne").secret.expose() == b"fine"


def test_a_passphrase_is_not_trimmed_or_folded() -> None:
    assert Passphrase.of("a ").secret.expose() == b"a "
    assert Passphrase.of("a") != Passphrase.of("A")
    assert Passphrase.of("a") != "a"


def test_a_passphrase_hides_itself() -> None:
    assert repr(Passphrase.of("hunter2")) == "Passphrase(hidden)"
    with pytest.raises(TypeError):
        hash(Passphrase.of("hunter2"))


def test_closing_a_passphrase_wipes_it() -> None:
    passphrase = Passphrase.of("hunter2")
    passphrase.close()
    with pytest.raises(ValueError, match="closed"):
        passphrase.secret.expose()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("a" * 1025, "too long"),
        ("\u00e9" * 513, "too long"),
        ("a" * 5000, "too long"),
        ("\ufdfa" * 60, "too long"),
        ("a\ud800", "not text"),
    ],
)
def test_an_unusable_passphrase_is_refused_with_its_reason(text: str, rule: str) -> None:
    with pytest.raises(UnusablePassphrase) as refusal:
        Passphrase.of(text)
    assert refusal.value.rule == rule


def test_the_longest_passphrase_is_1024_bytes() -> None:
    assert len(Passphrase.of("a" * 1024).secret) == 1024
    assert len(Passphrase.of("e\u0301" * 512).secret) == 1024


def test_a_refused_passphrase_is_not_in_the_report_of_the_failure() -> None:
    with pytest.raises(UnusablePassphrase) as refusal:
        Passphrase.of("hunter2\ud800")
    assert refusal.value.__suppress_context__
    assert "hunter2" not in "".join(traceback.format_exception_only(refusal.value))
    assert refusal.value.__cause__ is None
