"""What a slip lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

MAX_ITEMS: Final = 1000
MAX_TEXT_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """Which part it is: `number` from 1 of `total`."""

    number: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file. `name` is the one that its content gives it (bundle.md 1), whatever it is called
    where it lies. `size` in bytes and `sha256` in hex are None on a slip that was typed."""

    name: str
    size: int | None = None
    sha256: str | None = None
    part: PartOf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The files that were given to somebody to carry. `day` is None on a slip that was typed."""

    day: date | None
    items: tuple[Item, ...]
