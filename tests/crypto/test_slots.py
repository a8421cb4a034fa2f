"""Slots: who gets in, who does not, and what a change of the slots may never do."""

from __future__ import annotations

from dataclasses import replace as changed

import pytest
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt

from crypto import aead, slots
from crypto.errors import (
    CryptoError,
    LastSlot,
    Malformed,
    NoFreeSlot,
    PassphraseTaken,
    TooCheap,
    Unsupported,
    WrongKey,
)
from crypto.kdf import FLOOR, STANDARD, STRONG, Argon2idCost, derive, stretch
from crypto.secret import Passphrase, Secret
from crypto.slots import Opener, Slots, Unlocked, VaultIndex

OWNER = Passphrase.of("the owner's passphrase")
FRIEND = Passphrase.of("the friend's passphrase")
STRANGER = Passphrase.of("a guess")


@pytest.fixture(scope="module")
def made() -> tuple[Slots, Unlocked]:
    fresh, vault_key = slots.create(OWNER, FLOOR)
    return fresh, Unlocked(
        vault_key=vault_key,
        slot=slots.FIRST_SLOT,
        vault=VaultIndex.FIRST,
        opener=Opener.PASSPHRASE,
    )


def _context(of: Slots, slot: int) -> bytes:
    return b"hoopoe slot v1" + of.salt + bytes([1, 3, slot])


def _with_plaintext(of: Slots, slot: int, plaintext: bytes) -> Slots:
    with stretch(FRIEND, of.salt, of.cost) as slot_key:
        sealed = aead.seal(slot_key, plaintext, _context(of, slot))
    return changed(of, sealed=(*of.sealed[:slot], sealed, *of.sealed[slot + 1 :]))


