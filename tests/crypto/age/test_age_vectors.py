"""Every age vector is opened or refused as its own header says, and gives out what it may."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from crypto.age import (
    ArmorReader,
    ArmorWriter,
    Identity,
    PassphraseIdentity,
    decrypt,
    decrypt_seekable,
    inspect,
    parse_identity,
)
from crypto.age.header import marshal_for_mac, parse
from crypto.errors import (
    BadHeaderMac,
    CryptoError,
    DamagedPayload,
    MalformedArmor,
    MalformedHeader,
    NoIdentityMatches,
    TooCostly,
)
from crypto.secret import Passphrase

FILES = Path(__file__).parents[2] / "vectors" / "age" / "files"
NAMES = sorted(path.name for path in FILES.iterdir())
FAILURES: dict[type[CryptoError], str] = {
    MalformedArmor: "armor failure",
    MalformedHeader: "header failure",
    TooCostly: "header failure",
    NoIdentityMatches: "no match",
    BadHeaderMac: "HMAC failure",
    DamagedPayload: "payload failure",
}


@dataclass(frozen=True)
class Vector:
    expect: str
    payload: str | None
    identities: list[Identity]
    armored: bool
    body: bytes

    def binary(self) -> bytes:
        if not self.armored:
            return self.body
        reader = ArmorReader(io.BytesIO(self.body))
        return b"".join(iter(lambda: reader.read(100), b""))


def vector(name: str) -> Vector:
    head, _, body = (FILES / name).read_bytes().partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode().splitlines()]
    facts = dict(pairs)
    identities: list[Identity] = [
        parse_identity(value) if key == "identity" else PassphraseIdentity(Passphrase.of(value))
        for key, value in pairs
        if key in ("identity", "passphrase")
    ]
    return Vector(
        facts["expect"], facts.get("payload"), identities, facts.get("armored") == "yes", body
    )


@pytest.mark.parametrize("piece", [1000, 65536])
@pytest.mark.parametrize("name", NAMES)
def test_a_vector_ends_as_it_says_and_gives_out_no_more_than_it_may(name: str, piece: int) -> None:
    one = vector(name)
    source = io.BytesIO(one.body)
    given = io.BytesIO()
    ended = "success"
    try:
        reader = decrypt(ArmorReader(source) if one.armored else source, one.identities)
        while content := reader.read(piece):
            given.write(content)
    except CryptoError as problem:
        ended = FAILURES[type(problem)]
    assert ended == one.expect
    # A read that spans the end of the authentic part gives nothing of it, so only reads of whole
    # chunks give all that may be given.
    if one.payload is not None and (piece == 65536 or ended == "success"):
        assert hashlib.sha256(given.getvalue()).hexdigest() == one.payload


@pytest.mark.parametrize("name", NAMES)
def test_a_seekable_reader_takes_and_refuses_the_same_vectors(name: str) -> None:
    one = vector(name)
    if one.expect == "armor failure":
        with pytest.raises(MalformedArmor):
            one.binary()
        return
    ended = "success"
    try:
        decrypt_seekable(io.BytesIO(one.binary()), one.identities).read()
    except CryptoError as problem:
        ended = FAILURES[type(problem)]
    assert ended == one.expect


@pytest.mark.parametrize("name", NAMES)
def test_a_header_that_is_accepted_marshals_to_the_same_bytes(name: str) -> None:
    one = vector(name)
    if one.expect in ("header failure", "armor failure"):
        return
    header = parse(one.binary())
    assert one.binary().startswith(header.marshal())
    assert marshal_for_mac(header.stanzas) == header.authenticated
    seen = inspect(io.BytesIO(one.binary()))
    assert seen.header_length == len(header.marshal())
    assert seen.stanza_types == tuple(stanza.type for stanza in header.stanzas)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("armor")])
def test_an_armor_that_is_accepted_is_written_the_same_but_for_the_space_around(name: str) -> None:
    one = vector(name)
    if one.expect == "armor failure":
        return
    text = io.BytesIO()
    with ArmorWriter(text) as writer:
        writer.write(one.binary())
    assert text.getvalue().strip() == one.body.replace(b"\r\n", b"\n").strip()
