"""From a passphrase to a key (Argon2id, RFC 9106), and from one key to others (HKDF, RFC 5869).

Costs are values with a floor for what we make and a ceiling for what we read: a file
from outside must not be able to ask for a terabyte of memory, and no caller can make a vault that
a graphics card opens in an afternoon.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.errors import Malformed, NotEnoughMemory, TooCheap, TooCostly
from crypto.secret import Passphrase, Secret

KEY_SIZE: Final = 32
SALT_FLOOR: Final = 16  # RFC 9106 section 3.1 recommends 16 bytes; less invites shared tables
_MEASURE_SALT: Final = bytes(32)
_MEASURE_PASSPHRASE: Final = "measure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argon2idCost:
    """How dear one guess is: `memory_kib` in KiB, `passes` over it, parallel `lanes`.

    Raises Malformed where Argon2 itself has no meaning for the numbers (RFC 9106 section 3.1).
    """

    memory_kib: int
    passes: int
    lanes: int

    def __post_init__(self) -> None:
        if self.passes < 1 or self.lanes < 1 or self.memory_kib < 8 * self.lanes:
            raise Malformed("argon2id cost")

    def refuse_above_ceiling(self) -> None:
        """Raise TooCostly when a number lies over CEILING. For costs that were read."""
        if self.memory_kib > CEILING.memory_kib:
            raise TooCostly("argon2id memory", self.memory_kib, CEILING.memory_kib)
        if self.passes > CEILING.passes:
            raise TooCostly("argon2id passes", self.passes, CEILING.passes)
        if self.lanes > CEILING.lanes:
            raise TooCostly("argon2id lanes", self.lanes, CEILING.lanes)

    def refuse_below_floor(self) -> None:
        """Raise TooCheap when a number lies under FLOOR. For costs of something new.

        Lanes have no floor: fewer of them make the same work slower for the owner, not cheaper
        for an attacker.
        """
        if self.memory_kib < FLOOR.memory_kib:
            raise TooCheap("argon2id memory", self.memory_kib, FLOOR.memory_kib)
        if self.passes < FLOOR.passes:
            raise TooCheap("argon2id passes", self.passes, FLOOR.passes)


FLOOR: Final = Argon2idCost(memory_kib=64 * 1024, passes=3, lanes=4)
STANDARD: Final = Argon2idCost(memory_kib=256 * 1024, passes=3, lanes=4)
STRONG: Final = Argon2idCost(memory_kib=1024 * 1024, passes=4, lanes=4)
CEILING: Final = Argon2idCost(memory_kib=2 * 1024 * 1024, passes=10, lanes=16)


def stretch(passphrase: Passphrase, salt: bytes, cost: Argon2idCost) -> Secret:
    """Return 32 bytes of Argon2id (version 1.3, no secret, no associated data).

    Raises TooCostly above the ceiling, before any work; Malformed for a salt under 16 bytes;
    NotEnoughMemory when the system refuses the memory.
    """
    return Secret(slow_hash(passphrase.secret.expose(), salt, cost))


def slow_hash(content: bytes, salt: bytes, cost: Argon2idCost) -> bytes:
    """Return 32 bytes of Argon2id over `content` that need not be secret.

    Raises as `stretch` does.
    """
    cost.refuse_above_ceiling()
    if len(salt) < SALT_FLOOR:
        raise Malformed("salt")
    slow = Argon2id(
        salt=salt,
        length=KEY_SIZE,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
    try:
        return slow.derive(content)
    except MemoryError:
        raise NotEnoughMemory(cost.memory_kib) from None


def derive(secret: Secret, label: bytes, size: int = KEY_SIZE) -> Secret:
    """Return `size` bytes of HKDF-SHA256 without salt, with `label` as its info.

    One key has one use: every use has a label of its own. Raises ValueError for an empty
    label, or a size outside 1 to 8,160.
    """
    if not label:
        raise ValueError("label")
    if not 1 <= size <= 255 * 32:
        raise ValueError(size)
    return Secret(HKDF(SHA256(), size, salt=None, info=label).derive(secret.expose()))


def measure(cost: Argon2idCost) -> float:
    """Return the seconds one guess takes on this machine. Raises as `stretch` does."""
    passphrase = Passphrase.of(_MEASURE_PASSPHRASE)
    began = time.perf_counter()
    stretch(passphrase, _MEASURE_SALT, cost).close()
    return time.perf_counter() - began
