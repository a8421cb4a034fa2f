"""Why a record is opened: which one, and which record waits for it to be pointed to.

A new record is kept as a draft first, so that an errand is two identifiers and needs no memory:
locking in the middle of it loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from app.records.ids import RecordId, is_record_id

_APART = ">"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """`waiting`: the record whose field shall point to `record` once it is saved; "" for none."""

    record: RecordId
    waiting: RecordId | None = None

    @classmethod
    def parse(cls, reference: str) -> Self:
        """From the reference of a Visit. Raises ValueError for another form."""
        record, _, waiting = reference.partition(_APART)
        if not is_record_id(record) or (waiting and not is_record_id(waiting)):
            raise ValueError(reference)
        return cls(record=RecordId(record), waiting=RecordId(waiting) if waiting else None)

    def __str__(self) -> str:
        return self.record if self.waiting is None else f"{self.record}{_APART}{self.waiting}"
