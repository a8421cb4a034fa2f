"""Key slots: one random vault key, wrapped once for every passphrase that opens it.

docs/formats/vault.md section 2. All sixteen slots are always full: a slot not in use holds random
bytes, and nobody without a key that opens it can say whether it is in use. That includes this
module. So whoever changes slots must say which ones are in use; the vault keeps that list in its
database, and here it is the argument `used`. A wrong list can overwrite somebody's way in: the
list is read from the open vault, never guessed.

One Argon2id run answers for all slots, and all are tried whichever opens, so an attempt takes the
same time for every answer.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from dataclasses import replace as changed
from enum import IntEnum
from typing import Final

from crypto import aead
from crypto.errors import (
    LastSlot,
    Malformed,
    NoFreeSlot,
    PassphraseTaken,
    Unsupported,
    WrongKey,
)
from crypto.kdf import FLOOR, KEY_SIZE, STANDARD, STRONG, Argon2idCost, stretch
from crypto.secret import Passphrase, Secret

VERSION: Final = 1
SALT_SIZE: Final = 32
SLOT_COUNT: Final = 16
SLOT_SIZE: Final = 256
FIRST_SLOT: Final = 0  # where `create` puts the first passphrase: every vault has one, no secret
PLAINTEXT_SIZE: Final = SLOT_SIZE - aead.OVERHEAD
_CONTEXT: Final = b"hoopoe slot v1"
_PROFILES: Final = ((1, STANDARD), (2, STRONG), (3, FLOOR))


class VaultIndex(IntEnum):
    """Which database a slot's key is for (vault.md 2.2); the second only where there are two."""

    FIRST = 0
    SECOND = 1


