"""Hostile JSON costs little and never means two things."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import strictjson
from app.errors import MalformedJson

CEILING = 1 << 26

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=strictjson.MIN_INTEGER, max_value=strictjson.MAX_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=5), inner, max_size=4
        )
    ),
    max_leaves=12,
)


def refusal(data: bytes, ceiling: int = CEILING) -> str:
    with pytest.raises(MalformedJson) as caught:
        strictjson.parse(data, ceiling)
    return caught.value.reason


@given(value=JSON)
@settings(max_examples=150, deadline=None)
def test_what_is_written_reads_back_and_is_written_the_same(value: Any) -> None:
    data = strictjson.canonical(value)
    assert strictjson.parse(data, CEILING) == value
    assert strictjson.canonical(strictjson.parse(data, CEILING)) == data


@given(value=JSON)
@settings(max_examples=60, deadline=None)
def test_any_other_writing_of_a_value_reads_as_the_same(value: Any) -> None:
    loose = json.dumps(value, indent=1, ensure_ascii=True).encode("ascii")
    assert strictjson.parse(loose, CEILING) == value


@given(noise=st.binary(max_size=40))
@settings(max_examples=150, deadline=None)
def test_noise_is_read_as_json_or_refused(noise: bytes) -> None:
    try:
        value = strictjson.parse(noise, CEILING)
    except MalformedJson:
        return
    assert strictjson.parse(strictjson.canonical(value), CEILING) == value


def test_canonical_bytes_have_sorted_members_no_space_and_plain_letters() -> None:
    assert strictjson.canonical({"b": [1, None], "a": "é\n", "ä": True}) == (
        '{"a":"é\\n","b":[1,null],"ä":true}'.encode()
    )


def test_letters_are_not_normalised() -> None:
    assert strictjson.parse(strictjson.canonical("e\u0301"), CEILING) == "e\u0301"


def test_a_text_of_more_bytes_than_allowed_is_refused_unread() -> None:
    assert refusal(b'"abc"', 4) == "too_big"
    assert strictjson.parse(b'"abc"', 5) == "abc"


@pytest.mark.parametrize(
    "data",
    [b"\xff", b'"\xc3"', b'"\xed\xa0\x80"', b'"\xc0\xaf"'],
)
def test_what_is_not_utf_8_is_refused(data: bytes) -> None:
    assert refusal(data) == "not_utf8"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"{",
        b"[1,]",
        b"{'a':1}",
        b'{"a":1,}',
        b'{"a" 1}',
        b"nul",
        b"1 2",
        b"01",
        b"+1",
        b'"a\x00b"',
        b'"a\nb"',
        b'"\\x41"',
        b'"\\u12"',
        b'"abc',
        b'"abc\\',
        b"[1}",
        b"]",
        b"// x\n1",
        b"\xef\xbb\xbf1",
        b"\x00",
    ],
)
def test_what_is_not_json_is_refused(data: bytes) -> None:
    assert refusal(data) == "syntax"


@pytest.mark.parametrize("data", [b"1.0", b"1e3", b"-0.5", b"NaN", b"Infinity", b"-Infinity"])
def test_numbers_that_are_not_whole_are_refused(data: bytes) -> None:
    assert refusal(data) == "not_an_integer"
    assert refusal(b'{"a":[' + data + b"]}") == "not_an_integer"


def test_integers_of_64_bits_are_read_and_no_larger_ones() -> None:
    assert strictjson.parse(b"9223372036854775807", CEILING) == (1 << 63) - 1
    assert strictjson.parse(b"-9223372036854775808", CEILING) == -(1 << 63)
    assert refusal(b"9223372036854775808") == "integer_too_big"
    assert refusal(b"-9223372036854775809") == "integer_too_big"


def test_an_integer_of_a_million_digits_is_refused_at_once() -> None:
    started = time.perf_counter()
    assert refusal(b"9" * 1_000_000) == "integer_too_big"
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize("data", [b'{"a":1,"a":2}', b'{"a":{"b":1,"b":1}}', b'{"a":1,"\\u0061":2}'])
def test_two_members_of_one_name_are_refused(data: bytes) -> None:
    assert refusal(data) == "duplicate_key"


@pytest.mark.parametrize("data", [b'"\\ud800"', b'"\\udc00x"', b'{"\\ud800":1}', b'["\\ud83d"]'])
def test_lone_surrogates_are_refused(data: bytes) -> None:
    assert refusal(data) == "lone_surrogate"


def test_a_surrogate_pair_is_a_letter() -> None:
    assert strictjson.parse(b'"\\ud83d\\ude00"', CEILING) == "\U0001f600"


def test_a_lone_surrogate_is_not_written() -> None:
    with pytest.raises(MalformedJson) as caught:
        strictjson.canonical(["\udfff"])
    assert caught.value.reason == "lone_surrogate"


def nested(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


def test_thirty_two_levels_are_read_and_not_thirty_three() -> None:
    strictjson.parse(nested(32), CEILING)
    assert refusal(nested(33)) == "too_deep"


@pytest.mark.parametrize(
    "data",
    [nested(10_000), b"[" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000, b"[" * 5_000_000],
)
def test_ten_thousand_levels_are_refused_fast_and_without_recursion(data: bytes) -> None:
    started = time.perf_counter()
    assert refusal(data) == "too_deep"
    assert time.perf_counter() - started < 1


def test_brackets_inside_texts_do_not_count_as_levels() -> None:
    text = '[["\\"' * 40
    assert strictjson.parse(strictjson.canonical([text]), CEILING) == [text]


def test_brackets_closed_too_early_do_not_hide_levels() -> None:
    assert refusal(b"]" * 50 + b"[" * 50) in {"syntax", "too_deep"}


def test_two_hundred_thousand_nodes_are_read_and_not_one_more() -> None:
    most = b"[" + b"1," * 199_997 + b"1]"
    value = strictjson.parse(most, CEILING)
    assert isinstance(value, list)
    assert len(value) == 199_998
    assert refusal(b"[" + b"1," * 200_000 + b"1]") == "too_many_nodes"


@pytest.mark.parametrize(
    "data",
    [
        b"[" + b"," * 10_000_000,
        b'""' * 5_000_000,
        b"[" + b"[]," * 3_000_000,
        b'"\\"' * 3_000_000,
        b'"' + b"\\" * 9_999_999,
    ],
)
def test_wide_or_open_input_of_megabytes_is_refused_fast(data: bytes) -> None:
    started = time.perf_counter()
    assert refusal(data) in {"too_many_nodes", "syntax"}
    assert time.perf_counter() - started < 3


def test_one_text_of_a_mebibyte_is_read_and_no_longer_one() -> None:
    assert strictjson.parse(b'"' + b"a" * (1 << 20) + b'"', CEILING) == "a" * (1 << 20)
    assert refusal(b'"' + b"a" * ((1 << 20) + 1) + b'"') == "text_too_long"
    assert refusal(b'["' + "é".encode() * (1 << 19) + b'x"]') == "text_too_long"


def test_a_name_of_a_member_has_the_same_ceiling() -> None:
    assert refusal(b'{"' + b"a" * ((1 << 20) + 1) + b'":1}') == "text_too_long"
