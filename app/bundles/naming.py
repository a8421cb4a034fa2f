"""The neutral, self-checking file name of a bundle (docs/formats/bundle.md 1).

A name is the first 20 characters of the lower-case base32 SHA-256 of the file, in four groups of
five: `k7q2m-9tabc-…`. It says nothing about anyone, and a courier can check the file against it
without a key.
"""

from __future__ import annotations

import base64
import re
from enum import StrEnum

NAME_CHARACTERS = 20
_GROUP = 5
_SHAPE = re.compile(r"[a-z2-7]{5}(?:-[a-z2-7]{5}){3}")


class NameCheck(StrEnum):
    """How a file's content and its name agree."""

    MATCHES = "matches"
    DIFFERS = "differs"
    RENAMED = "renamed"


def name_of(sha256: bytes) -> str:
    """The name of the file with this 32-byte digest."""
    text = base64.b32encode(sha256).decode("ascii").lower()[:NAME_CHARACTERS]
    return "-".join(text[at : at + _GROUP] for at in range(0, NAME_CHARACTERS, _GROUP))


def looks_like_a_name(name: str) -> bool:
    return _SHAPE.fullmatch(name) is not None


def check(name: str, sha256: bytes) -> NameCheck:
    """DIFFERS: the name is of our form and the content is another; RENAMED: not of our form."""
    if not looks_like_a_name(name):
        return NameCheck.RENAMED
    return NameCheck.MATCHES if name == name_of(sha256) else NameCheck.DIFFERS
