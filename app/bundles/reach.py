"""Which records of a whole are reached from its incidents when some of them are left out.

What hangs only on somebody who stays here (their picture, their guardian, their home town) would
tell about them, and stays with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from app import belonging
from app.records import Record, derive
from app.records.ids import RecordId


def unreached(records: Sequence[Record], without: Collection[RecordId]) -> frozenset[RecordId]:
    """The records that an incident leads to through `without` alone; those are not among them."""
    ways = _ways(records)
    tops = [each.id for each in records if belonging.is_incident(each)]
    everything = _reached(tops, ways, ())
    return everything - _reached(tops, ways, without) - frozenset(without)


def _ways(records: Sequence[Record]) -> dict[RecordId, list[RecordId]]:
    """From each record to those that belong to whatever it belongs to (app/belonging.py)."""
    kinds = {each.id: each.kind for each in records}
    ways: dict[RecordId, list[RecordId]] = defaultdict(list)
    for record in records:
        followed = belonging.followed(record.kind)
        for link in derive.links(record):
            kind = kinds.get(link.target)
            if kind is None:
                continue
            if link.field in followed:
                ways[record.id].append(link.target)
            members = belonging.MEMBERS.get(kind, ())
            if belonging.Member(kind=record.kind, field=link.field) in members:
                ways[link.target].append(record.id)
    return ways


def _reached(
    tops: Sequence[RecordId],
    ways: dict[RecordId, list[RecordId]],
    without: Collection[RecordId],
) -> frozenset[RecordId]:
    seen = {top for top in tops if top not in without}
    waiting = list(seen)
    while waiting:
        for each in ways.get(waiting.pop(), ()):
            if each not in seen and each not in without:
                seen.add(each)
                waiting.append(each)
    return frozenset(seen)
