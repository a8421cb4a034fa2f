"""How dear a guess at a passphrase is, measured here, and what the weakest machine can bear.

A vault opens wherever it is carried. So its cost is bounded by the machine with the least memory on
which it will be opened, and by patience on this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app import sizes
from app.i18n import N_, _, window
from crypto import kdf
from crypto.kdf import FLOOR, STANDARD, STRONG, Argon2idCost

PROFILES: Final[dict[str, Argon2idCost]] = {
    "floor": FLOOR,
    "standard": STANDARD,
    "strong": STRONG,
}
_SHARE_OF_MEMORY: Final = 4
_LONGEST_SECONDS: Final = 5.0
_WORDS: Final = {
    "floor": N_("for machines with one gigabyte of memory or less"),
    "standard": N_("for machines of the last fifteen years"),
    "strong": N_("for machines with four gigabytes or more"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A profile as it is here. `seconds` is what one try takes on this machine."""

    name: str
    cost: Argon2idCost
    seconds: float

    @property
    def words(self) -> str:
        """Memory, time and for whom, in the window's language."""
        return _("{memory} and {seconds} seconds here for each try; {whom}").format(
            memory=sizes.words(self.cost.memory_kib * 1024),
            seconds=f"{self.seconds:.1f}",
            whom=window().gettext(_WORDS[self.name]),
        )


def measured() -> tuple[Measured, ...]:
    """Every profile, the cheapest first, each tried once. Raises NotEnoughMemory of crypto."""
    return tuple(measured_one(cost) for cost in PROFILES.values())


def measured_one(cost: Argon2idCost) -> Measured:
    """This profile, tried once. Raises NotEnoughMemory of crypto."""
    (name,) = (name for name, each in PROFILES.items() if each == cost)
    return Measured(name=name, cost=cost, seconds=kdf.measure(cost))


def dearest(found: tuple[Measured, ...], weakest_memory_bytes: int) -> Measured:
    """The dearest profile that takes a quarter of that memory at most, and five seconds here.

    The floor when none does: there is nothing cheaper.
    """
    fitting = [
        each
        for each in found
        if each.cost.memory_kib * 1024 * _SHARE_OF_MEMORY <= weakest_memory_bytes
        and each.seconds <= _LONGEST_SECONDS
    ]
    return fitting[-1] if fitting else found[0]
