"""What a bundle says about itself: hoopoe.json (docs/formats/bundle.md 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.clock import day_in
from app.errors import BadManifest
from app.strictjson import canonical, parse

FORMAT: Final = "hoopoe-bundle"
VERSION: Final = 1
MAX_MANIFEST_BYTES: Final = 64 * 1024
MAX_RECIPIENTS: Final = 16
MAX_SEQUENCE: Final = 2**53

_HEX32 = re.compile(r"[0-9a-f]{32}")
_HEX64 = re.compile(r"[0-9a-f]{64}")
_MEMBERS = frozenset(
    {
        "format",
        "version",
        "kind",
        "bundle",
        "day",
        "verify_key",
        "reply",
        "recipients",
        "series",
        "sequence",
        "previous",
    }
)


class BundleKind(StrEnum):
    """What a bundle is for. One container, one reader."""

    REPORT = "report"
    AMENDMENT = "amendment"
    WITHDRAWAL = "withdrawal"
    RECEIPT = "receipt"
    CARD = "card"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """hoopoe.json as typed values; texts of keys are parsed where they are used."""

    kind: BundleKind
    bundle: str
    day: date
    verify_key: str | None
    reply: str | None
    recipients: tuple[str, ...]
    series: str
    sequence: int
    previous: str | None

    def marshal(self) -> bytes:
        """The canonical bytes of hoopoe.json."""
        return canonical(
            {
                "format": FORMAT,
                "version": VERSION,
                "kind": self.kind.value,
                "bundle": self.bundle,
                "day": self.day.isoformat(),
                "verify_key": self.verify_key,
                "reply": self.reply,
                "recipients": list(self.recipients),
                "series": self.series,
                "sequence": self.sequence,
                "previous": self.previous,
            }
        )


def read(data: bytes) -> Manifest:
    """Parses hoopoe.json strictly.

    Raises BadManifest for another format, a newer version, a member missing, of the wrong shape or
    unknown, and for bytes that are not canonical.
    """
    members = parse(data, MAX_MANIFEST_BYTES)
    if not isinstance(members, dict) or members.get("format") != FORMAT:
        raise BadManifest("format")
    # 1 and true are equal, and not the same version
    if members.get("version") is True or members.get("version") != VERSION:
        raise BadManifest("version")
    if set(members) != _MEMBERS:
        raise BadManifest("members")
    if canonical(members) != data:
        raise BadManifest("canonical")
    return Manifest(
        kind=_kind(members["kind"]),
        bundle=_matching(members["bundle"], _HEX32, "bundle"),
        day=_day(members["day"]),
        verify_key=_text_or_none(members["verify_key"], "verify_key", longest=100),
        reply=_text_or_none(members["reply"], "reply", longest=4096),
        recipients=_recipients(members["recipients"]),
        series=_matching(members["series"], _HEX32, "series"),
        sequence=_sequence(members["sequence"]),
        previous=_previous(members["previous"]),
    )


def _kind(value: object) -> BundleKind:
    try:
        return BundleKind(str(value))
    except ValueError:
        raise BadManifest("kind") from None


def _matching(value: object, shape: re.Pattern[str], member: str) -> str:
    if not isinstance(value, str) or shape.fullmatch(value) is None:
        raise BadManifest(member)
    return value


def _day(value: object) -> date:
    day = day_in(value) if isinstance(value, str) else None
    if day is None:
        raise BadManifest("day")
    return day


def _text_or_none(value: object, member: str, *, longest: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or not 0 < len(value) <= longest or not value.isascii():
        raise BadManifest(member)
    return value


def _recipients(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MAX_RECIPIENTS:
        raise BadManifest("recipients")
    found = tuple(_matching(each, _HEX64, "recipients") for each in value)
    if list(found) != sorted(set(found)):
        raise BadManifest("recipients")
    return found


def _sequence(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_SEQUENCE:
        raise BadManifest("sequence")
    return value


def _previous(value: object) -> str | None:
    return None if value is None else _matching(value, _HEX64, "previous")
