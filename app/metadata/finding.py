"""What a file tells besides what it shows: one row for each thing found, and how far was looked."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

MAX_FINDINGS: Final = 200
MAX_VALUE: Final = 300
"""Characters of one value; a text that is longer is cut."""


class Hidden(StrEnum):
    """What kind of thing is told. The values are kept in vaults: never renamed, never reused."""

    PLACE = "place"
    TIME = "time"
    DEVICE = "device"
    PERSON = "person"
    SOFTWARE = "software"
    COMMENT = "comment"
    PREVIEW = "preview"
    """A smaller picture of the whole, often from before it was cropped."""
    HISTORY = "history"
    """Earlier states and tracked changes."""
    ENCLOSED = "enclosed"
    """Another file inside, or bytes behind the end."""
    ACTIVE = "active"
    """Something that runs or fetches when the file is opened."""
    OTHER = "other"


class Extent(StrEnum):
    """How far a file was looked into. The values are kept in vaults."""

    WHOLE = "whole"
    """Every place that this type has for such data."""
    PART = "part"
    """It breaks its own format or is larger than is looked at: more may be inside."""
    NOT_READ = "not_read"
    """Nothing here reads this type: anything may be inside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found. `name`: where, in the words of the format; `value`: one line of text."""

    kind: Hidden
    name: str
    value: str

    @classmethod
    def of(cls, kind: Hidden, name: str, value: str) -> Self:
        """With every control character a blank and the length cut; the text is hostile."""
        return cls(kind=kind, name=_line(name), value=_line(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was found in one file."""

    extent: Extent
    findings: tuple[Finding, ...] = ()

    @property
    def nothing_hidden(self) -> bool:
        """Whether every place was looked at and all were empty."""
        return self.extent is Extent.WHOLE and not self.findings

    @property
    def kinds(self) -> tuple[Hidden, ...]:
        """Which kinds were found, in the order of Hidden."""
        found = {each.kind for each in self.findings}
        return tuple(kind for kind in Hidden if kind in found)


def _line(text: str) -> str:
    plain = "".join(" " if unicodedata.category(each) in _BLANKED else each for each in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= MAX_VALUE else plain[: MAX_VALUE - 1] + "…"


_BLANKED: Final = frozenset({"Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"})
