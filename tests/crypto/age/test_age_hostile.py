"""A file that was changed, cut or lengthened is refused, at every byte, with nothing given out."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import HybridIdentity, Identity, X25519Identity, decrypt, encrypt
from crypto.age.header import HEADER_LIMIT, parse
from crypto.errors import BadHeaderMac, CryptoError, DamagedPayload, MalformedHeader

CHUNK, SEALED = 64 * 1024, 64 * 1024 + 16
CLASSIC = X25519Identity.generate()
HYBRID = HybridIdentity.generate()
CONTENT = b"Three witnesses; two asked not to be named."


def seal(identity: X25519Identity | HybridIdentity, content: bytes) -> bytes:
    to = io.BytesIO()
    with encrypt(to, [identity.recipient]) as writer:
        writer.write(content)
    return to.getvalue()


def given_out(sealed: bytes, identities: Sequence[Identity]) -> bytes:
    """What a reader of whole chunks gets before the refusal, which must come."""
    out = b""
    try:
        reader = decrypt(io.BytesIO(sealed), identities)
        while piece := reader.read(CHUNK):
            out += piece
    except CryptoError:
        return out
    pytest.fail("opened as whole")


@pytest.mark.parametrize("identity", [CLASSIC, HYBRID], ids=["classic", "hybrid"])
@pytest.mark.parametrize("bit", [0, 5, 7])
def test_every_flipped_byte_of_a_file_is_refused(
    identity: X25519Identity | HybridIdentity, bit: int
) -> None:
    sealed = seal(identity, CONTENT)
    for at in range(len(sealed)):
        altered = bytearray(sealed)
        altered[at] ^= 1 << bit
        assert given_out(bytes(altered), [identity]) == b""


def test_a_file_cut_anywhere_is_refused() -> None:
    sealed = seal(CLASSIC, CONTENT)
    for length in range(len(sealed)):
        assert given_out(sealed[:length], [CLASSIC]) == b""


@pytest.mark.parametrize("chunks", [1, 2, 3, 8, 9])
@pytest.mark.parametrize("off", [-17, -16, -1, 0, 1, 15, 16, 17])
def test_a_file_cut_at_the_edge_of_a_chunk_is_refused(chunks: int, off: int) -> None:
    content = bytes(range(256)) * (chunks * 256 + 40)
    sealed = seal(CLASSIC, content)
    start = parse(sealed).length + 16
    out = given_out(sealed[: start + chunks * SEALED + off], [CLASSIC])
    assert len(out) == (chunks if off >= 0 else chunks - 1) * CHUNK
    assert content.startswith(out)


@pytest.mark.parametrize("length", [0, 10, CHUNK, 8 * CHUNK])
@pytest.mark.parametrize("tail", [b"\0", bytes(16), bytes(SEALED), bytes(9 * SEALED)])
def test_bytes_behind_the_end_are_refused(length: int, tail: bytes) -> None:
    content = b"c" * length
    assert content.startswith(given_out(seal(CLASSIC, content) + tail, [CLASSIC]))


def test_chunks_that_changed_places_are_refused() -> None:
    content = b"a" * CHUNK + b"b" * CHUNK + b"c"
    sealed = seal(CLASSIC, content)
    at = parse(sealed).length + 16
    swapped = (
        sealed[:at] + sealed[at + SEALED : at + 2 * SEALED] + sealed[at : at + SEALED]
    ) + sealed[at + 2 * SEALED :]
    assert given_out(swapped, [CLASSIC]) == b""
    dropped = sealed[: at + SEALED] + sealed[at + 2 * SEALED :]
    assert given_out(dropped, [CLASSIC]) == b"a" * CHUNK
    repeated = sealed[: at + SEALED] + sealed[at:]
    assert given_out(repeated, [CLASSIC]) == b"a" * CHUNK


def test_the_payload_of_another_file_is_refused() -> None:
    one, two = seal(CLASSIC, CONTENT), seal(CLASSIC, CONTENT)
    spliced = one[: parse(one).length] + two[parse(two).length :]
    assert given_out(spliced, [CLASSIC]) == b""


def test_the_stanza_of_another_file_is_refused() -> None:
    one, two = seal(CLASSIC, CONTENT), seal(CLASSIC, CONTENT)
    lines_one, lines_two = one.split(b"\n", 4), two.split(b"\n", 4)
    spliced = b"\n".join([*lines_two[:3], *lines_one[3:]])
    with pytest.raises(BadHeaderMac):
        decrypt(io.BytesIO(spliced), [CLASSIC])


def test_a_damaged_stream_keeps_raising_and_names_its_chunk() -> None:
    sealed = bytearray(seal(CLASSIC, bytes(3 * CHUNK)))
    sealed[parse(bytes(sealed)).length + 16 + SEALED + 5] ^= 1
    reader = decrypt(io.BytesIO(sealed), [CLASSIC])
    assert reader.read(CHUNK) == bytes(CHUNK)
    for _ in range(2):
        with pytest.raises(DamagedPayload) as caught:
            reader.read(1)
        assert caught.value.chunk == 1


def test_a_cut_stream_never_looks_like_a_short_one() -> None:
    sealed = seal(CLASSIC, bytes(2 * CHUNK))
    cut = sealed[: parse(sealed).length + 16 + SEALED]
    for read in (
        lambda reader: reader.read(),
        lambda reader: reader.read(CHUNK + 1),
        lambda reader: reader.readinto(bytearray(2 * CHUNK)),
    ):
        with pytest.raises(DamagedPayload):
            read(decrypt(io.BytesIO(cut), [CLASSIC]))


@given(st.binary(max_size=400))
def test_bytes_that_are_no_age_file_are_refused_with_a_type_of_ours(junk: bytes) -> None:
    for start in (b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 "):
        with pytest.raises(MalformedHeader):
            decrypt(io.BytesIO(start + junk), [CLASSIC])


@given(st.data())
def test_a_header_with_lines_moved_doubled_or_spliced_is_refused(data: st.DataObject) -> None:
    sealed = seal(CLASSIC, CONTENT)
    lines = sealed.split(b"\n", 4)
    choice = st.lists(st.sampled_from(lines), min_size=1, max_size=9)
    mixed = b"\n".join(data.draw(choice))
    if mixed != sealed:
        assert given_out(mixed, [CLASSIC]) == b""


def test_a_header_of_gigabytes_is_read_no_further_than_its_ceiling() -> None:
    class Endless:
        read_bytes = 0

        def read(self, size: int, /) -> bytes:
            self.read_bytes += size
            return (b"age-encryption.org/v1\n" + b"-> x\n\n" * (size // 6))[:size]

    source = Endless()
    with pytest.raises(MalformedHeader):
        decrypt(source, [CLASSIC])
    assert source.read_bytes <= HEADER_LIMIT + 16
