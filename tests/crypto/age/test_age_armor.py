"""Armor is written in one way, read in pieces of any size, and refused in any other spelling."""

from __future__ import annotations

import contextlib
import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import ArmorReader, ArmorWriter
from crypto.errors import MalformedArmor

BEGIN, END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"


def armored(*pieces: bytes) -> bytes:
    to = io.BytesIO()
    with ArmorWriter(to) as writer:
        for piece in pieces:
            assert writer.write(piece) == len(piece)
    return to.getvalue()


def inside(text: bytes, size: int = 1 << 20) -> bytes:
    reader = ArmorReader(io.BytesIO(text))
    return b"".join(iter(lambda: reader.read(size), b""))


@given(st.lists(st.binary(max_size=200), max_size=4), st.integers(1, 100))
def test_armor_comes_back_from_any_pieces(pieces: list[bytes], size: int) -> None:
    assert inside(armored(*pieces), size) == b"".join(pieces)
    crlf = armored(*pieces).replace(b"\n", b"\r\n")
    assert inside(crlf, size) == b"".join(pieces)


def test_armor_of_some_size_comes_back() -> None:
    content = bytes(range(256)) * 1000
    text = armored(content)
    assert inside(text) == content
    lines = text.decode().splitlines()
    assert (lines[0], lines[-1]) == (BEGIN, END)
    assert all(len(line) == 64 for line in lines[1:-2])


def test_the_end_of_a_cut_armor_is_never_taken_for_the_end() -> None:
    text = armored(b"x" * 100)
    for length in range(len(text) - 1):
        with pytest.raises(MalformedArmor):
            inside(text[:length])


def test_armor_from_a_source_that_answers_in_small_pieces_comes_back() -> None:
    class Pipe:
        def __init__(self, content: bytes) -> None:
            self._content = io.BytesIO(content)

        def read(self, size: int, /) -> bytes:
            return self._content.read(min(size, 7))

    reader = ArmorReader(Pipe(b" \n" + armored(b"w" * 200) + b"\n" * 20))
    assert b"".join(iter(lambda: reader.read(50), b"")) == b"w" * 200


def test_every_flipped_bit_of_an_armor_changes_what_is_inside_or_is_refused() -> None:
    content = b"0123456789" * 12
    text = armored(content)
    # The last line ending is white space, which may be anything.
    for at, bit in itertools.product(range(len(text) - 1), range(8)):
        altered = bytearray(text)
        altered[at] ^= 1 << bit
        with contextlib.suppress(MalformedArmor):
            assert inside(bytes(altered)) != content


def test_a_refused_armor_is_refused_again() -> None:
    reader = ArmorReader(io.BytesIO(b"no armor"))
    for _ in range(2):
        with pytest.raises(MalformedArmor) as caught:
            reader.read(1)
        assert caught.value.part == "begin line"


def test_content_before_a_damaged_line_is_not_given_out_with_an_end() -> None:
    text = armored(b"y" * 100_000)
    damaged = text[:90_000] + b"*" + text[90_001:]
    reader = ArmorReader(io.BytesIO(damaged))
    got = b""

    def drain() -> None:
        nonlocal got
        while piece := reader.read(4096):
            got += piece

    with pytest.raises(MalformedArmor):
        drain()
    assert (b"y" * 100_000).startswith(got)
    assert len(got) < 68_000


def test_a_writer_left_by_an_exception_does_not_end_the_armor() -> None:
    to = io.BytesIO()

    def fail() -> None:
        with ArmorWriter(to) as writer:
            writer.write(b"z" * 100)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert END.encode() not in to.getvalue()


def test_a_writer_that_ended_takes_no_more() -> None:
    with ArmorWriter(io.BytesIO()) as writer:
        writer.finish()
    with pytest.raises(ValueError, match="ended"):
        writer.write(b"more")
    with pytest.raises(ValueError, match="ended"):
        writer.finish()
