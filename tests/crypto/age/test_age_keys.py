"""Keys are read as people write them, and nothing that only looks like a key is taken for one."""

from __future__ import annotations

import hashlib
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import (
    HybridIdentity,
    HybridRecipient,
    X25519Identity,
    X25519Recipient,
    bech32,
    decrypt,
    encrypt,
    parse_identity,
    parse_identity_file,
    parse_recipient,
)
from crypto.errors import MalformedKey
from crypto.secret import Secret

# From the age specification: an identity of 32 bytes 0x42, and its recipient.
SPEC_IDENTITY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
SPEC_RECIPIENT = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"

HYBRID = HybridIdentity(Secret.of(bytes(range(32))))
CLASSIC = X25519Identity(Secret.of(bytes(range(32))))
BOTH = pytest.mark.parametrize("identity", [HYBRID, CLASSIC], ids=["hybrid", "classic"])


def test_the_keys_of_the_specification_are_read() -> None:
    identity = parse_identity(SPEC_IDENTITY)
    assert identity.text() == SPEC_IDENTITY
    assert identity.recipient.text() == SPEC_RECIPIENT
    assert parse_recipient(SPEC_RECIPIENT) == identity.recipient


@BOTH
def test_a_key_comes_back_from_its_text_in_either_case(
    identity: HybridIdentity | X25519Identity,
) -> None:
    text = identity.recipient.text()
    assert parse_recipient(text) == parse_recipient(text.upper()) == identity.recipient
    for secret in (identity.text(), identity.text().lower()):
        assert parse_identity(secret).recipient == identity.recipient


def test_the_prefixes_and_lengths_are_those_of_age() -> None:
    assert HYBRID.recipient.text().startswith("age1pq1")
    assert len(HYBRID.recipient.text()) == 1959
    assert HYBRID.text().startswith("AGE-SECRET-KEY-PQ-1")
    assert CLASSIC.recipient.text().startswith("age1")
    assert CLASSIC.text().startswith("AGE-SECRET-KEY-1")


@BOTH
def test_a_fingerprint_is_the_digest_of_the_lower_case_text(
    identity: HybridIdentity | X25519Identity,
) -> None:
    recipient = identity.recipient
    assert recipient.fingerprint == hashlib.sha256(recipient.text().encode()).digest()
    assert parse_recipient(recipient.text().upper()).fingerprint == recipient.fingerprint


@BOTH
def test_every_changed_character_of_a_recipient_is_refused(
    identity: HybridIdentity | X25519Identity,
) -> None:
    text = identity.recipient.text()
    for at in range(0, len(text), 1 + len(text) // 70):
        altered = text[:at] + ("q" if text[at] != "q" else "p") + text[at + 1 :]
        with pytest.raises(MalformedKey):
            parse_recipient(altered)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "separator"),
        ("1", "separator"),
        ("age", "separator"),
        ("1qqqqqq", "separator"),
        ("age1qqqqq", "separator"),
        ("age1bbbbbb", "characters"),
        ("age1 qqqqqq", "characters"),
        ("age1\u212aqqqqqq", "characters"),
        ("Age1qqqqqq", "case"),
        (SPEC_RECIPIENT[:-1] + "J", "case"),
        (SPEC_RECIPIENT[:-1] + "q", "checksum"),
        (SPEC_IDENTITY, "kind"),
        ("a" * 4097, "length"),
        (bech32.encode("age1tag", bytes(33)), "kind"),
        (bech32.encode("age", bytes(31)), "recipient length"),
        (bech32.encode("age", bytes(33)), "recipient length"),
        (bech32.encode("age", bytes(32)), "recipient point"),
        (bech32.encode("age1pq", HYBRID.recipient.key[:-1]), "recipient length"),
        (bech32.encode("age1pq", HYBRID.recipient.key[:1184] + bytes(32)), "recipient point"),
        (
            bech32.encode("age1pq", b"\xff" * 1184 + HYBRID.recipient.key[1184:]),
            "recipient encapsulation key",
        ),
    ],
    ids=itertools.count(),
)
def test_what_is_no_recipient_is_refused_and_said_why(text: str, part: str) -> None:
    with pytest.raises(MalformedKey) as caught:
        parse_recipient(text)
    assert caught.value.part == part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (SPEC_RECIPIENT, "kind"),
        (bech32.encode("age-secret-key-", bytes(31)).upper(), "identity length"),
        (bech32.encode("age-secret-key-pq-", bytes(33)).upper(), "identity length"),
        (SPEC_IDENTITY[:-1] + "Q", "checksum"),
    ],
)
def test_what_is_no_identity_is_refused_and_said_why(text: str, part: str) -> None:
    with pytest.raises(MalformedKey) as caught:
        parse_identity(text)
    assert caught.value.part == part


