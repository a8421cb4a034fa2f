"""Bytes of the slot file from and to Slots: docs/formats/vault.md section 2. Knows no key.

    file = copy(4162) filler copy(4162) filler      ; 65,536 bytes, copies at 0 and 32,768
    copy = salt(32) version(1) cost(1) slots(16 * 256) digest(32)

There is no magic: but for two bytes the file is noise. It is updated in place, because a rename
would leave the old slots, and so the old passphrase, readable in free space. Two copies, written
one after the other with a sync between, so that a torn write leaves one whole.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import sha256
from typing import Final

from crypto.errors import Damaged, Malformed, Unsupported
from crypto.slots import SALT_SIZE, SLOT_COUNT, SLOT_SIZE, VERSION, Slots, cost_of, profile_of

FILE_SIZE: Final = 65536
COPY_OFFSETS: Final = (0, 32768)
_DIGEST_SIZE: Final = 32
_SLOTS_AT: Final = SALT_SIZE + 2
_DIGEST_AT: Final = _SLOTS_AT + SLOT_COUNT * SLOT_SIZE
COPY_SIZE: Final = _DIGEST_AT + _DIGEST_SIZE


class Condition(Enum):
    """What the two copies said of each other. All but BOTH_WHOLE ask for `copies` to be written."""

    BOTH_WHOLE = auto()
    FIRST_DAMAGED = auto()
    SECOND_DAMAGED = auto()
    DIFFERENT = auto()  # an update stopped between the copies: the first is what was in force


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotFile:
    """The slots in force, and whether the file needs mending."""

    slots: Slots
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """`content` goes to `offset` (bytes) of the existing file."""

    offset: int
    content: bytes


def parse(data: bytes) -> SlotFile:
    """Return the slots of copy 1 if its digest is right, else of copy 2.

    Order of checks: size of the file (Malformed), digests (Damaged when both are wrong), version
    and cost of the copy that counts (Unsupported). Which cost is known is decided before any work
    is done for it.
    """
    if len(data) != FILE_SIZE:
        raise Malformed("slot file size")
    first, second = (data[at : at + COPY_SIZE] for at in COPY_OFFSETS)
    if not _whole(first):
        if not _whole(second):
            raise Damaged("slot file")
        return SlotFile(slots=_read(second), condition=Condition.FIRST_DAMAGED)
    if not _whole(second):
        return SlotFile(slots=_read(first), condition=Condition.SECOND_DAMAGED)
    same = hmac.compare_digest(first, second)
    return SlotFile(
        slots=_read(first),
        condition=Condition.BOTH_WHOLE if same else Condition.DIFFERENT,
    )


def marshal(slots: Slots) -> bytes:
    """Return the 65,536 bytes of a new slot file, with new random filler."""
    content = bytearray(os.urandom(FILE_SIZE))
    for write in copies(slots):
        content[write.offset : write.offset + COPY_SIZE] = write.content
    return bytes(content)


def copies(slots: Slots) -> tuple[Write, Write]:
    """Return the two writes of a safe update in place, in order: copy 2, sync, copy 1, sync."""
    covered = b"".join([slots.salt, bytes([VERSION, profile_of(slots.cost)]), *slots.sealed])
    content = covered + sha256(covered).digest()
    first, second = COPY_OFFSETS
    return Write(offset=second, content=content), Write(offset=first, content=content)


def _whole(copy: bytes) -> bool:
    return hmac.compare_digest(sha256(copy[:_DIGEST_AT]).digest(), copy[_DIGEST_AT:])


def _read(copy: bytes) -> Slots:
    version, profile = copy[SALT_SIZE:_SLOTS_AT]
    if version != VERSION:
        raise Unsupported("slot file version", version)
    return Slots(
        salt=copy[:SALT_SIZE],
        cost=cost_of(profile),
        sealed=tuple(copy[at : at + SLOT_SIZE] for at in range(_SLOTS_AT, _DIGEST_AT, SLOT_SIZE)),
    )
