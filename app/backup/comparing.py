"""A restored copy beside the open vault: everything in the copy must be what the vault has.

The copy is older, so the vault may have more. What it may not have is another entry, another
record or another digest of evidence at a place that both have.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.storage import evidence, records
from app.storage.database import Reading

_BATCH: Final = 500


class Compared(StrEnum):
    """What was compared."""

    CHAIN = "chain"
    RECORD = "record"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something in the copy that is not in the vault, or not as there."""

    what: Compared
    reference: str


def compare(vault: Reading, copy: Reading) -> tuple[tuple[Difference, ...], int]:
    """What differs, and how many entries the vault has more than the copy."""
    return (
        (*_chain(vault, copy), *_records(vault, copy), *_evidence(vault, copy)),
        records.count(vault) - records.count(copy),
    )


def _chain(vault: Reading, copy: Reading) -> list[Difference]:
    done = 0
    while batch := records.entries(copy, done, _BATCH):
        known = {each.entry: each.hash for each in records.entries(vault, done, _BATCH)}
        for each in batch:
            if known.get(each.entry) != each.hash:
                # One broken link breaks all that follow: the first says where.
                return [Difference(what=Compared.CHAIN, reference=str(each.entry))]
        done = batch[-1].entry
    return []


def _records(vault: Reading, copy: Reading) -> list[Difference]:
    found = []
    for head in records.all_heads(copy):
        entry = records.revision(vault, head.id, head.number)
        same = (
            entry is not None
            and entry.at == head.at
            and entry.body in {None, head.body}
            and entry.local in {None, head.local}
        )
        if not same:
            found.append(Difference(what=Compared.RECORD, reference=head.short_ref))
    return found


def _evidence(vault: Reading, copy: Reading) -> list[Difference]:
    there = {each.record: (each.sha256, each.size) for each in evidence.files(vault)}
    found = []
    for each in evidence.files(copy):
        # Destroyed since is no difference: its record tells.
        if each.record in there and there[each.record] != (each.sha256, each.size):
            head = records.head(copy, each.record)
            reference = head.short_ref if head else each.record
            found.append(Difference(what=Compared.EVIDENCE, reference=reference))
    return found
