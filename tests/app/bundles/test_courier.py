"""A courier holds no key, and still knows whether a bundle is whole."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import courier
from app.courier import Condition
from app.errors import AlreadyThere, NotABundle, NotReadable, NotThere
from crypto import age
from crypto.secret import Passphrase
from tests.sides import Sides


def test_a_fresh_bundle_is_undamaged_and_tells_nothing_else(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    seen = courier.verify(sealed.path)
    assert seen.condition is Condition.UNDAMAGED
    assert seen.sha256 == sealed.sha256
    assert (seen.outer.stanzas, seen.outer.post_quantum, seen.outer.whole) == (2, True, True)
    assert datetime.fromtimestamp(sealed.path.stat().st_mtime, UTC).time().isoformat() == "00:00:00"


def test_a_renamed_bundle_is_said_to_be_renamed(sides: Sides) -> None:
    path = sides.seal(sides.record()).path
    moved = path.rename(path.with_name("holiday"))
    assert courier.verify(moved).condition is Condition.RENAMED


@pytest.mark.parametrize("at", [-1, 300, 5000])
def test_one_changed_byte_after_the_header_grammar_is_damage(sides: Sides, at: int) -> None:
    path = sides.seal(sides.record()).path
    data = bytearray(path.read_bytes())
    data[at] = data[at] ^ 1 if at != 300 else (65 if data[at] != 65 else 66)
    path.write_bytes(data)
    assert courier.verify(path).condition is Condition.DAMAGED


def test_a_cut_bundle_is_damaged_under_any_name(sides: Sides) -> None:
    path = sides.seal(sides.record()).path
    path.write_bytes(path.read_bytes()[:-70_000])
    assert courier.verify(path).condition is Condition.DAMAGED
    outer = courier.inspect(path)
    assert outer.size == path.stat().st_size


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"age-encryption.org/v1\n", bytes(range(256)) * 16]
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(NotABundle):
        courier.verify(path)


def test_a_file_under_a_passphrase_is_no_bundle(tmp_path: Path) -> None:
    made = io.BytesIO()
    recipient = age.PassphraseRecipient(Passphrase.of("a passphrase"), work_factor=1)
    with age.encrypt(made, [recipient]) as sealed:
        sealed.write(b"content")
    path = tmp_path / "file"
    path.write_bytes(made.getvalue())
    with pytest.raises(NotABundle):
        courier.inspect(path)


def test_special_and_missing_files_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotReadable):
        courier.inspect(tmp_path / "pipe")
    with pytest.raises(NotThere):
        courier.inspect(tmp_path / "none")


def test_a_copy_is_read_back_and_keeps_name_and_day(sides: Sides, tmp_path: Path) -> None:
    sealed = sides.seal(sides.record())
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = courier.copy(sealed.path, to=stick)
    assert copied.sha256 == sealed.sha256
    assert copied.path.stat().st_mtime == sealed.path.stat().st_mtime
    assert courier.verify_all([copied.path])[0].condition is Condition.UNDAMAGED
    with pytest.raises(AlreadyThere):
        courier.copy(sealed.path, to=stick)


@pytest.mark.parametrize("seconds", [-(10**10), 0, 2**37])
def test_a_bundle_with_an_impossible_time_can_be_copied(
    sides: Sides, tmp_path: Path, seconds: int
) -> None:
    sealed = sides.seal(sides.record())
    os.utime(sealed.path, (seconds, seconds))
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = courier.copy(sealed.path, to=stick)
    assert copied.path.stat().st_mtime == datetime(1980, 1, 1, tzinfo=UTC).timestamp()
