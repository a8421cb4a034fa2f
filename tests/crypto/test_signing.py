"""Signatures: stock minisign agrees, and nothing else than what was signed passes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.signing import SigningKey as Witness

from crypto.errors import BadSignature, Malformed, Unsupported
from crypto.minisign import SignatureText, marshal_signature, parse_signature
from crypto.secret import Secret
from crypto.signing import Prehash, Purpose, SigningKey, VerifyKey

KEY = SigningKey(key_id=b"hoopoe-1", seed=Secret.of(bytes(range(32))))
MESSAGE = Prehash.of(b"the tag manifest")
SIGNATURE = KEY.sign(MESSAGE, Purpose.BUNDLE, "1234")
ORDER = 2**252 + 27742317777372353535851937790883648493
DETAILS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40)

needs_minisign = pytest.mark.skipif(
    shutil.which("minisign") is None, reason="stock minisign is not installed"
)


def _minisign(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["minisign", *map(str, arguments)], check=False, capture_output=True, text=True
    )


@needs_minisign
@pytest.mark.parametrize("message", [b"", b"a", b"hoopoe\n" * 50_000])
def test_stock_minisign_accepts_our_signature(tmp_path: Path, message: bytes) -> None:
    file = tmp_path / "message"
    file.write_bytes(message)
    text = KEY.sign(Prehash.of(message), Purpose.BUNDLE, "1234")
    (tmp_path / "message.minisig").write_bytes(text)
    done = _minisign("-V", "-H", "-m", file, "-P", KEY.verify_key.line())
    assert done.returncode == 0, done.stderr
    assert "Trusted comment: hoopoe bundle v1 1234\n" in done.stdout


@needs_minisign
def test_stock_minisign_refuses_our_signature_with_another_comment(tmp_path: Path) -> None:
    file = tmp_path / "message"
    file.write_bytes(b"a")
    text = KEY.sign(Prehash.of(b"a"), Purpose.BUNDLE, "1234").replace(b"1234", b"1235")
    (tmp_path / "message.minisig").write_bytes(text)
    assert _minisign("-V", "-m", file, "-P", KEY.verify_key.line()).returncode != 0


@needs_minisign
def test_we_accept_a_signature_of_stock_minisign(tmp_path: Path) -> None:
    file, public, secret = tmp_path / "message", tmp_path / "key.pub", tmp_path / "key"
    file.write_bytes(b"hoopoe" * 1000)
    assert _minisign("-G", "-W", "-p", public, "-s", secret).returncode == 0
    done = _minisign("-S", "-W", "-s", secret, "-m", file, "-t", "hoopoe bundle v1 5678")
    assert done.returncode == 0, done.stderr
    key = VerifyKey.parse(public.read_text().splitlines()[1])
    text = (tmp_path / "message.minisig").read_bytes()
    with file.open("rb") as source:
        assert key.verify(Prehash.read(source), text, Purpose.BUNDLE) == "5678"
    with pytest.raises(BadSignature) as refusal:
        key.verify(Prehash.of(b"other"), text, Purpose.BUNDLE)
    assert refusal.value.rule == "message"


@needs_minisign
def test_a_stock_signature_without_our_purpose_is_authentic_but_not_for_us(tmp_path: Path) -> None:
    file, public, secret = tmp_path / "message", tmp_path / "key.pub", tmp_path / "key"
    file.write_bytes(b"a")
    _minisign("-G", "-W", "-p", public, "-s", secret)
    _minisign("-S", "-W", "-s", secret, "-m", file)
    key = VerifyKey.parse(public.read_text().splitlines()[1])
    with pytest.raises(BadSignature) as refusal:
        key.verify(Prehash.of(b"a"), (tmp_path / "message.minisig").read_bytes(), Purpose.BUNDLE)
    assert refusal.value.rule == "purpose"


@given(st.binary(max_size=200), st.sampled_from(Purpose), DETAILS)
def test_what_was_signed_verifies(message: bytes, purpose: Purpose, detail: str) -> None:
    text = KEY.sign(Prehash.of(message), purpose, detail)
    assert KEY.verify_key.verify(Prehash.of(message), text, purpose) == detail
    signature = KEY.sign_bytes(purpose, message)
    assert len(signature) == 64
    KEY.verify_key.verify_bytes(purpose, message, signature)


def test_every_flipped_bit_of_a_signature_file_is_refused() -> None:
    start = len(b"untrusted comment: signature")
    for bit in range(8 * start, 8 * len(SIGNATURE)):
        altered = bytearray(SIGNATURE)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises((BadSignature, Malformed, Unsupported)):
            KEY.verify_key.verify(MESSAGE, bytes(altered), Purpose.BUNDLE)


def test_the_untrusted_comment_is_all_that_anybody_can_change() -> None:
    altered = SIGNATURE.replace(b": signature\n", b": a lie\n")
    assert KEY.verify_key.verify(MESSAGE, altered, Purpose.BUNDLE) == "1234"


def test_our_untrusted_comment_names_nobody() -> None:
    assert SIGNATURE.startswith(b"untrusted comment: signature\n")


def test_a_signature_for_one_purpose_is_refused_for_every_other() -> None:
    for made in Purpose:
        text = KEY.sign(MESSAGE, made, "1234")
        raw = KEY.sign_bytes(made, b"card")
        for asked in set(Purpose) - {made}:
            with pytest.raises(BadSignature) as refusal:
                KEY.verify_key.verify(MESSAGE, text, asked)
            assert refusal.value.rule == "purpose"
            with pytest.raises(BadSignature):
                KEY.verify_key.verify_bytes(asked, b"card", raw)


def test_no_purpose_can_be_read_as_the_start_of_another() -> None:
    for one in Purpose:
        for other in set(Purpose) - {one}:
            assert not other.value.startswith(one.value)


def test_a_purpose_needs_its_space() -> None:
    signature = parse_signature(SIGNATURE).signature
    comment = "hoopoe bundle v11234"
    witness = Witness(KEY.seed.expose())
    forged = marshal_signature(
        SignatureText(
            untrusted_comment="",
            key_id=KEY.key_id,
            signature=signature,
            trusted_comment=comment,
            global_signature=witness.sign(signature + comment.encode()).signature,
        )
    )
    with pytest.raises(BadSignature) as refusal:
        KEY.verify_key.verify(MESSAGE, forged, Purpose.BUNDLE)
    assert refusal.value.rule == "purpose"


def test_each_reason_for_refusal_is_named_in_its_order() -> None:
    other_id = SigningKey(key_id=b"hoopoe-2", seed=KEY.seed).verify_key
    other_key = SigningKey(key_id=KEY.key_id, seed=Secret.random(32)).verify_key
    comment = SIGNATURE.replace(b"1234", b"1235")
    for key, message, text, rule in [
        (other_id, MESSAGE, SIGNATURE, "key id"),
        (other_key, MESSAGE, SIGNATURE, "message"),
        (KEY.verify_key, Prehash.of(b""), SIGNATURE, "message"),
        (KEY.verify_key, MESSAGE, comment, "comment"),
    ]:
        with pytest.raises(BadSignature) as refusal:
            key.verify(message, text, Purpose.BUNDLE)
        assert refusal.value.rule == rule


def test_a_comment_cannot_be_taken_from_another_signature_of_the_same_key() -> None:
    other = KEY.sign(Prehash.of(b"other"), Purpose.BUNDLE, "5678").split(b"\n")
    lines = SIGNATURE.split(b"\n")
    with pytest.raises(BadSignature) as refusal:
        KEY.verify_key.verify(MESSAGE, b"\n".join(lines[:2] + other[2:]), Purpose.BUNDLE)
    assert refusal.value.rule == "comment"


@pytest.mark.parametrize("detail", ["a\nb", "a\r", "\u00e4", "\x1b[2J", "\ud800"])
def test_a_detail_that_is_not_printable_is_not_signed(detail: str) -> None:
    with pytest.raises(ValueError, match="detail"):
        KEY.sign(MESSAGE, Purpose.BUNDLE, detail)


def test_a_detail_longer_than_minisign_reads_is_not_signed() -> None:
    with pytest.raises(ValueError, match="trusted comment"):
        KEY.sign(MESSAGE, Purpose.BUNDLE, "a" * 8192)


def test_raw_signatures_are_ed25519_over_purpose_zero_message() -> None:
    raw = KEY.sign_bytes(Purpose.CARD, b"name: x\n")
    witness = Witness(bytes(range(32))).sign(b"hoopoe card v1\0name: x\n").signature
    assert raw == witness


def test_every_flipped_bit_of_a_raw_signature_or_its_message_is_refused() -> None:
    raw, message = KEY.sign_bytes(Purpose.CARD, b"card"), b"card"
    both = raw + message
    for bit in range(8 * len(both)):
        altered = bytearray(both)
        altered[bit // 8] ^= 1 << bit % 8
        with pytest.raises(BadSignature):
            KEY.verify_key.verify_bytes(Purpose.CARD, bytes(altered[64:]), bytes(altered[:64]))


def test_raw_signatures_of_another_length_are_refused() -> None:
    raw = KEY.sign_bytes(Purpose.CARD, b"card")
    for altered in (b"", raw[:63], raw + b"\0", raw + b"hoopoe card v1\0"):
        with pytest.raises(BadSignature):
            KEY.verify_key.verify_bytes(Purpose.CARD, b"card", altered)


def test_a_signature_with_a_second_spelling_is_refused() -> None:
    raw = KEY.sign_bytes(Purpose.CARD, b"card")
    scalar = int.from_bytes(raw[32:], "little") + ORDER
    with pytest.raises(BadSignature):
        KEY.verify_key.verify_bytes(Purpose.CARD, b"card", raw[:32] + scalar.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "point",
    [
        b"\1" + bytes(31),
        bytes(32),
        bytes([0xEC]) + b"\xff" * 30 + b"\x7f",
        bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        b"\xff" * 32,
        b"\2" + bytes(31),
    ],
)
def test_a_key_for_which_anybody_can_sign_or_that_is_no_point_is_refused(point: bytes) -> None:
    with pytest.raises(Malformed) as refusal:
        VerifyKey(key_id=bytes(8), public=point)
    assert refusal.value.part == "verify key point"


def test_a_verify_key_is_read_from_its_line_and_its_bytes() -> None:
    key = KEY.verify_key
    assert VerifyKey.parse(key.line()) == key == VerifyKey.of(key.content)
    assert key.fingerprint == hashlib.sha256(b"Ed" + b"hoopoe-1" + key.public).digest()
    assert key != SigningKey.generate().verify_key


@pytest.mark.parametrize(("key_id", "public"), [(7, 32), (9, 32), (8, 31), (8, 33)])
def test_a_verify_key_of_another_size_is_refused(key_id: int, public: int) -> None:
    with pytest.raises(Malformed):
        VerifyKey(key_id=bytes(key_id), public=bytes(public))


def test_a_signing_key_is_kept_as_forty_bytes() -> None:
    key = SigningKey.generate()
    stored = key.to_secret()
    assert len(stored) == 40
    again = SigningKey.from_secret(stored)
    assert again.verify_key == key.verify_key
    assert again.sign_bytes(Purpose.CARD, b"a") == key.sign_bytes(Purpose.CARD, b"a")


def test_a_signing_key_of_another_size_is_refused() -> None:
    for size in (39, 41):
        with pytest.raises(Malformed):
            SigningKey.from_secret(Secret.random(size))
    with pytest.raises(ValueError, match="31"):
        SigningKey(key_id=bytes(8), seed=Secret.random(31))
    with pytest.raises(ValueError, match="7"):
        SigningKey(key_id=bytes(7), seed=Secret.random(32))


def test_a_signing_key_does_not_show_its_seed() -> None:
    assert "seed" not in repr(KEY)
    assert KEY.seed.expose().hex() not in repr(KEY)


@given(st.binary(max_size=100))
def test_a_prehash_is_blake2b_however_it_is_read(message: bytes) -> None:
    assert Prehash.of(message) == Prehash.read(BytesIO(message))
    assert Prehash.of(message).digest == hashlib.blake2b(message).digest()


def test_a_message_longer_than_a_chunk_is_read_to_its_end() -> None:
    message = b"hoopoe" * 400_000
    assert Prehash.read(BytesIO(message)) == Prehash.of(message)
