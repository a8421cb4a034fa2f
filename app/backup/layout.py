"""What lies in a safe copy, and its first two members: docs/formats/backup.md 2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from app import __version__, strictjson
from app.errors import CopyTooNew, MalformedJson, NotACopy
from app.i18n import _
from crypto.secret import Secret

HEADING: Final = "backup.json"
LEAFLET: Final = "read-me-first.txt"
DATABASE: Final = "database"
EVIDENCE: Final = "files/"
VERSION: Final = 1
KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
MAX_MEMBERS: Final = 2_000_000
MAX_HEADING_BYTES: Final = 4096

_STORED_NAME: Final = re.compile(r"[0-9a-f]{32}")
_HEX: Final = re.compile(r"(?:[0-9a-f]{2})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a copy says of itself: the day it was made, and the key and salt of its database."""

    day: str
    key: Secret
    salt: Secret


def marshal(heading: Heading) -> bytes:
    """`backup.json`: canonical JSON."""
    return strictjson.canonical(
        {
            "format": "hoopoe backup",
            "version": VERSION,
            "day": heading.day,
            "cipher": "SQLCipher 4",
            "key": heading.key.expose().hex(),
            "salt": heading.salt.expose().hex(),
        }
    )


def parse(content: bytes) -> Heading:
    """The heading in a `backup.json`; what it says besides is left alone.

    Raises NotACopy, CopyTooNew.
    """
    try:
        members = strictjson.parse(content, MAX_HEADING_BYTES)
    except MalformedJson as error:
        raise NotACopy(detail=HEADING) from error
    if not isinstance(members, dict) or members.get("format") != "hoopoe backup":
        raise NotACopy(detail="format")
    version = members.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise NotACopy(detail="version")
    if version != VERSION:
        raise CopyTooNew(found=version, known=VERSION)
    day = members.get("day")
    if not isinstance(day, str):
        raise NotACopy(detail="day")
    return Heading(
        day=day,
        key=_secret(members.get("key"), KEY_BYTES),
        salt=_secret(members.get("salt"), SALT_BYTES),
    )


def stored_name(member: str) -> str | None:
    """The evidence file that a member is, None when it is none."""
    name = member.removeprefix(EVIDENCE)
    return name if name != member and _STORED_NAME.fullmatch(name) else None


def leaflet() -> bytes:
    """What to do with the content of a copy, for somebody who has no Hoopoe."""
    lines = (
        _("This is a safe copy of a Hoopoe vault (made by version {version}).").format(
            version=__version__
        ),
        _("With Hoopoe: hoopoe vault restore FILE --to FOLDER"),
        _("Without it: you opened it with age and tar already. What is here:"),
        _("database: all records, an SQLCipher 4 database. Its key and salt are in backup.json:"),
        "    sqlcipher database",
        "    PRAGMA key = \"x'KEY SALT'\";",
        "    SELECT body, local FROM record;",
        _("    (KEY and SALT: the two long numbers, written together without a blank.)"),
        _(
            "files: each piece of evidence, encrypted by itself as the payload of an age file"
            " (without a header and nonce). Its key, true size and SHA-256 are in the table"
            " evidence_file."
        ),
        _("Keep this folder as secret as the vault: it holds the key to everything in it."),
    )
    return ("\n".join(lines) + "\n").encode("utf-8")


def _secret(value: strictjson.Json, size: int) -> Secret:
    if not isinstance(value, str) or len(value) != 2 * size or not _HEX.fullmatch(value):
        raise NotACopy(detail="key")
    return Secret(bytes.fromhex(value))
