"""What opening a bundle found: the typed answer, item by item (docs/formats/bundle.md 8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.bundles.manifest import Manifest
from crypto.signing import VerifyKey


class SignerState(StrEnum):
    """Who signed, as far as this vault can say."""

    KNOWN = "known"
    KNOWN_UNVERIFIED = "known_unverified"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"


class AddressState(StrEnum):
    """Whether the signed list of recipients holds this vault's own."""

    TO_ME = "to_me"
    PASSED_ON = "passed_on"


class OrderState(StrEnum):
    """Where the bundle stands among those of its series seen here."""

    FIRST = "first"
    NEXT = "next"
    GAP = "gap"
    LATE = "late"
    REPLAY = "replay"
    NEW_SERIES = "new_series"
    FORKED = "forked"


class ItemState(StrEnum):
    """What became of one record or evidence file."""

    GOOD = "good"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """`key`: the minisign public key in the bundle; `contact` and `name`: when pinned here."""

    state: SignerState
    key: str | None = None
    contact: str | None = None
    name: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the key, in hex; "" when there is none."""
        return "" if self.key is None else VerifyKey.parse(self.key).fingerprint.hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """`missing`: how many numbers of the series have not been seen before this one."""

    state: OrderState
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRecord:
    """One line of records.jsonl that held: the body's canonical bytes and their SHA-256."""

    kind: str
    id: str
    revision: int
    at: str
    digest: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedFile:
    """An evidence file of the bag that held: its path there, SHA-256 in hex, size in bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record or evidence file of the bundle, and what the checks said of it."""

    reference: str
    kind: str
    state: ItemState
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedBundle:
    """A bundle whose every outer layer held. Its records are decoded; nothing was written.

    `lists`: the files of records that held, by path in the bag.
    """

    manifest: Manifest
    file_name: str
    file_size: int
    tag_manifest_digest: str
    signer: Signer
    addressed: AddressState
    order: Order
    lists: tuple[str, ...]
    records: tuple[SealedRecord, ...]
    evidence: tuple[EnclosedFile, ...]
    items: tuple[Item, ...]
    receipt: bytes | None = None

    @property
    def complete(self) -> bool:
        return all(item.state is ItemState.GOOD for item in self.items)
