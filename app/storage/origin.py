"""How a revision came to be: written here, received, removed, brought back.

Kept as canonical JSON in the revision and covered by its hash (docs/formats/vault.md 4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app import strictjson

_CEILING: Final = 64 * 1024


class Act(StrEnum):
    """What made the revision."""

    SAVED = "saved"
    RECEIVED = "received"
    REMOVED = "removed"
    BROUGHT_BACK = "brought_back"
    RESTORED = "restored"


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
