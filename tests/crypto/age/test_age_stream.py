"""The payload by itself, as evidence at rest uses it: written once, read in order or anywhere."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import SeekableReader, StreamReader, StreamWriter, payload_arithmetic
from crypto.age.chunks import CHUNK_SIZE, SEALED_CHUNK_SIZE, plaintext_length, sealed_length
from crypto.errors import DamagedPayload
from crypto.secret import Secret

KEY = Secret.random(32)
LENGTH = 10 * CHUNK_SIZE + 123
CONTENT = b"".join(number.to_bytes(4, "big") for number in range(LENGTH // 4 + 1))[:LENGTH]


def sealed(content: bytes) -> bytes:
    to = io.BytesIO()
    with StreamWriter(to, KEY) as writer:
        writer.write(content)
    return to.getvalue()


SEALED = sealed(CONTENT)


@given(st.lists(st.integers(0, 9 * CHUNK_SIZE), max_size=6))
def test_the_pieces_in_which_it_was_written_do_not_show(sizes: list[int]) -> None:
    to, source = io.BytesIO(), io.BytesIO(CONTENT)
    with StreamWriter(to, KEY) as writer:
        for size in sizes:
            writer.write(source.read(size))
        writer.write(source.read())
    assert to.getvalue() == SEALED


@given(st.lists(st.integers(0, 9 * CHUNK_SIZE), max_size=6))
def test_the_pieces_in_which_it_is_read_do_not_matter(sizes: list[int]) -> None:
    reader = StreamReader(io.BytesIO(SEALED), KEY)
    got = [reader.read(size) for size in sizes]
    assert [len(piece) for piece in got[:1]] == sizes[:1]
    assert b"".join(got) + reader.read() == CONTENT
    assert reader.read() == reader.read(1) == b""


def test_readinto_is_short_only_at_the_end() -> None:
    reader = StreamReader(io.BytesIO(SEALED), KEY)
    piece = bytearray(3 * CHUNK_SIZE + 1)
    counts = []
    while count := reader.readinto(piece):
        counts.append(count)
    assert counts[:-1] == [len(piece)] * (len(counts) - 1)
    assert sum(counts) == LENGTH


def test_wide_items_are_written_as_their_bytes() -> None:
    to = io.BytesIO()
    with StreamWriter(to, KEY) as writer:
        assert writer.write(memoryview(bytes(16)).cast("Q")) == 16
    assert StreamReader(to_start(to), KEY).read() == bytes(16)


def to_start(file: io.BytesIO) -> io.BytesIO:
    file.seek(0)
    return file


@pytest.mark.parametrize("length", [0, 1, CHUNK_SIZE, CHUNK_SIZE + 1, 20 * CHUNK_SIZE])
def test_lengths_can_be_told_before_and_after(length: int) -> None:
    assert len(sealed(bytes(length))) == sealed_length(length)
    assert plaintext_length(sealed_length(length)) == length
    assert payload_arithmetic(16 + sealed_length(length)) == length


@pytest.mark.parametrize(
    "length", [-1, 0, 15, SEALED_CHUNK_SIZE + 1, SEALED_CHUNK_SIZE + 16, 3 * SEALED_CHUNK_SIZE + 9]
)
def test_lengths_that_no_stream_has_are_told(length: int) -> None:
    assert plaintext_length(length) is None
    assert payload_arithmetic(16 + length) is None


@given(st.integers(0, 1 << 45))
def test_length_and_sealed_length_are_inverse(length: int) -> None:
    assert plaintext_length(sealed_length(length)) == length


def test_a_writer_left_by_an_exception_does_not_end_the_stream() -> None:
    to = io.BytesIO()

    def fail() -> None:
        with StreamWriter(to, KEY) as writer:
            writer.write(bytes(9 * CHUNK_SIZE))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(to.getvalue()) == 8 * SEALED_CHUNK_SIZE
    with pytest.raises(DamagedPayload):
        StreamReader(to_start(to), KEY).read()


def test_a_writer_that_ended_takes_no_more() -> None:
    to = io.BytesIO()
    with StreamWriter(to, KEY) as writer:
        writer.finish()
    with pytest.raises(ValueError, match="ended"):
        writer.write(b"more")
    with pytest.raises(ValueError, match="ended"):
        writer.finish()
    assert StreamReader(to_start(to), KEY).read() == b""


def test_another_key_opens_nothing() -> None:
    with pytest.raises(DamagedPayload):
        StreamReader(io.BytesIO(SEALED), Secret.random(32)).read(1)


def test_a_reader_says_what_it_can_do() -> None:
    assert StreamReader(io.BytesIO(SEALED), KEY).readable()
    assert not StreamReader(io.BytesIO(SEALED), KEY).seekable()
    anywhere = SeekableReader(io.BytesIO(SEALED), KEY)
    assert anywhere.readable()
    assert anywhere.seekable()


@given(st.integers(0, LENGTH + 10), st.integers(0, 3 * CHUNK_SIZE))
def test_any_part_can_be_read_by_itself(offset: int, size: int) -> None:
    reader = SeekableReader(io.BytesIO(b"before" + SEALED), KEY, 6)
    assert reader.size == LENGTH
    assert reader.read_at(offset, size) == CONTENT[offset : offset + size]
    assert reader.tell() == max(offset, min(offset + size, LENGTH))


def test_seeking_counts_from_the_start_from_here_and_from_the_end() -> None:
    reader = SeekableReader(io.BytesIO(SEALED), KEY)
    assert reader.seek(10) == 10
    assert reader.seek(5, io.SEEK_CUR) == 15
    assert reader.seek(-4, io.SEEK_END) == LENGTH - 4
    assert reader.read() == CONTENT[-4:]
    assert reader.read(5) == b""
    with pytest.raises(ValueError, match="-1"):
        reader.seek(-1)
    assert io.BufferedReader(reader).seek(0) == 0


def test_seeking_does_not_get_past_damage() -> None:
    altered = bytearray(SEALED)
    altered[2 * SEALED_CHUNK_SIZE + 9] ^= 1
    reader = SeekableReader(io.BytesIO(altered), KEY)
    assert reader.read_at(0, 2 * CHUNK_SIZE) == CONTENT[: 2 * CHUNK_SIZE]
    for _ in range(2):
        with pytest.raises(DamagedPayload) as caught:
            reader.read_at(3 * CHUNK_SIZE - 1, 2)
        assert caught.value.chunk == 2
    assert reader.read_at(3 * CHUNK_SIZE, 9) == CONTENT[3 * CHUNK_SIZE : 3 * CHUNK_SIZE + 9]


@pytest.mark.parametrize("cut", [1, 16, 123, 139, 140, SEALED_CHUNK_SIZE + 139, len(SEALED)])
def test_a_cut_stream_is_refused_before_anything_is_read_from_its_middle(cut: int) -> None:
    with pytest.raises(DamagedPayload):
        SeekableReader(io.BytesIO(SEALED[: len(SEALED) - cut]), KEY)


def test_a_source_that_shrinks_while_it_is_read_is_refused() -> None:
    source = io.BytesIO(SEALED)
    reader = SeekableReader(source, KEY)
    source.truncate(SEALED_CHUNK_SIZE + 3)
    assert reader.read_at(0, 1) == CONTENT[:1]
    with pytest.raises(DamagedPayload):
        reader.read_at(CHUNK_SIZE, 1)
    with pytest.raises(DamagedPayload):
        reader.read_at(5 * CHUNK_SIZE, 1)


def test_memory_does_not_grow_with_the_file() -> None:
    class Count:
        total = 0

        def write(self, content: memoryview, /) -> int:
            self.total += len(content)
            return len(content)

    sink = Count()
    piece = bytes(1 << 20)
    tracemalloc.start()
    try:
        with StreamWriter(sink, KEY) as writer:
            for _ in range(64):
                writer.write(piece)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sink.total == sealed_length(64 << 20)
    assert peak < 3 << 20
