"""A part as it lies in a file: its head, and where each block is (docs/formats/parts.md 1, 3)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final, Self

from app.bundles.reading import MAX_BUNDLE_BYTES
from app.errors import NotAPart
from app.parts.code import FEWEST_NEEDED, MOST_PARTS
from crypto.digest import sha256

BLOCK_BYTES: Final = 64 * 1024
CHECK_BYTES: Final = 16
_MAGIC: Final = b"erasure-coded-part/1\n\0\0\0"
_FIELDS: Final = struct.Struct(">24sBBBxQ32s")
HEAD_BYTES: Final = _FIELDS.size + CHECK_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One way in which one file was split: parts belong together when this is equal.

    `size` in bytes and `whole`, the 32-byte SHA-256, are of the file that was split.
    """

    needed: int
    total: int
    size: int
    whole: bytes

    @property
    def stripes(self) -> int:
        """How many blocks a part has."""
        return -(-self.size // (self.needed * BLOCK_BYTES))

    def block_bytes(self, stripe: int) -> int:
        """How long the blocks of a stripe are: 64 KiB, in the last stripe as short as may be."""
        left = self.size - stripe * self.needed * BLOCK_BYTES
        return min(BLOCK_BYTES, -(-left // self.needed))

    @property
    def part_bytes(self) -> int:
        """How long the file of a part is."""
        last = self.stripes - 1
        blocks = last * BLOCK_BYTES + self.block_bytes(last)
        return HEAD_BYTES + self.stripes * CHECK_BYTES + blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a part says of itself: to which split it belongs, and which of its blocks it holds."""

    split: Split
    index: int

    def marshal(self) -> bytes:
        """The 84 bytes at the beginning of the file."""
        fields = self._fields()
        return fields + sha256(fields)[:CHECK_BYTES]

    @classmethod
    def parse(cls, content: bytes) -> Self:
        """The head of a part. Raises NotAPart for anything that `marshal` does not write."""
        if len(content) < HEAD_BYTES or not content.startswith(_MAGIC):
            raise NotAPart("magic")
        fields = content[: _FIELDS.size]
        if content[_FIELDS.size : HEAD_BYTES] != sha256(fields)[:CHECK_BYTES]:
            raise NotAPart("check")
        _, needed, total, index, size, whole = _FIELDS.unpack(fields)
        if not FEWEST_NEEDED <= needed <= total <= MOST_PARTS or index >= total:
            raise NotAPart("numbers")
        if not 0 < size <= MAX_BUNDLE_BYTES:
            raise NotAPart("size")
        head = cls(split=Split(needed=needed, total=total, size=size, whole=whole), index=index)
        if head._fields() != fields:  # a bit in the byte that is always zero
            raise NotAPart("zero")
        return head

    def block_at(self, stripe: int) -> int:
        """Where in the file the check of this stripe's block begins; the block follows it."""
        return HEAD_BYTES + stripe * (CHECK_BYTES + BLOCK_BYTES)

    def check_of(self, stripe: int, block: bytes) -> bytes:
        """16 bytes that a block has in front: no block passes in another place or part."""
        return sha256(self._fields() + struct.pack(">Q", stripe) + block)[:CHECK_BYTES]

    def _fields(self) -> bytes:
        split = self.split
        return _FIELDS.pack(_MAGIC, split.needed, split.total, self.index, split.size, split.whole)
