"""receipt.json: what a receiver says of a bundle, as values and as bytes (bundle.md 7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.bundles.reading import MAX_RECEIPT_BYTES
from app.clock import day_in
from app.errors import BadReceipt, MalformedJson
from app.strictjson import Json, canonical, parse

MAX_MESSAGE_CHARACTERS: Final = 4000

_HEX32: Final = re.compile(r"[0-9a-f]{32}")
_HEX64: Final = re.compile(r"[0-9a-f]{64}")
_MEMBERS: Final = frozenset({"bundle", "manifest", "verdict", "day", "records", "message"})
_ITEM_MEMBERS: Final = frozenset({"id", "revision", "digest", "verdict"})


class Verdict(StrEnum):
    """What the receiver says of a bundle or of one record."""

    ACCEPTED = "accepted"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVerdict:
    """The verdict on one record: its id, the sender's revision, SHA-256 of its body in hex."""

    record: str
    revision: int
    digest: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """receipt.json as values."""

    bundle: str
    manifest: str
    verdict: Verdict
    day: date
    records: tuple[RecordVerdict, ...]
    message: str

    def marshal(self) -> bytes:
        return canonical(
            {
                "bundle": self.bundle,
                "manifest": self.manifest,
                "verdict": self.verdict.value,
                "day": self.day.isoformat(),
                "records": [
                    {
                        "id": each.record,
                        "revision": each.revision,
                        "digest": each.digest,
                        "verdict": each.verdict.value,
                    }
                    for each in self.records
                ],
                "message": self.message,
            }
        )


def read(data: bytes) -> Statement:
    """Parses receipt.json strictly. Raises BadReceipt."""
    try:
        members = parse(data, MAX_RECEIPT_BYTES)
    except MalformedJson as error:
        raise BadReceipt(error.reason) from None
    if not isinstance(members, dict) or set(members) != _MEMBERS:
        raise BadReceipt("members")
    message = members["message"]
    if not isinstance(message, str) or len(message) > MAX_MESSAGE_CHARACTERS:
        raise BadReceipt("message")
    records = members["records"]
    if not isinstance(records, list):
        raise BadReceipt("records")
    return Statement(
        bundle=_matching(members["bundle"], _HEX32, "bundle"),
        manifest=_matching(members["manifest"], _HEX64, "manifest"),
        verdict=_verdict(members["verdict"]),
        day=_day(members["day"]),
        records=tuple(_record(each) for each in records),
        message=message,
    )


def _record(value: Json) -> RecordVerdict:
    if not isinstance(value, dict) or set(value) != _ITEM_MEMBERS:
        raise BadReceipt("records")
    revision = value["revision"]
    if not isinstance(revision, int) or isinstance(revision, bool) or revision < 1:
        raise BadReceipt("revision")
    return RecordVerdict(
        record=_matching(value["id"], _HEX32, "id"),
        revision=revision,
        digest=_matching(value["digest"], _HEX64, "digest"),
        verdict=_verdict(value["verdict"]),
    )


def _matching(value: Json, shape: re.Pattern[str], member: str) -> str:
    if not isinstance(value, str) or shape.fullmatch(value) is None:
        raise BadReceipt(member)
    return value


def _verdict(value: Json) -> Verdict:
    try:
        return Verdict(str(value))
    except ValueError:
        raise BadReceipt("verdict") from None


def _day(value: Json) -> date:
    day = day_in(value) if isinstance(value, str) else None
    if day is None:
        raise BadReceipt("day")
    return day
