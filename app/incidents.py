"""Incidents as a person sees them: the list, one with all that belongs to it, those related.

An incident names little itself; acts, statements and evidence name it. What belongs to it is the
table in app/belonging.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeVar

from app import belonging, indexing, store
from app.errors import VaultDamaged
from app.records import KINDS, Incident, IncidentLink, Kind, Record, Relationship, derive
from app.records.dates import FuzzyRange
from app.records.ids import IncidentId, RecordId
from app.records.values import NOTHING_SAID, LText, TermRef
from app.storage import incident_list, records
from app.storage.origin import Act
from app.storage.piecewise import LostRow
from app.vault import Vault

_SEARCHED: Final = 10_000
_ORDER: Final = {kind.kind: place for place, kind in enumerate(KINDS)}


C = TypeVar("C")


class State(StrEnum):
    """Where a report stands. Later ones win over earlier ones, in this order."""

    SAVED = "saved"
    RECEIVED = "received"  # came in a bundle
    SEALED = "sealed"
    ANSWERED = "answered"  # a receipt came back
    CHANGED = "changed"  # saved again after it was sealed: an amendment may be due
    DRAFT = "draft"  # something typed is not saved yet
    DAMAGED = "damaged"  # its newest state cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """A line of the list. `verdict`: of the latest receipt, "" without one; `receivers`: how many
    it was sealed to; `evidence`: items on it or its acts; `revision`: 0 for a draft never saved."""

    id: IncidentId
    short_ref: str
    title: LText
    period: FuzzyRange
    earliest: date | None
    latest: date | None
    urgency: TermRef
    state: State
    verdict: str
    receivers: int
    evidence: int
    revision: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which incidents: all that fit every part that is set.

    `words`: in the incident or in what belongs to it; `states`: empty for any; `since`, `until`:
    days, incidents whose period may reach into them.
    """

    words: str = ""
    states: frozenset[State] = frozenset()
    since: date | None = None
    until: date | None = None


