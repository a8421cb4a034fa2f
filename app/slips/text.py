"""A slip as a text file: what is printed and sent (docs/formats/slip.md 1)."""

from __future__ import annotations

import re
from typing import Final

from app.bundles import naming
from app.bundles.reading import MAX_BUNDLE_BYTES
from app.clock import day_in
from app.errors import BadSlip
from app.parts.code import MOST_PARTS
from app.slips.slip import MAX_ITEMS, Item, PartOf, Slip
from crypto.digest import sha256

FIRST_LINE: Final = "list of sealed files v1"
_NUMBER = r"[1-9][0-9]{0,11}"
_LINE: Final = re.compile(
    rf"(?P<name>[a-z2-7-]{{23}}) (?P<size>{_NUMBER}) (?P<sha256>[0-9a-f]{{64}})"
    r"(?: (?P<number>[1-9][0-9]?)/(?P<total>[1-9][0-9]?))?"
)
_CHECK_CHARACTERS: Final = 16


def marshal(slip: Slip) -> bytes:
    """The slip as UTF-8 text with LF. Raises ValueError for one that was typed or is empty."""
    if slip.day is None or not 0 < len(slip.items) <= MAX_ITEMS:
        raise ValueError(slip)
    lines = [FIRST_LINE, f"day: {slip.day.isoformat()}", f"files: {len(slip.items)}"]
    lines += [_line(each) for each in slip.items]
    body = "".join(f"{line}\n" for line in lines)
    return f"{body}check: {check_of(body)}\n".encode("ascii")


def parse(text: str) -> Slip:
    """The slip of a text with LF. Raises BadSlip with the line or rule that is broken."""
    body, separator, check = text.rpartition("check: ")
    if not separator or check != f"{check_of(body)}\n":
        raise BadSlip("check")
    head, lines = body.split("\n")[:3], body.split("\n")[3:-1]
    if len(head) != 3 or head[0] != FIRST_LINE:
        raise BadSlip("first_line")
    _, day, files = head
    found = day_in(day.removeprefix("day: "))
    if found is None or day != f"day: {found.isoformat()}":
        raise BadSlip("day")
    if not 0 < len(lines) <= MAX_ITEMS or files != f"files: {len(lines)}":
        raise BadSlip("files")
    items = tuple(_item(line) for line in lines)
    if len({each.sha256 for each in items}) != len(items):
        raise BadSlip("repeated")
    return Slip(day=found, items=items)


def item_of(name: str, size: int, digest: str, part: PartOf | None) -> Item:
    """An item whose facts fit together. Raises BadSlip."""
    if name != naming.name_of(bytes.fromhex(digest)):
        raise BadSlip("name")
    if not 0 < size <= MAX_BUNDLE_BYTES:
        raise BadSlip("size")
    if part is not None and not (
        part.number <= part.total <= MOST_PARTS and part.number >= 1 and part.total > 1
    ):
        raise BadSlip("part")
    return Item(name=name, size=size, sha256=digest, part=part)


def _item(line: str) -> Item:
    found = _LINE.fullmatch(line)
    if found is None:
        raise BadSlip("line")
    part = None
    if found["number"] is not None:
        part = PartOf(number=int(found["number"]), total=int(found["total"]))
    return item_of(found["name"], int(found["size"]), found["sha256"], part)


def _line(item: Item) -> str:
    part = "" if item.part is None else f" {item.part.number}/{item.part.total}"
    return f"{item.name} {item.size} {item.sha256}{part}"


def check_of(body: str) -> str:
    """What the last line says of all lines before it."""
    return sha256(body.encode("utf-8")).hex()[:_CHECK_CHARACTERS]
