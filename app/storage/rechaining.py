"""Putting rescued revisions into a new vault: a new chain over what was read of the old one.

Numbers of revisions stay, since bundles and receipts name them: for one that is lost an entry
without content stands in its place, and says so.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from app import strictjson
from app.errors import MalformedJson
from app.storage import chain, origin
from app.storage.database import Transaction
from app.storage.origin import Act, Origin
from app.storage.records import Entry, Head

_LOST: Final = origin.encode(Origin(act=Act.SAVED, why="lost to damage"))
_NOTHING: Final = bytes(32)
_LAST: Final = 1 << 62
_CEILING: Final = 16 << 20


@dataclass(slots=True, kw_only=True)
class Rechained:
    """`revisions`: kept; `lost`: known and not kept, as record and number; `older`: records that
    stand in an older state than they were in."""

    records: int = 0
    revisions: int = 0
    lost: list[tuple[str, int]] = field(default_factory=list)
    older: list[str] = field(default_factory=list)


def put_all(tx: Transaction, heads: list[Head], entries: list[Entry]) -> Rechained:
    """Write what was read of records and revisions into a vault that has none."""
    known: dict[str, dict[int, Entry]] = defaultdict(dict)
    newest = {head.id: head for head in heads}
    for entry in entries:
        if _is_sound(entry):
            known[entry.record][entry.number] = entry
    for head in heads:
        known[head.id].setdefault(head.number, _as_entry(head))
    done = Rechained()
    lines: list[Entry] = []
    highest: dict[str, int] = {}
    for entry in entries:
        highest[entry.record] = max(entry.number, highest.get(entry.record, 0))
    for record, numbers in known.items():
        now = _state(numbers, newest.get(record))
        if now is None:
            done.lost += [(record, number) for number in numbers]
            continue
        _put_record(tx, now)
        done.records += 1
        if highest.get(record, 0) > now.number:
            done.older.append(record)
            done.lost += [(record, each) for each in range(now.number + 1, highest[record] + 1)]
        after = 0
        for number in range(1, now.number + 1):
            if number in numbers:
                entry = numbers[number]
                done.revisions += 1
            else:
                entry = _placeholder(record, number, now.at)
                done.lost.append((record, number))
            after = max(after, entry.entry if entry.entry != _LAST else after)
            lines.append(_placed(entry, after if entry.entry == _LAST else entry.entry))
    _put_chain(tx, sorted(lines, key=lambda line: (line.entry, line.number)))
    return done


def _is_sound(entry: Entry) -> bool:
    return all(
        content is None or chain.digest(content.encode("utf-8")) == digest
        for content, digest in (
            (entry.body, entry.body_digest),
            (entry.local, entry.local_digest),
        )
    )


def _as_entry(head: Head) -> Entry:
    return Entry(
        entry=_LAST,
        record=head.id,
        number=head.number,
        at=head.at,
        body=head.body,
        local=head.local,
        origin=head.origin,
        body_digest=chain.digest(head.body.encode("utf-8")),
        local_digest=chain.digest(head.local.encode("utf-8")),
        hash=_NOTHING,
    )


def _state(numbers: dict[int, Entry], head: Head | None) -> Head | None:
    """The newest state that is left; the copy beside the chain where the chain has no content."""
    for number in sorted(numbers, reverse=True):
        entry = numbers[number]
        if head is not None and head.number == number:
            if entry.body not in (None, head.body) or entry.local not in (None, head.local):
                head = None
            else:
                return head
        if entry.body is not None and entry.local is not None:
            return _from_entry(entry, entry.body, entry.local)
    return None


def _from_entry(entry: Entry, body: str, local: str) -> Head | None:
    try:
        members = strictjson.parse(body.encode("utf-8"), _CEILING)
    except MalformedJson:
        return None
    if not isinstance(members, dict):
        return None
    return Head(
        position=0,
        id=entry.record,
        kind=str(members.get("type", "")),
        short_ref=str(members.get("short_ref", "")),
        number=entry.number,
        at=entry.at,
        body=body,
        local=local,
        origin=entry.origin,
        removed=origin.decode(entry.origin).act is Act.REMOVED,
    )


def _placeholder(record: str, number: int, at: str) -> Entry:
    return Entry(
        entry=_LAST,
        record=record,
        number=number,
        at=at,
        body=None,
        local=None,
        origin=_LOST,
        body_digest=_NOTHING,
        local_digest=_NOTHING,
        hash=_NOTHING,
    )


def _placed(entry: Entry, place: int) -> Entry:
    return Entry(
        entry=place,
        record=entry.record,
        number=entry.number,
        at=entry.at,
        body=entry.body,
        local=entry.local,
        origin=entry.origin,
        body_digest=entry.body_digest,
        local_digest=entry.local_digest,
        hash=entry.hash,
    )


def _put_record(tx: Transaction, head: Head) -> None:
    tx.run(
        "INSERT INTO record (id, kind, short_ref, number, at, body, local, origin, removed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        head.id,
        head.kind,
        head.short_ref,
        head.number,
        head.at,
        head.body,
        head.local,
        head.origin,
        int(head.removed),
    )


def _put_chain(tx: Transaction, lines: list[Entry]) -> None:
    previous = chain.START
    for number, line in enumerate(lines, 1):
        previous = chain.link(
            previous,
            entry=number,
            record=line.record,
            number=line.number,
            at=line.at,
            body_digest=line.body_digest,
            local_digest=line.local_digest,
            origin=line.origin,
        )
        tx.run(
            "INSERT INTO revision (entry, record, number, at, body, local, origin, body_digest, "
            "local_digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            number,
            line.record,
            line.number,
            line.at,
            line.body,
            line.local,
            line.origin,
            line.body_digest,
            line.local_digest,
            previous,
        )
