"""A header has one form: what is marshalled parses to the same, and nothing else parses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import rawbase64
from crypto.age.header import (
    HEADER_LIMIT,
    Stanza,
    marshal_for_mac,
    marshal_with_mac,
    parse,
)
from crypto.errors import MalformedHeader

WORDS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=80)
STANZAS = st.builds(
    lambda arguments, body: Stanza(arguments=tuple(arguments), body=body),
    st.lists(WORDS, min_size=1, max_size=32),
    st.binary(max_size=200),
).filter(lambda stanza: stanza.type != "scrypt")


@given(st.lists(STANZAS, min_size=1, max_size=8), st.binary(min_size=32, max_size=32), st.binary())
def test_what_is_marshalled_parses_to_the_same(
    stanzas: list[Stanza], mac: bytes, behind: bytes
) -> None:
    covered = marshal_for_mac(stanzas)
    whole = marshal_with_mac(covered, mac)
    header = parse(whole + behind)
    assert header.stanzas == tuple(stanzas)
    assert (header.mac, header.authenticated, header.length) == (mac, covered, len(whole))
    assert header.marshal() == whole


@given(st.binary(max_size=200))
def test_a_header_that_parses_at_all_is_the_one_spelling(junk: bytes) -> None:
    start = b"age-encryption.org/v1\n-> a\n" + junk + b"\n--- " + b"A" * 43 + b"\n"
    try:
        header = parse(start)
    except MalformedHeader:
        return
    assert start.startswith(header.marshal())


@pytest.mark.parametrize("size", [0, 1, 47, 48, 49, 96, 97])
def test_a_body_ends_with_a_line_shorter_than_sixty_four(size: int) -> None:
    lines = Stanza(arguments=("x",), body=bytes(size)).marshal().split(b"\n")
    assert lines[0] == b"-> x"
    assert lines[-1] == b""
    assert all(len(line) == 64 for line in lines[1:-2])
    assert len(lines[-2]) < 64


def test_the_ceiling_counts_the_whole_header() -> None:
    def of_length(length: int) -> bytes:
        plain = Stanza(arguments=("x",), body=bytes(46_000))
        spare = length - len(marshal_with_mac(marshal_for_mac([plain]), bytes(32)))
        padded = Stanza(arguments=("x" + "x" * spare,), body=plain.body).marshal()
        return marshal_with_mac(b"age-encryption.org/v1\n" + padded + b"---", bytes(32))

    assert parse(of_length(HEADER_LIMIT) + b"payload").length == HEADER_LIMIT
    with pytest.raises(MalformedHeader):
        parse(of_length(HEADER_LIMIT + 1) + b"payload")


@pytest.mark.parametrize("text", ["A", "AA=", "AA==", "AB", "A A", "A\n", "_-", "é", "AAAAA"])
def test_base64_of_another_spelling_is_refused(text: str) -> None:
    with pytest.raises(MalformedHeader):
        rawbase64.decode(text, "here")


@given(st.binary(max_size=100))
def test_base64_comes_back(content: bytes) -> None:
    assert rawbase64.decode(rawbase64.encode(content), "here") == content
