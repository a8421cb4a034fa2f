"""What is sealed opens again, whatever it is, for everybody it was sealed to and nobody else."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.age import (
    HybridIdentity,
    Identity,
    PassphraseIdentity,
    PassphraseRecipient,
    Recipient,
    X25519Identity,
    decrypt,
    decrypt_seekable,
    encrypt,
    inspect,
    payload_arithmetic,
)
from crypto.age.header import HEADER_LIMIT
from crypto.errors import MalformedHeader, MixedRecipients, NoIdentityMatches, TooCostly
from crypto.secret import Passphrase, Secret

if sys.platform == "linux":
    import resource

CHUNK = 64 * 1024
HYBRID, OTHER_HYBRID = HybridIdentity.generate(), HybridIdentity.generate()
CLASSIC, OTHER_CLASSIC = X25519Identity.generate(), X25519Identity.generate()
WORDS = Passphrase.of("two words")


def seal(recipients: Sequence[Recipient], *pieces: bytes) -> bytes:
    to = io.BytesIO()
    with encrypt(to, recipients) as writer:
        for piece in pieces:
            assert writer.write(piece) == len(piece)
    return to.getvalue()


def unseal(sealed: bytes, identity: Identity) -> bytes:
    return decrypt(io.BytesIO(sealed), [identity]).read()


@given(st.lists(st.binary(max_size=300), max_size=5))
def test_what_was_written_in_any_pieces_is_read_as_one(pieces: list[bytes]) -> None:
    assert unseal(seal([CLASSIC.recipient], *pieces), CLASSIC) == b"".join(pieces)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 8 * CHUNK, 9 * CHUNK + 7])
def test_lengths_about_the_edges_of_chunks_come_back(length: int) -> None:
    content = (b"0123456789abcde" * (length // 15 + 1))[:length]
    sealed = seal([HYBRID.recipient], content)
    assert unseal(sealed, HYBRID) == content
    assert decrypt_seekable(io.BytesIO(sealed), [HYBRID]).read() == content
    outside = inspect(io.BytesIO(sealed))
    assert payload_arithmetic(len(sealed) - outside.header_length) == length


@pytest.mark.parametrize(
    ("mine", "others"),
    [(HYBRID, OTHER_HYBRID), (CLASSIC, OTHER_CLASSIC)],
    ids=["hybrid", "classic"],
)
def test_each_of_several_recipients_opens_it_and_a_stranger_does_not(
    mine: HybridIdentity | X25519Identity, others: HybridIdentity | X25519Identity
) -> None:
    sealed = seal([others.recipient, mine.recipient], b"for two")
    assert unseal(sealed, mine) == unseal(sealed, others) == b"for two"
    with pytest.raises(NoIdentityMatches):
        unseal(sealed, type(mine).generate())


def test_one_of_several_identities_is_enough() -> None:
    sealed = seal([CLASSIC.recipient], b"found")
    identities = [HYBRID, OTHER_CLASSIC, PassphraseIdentity(WORDS), CLASSIC]
    assert decrypt(io.BytesIO(sealed), identities).read() == b"found"


def test_without_an_identity_nothing_opens() -> None:
    with pytest.raises(NoIdentityMatches):
        decrypt(io.BytesIO(seal([CLASSIC.recipient], b"")), [])


def test_a_passphrase_opens_what_it_sealed() -> None:
    sealed = seal([PassphraseRecipient(WORDS, work_factor=4)], b"a backup")
    assert unseal(sealed, PassphraseIdentity(WORDS)) == b"a backup"
    with pytest.raises(NoIdentityMatches):
        unseal(sealed, PassphraseIdentity(Passphrase.of("two word")))


def test_the_usual_work_factor_is_that_of_stock_age() -> None:
    sealed = seal([PassphraseRecipient(WORDS)], b"")
    assert b" 18\n" in sealed
    assert unseal(sealed, PassphraseIdentity(WORDS)) == b""


@pytest.mark.parametrize("factor", [0, -1, 23])
def test_a_work_factor_that_nobody_reads_is_not_written(factor: int) -> None:
    with pytest.raises(TooCostly):
        PassphraseRecipient(WORDS, work_factor=factor)


@pytest.mark.parametrize(
    "recipients",
    [
        [HYBRID.recipient, CLASSIC.recipient],
        [CLASSIC.recipient, HYBRID.recipient],
        [PassphraseRecipient(WORDS, work_factor=2), CLASSIC.recipient],
        [PassphraseRecipient(WORDS, work_factor=2), PassphraseRecipient(WORDS, work_factor=2)],
    ],
    ids=["hybrid-classic", "classic-hybrid", "passphrase-classic", "two-passphrases"],
)
def test_recipients_of_two_strengths_do_not_share_a_file(recipients: list[Recipient]) -> None:
    to = io.BytesIO()
    with pytest.raises(MixedRecipients):
        encrypt(to, recipients)
    assert to.getvalue() == b""


def test_a_file_for_nobody_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no recipient"):
        encrypt(io.BytesIO(), [])


def test_a_header_that_no_reader_of_ours_takes_is_not_written() -> None:
    with pytest.raises(TooCostly):
        encrypt(io.BytesIO(), [CLASSIC.recipient] * 65)
    with pytest.raises(TooCostly):
        encrypt(io.BytesIO(), [HYBRID.recipient] * 43)
    most = seal([HYBRID.recipient] * 42, b"full")
    assert inspect(io.BytesIO(most)).header_length <= HEADER_LIMIT
    assert unseal(most, HYBRID) == b"full"


def test_two_seals_of_one_content_have_nothing_in_common() -> None:
    one, two = (seal([CLASSIC.recipient], b"same") for _ in range(2))
    assert one.splitlines()[1:] != two.splitlines()[1:]
    assert one[-20:] != two[-20:]


def test_stanzas_keep_the_order_of_the_recipients_and_say_no_more_than_their_kind() -> None:
    sealed = seal([HYBRID.recipient, OTHER_HYBRID.recipient], b"")
    seen = inspect(io.BytesIO(sealed))
    assert seen.stanza_types == ("mlkem768x25519", "mlkem768x25519")
    assert sealed.count(b"-> mlkem768x25519 ") == 2


def test_a_source_that_answers_in_small_pieces_is_read_all_the_same() -> None:
    class Pipe:
        def __init__(self, content: bytes) -> None:
            self._content = io.BytesIO(content)

        def read(self, size: int, /) -> bytes:
            return self._content.read(min(size, 700))

    content = bytes(CHUNK + 5)
    assert decrypt(Pipe(seal([CLASSIC.recipient], content)), [CLASSIC]).read() == content


def test_a_sink_that_takes_little_at_a_time_gets_everything() -> None:
    class Slow:
        def __init__(self) -> None:
            self.got = bytearray()

        def write(self, content: memoryview, /) -> int | None:
            self.got += content[:999]
            return min(len(content), 999)

    class Silent(Slow):
        def write(self, content: memoryview, /) -> int | None:
            self.got += content
            return None

    for sink in (Slow(), Silent()):
        with encrypt(sink, [CLASSIC.recipient]) as writer:
            writer.write(bytes(CHUNK * 2))
        assert unseal(bytes(sink.got), CLASSIC) == bytes(CHUNK * 2)


def test_a_passphrase_identity_takes_a_stanza_only_when_it_is_alone() -> None:
    with Secret.random(16) as file_key:
        stanza = PassphraseRecipient(WORDS, work_factor=2).wrap(file_key)
        other = CLASSIC.recipient.wrap(file_key)
        identity = PassphraseIdentity(WORDS)
        assert identity.unwrap([stanza]) == file_key
        assert identity.unwrap([other]) is None
        for company in ([stanza, stanza], [other, stanza]):
            with pytest.raises(MalformedHeader):
                identity.unwrap(company)


@pytest.mark.skipif(sys.platform != "linux", reason="limits its own address space")
def test_a_passphrase_file_for_a_bigger_machine_is_too_costly_not_a_crash() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + (64 << 20), hard))
    try:
        with pytest.raises(TooCostly):
            seal([PassphraseRecipient(WORDS, work_factor=20)], b"")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
