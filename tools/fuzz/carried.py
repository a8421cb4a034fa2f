"""Good input and readers for what a courier meets: the head of a part, a slip."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from app import slips
from app.bundles import naming
from app.errors import BadSlip
from app.parts import Head, Split
from app.slips import Item, PartOf, Slip, text
from crypto.digest import sha256


def heads() -> list[bytes]:
    """Heads of the first and the last of eight parts."""
    split = Split(needed=5, total=8, size=10**9, whole=sha256(b"whole"))
    return [Head(split=split, index=at).marshal() for at in (0, 7)]


def read_head(content: bytes) -> bytes:
    """The head, with what follows it."""
    head = Head.parse(content).marshal()
    return head + content[len(head) :]


def slip_texts() -> list[bytes]:
    """Slips as text, as codes, and as names that were typed."""
    items = [_item(at) for at in range(14)]
    slip = Slip(day=date(2026, 3, 14), items=tuple(items))
    codes = "\n".join(slips.codes(slip)).encode()
    return [slips.marshal(slip), codes, " ".join(each.name for each in items).encode()]


def read_slip(content: bytes) -> None:
    """The slip as it is; and, so that its lines are reached, under a check that fits them."""
    given = content.decode("utf-8", "replace")
    body, found, _ = given.rpartition("check: ")
    if found:
        with suppress(BadSlip):
            _judge(f"{body}check: {text.check_of(body)}\n")
    _judge(given)


def _judge(given: str) -> None:
    found = slips.read(given)
    if found.day is not None and slips.read(slips.marshal(found).decode("ascii")) != found:
        raise TypeError("something else when it is read again")


def _item(at: int) -> Item:
    digest = sha256(bytes([at]))
    part = PartOf(number=at % 8 + 1, total=8) if at % 2 else None
    name = naming.name_of(digest)
    return Item(name=name, size=at + 1, sha256=digest.hex(), part=part)