def test_the_passphrase_that_made_the_vault_opens_it(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    assert slots.unlock(fresh, OWNER) == opened
    assert len(opened.vault_key) == 32


def test_another_passphrase_opens_nothing(made: tuple[Slots, Unlocked]) -> None:
    with pytest.raises(WrongKey):
        slots.unlock(made[0], STRANGER)


def test_vault_keys_and_salts_are_random() -> None:
    one, first_key = slots.create(OWNER, FLOOR)
    two, second_key = slots.create(OWNER, FLOOR)
    assert first_key != second_key
    assert one.salt != two.salt
    assert not set(one.sealed) & set(two.sealed)


def test_all_slots_are_full_and_of_one_size(made: tuple[Slots, Unlocked]) -> None:
    assert [len(slot) for slot in made[0].sealed] == [256] * 16
    assert len(set(made[0].sealed)) == 16


def test_a_slot_is_laid_out_as_the_specification_says(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    slot_key = stretch(OWNER, fresh.salt, FLOOR)
    keys = derive(slot_key, b"hoopoe aead v1", 64).expose()
    sealed = fresh.sealed[0]
    plaintext = crypto_aead_xchacha20poly1305_ietf_decrypt(
        sealed[24:-32], _context(fresh, 0), sealed[:24], keys[:32]
    )
    assert plaintext == b"\1\0\1" + opened.vault_key.expose() + bytes(149)


def test_a_cost_under_the_floor_makes_no_vault() -> None:
    with pytest.raises(TooCheap):
        slots.create(OWNER, Argon2idCost(memory_kib=1024, passes=3, lanes=4))


def test_a_cost_without_a_profile_byte_makes_no_vault() -> None:
    with pytest.raises(Unsupported):
        slots.create(OWNER, Argon2idCost(memory_kib=65 * 1024, passes=3, lanes=4))


def test_profile_bytes_are_those_of_the_specification() -> None:
    assert [slots.cost_of(profile) for profile in (1, 2, 3)] == [STANDARD, STRONG, FLOOR]
    assert [slots.profile_of(cost) for cost in (STANDARD, STRONG, FLOOR)] == [1, 2, 3]
    for unknown in (0, 4, 255):
        with pytest.raises(Unsupported) as refusal:
            slots.cost_of(unknown)
        assert refusal.value.value == unknown


def test_a_second_passphrase_opens_the_same_vault_from_a_slot_of_its_own(
    made: tuple[Slots, Unlocked],
) -> None:
    fresh, opened = made
    more, slot = slots.add(fresh, opened, FRIEND, Opener.RECOVERY_PHRASE, frozenset({0}))
    assert slot != 0
    assert [at for at in range(16) if more.sealed[at] != fresh.sealed[at]] == [slot]
    theirs = slots.unlock(more, FRIEND)
    assert theirs == changed(opened, slot=slot, opener=Opener.RECOVERY_PHRASE)
    assert slots.unlock(more, OWNER) == opened


def test_adding_never_touches_a_slot_in_use(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    used = frozenset(range(16)) - {11}
    _, slot = slots.add(fresh, opened, FRIEND, Opener.SHARES, used)
    assert slot == 11


def test_a_seventeenth_way_in_is_refused(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    with pytest.raises(NoFreeSlot):
        slots.add(fresh, opened, FRIEND, Opener.PASSPHRASE, frozenset(range(16)))


def test_one_passphrase_never_opens_two_slots(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    with pytest.raises(PassphraseTaken) as refusal:
        slots.add(fresh, opened, OWNER, Opener.PASSPHRASE, frozenset({0}))
    assert refusal.value.slot == 0
    with pytest.raises(PassphraseTaken):
        slots.replace(fresh, 5, opened, OWNER, Opener.PASSPHRASE)


def test_after_a_change_the_old_passphrase_opens_nothing(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    other = slots.replace(fresh, 0, opened, FRIEND, Opener.PASSPHRASE)
    assert slots.unlock(other, FRIEND) == opened
    with pytest.raises(WrongKey):
        slots.unlock(other, OWNER)


def test_a_new_vault_key_can_be_put_under_the_same_passphrase(
    made: tuple[Slots, Unlocked],
) -> None:
    fresh, opened = made
    renewed = changed(opened, vault_key=Secret.random(32))
    other = slots.replace(fresh, 0, renewed, OWNER, Opener.PASSPHRASE)
    assert slots.unlock(other, OWNER).vault_key == renewed.vault_key != opened.vault_key


def test_a_removed_slot_is_noise_and_opens_nothing(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    more, slot = slots.add(fresh, opened, FRIEND, Opener.PASSPHRASE, frozenset({0}))
    less = slots.remove(more, slot, frozenset({0, slot}))
    assert less.sealed[slot] not in (more.sealed[slot], fresh.sealed[slot])
    with pytest.raises(WrongKey):
        slots.unlock(less, FRIEND)
    assert slots.unlock(less, OWNER) == opened


def test_the_last_way_in_is_not_removed(made: tuple[Slots, Unlocked]) -> None:
    for used in (frozenset({0}), frozenset[int]()):
        with pytest.raises(LastSlot) as refusal:
            slots.remove(made[0], 0, used)
        assert refusal.value.slot == 0


@pytest.mark.parametrize("number", [-1, 16])
def test_slot_numbers_outside_the_file_are_a_mistake_of_the_caller(
    made: tuple[Slots, Unlocked], number: int
) -> None:
    fresh, opened = made
    with pytest.raises(ValueError, match=str(number)):
        slots.add(fresh, opened, FRIEND, Opener.PASSPHRASE, frozenset({number}))
    with pytest.raises(ValueError, match=str(number)):
        slots.replace(fresh, number, opened, FRIEND, Opener.PASSPHRASE)
    with pytest.raises(ValueError, match=str(number)):
        slots.remove(fresh, number, frozenset({0, 1}))
    with pytest.raises(ValueError, match=str(number)):
        slots.remove(fresh, 0, frozenset({0, 1, number}))


def test_a_slot_moved_to_another_place_does_not_open(made: tuple[Slots, Unlocked]) -> None:
    fresh, _ = made
    moved = changed(fresh, sealed=(fresh.sealed[1], fresh.sealed[0], *fresh.sealed[2:]))
    with pytest.raises(WrongKey):
        slots.unlock(moved, OWNER)


def test_a_slot_under_another_salt_does_not_open(made: tuple[Slots, Unlocked]) -> None:
    fresh, _ = made
    flipped = bytes([fresh.salt[0] ^ 1]) + fresh.salt[1:]
    with pytest.raises(WrongKey):
        slots.unlock(changed(fresh, salt=flipped), OWNER)


def test_every_flipped_bit_of_a_slot_shuts_it(made: tuple[Slots, Unlocked]) -> None:
    fresh, _ = made
    with stretch(OWNER, fresh.salt, fresh.cost) as slot_key:
        for bit in range(8 * 256):
            altered = bytearray(fresh.sealed[0])
            altered[bit // 8] ^= 1 << bit % 8
            with pytest.raises(WrongKey):
                aead.unseal(slot_key, bytes(altered), _context(fresh, 0))


def test_the_cost_is_bound_to_the_slot_even_for_the_right_slot_key(
    made: tuple[Slots, Unlocked],
) -> None:
    fresh, _ = made
    with stretch(OWNER, fresh.salt, FLOOR) as slot_key:
        lowered = b"hoopoe slot v1" + fresh.salt + bytes([1, 1, 0])
        with pytest.raises(WrongKey):
            aead.unseal(slot_key, fresh.sealed[0], lowered)


@pytest.mark.parametrize(
    ("plaintext", "error"),
    [
        (b"\2\0\1" + bytes(181), Unsupported("slot version", 2)),
        (b"\1\2\1" + bytes(181), Malformed("vault index")),
        (b"\1\0\0" + bytes(181), Unsupported("opener", 0)),
        (b"\1\0\4" + bytes(181), Unsupported("opener", 4)),
        (b"\1\0\1" + bytes(180) + b"\1", Malformed("slot padding")),
        (b"\1\0\1" + bytes(32) + b"\1" + bytes(148), Malformed("slot padding")),
    ],
)
def test_a_slot_that_opens_is_read_strictly(
    made: tuple[Slots, Unlocked], plaintext: bytes, error: CryptoError
) -> None:
    altered = _with_plaintext(made[0], 7, plaintext)
    with pytest.raises(type(error)) as refusal:
        slots.unlock(altered, FRIEND)
    assert repr(refusal.value) == repr(error)


def test_the_reserved_second_vault_is_told_apart(made: tuple[Slots, Unlocked]) -> None:
    altered = _with_plaintext(made[0], 7, b"\1\1\1" + bytes(181))
    opened = slots.unlock(altered, FRIEND)
    assert opened.vault is VaultIndex.SECOND
    assert opened.slot == 7


def test_slots_of_another_shape_are_a_mistake_of_the_caller(
    made: tuple[Slots, Unlocked],
) -> None:
    fresh, _ = made
    with pytest.raises(ValueError, match="31"):
        changed(fresh, salt=bytes(31))
    with pytest.raises(ValueError, match="15"):
        changed(fresh, sealed=fresh.sealed[:15])
    with pytest.raises(ValueError, match="16"):
        changed(fresh, sealed=(*fresh.sealed[:15], bytes(255)))


def test_nothing_that_slots_show_is_a_key(made: tuple[Slots, Unlocked]) -> None:
    fresh, opened = made
    assert opened.vault_key.expose().hex() not in repr(opened)
    assert "Secret(32 bytes)" in repr(opened)
    assert len(repr(fresh)) < 200
