"""A scan as text, one row a line, as it is kept in an evidence item (docs/formats/record.md 6).

The first line is the extent; each other one a finding: `kind | name | value`.
"""

from __future__ import annotations

from typing import Final

from app.metadata.finding import Extent, Finding, Hidden, Scan

_BETWEEN: Final = " | "


def noted(scan: Scan) -> str:
    """The text for a scan."""
    rows = (
        _BETWEEN.join((each.kind.value, each.name.replace("|", "/"), each.value))
        for each in scan.findings
    )
    return "\n".join([scan.extent.value, *rows])


def read(text: str) -> Scan | None:
    """The scan that a text stands for; None when it is none, as of a file never looked into.

    A kind or extent from a newer version counts as OTHER and as PART: never as nothing.
    """
    first, *rows = text.split("\n")
    if not first:
        return None
    extent = Extent(first) if first in set(Extent) else Extent.PART
    return Scan(extent=extent, findings=tuple(_finding(row) for row in rows if row.strip()))


def _finding(row: str) -> Finding:
    kind, _, rest = row.partition(_BETWEEN)
    name, _, value = rest.partition(_BETWEEN)
    known = Hidden(kind) if kind in set(Hidden) else Hidden.OTHER
    return Finding.of(known, name, value)
