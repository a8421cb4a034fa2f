"""Why a record is opened: which one, and which record waits for it to be pointed to.

A new record is kept as a draft first, so that an errand is two identifiers and needs no memory:
locking in the middle of it loses nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from app.records.ids import RecordId, is_record_id

_APART = ">"
_AT = "#"
_FIELD = re.compile(r"[a-z_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """`waiting`: the record whose field shall point to `record` once it is saved; None for none.
    `field`: the field that gets the cursor; "" for the first.
    """

    record: RecordId
    waiting: RecordId | None = None
    field: str = ""

    @classmethod
    def parse(cls, reference: str) -> Self:
        """From the reference of a Visit. Raises ValueError for another form."""
        before, _, field = reference.partition(_AT)
        record, _, waiting = before.partition(_APART)
        if not _FIELD.fullmatch(field):
            raise ValueError(reference)
        if not is_record_id(record) or (waiting and not is_record_id(waiting)):
            raise ValueError(reference)
        return cls(
            record=RecordId(record), waiting=RecordId(waiting) if waiting else None, field=field
        )

    def __str__(self) -> str:
        said = self.record if self.waiting is None else f"{self.record}{_APART}{self.waiting}"
        return f"{said}{_AT}{self.field}" if self.field else said
