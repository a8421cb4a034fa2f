"""The slot file: two copies, no magic, and what a torn write leaves."""

from __future__ import annotations

import hashlib
import math
import os
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto import slotfile
from crypto.errors import Damaged, Malformed, Unsupported
from crypto.kdf import FLOOR, STANDARD, STRONG
from crypto.slotfile import COPY_OFFSETS, COPY_SIZE, FILE_SIZE, Condition
from crypto.slots import Slots


def _noise() -> Slots:
    return Slots(
        salt=os.urandom(32), cost=STANDARD, sealed=tuple(os.urandom(256) for _ in range(16))
    )


SLOTS = st.builds(
    Slots,
    salt=st.binary(min_size=32, max_size=32),
    cost=st.sampled_from([FLOOR, STANDARD, STRONG]),
    sealed=st.integers(0, 255).map(lambda byte: tuple(bytes([byte] * 256) for _ in range(16))),
)


@given(SLOTS)
def test_what_was_written_is_read_again(slots: Slots) -> None:
    read = slotfile.parse(slotfile.marshal(slots))
    assert read.slots == slots
    assert read.condition is Condition.BOTH_WHOLE


def test_the_layout_is_the_documented_one() -> None:
    slots = _noise()
    data = slotfile.marshal(slots)
    covered = slots.salt + b"\1\1" + b"".join(slots.sealed)
    copy = covered + hashlib.sha256(covered).digest()
    assert (len(data), len(copy)) == (65536, 4162)
    assert data[:4162] == data[32768 : 32768 + 4162] == copy


def test_the_filler_is_new_each_time_and_noise_like_the_rest() -> None:
    slots = _noise()
    one, two = slotfile.marshal(slots), slotfile.marshal(slots)
    assert one[COPY_SIZE:32768] != two[COPY_SIZE:32768]
    entropy = -sum(n / 65536 * math.log2(n / 65536) for n in Counter(one).values())
    assert entropy > 7.98


def test_updating_writes_the_second_copy_first() -> None:
    writes = slotfile.copies(_noise())
    assert [write.offset for write in writes] == [32768, 0]
    assert writes[0].content == writes[1].content


def _updated(data: bytes, slots: Slots, written: int) -> bytes:
    """The file after an update of which only the first `written` bytes reached the disk."""
    content = bytearray(data)
    for write in slotfile.copies(slots):
        part = write.content[:written]
        content[write.offset : write.offset + len(part)] = part
        written -= len(part)
    return bytes(content)


def test_an_update_torn_anywhere_leaves_the_old_or_the_new_slots() -> None:
    old, new = _noise(), _noise()
    data = slotfile.marshal(old)
    seen = set()
    for written in [*range(0, 2 * COPY_SIZE, 13), COPY_SIZE, 2 * COPY_SIZE]:
        read = slotfile.parse(_updated(data, new, written))
        # Until the first copy is touched the old slots are in force, from then on the new ones.
        assert read.slots == (old if written <= COPY_SIZE else new)
        seen.add(read.condition)
    assert seen == set(Condition)


def test_copies_that_differ_are_reported_and_the_first_counts() -> None:
    old, new = _noise(), _noise()
    read = slotfile.parse(_updated(slotfile.marshal(old), new, COPY_SIZE))
    assert read.slots == old
    assert read.condition is Condition.DIFFERENT


@pytest.mark.parametrize(
    ("offset", "condition"),
    [(0, Condition.FIRST_DAMAGED), (32768, Condition.SECOND_DAMAGED)],
)
def test_every_flipped_bit_in_one_copy_is_noticed_and_the_other_counts(
    offset: int, condition: Condition
) -> None:
    slots = _noise()
    data = bytearray(slotfile.marshal(slots))
    for at in range(COPY_SIZE):
        bit = 1 << at % 8
        data[offset + at] ^= bit
        read = slotfile.parse(bytes(data))
        assert read.condition is condition
        assert read.slots == slots
        data[offset + at] ^= bit


def test_two_damaged_copies_are_refused() -> None:
    data = bytearray(slotfile.marshal(_noise()))
    for offset in COPY_OFFSETS:
        data[offset + 100] ^= 1
    with pytest.raises(Damaged):
        slotfile.parse(bytes(data))


def test_noise_is_refused() -> None:
    with pytest.raises(Damaged):
        slotfile.parse(os.urandom(FILE_SIZE))


@pytest.mark.parametrize("size", [0, 1, COPY_SIZE, FILE_SIZE - 1, FILE_SIZE + 1])
def test_a_file_of_another_size_is_refused(size: int) -> None:
    data = (slotfile.marshal(_noise()) + b"\0")[:size]
    with pytest.raises(Malformed):
        slotfile.parse(data)


def _with_byte(at: int, value: int) -> bytes:
    data = bytearray(slotfile.marshal(_noise()))
    for offset in COPY_OFFSETS:
        data[offset + at] = value
        digest_at = offset + COPY_SIZE - 32
        data[digest_at : offset + COPY_SIZE] = hashlib.sha256(data[offset:digest_at]).digest()
    return bytes(data)


@pytest.mark.parametrize("version", [0, 2, 255])
def test_another_version_is_refused_and_told(version: int) -> None:
    with pytest.raises(Unsupported) as refusal:
        slotfile.parse(_with_byte(32, version))
    assert (refusal.value.part, refusal.value.value) == ("slot file version", version)


@pytest.mark.parametrize("profile", [0, 4, 255])
def test_an_unknown_cost_is_refused_before_any_work(profile: int) -> None:
    with pytest.raises(Unsupported) as refusal:
        slotfile.parse(_with_byte(33, profile))
    assert (refusal.value.part, refusal.value.value) == ("cost profile", profile)
