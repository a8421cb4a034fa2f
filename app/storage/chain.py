"""The hash chain over every revision of every record: docs/formats/vault.md 4.1.

An older copy of a page, or of a row, shows as a break. An older copy of the whole file does not:
against that stands the entry number, which a person can note on paper.
"""

from __future__ import annotations

import hashlib
from typing import Final

from app.storage import origin as origins

START: Final = bytes(32)
_LABEL: Final = b"hoopoe revision v1"


def digest(content: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(content).digest()


def link(
    previous: bytes,
    *,
    entry: int,
    record: str,
    number: int,
    at: str,
    body_digest: bytes,
    local_digest: bytes,
    origin: str,
) -> bytes:
    """The hash of one entry: over the one before and everything the entry says."""
    instant = at.encode("utf-8")
    return digest(
        _LABEL
        + previous
        + entry.to_bytes(8, "big")
        + bytes.fromhex(record)
        + number.to_bytes(8, "big")
        + len(instant).to_bytes(2, "big")
        + instant
        + body_digest
        + local_digest
        + origins.digest(origin)
    )
