"""No byte of a bundle can be changed, cut off, added or moved without it being refused."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import keyring
from app.bundles import opening, reading
from app.errors import AppError, BundleDamaged, NotABundle, NotForMe
from app.tasks import ignore
from app.vault import Vault
from crypto import age
from crypto.age.chunks import SEALED_CHUNK_SIZE
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.app.bundles.hostile import state
from tests.conftest import at_noon
from tests.sides import Sides, meet

NONCE = 16
SHARES = 8
REFUSED = (NotABundle, NotForMe, BundleDamaged)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle as bytes, where its payload begins, and a place to put what is made of it."""

    desk: Vault
    identities: tuple[age.Identity, ...]
    content: bytes
    payload: int
    path: Path

    def refusal(self, content: bytes) -> type[AppError]:
        """Open altered content the way a person does; how it was refused."""
        self.path.write_bytes(content)
        with pytest.raises(REFUSED) as caught:
            opening.open_bundle(self.desk, self.path)
        return caught.type

    @property
    def header(self) -> bytes:
        return self.content[: self.payload]

    @property
    def chunks(self) -> list[bytes]:
        sealed = self.content[self.payload + NONCE :]
        return [
            sealed[at : at + SEALED_CHUNK_SIZE] for at in range(0, len(sealed), SEALED_CHUNK_SIZE)
        ]

    def with_chunks(self, chunks: list[bytes]) -> bytes:
        """The same header and nonce before other chunks."""
        return self.content[: self.payload + NONCE] + b"".join(chunks)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sides]:
    folder = tmp_path_factory.mktemp("flips")
    with (
        Vault.create(folder / "1", Passphrase.of("one"), cost=FLOOR, clock=at_noon) as reporter,
        Vault.create(folder / "2", Passphrase.of("two"), cost=FLOOR, clock=at_noon) as desk,
    ):
        yield meet(reporter, desk, folder / "out")


