"""A slip as the texts of QR codes, so many files in each that a camera reads it from paper.

Source: docs/formats/slip.md 2; ISO/IEC 18004 alphanumeric mode (digits, capitals, `.`, `:`, `/`).
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from typing import Final

from app.bundles import naming
from app.clock import day_in
from app.errors import BadSlip
from app.slips.slip import MAX_ITEMS, Item, PartOf, Slip
from app.slips.text import item_of

FIRST: Final = "FILES1:"
ITEMS_A_CODE: Final = 12
_CODE: Final = re.compile(
    r"FILES1:(?P<at>[1-9][0-9]?)/(?P<of>[1-9][0-9]?):(?P<day>[0-9]{8})(?P<items>(?::[A-Z0-9./]+)+)"
)
_ITEM: Final = re.compile(
    r"(?P<sha256>[A-Z2-7]{52})\.(?P<size>[1-9][0-9]{0,11})"
    r"(?:\.(?P<number>[1-9][0-9]?)/(?P<total>[1-9][0-9]?))?"
)


def codes(slip: Slip) -> tuple[str, ...]:
    """One text for each code. Raises ValueError for a slip that was typed or is empty."""
    if slip.day is None or not 0 < len(slip.items) <= MAX_ITEMS:
        raise ValueError(slip)
    starts = range(0, len(slip.items), ITEMS_A_CODE)
    day = slip.day.strftime("%Y%m%d")
    return tuple(
        f"{FIRST}{at + 1}/{len(starts)}:{day}"
        + "".join(f":{_coded(each)}" for each in slip.items[start : start + ITEMS_A_CODE])
        for at, start in enumerate(starts)
    )


def parse(lines: list[str]) -> Slip:
    """The slip of all its codes, one a line, in any order. Raises BadSlip; `codes`: some lack."""
    found = [_CODE.fullmatch(line) for line in lines]
    days: set[date | None] = set()
    pieces: dict[int, tuple[Item, ...]] = {}
    totals: set[int] = set()
    for each in found:
        if each is None:
            raise BadSlip("code")
        day = each["day"]
        days.add(day_in(f"{day[:4]}-{day[4:6]}-{day[6:]}"))
        totals.add(int(each["of"]))
        pieces[int(each["at"])] = tuple(_item(one) for one in each["items"][1:].split(":"))
    if len(days) != 1 or None in days:
        raise BadSlip("day")
    if len(totals) != 1 or set(pieces) != set(range(1, totals.pop() + 1)):
        raise BadSlip("codes")
    items = tuple(item for at in sorted(pieces) for item in pieces[at])
    if len(items) > MAX_ITEMS or len({each.sha256 for each in items}) != len(items):
        raise BadSlip("repeated")
    return Slip(day=days.pop(), items=items)


def _coded(item: Item) -> str:
    digest = base64.b32encode(bytes.fromhex(item.sha256 or "")).decode("ascii").rstrip("=")
    part = "" if item.part is None else f".{item.part.number}/{item.part.total}"
    return f"{digest}.{item.size}{part}"


def _item(text: str) -> Item:
    found = _ITEM.fullmatch(text)
    if found is None:
        raise BadSlip("code")
    try:
        digest = base64.b32decode(found["sha256"] + "====")
    except binascii.Error:
        raise BadSlip("code") from None
    if base64.b32encode(digest).decode("ascii").rstrip("=") != found["sha256"]:
        raise BadSlip("code")  # bits behind the digest
    part = None
    if found["number"] is not None:
        part = PartOf(number=int(found["number"]), total=int(found["total"]))
    return item_of(naming.name_of(digest), int(found["size"]), digest.hex(), part)
