"""The reports that can be sealed: those ready for it first, and some others; the rest by search.

A vault may hold a hundred thousand: nobody looks through them all, and no page shows them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app import incident_rows
from app.filters import Filter
from app.incident_rows import PAGE, IncidentRow
from app.records.ids import RecordId
from app.standing import State
from app.vault import Vault

READY: Final = frozenset({State.SAVED, State.CHANGED})
"""Reports that nobody has sealed as they stand now."""

MOST_READY: Final = 100
"""Of those, how many are offered at once: a bundle of more is better made in several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealable:
    """`rows`: saved reports, the ready ones and those asked for among them; `ready`: how many are
    ready in all; `more`: there are others, to be searched for."""

    rows: tuple[IncidentRow, ...]
    ready: int
    more: bool


def offered(vault: Vault, wanted: frozenset[str] = frozenset()) -> Sealable:
    """What is offered before anything is searched; `wanted`: ids that must be among it."""
    asked = [incident_rows.row(vault, RecordId(each)) for each in sorted(wanted)]
    ready = incident_rows.page(vault, Filter(states=READY), limit=MOST_READY)
    some = incident_rows.page(vault, limit=PAGE)
    found = [each for each in asked if each is not None]
    found += [*ready.rows, *some.rows]
    rows = {each.id: each for each in found if each.revision}
    counts = {each.value: each.count for each in incident_rows.states(vault)}
    return Sealable(
        rows=tuple(rows.values()),
        ready=max(sum(counts.get(state, 0) for state in READY), len(ready.rows)),
        more=some.more is not None,
    )


def found(vault: Vault, words: str) -> tuple[IncidentRow, ...]:
    """The saved reports that hold these words, the latest changed first: one page of them."""
    rows = incident_rows.page(vault, Filter(words=words)).rows
    return tuple(each for each in rows if each.revision)