class Opener(IntEnum):
    """What kind of secret opens a slot; it is sealed inside, so only the opened vault tells."""

    PASSPHRASE = 1
    RECOVERY_PHRASE = 2
    SHARES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """The sixteen slots with the salt and cost they share. A value: a change gives a new one.

    Raises ValueError for wrong sizes, and Unsupported for a cost that has no profile byte.
    """

    salt: bytes = field(repr=False)
    cost: Argon2idCost
    sealed: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_SIZE:
            raise ValueError(len(self.salt))
        if [len(slot) for slot in self.sealed] != [SLOT_SIZE] * SLOT_COUNT:
            raise ValueError(len(self.sealed))
        profile_of(self.cost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """What a passphrase opened: the vault's key, in which slot, for which database."""

    vault_key: Secret
    slot: int
    vault: VaultIndex
    opener: Opener


def profile_of(cost: Argon2idCost) -> int:
    """Return the profile byte of `cost`; raise Unsupported when no byte stands for it."""
    for profile, known in _PROFILES:
        if known == cost:
            return profile
    raise Unsupported("cost", cost.memory_kib)


def cost_of(profile: int) -> Argon2idCost:
    """Return the cost a profile byte stands for; raise Unsupported for any other byte."""
    for known, cost in _PROFILES:
        if known == profile:
            return cost
    raise Unsupported("cost profile", profile)


def create(passphrase: Passphrase, cost: Argon2idCost) -> tuple[Slots, Secret]:
    """Return slots in which FIRST_SLOT holds a new random vault key, and that key.

    Raises TooCheap under the floor, Unsupported for a cost without a profile byte, and
    NotEnoughMemory.
    """
    empty = noise(cost)
    vault_key = Secret.random(KEY_SIZE)
    opened = Unlocked(
        vault_key=vault_key,
        slot=FIRST_SLOT,
        vault=VaultIndex.FIRST,
        opener=Opener.PASSPHRASE,
    )
    with stretch(passphrase, empty.salt, cost) as slot_key:
        return _with(empty, FIRST_SLOT, _wrap(empty, opened, slot_key)), vault_key


def half(vault: VaultIndex) -> frozenset[int]:
    """The slots of one of two vaults that share a slot file: neither knows which of the other's
    are in use, so each keeps to its own (vault.md 9)."""
    middle = SLOT_COUNT // 2
    return frozenset(range(middle) if vault is VaultIndex.FIRST else range(middle, SLOT_COUNT))


def noise(cost: Argon2idCost) -> Slots:
    """Slots that nothing opens. Raises TooCheap, Unsupported."""
    cost.refuse_below_floor()
    return Slots(
        salt=os.urandom(SALT_SIZE),
        cost=cost,
        sealed=tuple(os.urandom(SLOT_SIZE) for _ in range(SLOT_COUNT)),
    )


def renew(slots: Slots, passphrase: Passphrase, vault: VaultIndex) -> tuple[Slots, Unlocked]:
    """Return slots in which a random one of this vault's half holds a new random vault key, the
    others of the half noise, and those of the other half what they held.

    Raises PassphraseTaken when the passphrase opens a slot of the other half, NotEnoughMemory.
    """
    own = half(vault)
    fresh = changed(
        slots,
        sealed=tuple(
            os.urandom(SLOT_SIZE) if slot in own else sealed
            for slot, sealed in enumerate(slots.sealed)
        ),
    )
    opened = Unlocked(
        vault_key=Secret.random(KEY_SIZE),
        slot=secrets.choice(sorted(own)),
        vault=vault,
        opener=Opener.PASSPHRASE,
    )
    return _rewrapped(fresh, opened.slot, opened, passphrase, opened.opener), opened


def unlock(slots: Slots, passphrase: Passphrase) -> Unlocked:
    """Return what `passphrase` opens.

    Raises WrongKey when no slot opens; NotEnoughMemory; Malformed or Unsupported when a slot opens
    but holds something this version does not know.
    """
    with stretch(passphrase, slots.salt, slots.cost) as slot_key:
        opened = _openings(slots, slot_key)
    if not opened:
        raise WrongKey
    slot, plaintext = opened[0]
    return _parse(slot, plaintext)


def add(
    slots: Slots,
    unlocked: Unlocked,
    passphrase: Passphrase,
    opener: Opener,
    used: frozenset[int],
) -> tuple[Slots, int]:
    """Return slots with one more way in to the unlocked vault, and the number of its slot.

    `used` lists every slot that must be kept; the new one is a random other. Raises NoFreeSlot
    when there is none, PassphraseTaken when the passphrase opens a slot already (it then tells no
    more than unlocking with it would), NotEnoughMemory.
    """
    free = sorted(set(range(SLOT_COUNT)) - _checked(used))
    if not free:
        raise NoFreeSlot(SLOT_COUNT)
    slot = secrets.choice(free)
    return _rewrapped(slots, slot, unlocked, passphrase, opener), slot


def replace(
    slots: Slots,
    slot: int,
    unlocked: Unlocked,
    passphrase: Passphrase,
    opener: Opener,
) -> Slots:
    """Return slots in which `slot` opens the unlocked vault with `passphrase` and nothing else.

    For a new passphrase, and for a new vault key under the same passphrase. Raises
    PassphraseTaken when it opens another slot, NotEnoughMemory, ValueError for a slot outside 0
    to 15.
    """
    _checked(frozenset({slot}))
    return _rewrapped(slots, slot, unlocked, passphrase, opener)


def remove(slots: Slots, slot: int, used: frozenset[int]) -> Slots:
    """Return slots in which `slot` holds random bytes.

    `used` lists the slots that open this vault. Raises LastSlot when no other is among them;
    ValueError for numbers outside 0 to 15.
    """
    if not _checked(used) - _checked(frozenset({slot})):
        raise LastSlot(slot)
    return _with(slots, slot, os.urandom(SLOT_SIZE))


def _checked(numbers: frozenset[int]) -> frozenset[int]:
    if not numbers <= frozenset(range(SLOT_COUNT)):
        raise ValueError(sorted(numbers))
    return numbers


def _rewrapped(
    slots: Slots,
    slot: int,
    unlocked: Unlocked,
    passphrase: Passphrase,
    opener: Opener,
) -> Slots:
    with stretch(passphrase, slots.salt, slots.cost) as slot_key:
        for taken, _ in _openings(slots, slot_key):
            if taken != slot:
                raise PassphraseTaken(taken)
        moved = changed(unlocked, slot=slot, opener=opener)
        return _with(slots, slot, _wrap(slots, moved, slot_key))


def _openings(slots: Slots, slot_key: Secret) -> list[tuple[int, bytes]]:
    opened = []
    for slot, sealed in enumerate(slots.sealed):
        try:
            opened.append((slot, aead.unseal(slot_key, sealed, _context(slots, slot))))
        except WrongKey:
            continue
    return opened


def _wrap(slots: Slots, unlocked: Unlocked, slot_key: Secret) -> bytes:
    head = bytes([VERSION, unlocked.vault, unlocked.opener]) + unlocked.vault_key.expose()
    plaintext = head.ljust(PLAINTEXT_SIZE, b"\0")
    return aead.seal(slot_key, plaintext, _context(slots, unlocked.slot))


def _parse(slot: int, plaintext: bytes) -> Unlocked:
    version, vault, opener = plaintext[:3]
    if version != VERSION:
        raise Unsupported("slot version", version)
    if vault not in tuple(VaultIndex):
        raise Malformed("vault index")
    if opener not in tuple(Opener):
        raise Unsupported("opener", opener)
    end = 3 + KEY_SIZE
    if any(plaintext[end:]):
        raise Malformed("slot padding")
    return Unlocked(
        vault_key=Secret(plaintext[3:end]),
        slot=slot,
        vault=VaultIndex(vault),
        opener=Opener(opener),
    )


def _context(slots: Slots, slot: int) -> bytes:
    # Salt, version and cost are bound: a file whose cost byte was lowered opens with no passphrase.
    return _CONTEXT + slots.salt + bytes([VERSION, profile_of(slots.cost), slot])


def _with(slots: Slots, slot: int, sealed: bytes) -> Slots:
    return changed(slots, sealed=(*slots.sealed[:slot], sealed, *slots.sealed[slot + 1 :]))
