"""The text of minisign keys and signatures has one spelling."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.errors import CryptoError, Malformed, Unsupported
from crypto.minisign import (
    SignatureText,
    join_key,
    marshal_key,
    marshal_signature,
    parse_key,
    parse_signature,
    split_key,
)

COMMENTS = st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.just("\t"), max_size=60)
PARTS = st.builds(
    SignatureText,
    untrusted_comment=COMMENTS,
    key_id=st.binary(min_size=8, max_size=8),
    signature=st.binary(min_size=64, max_size=64),
    trusted_comment=COMMENTS,
    global_signature=st.binary(min_size=64, max_size=64),
)
EXAMPLE = SignatureText(
    untrusted_comment="signature",
    key_id=bytes(range(8)),
    signature=bytes(range(64)),
    trusted_comment="hoopoe bundle v1 x",
    global_signature=bytes(range(64, 128)),
)
TEXT = marshal_signature(EXAMPLE)


@given(PARTS)
def test_what_was_written_is_read_again(parts: SignatureText) -> None:
    assert parse_signature(marshal_signature(parts)) == parts


def test_the_text_is_the_documented_one() -> None:
    assert TEXT.split(b"\n") == [
        b"untrusted comment: signature",
        base64.b64encode(b"ED" + bytes(range(74))[:8] + bytes(range(64))),
        b"trusted comment: hoopoe bundle v1 x",
        base64.b64encode(bytes(range(64, 128))),
        b"",
    ]


@given(st.integers(0, len(TEXT) - 1), st.integers(0, 255))
def test_any_changed_byte_is_refused_or_read_as_something_else(at: int, value: int) -> None:
    altered = TEXT[:at] + bytes([value]) + TEXT[at + 1 :]
    try:
        parts = parse_signature(altered)
    except (Malformed, Unsupported):
        return
    # What parses has exactly one text: nothing was ignored on the way.
    assert marshal_signature(parts) == altered


def test_every_truncation_and_every_addition_is_refused() -> None:
    for size in range(len(TEXT)):
        with pytest.raises(Malformed):
            parse_signature(TEXT[:size])
    for added in (TEXT + b"\n", TEXT + b" ", b"\n" + TEXT, TEXT + TEXT, TEXT + bytes(20000)):
        with pytest.raises(Malformed):
            parse_signature(added)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (b"\n", b"\r\n", "signature"),
        (b"untrusted comment: ", b"Untrusted comment: ", "untrusted comment"),
        (b"\ntrusted comment: ", b"\ntrusted comment:", "trusted comment"),
        (b"comment: signature", b"comment: sign\x1bature", "untrusted comment"),
        (b"comment: signature", b"comment: sign\xc3\xa4ture", "untrusted comment"),
        (b"comment: signature", b"comment: " + b"a" * 1025, "untrusted comment"),
        (b"v1 x\n", b"v1 " + b"x" * 8192 + b"\n", "trusted comment"),
        (b"v1 x\n", b"v1 \x00\n", "trusted comment"),
        (b"fH1+fw==", b"fH1+fx==", "global signature"),
        (b"fH1+fw==", b"fH1+fw=A", "global signature"),
        (b"fH1+fw==", b"fH1+f-==", "global signature"),
        (b"fH1+fw==", b"fH1+fw", "global signature"),
        (b"fH1+fw==", b"fH1+fwAA", "global signature"),
    ],
)
def test_one_defect_is_refused_with_its_place(old: bytes, new: bytes, part: str) -> None:
    altered = TEXT.replace(old, new)
    assert altered != TEXT
    with pytest.raises(Malformed) as refusal:
        parse_signature(altered)
    assert refusal.value.part == part


def test_the_older_algorithm_is_told_apart_from_nonsense() -> None:
    legacy = TEXT.replace(TEXT.split(b"\n")[1], base64.b64encode(b"Ed" + bytes(72)))
    with pytest.raises(Unsupported) as refusal:
        parse_signature(legacy)
    assert refusal.value.value == int.from_bytes(b"Ed", "big")


@pytest.mark.parametrize("comment", ["a\nb", "a\rb", "\u00e4", "a" * 8193])
def test_a_comment_that_would_not_be_read_back_is_not_written(comment: str) -> None:
    with pytest.raises(ValueError, match=r"comment|lines|size"):
        marshal_signature(replace(EXAMPLE, trusted_comment=comment))


@given(st.binary(min_size=8, max_size=8), st.binary(min_size=32, max_size=32))
def test_a_key_line_is_read_again(key_id: bytes, public: bytes) -> None:
    line = marshal_key(join_key(key_id, public))
    assert len(line) == 56
    assert line == base64.b64encode(b"Ed" + key_id + public).decode()
    assert split_key(parse_key(line)) == (key_id, public)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "A" * 55,
        "A" * 57,
        "A" * 55 + "\n",
        "A" * 56 + "\n",
        " " + "A" * 55,
        "A" * 55 + "=",
        "A" * 54 + "==",
        "A" * 55 + "-",
        "A" * 55 + "\u00e4",
    ],
)
def test_a_key_line_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(Malformed):
        parse_key(line)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"Ed" + bytes(39), Malformed("verify key")),
        (b"Ed" + bytes(41), Malformed("verify key")),
        (b"ED" + bytes(40), Unsupported("verify key algorithm", 0x4544)),
    ],
)
def test_a_key_of_another_size_or_algorithm_is_refused(content: bytes, error: CryptoError) -> None:
    with pytest.raises(type(error)) as refusal:
        split_key(content)
    assert repr(refusal.value) == repr(error)