@pytest.fixture(scope="module")
def bundle(made: Sides, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    incident = made.record()
    made.attach(incident, os.urandom(5000))
    content = made.seal(incident).path.read_bytes()
    path = tmp_path_factory.mktemp("altered") / "altered"
    path.write_bytes(content)
    with path.open("rb") as source:
        outside = age.inspect(source)
    return Bundle(
        desk=made.desk,
        identities=keyring.of(made.desk).identities,
        content=content,
        payload=outside.header_length,
        path=path,
    )


@pytest.fixture(autouse=True)
def nothing_is_taken_in(made: Sides) -> Iterator[None]:
    """Whatever a test does to a bundle, the vault that opens it stays as it is."""
    before = state(made.desk)
    yield
    assert state(made.desk) == before


def test_the_untouched_bundle_opens(bundle: Bundle) -> None:
    bundle.path.write_bytes(bundle.content)
    assert opening.open_bundle(bundle.desk, bundle.path).complete
    assert [len(chunk) for chunk in bundle.chunks] == [SEALED_CHUNK_SIZE] * 4


# --- one byte -------------------------------------------------------------------------------


def test_any_changed_byte_of_the_header_is_refused(bundle: Bundle) -> None:
    flip_each(bundle, range(bundle.payload + NONCE))


def test_a_changed_byte_anywhere_in_the_payload_is_damage(bundle: Bundle) -> None:
    start = bundle.payload + NONCE
    edges = {
        at + shift
        for at in range(start, len(bundle.content), SEALED_CHUNK_SIZE)
        for shift in (-17, -16, -1, 0, 1)
    }
    sampled = set(range(start, len(bundle.content), 211)) | edges | {len(bundle.content) - 1}
    found = flip_each(bundle, sorted(at for at in sampled if at >= start))
    assert found == {BundleDamaged}


@pytest.mark.heavy
@pytest.mark.parametrize("share", range(SHARES))
def test_every_byte_of_the_file_counts(bundle: Bundle, share: int) -> None:
    flip_each(bundle, range(share, len(bundle.content), SHARES))


@pytest.mark.parametrize("bit", range(8))
def test_every_bit_of_a_byte_counts(bundle: Bundle, bit: int) -> None:
    for at in (30, bundle.payload - 20, bundle.payload + 3, len(bundle.content) - 1):
        altered = bytearray(bundle.content)
        altered[at] ^= 1 << bit
        assert bundle.refusal(bytes(altered)) in REFUSED


# --- lengths --------------------------------------------------------------------------------


def test_a_cut_at_any_edge_of_a_chunk_is_damage(bundle: Bundle) -> None:
    start = bundle.payload + NONCE
    for edge in range(start, len(bundle.content), SEALED_CHUNK_SIZE):
        for length in (edge - 1, edge, edge + 1, edge + 15, edge + 16, edge + 17):
            assert bundle.refusal(bundle.content[:length]) in {BundleDamaged, NotABundle}, length
    assert bundle.refusal(bundle.content[:-1]) is BundleDamaged


def test_a_cut_at_any_sampled_length_is_refused(bundle: Bundle) -> None:
    for length in (
        *range(0, bundle.payload, 97),
        *range(bundle.payload, len(bundle.content), 4099),
    ):
        refused = bundle.refusal(bundle.content[:length])
        assert refused in {BundleDamaged, NotABundle}, length


@pytest.mark.parametrize(
    "junk",
    [b"\0", b"\n", b"x" * 15, b"\0" * 16, b"\0" * 17, b"\0" * SEALED_CHUNK_SIZE, b"\0" * 100_000],
    ids=len,
)
def test_anything_added_at_the_end_is_damage(bundle: Bundle, junk: bytes) -> None:
    assert bundle.refusal(bundle.content + junk) is BundleDamaged


def test_a_second_bundle_added_at_the_end_is_damage(bundle: Bundle) -> None:
    assert bundle.refusal(bundle.content * 2) is BundleDamaged


@pytest.mark.parametrize("junk", [b"\0", b"\n", b"\xef\xbb\xbf", b"-----BEGIN"])
def test_anything_before_the_header_is_no_bundle(bundle: Bundle, junk: bytes) -> None:
    assert bundle.refusal(junk + bundle.content) is NotABundle


# --- order ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "move",
    [
        lambda chunks: [chunks[1], chunks[0], *chunks[2:]],
        lambda chunks: [*chunks[:-2], chunks[-1], chunks[-2]],
        lambda chunks: [chunks[0], chunks[0], *chunks[1:]],
        lambda chunks: [*chunks, chunks[-1]],
        lambda chunks: [chunks[0], *chunks[2:]],
        lambda chunks: chunks[1:],
        lambda chunks: chunks[:-1],
        lambda chunks: [chunks[-1]],
        lambda chunks: list(reversed(chunks)),
        lambda chunks: chunks[:0],
    ],
    ids=[
        *("two_swapped", "last_two_swapped", "first_twice", "last_twice", "second_gone"),
        *("first_gone", "last_gone", "last_alone", "backwards", "none"),
    ],
)
def test_chunks_cannot_be_moved(bundle: Bundle, move: Callable[[list[bytes]], list[bytes]]) -> None:
    assert bundle.refusal(bundle.with_chunks(move(bundle.chunks))) is BundleDamaged


def test_stanzas_cannot_be_moved_dropped_or_doubled(bundle: Bundle) -> None:
    version, first, rest = bundle.header.split(b"-> ")
    second, mac = rest.split(b"--- ")
    stanzas = [b"-> " + first, b"-> " + second]
    payload = bundle.content[bundle.payload :]
    for order in (stanzas[::-1], stanzas[:1], stanzas[1:], stanzas * 2, []):
        altered = version + b"".join(order) + b"--- " + mac + payload
        assert altered != bundle.content
        assert bundle.refusal(altered) in REFUSED


def test_the_header_of_one_bundle_opens_no_other(bundle: Bundle, made: Sides) -> None:
    other = made.seal(made.record("Another")).path.read_bytes()
    start = age.inspect(io.BytesIO(other)).header_length
    assert bundle.refusal(bundle.header + other[start:]) is BundleDamaged
    assert bundle.refusal(other[:start] + bundle.content[bundle.payload :]) is BundleDamaged


# --- inside ---------------------------------------------------------------------------------


def flip_each(bundle: Bundle, places: range | list[int]) -> set[type[AppError]]:
    """Turn one bit at each place in turn; how each was refused before pass 1 had ended."""
    found: set[type[AppError]] = set()
    bundle.path.write_bytes(bundle.content)
    with bundle.path.open("r+b", buffering=0) as file:
        for at in places:
            file.seek(at)
            file.write(bytes([bundle.content[at] ^ (1 << at % 8)]))
            refused = refusal_of(bundle)
            assert refused is not None, at
            found.add(refused)
            file.seek(at)
            file.write(bundle.content[at : at + 1])
    return found


def refusal_of(bundle: Bundle) -> type[AppError] | None:
    try:
        reading.authenticate(bundle.path, bundle.identities, ignore)
    except REFUSED as refused:
        return type(refused)
    return None