def test_a_refusal_never_repeats_a_secret() -> None:
    for text in (SPEC_IDENTITY[:-1] + "Q", SPEC_IDENTITY[:-1] + "B", SPEC_IDENTITY[:-9]):
        with pytest.raises(MalformedKey) as caught:
            parse_identity(text)
        problem = caught.value
        assert problem.__cause__ is None
        assert problem.__suppress_context__ or problem.__context__ is None
        assert "GFPYY" not in repr(problem) + str(problem)


def test_an_identity_shows_nothing_of_itself() -> None:
    for identity in (HYBRID, CLASSIC):
        assert identity.text()[-20:] not in repr(identity)


@BOTH
def test_a_closed_identity_opens_nothing(identity: HybridIdentity | X25519Identity) -> None:
    mine = type(identity).generate()
    to = io.BytesIO()
    with encrypt(to, [mine.recipient]) as writer:
        writer.write(b"x")
    mine.close()
    to.seek(0)
    with pytest.raises(ValueError, match="closed"):
        decrypt(to, [mine])


def test_an_identity_file_of_age_keygen_is_read() -> None:
    text = f"# created: 2026-03-14\n# public key: {SPEC_RECIPIENT}\n{SPEC_IDENTITY}\r\n\n"
    text += f"  {HYBRID.text()}  \n"
    kinds = [type(identity) for identity in parse_identity_file(text)]
    assert kinds == [X25519Identity, HybridIdentity]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_identity_file_without_a_key_is_refused(text: str) -> None:
    with pytest.raises(MalformedKey) as caught:
        parse_identity_file(text)
    assert caught.value.part == "identity file"


@given(st.binary(max_size=64), st.text(st.sampled_from("abcdefgh1-"), min_size=1, max_size=10))
def test_bech32_comes_back(content: bytes, hrp: str) -> None:
    text = bech32.encode(hrp, content)
    assert bech32.decode(text) == bech32.decode(text.upper()) == (hrp, content)


def test_bits_left_over_in_bech32_are_refused() -> None:
    # One byte is two characters with two spare bits: build the same with a spare bit set, and with
    # a whole spare character.
    for values in ([0, 1], [0, 0, 0]):
        check = bech32._polymod([*bech32._expanded("x"), *values, *[0] * 6]) ^ 1
        sums = [check >> 5 * (5 - i) & 31 for i in range(6)]
        text = "x1" + "".join(bech32.ALPHABET[value] for value in [*values, *sums])
        with pytest.raises(MalformedKey) as caught:
            bech32.decode(text)
        assert caught.value.part == "padding"


@pytest.mark.parametrize("kind", [X25519Identity, HybridIdentity])
def test_a_secret_of_another_length_is_no_identity(
    kind: type[X25519Identity] | type[HybridIdentity],
) -> None:
    with pytest.raises(MalformedKey):
        kind(Secret.of(bytes(31)))


def test_recipients_are_values() -> None:
    assert X25519Recipient.of(CLASSIC.recipient.point) == CLASSIC.recipient
    assert {HybridRecipient.of(HYBRID.recipient.key), HYBRID.recipient} == {HYBRID.recipient}