ALL: Final = Filter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another incident and the record that ties it to this one: a link, person or engagement."""

    incident: Incident
    through: Record


def rows(vault: Vault, where: Filter = ALL) -> list[IncidentRow]:
    """The list, the latest touched first; drafts that were never saved are in it."""
    db = vault.database
    # What damage keeps from being counted must not keep the list from being shown.
    sealings = _counted(lambda: incident_list.sealings(db, Kind.INCIDENT)) or {}
    answers = _counted(lambda: incident_list.answers(db, Kind.INCIDENT)) or {}
    counts = _counted(lambda: incident_list.evidence_counts(db)) or {}
    drafted = _counted(lambda: incident_list.drafted(db, Kind.INCIDENT)) or frozenset()
    wanted = _holding(vault, where.words) if where.words.strip() else None
    found: list[IncidentRow] = []
    stored = store.readable(vault, Incident)
    for kept in stored.found:
        incident = kept.record
        if wanted is not None and incident.id not in wanted:
            continue
        sealing = sealings.get(incident.id)
        answer = answers.get(incident.id)
        found.append(
            _row(
                incident,
                state=_state(kept, sealing, answer, drafted=incident.id in drafted),
                verdict=answer.verdict if answer else "",
                receivers=sealing.receivers if sealing else 0,
                evidence=counts.get(incident.id, 0),
                revision=kept.revision,
                at=kept.at,
            )
        )
    if wanted is None:
        found += [_damaged(row) for row in stored.damaged]
        found += _unsaved(vault, {row.id for row in found})
    fitting = [row for row in found if _fits(row, where)]
    return sorted(fitting, key=lambda row: row.at, reverse=True)


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


def _counted(count: Callable[[], C]) -> C | None:
    try:
        return count()
    except VaultDamaged:
        return None


def _damaged(row: LostRow) -> IncidentRow:
    return IncidentRow(
        id=IncidentId(RecordId(row.id)),
        short_ref=row.short_ref,
        title=NOTHING_SAID,
        period=FuzzyRange(),
        earliest=None,
        latest=None,
        urgency=TermRef(),
        state=State.DAMAGED,
        verdict="",
        receivers=0,
        evidence=0,
        revision=0,
        at="",
    )


def _place(record: Record) -> tuple[int, datetime]:
    """By kind, then by age; custody events stay in the order of their chain, whatever the clock
    said."""
    at = (
        datetime.min.replace(tzinfo=UTC) if record.kind is Kind.CUSTODY_EVENT else record.created_at
    )
    return _ORDER[record.kind], at


def _row(
    incident: Incident,
    *,
    state: State,
    verdict: str,
    receivers: int,
    evidence: int,
    revision: int,
    at: str,
) -> IncidentRow:
    earliest, latest = derive.bounds(incident.period)
    return IncidentRow(
        id=IncidentId(incident.id),
        short_ref=incident.short_ref,
        title=incident.title,
        period=incident.period,
        earliest=earliest,
        latest=latest,
        urgency=incident.urgency,
        state=state,
        verdict=verdict,
        receivers=receivers,
        evidence=evidence,
        revision=revision,
        at=at,
    )


def _state(
    kept: store.Kept[Incident],
    sealing: incident_list.Sealing | None,
    answer: incident_list.Answer | None,
    *,
    drafted: bool,
) -> State:
    if drafted:
        return State.DRAFT
    if sealing and kept.revision > sealing.number:
        return State.CHANGED
    if answer:
        return State.ANSWERED
    if sealing:
        return State.SEALED
    return State.RECEIVED if kept.origin.act is Act.RECEIVED else State.SAVED


def _unsaved(vault: Vault, saved: set[IncidentId]) -> Iterable[IncidentRow]:
    for draft in store.every_draft(vault):
        if isinstance(draft, Incident) and IncidentId(draft.id) not in saved:
            head = records.head(vault.database, draft.id)
            if head is None:
                yield _row(
                    draft,
                    state=State.DRAFT,
                    verdict="",
                    receivers=0,
                    evidence=0,
                    revision=0,
                    at=vault.now(),
                )


def _fits(row: IncidentRow, where: Filter) -> bool:
    if where.states and row.state not in where.states:
        return False
    if where.since and row.latest and row.latest < where.since:
        return False
    return not (where.until and row.earliest and row.earliest > where.until)


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


def _holding(vault: Vault, words: str) -> set[RecordId]:
    """Incidents that hold the words, themselves or in a record that leads up to them."""
    found: set[RecordId] = set()
    for position in indexing.positions(vault.database, words, _SEARCHED):
        head = records.head_at(vault.database, position)
        if head is not None:
            found |= _incidents_of(vault, indexing.record_of(head))
    return found


def _incidents_of(vault: Vault, record: Record) -> set[RecordId]:
    """The incidents that a record belongs to, found by going up what refers to what."""
    found: set[RecordId] = set()
    seen = {record.id}
    waiting = [record]
    while waiting:
        current = waiting.pop()
        if belonging.is_incident(current):
            found.add(current.id)
            continue
        for above in _above(vault, current):
            if above.id not in seen:
                seen.add(above.id)
                waiting.append(above)
    return found


def _above(vault: Vault, record: Record) -> list[Record]:
    """The records that hold this one: those it is a member of, and those that follow it."""
    found: list[Record] = []
    fields = {
        member.field
        for members in belonging.MEMBERS.values()
        for member in members
        if member.kind is record.kind
    }
    if record.kind is Kind.INCIDENT_LINK:
        fields = {"incident", "to"}
    for link in derive.links(record):
        if link.field in fields:
            head = records.head(vault.database, link.target)
            if head is not None and not head.removed:
                found.append(indexing.record_of(head))
    for head in records.heads_linking(vault.database, record.id):
        above = indexing.record_of(head)
        followed = belonging.followed(above.kind)
        if any(row.target == record.id and row.field in followed for row in derive.links(above)):
            found.append(above)
    return found
