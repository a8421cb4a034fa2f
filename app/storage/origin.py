"""How a revision came to be: written here, received, removed, brought back, erased.

Kept as canonical JSON in the revision and covered by its hash (docs/formats/vault.md 4.1).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app import strictjson

_CEILING: Final = 64 * 1024
_ERASED_MEMBER: Final = '"sha256":'
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


class Act(StrEnum):
    """What made the revision."""

    SAVED = "saved"
    RECEIVED = "received"
    REMOVED = "removed"
    BROUGHT_BACK = "brought_back"
    RESTORED = "restored"
    ERASED = "erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What made a revision, and from where it came.

    `bundle` (32 hex), `signer` (fingerprint of the signing key, empty when unsigned) and `number`
    (the sender's revision) stand with RECEIVED; `number` is our own older revision with RESTORED;
    `why` stands with REMOVED.
    """

    act: Act = Act.SAVED
    bundle: str = ""
    signer: str = ""
    number: int = 0
    why: str = ""


LOCAL: Final = Origin()


def encode(origin: Origin) -> str:
    """Canonical JSON; empty members are left out."""
    members: dict[str, strictjson.Json] = {"act": origin.act.value}
    if origin.bundle:
        members["bundle"] = origin.bundle
    if origin.signer:
        members["signer"] = origin.signer
    if origin.number:
        members["number"] = origin.number
    if origin.why:
        members["why"] = origin.why
    return strictjson.canonical(members).decode("utf-8")


def decode(text: str) -> Origin:
    """The origin in a text that `encode` made. Raises ValueError, MalformedJson."""
    members = strictjson.parse(text.encode("utf-8"), _CEILING)
    if not isinstance(members, dict):
        raise ValueError(text)
    number = members.get("number", 0)
    return Origin(
        act=Act(str(members.get("act"))),
        bundle=str(members.get("bundle", "")),
        signer=str(members.get("signer", "")),
        number=number if isinstance(number, int) else 0,
        why=str(members.get("why", "")),
    )


def digest(text: str) -> bytes:
    """What the chain holds of an origin: SHA-256, also when its words were erased since."""
    # the quotes inside a member are escaped, so this is never part of somebody's words
    if _ERASED_MEMBER in text:
        members = strictjson.parse(text.encode("utf-8"), _CEILING)
        kept = members.get("sha256") if isinstance(members, dict) else None
        if isinstance(kept, str) and _SHA256.fullmatch(kept):
            return bytes.fromhex(kept)
    return hashlib.sha256(text.encode("utf-8")).digest()


def without_words(text: str) -> str:
    """The origin without the reason somebody gave, its digest in the place of it."""
    members = strictjson.parse(text.encode("utf-8"), _CEILING)
    if not isinstance(members, dict) or "why" not in members:
        return text
    left = {name: value for name, value in members.items() if name != "why"}
    return strictjson.canonical({**left, "sha256": digest(text).hex()}).decode("utf-8")
