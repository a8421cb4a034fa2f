"""Incidents as a person sees them: the list, one with all that belongs to it, those related.

An incident names little itself; acts, statements and evidence name it. What belongs to it is the
table in app/belonging.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from app import belonging, collecting, indexing, store
from app.filters import ALL, Came, Files, Filter, Sort
from app.incident_rows import PAGE, IncidentPage, IncidentRow, page, row, rows, states
from app.records import KINDS, Incident, IncidentLink, Kind, Record, Relationship, derive
from app.records.ids import IncidentId, RecordId
from app.standing import State
from app.storage import finding, records
from app.vault import Vault

__all__ = [
    "ALL",
    "PAGE",
    "Came",
    "Files",
    "Filter",
    "IncidentPage",
    "IncidentRow",
    "Related",
    "Sort",
    "State",
    "page",
    "related",
    "row",
    "rows",
    "states",
    "whole",
]

_ORDER: Final = {kind.kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another incident and the record that ties it to this one: a link, person or engagement."""

    incident: Incident
    through: Record


def whole(vault: Vault, incident: IncidentId) -> list[Record]:
    """The incident and every record that belongs to it, by kind, each once. Raises NotFound.

    Acts, involvements, people, organisations, engagements, places, statements, sources, evidence,
    custody events and consents, and how two people of it are related; references to records that
    are not here are passed over.
    """
    top = store.get(vault, Incident, incident)
    found: dict[RecordId, Record] = {top.id: top}
    waiting: list[Record] = [top]
    while waiting:
        for neighbour in _belonging_to(vault, waiting.pop()):
            if neighbour.id not in found:
                found[neighbour.id] = neighbour
                waiting.append(neighbour)
    for tie in _ties_between(vault, found):
        found[tie.id] = tie
    return sorted(found.values(), key=_place)


def related(vault: Vault, incident: IncidentId) -> list[Related]:
    """Incidents tied to this one by a link, or by a person, organisation or engagement of both.

    Raises NotFound.
    """
    ties: list[Record] = [*store.linked_by(vault, IncidentLink, "incident", incident)]
    ties += store.linked_by(vault, IncidentLink, "to", incident)
    shared = {Kind.PERSON, Kind.ORGANISATION, Kind.ENGAGEMENT}
    parts = [record for record in whole(vault, incident) if record.kind in shared]
    found: dict[RecordId, Related] = {}
    for tie in [*ties, *parts]:
        for other in _incidents_of(vault, tie):
            if other != incident and other not in found:
                found[other] = Related(incident=store.get(vault, Incident, other), through=tie)
    return list(found.values())


# --- inside ---------------------------------------------------------------------------------


def _place(record: Record) -> tuple[int, datetime]:
    """By kind, then by age; custody events stay in the order of their chain, whatever the clock
    said."""
    at = (
        datetime.min.replace(tzinfo=UTC) if record.kind is Kind.CUSTODY_EVENT else record.created_at
    )
    return _ORDER[record.kind], at


def _belonging_to(vault: Vault, record: Record) -> list[Record]:
    found: list[Record] = []
    followed = belonging.followed(record.kind)
    for link in derive.links(record):
        if link.field in followed:
            head = records.head(vault.database, link.target)
            if head is not None and not head.removed:
                found.append(indexing.record_of(head))
    for member in belonging.MEMBERS.get(record.kind, ()):
        found += [
            indexing.record_of(head)
            for head in records.heads_linking_by(
                vault.database, record.id, member.kind, member.field
            )
        ]
    return found


def _ties_between(vault: Vault, found: dict[RecordId, Record]) -> list[Relationship]:
    """Relationships with both ends in the whole: one end alone would tell of somebody else."""
    return [
        tie
        for party in found.values()
        if party.kind in {Kind.PERSON, Kind.ORGANISATION}
        for tie in store.linked_by(vault, Relationship, "party", party.id)
        if tie.to is not None and RecordId(tie.to) in found
    ]


def _incidents_of(vault: Vault, tie: Record) -> list[RecordId]:
    """The incidents, not removed, that gather a record."""
    above = finding.gathering(vault.database, (tie.id,), collecting.routes())
    heads = [head for each in above if (head := records.head(vault.database, each)) is not None]
    return [RecordId(head.id) for head in heads if not head.removed]
