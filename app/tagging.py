"""Labels that somebody puts on reports for their own order. They stay on this device (M-11).

A tag is a local field of the report: the table of fields that never travel (docs/formats/record.md)
keeps it out of every bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from app import filters, store
from app.changes import Changes
from app.errors import Invalid, MalformedJson, MalformedRecord
from app.filters import Offered
from app.records import Incident, codec
from app.records.ids import IncidentId
from app.storage import drafts
from app.storage.database import Transaction
from app.vault import Vault

TAG_LETTERS: Final = 60

Tags = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """The reports that a command altered: what undoing it has to alter back."""

    reports: tuple[IncidentId, ...]
    changes: Changes


def add(vault: Vault, reports: Iterable[IncidentId], tag: str) -> Tagged:
    """Put a tag on reports that do not have it, all of them or none.

    Raises Invalid (empty, or of more than 60 letters), NotFound, NoRoom, NotWritable.
    """
    label = " ".join(tag.split())
    if not label or len(label) > TAG_LETTERS:
        raise Invalid(problems=("tags: missing" if not label else "tags: too_long",))
    with vault.transaction() as tx:
        altered = []
        for each in reports:
            report = store.get(vault, Incident, each)
            if label not in report.tags:
                store.relabel(vault, tx, replace(report, tags=(*report.tags, label)))
                _relabel_draft(tx, each, lambda tags: (*_without(tags, label), label))
                altered.append(each)
    return Tagged(reports=tuple(altered), changes=Changes.of(Incident.kind.value))


def take_off(vault: Vault, reports: Iterable[IncidentId], tag: str) -> Tagged:
    """Take a tag off reports that have it, all of them or none. Raises NotFound and as `add`."""
    with vault.transaction() as tx:
        altered = []
        for each in reports:
            report = store.get(vault, Incident, each)
            if tag in report.tags:
                store.relabel(vault, tx, replace(report, tags=_without(report.tags, tag)))
                _relabel_draft(tx, each, lambda tags: _without(tags, tag))
                altered.append(each)
    return Tagged(reports=tuple(altered), changes=Changes.of(Incident.kind.value))


def every(vault: Vault) -> tuple[Offered, ...]:
    """Every tag in use, with how many reports have it, the commonest first."""
    return filters.offered(vault, "tags")


def _without(tags: Tags, tag: str) -> Tags:
    return tuple(other for other in tags if other != tag)


def _relabel_draft(tx: Transaction, report: IncidentId, change: Callable[[Tags], Tags]) -> None:
    """The same in what is being typed, or saving that would undo it."""
    row = drafts.draft(tx, report)
    if row is None:
        return
    with suppress(MalformedJson, MalformedRecord):
        typed = codec.decode(Incident, row.body.encode("utf-8"), row.local.encode("utf-8"))
        parts = codec.encode(replace(typed, tags=change(typed.tags)))
        drafts.keep(tx, replace(row, local=parts.local.decode("utf-8")))
