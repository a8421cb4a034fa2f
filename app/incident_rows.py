"""The list of reports, a page at a time: the same cost at the first report and at the last.

What damage keeps from being counted or found must not keep the list from being shown: then it is
read report by report, all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeVar

from app import asking, filters, indexing, store
from app.errors import MalformedJson, MalformedRecord, VaultDamaged
from app.filters import Filter, Offered, Sort
from app.folding import folded
from app.records import Incident, Kind, derive
from app.records.dates import FuzzyRange
from app.records.ids import IncidentId, RecordId
from app.records.values import NOTHING_SAID, LText, TermRef
from app.standing import State
from app.storage import finding, finding_queries, incident_list, origin, records
from app.storage.finding_queries import After
from app.storage.origin import Act
from app.storage.piecewise import LostRow
from app.vault import Vault

PAGE: Final = 40
"""Rows of a page: more than a screen shows."""

_AT_ONCE: Final = 500

C = TypeVar("C")


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
    tags: tuple[str, ...]
    state: State
    verdict: str
    receivers: int
    evidence: int
    revision: int
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """Some rows of a list, in order, and where the next ones go on; None: these are the last."""

    rows: tuple[IncidentRow, ...]
    more: After | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    sealings: dict[str, incident_list.Sealing]
    answers: dict[str, incident_list.Answer]
    evidence: dict[str, int]


def page(
    vault: Vault,
    where: Filter = filters.ALL,
    sort: Sort = Sort.CHANGED,
    after: After | None = None,
    limit: int = PAGE,
) -> IncidentPage:
    """Up to `limit` rows that follow `after`; with the first ones come drafts never saved, which
    are found by their words, state and days alone."""
    days = Filter(states=where.states, since=where.since, until=where.until)
    plain = where == days
    try:
        complete = not finding.marked(vault.database)
        if plain and not complete:
            return _read_one_by_one(vault, where)
        found = finding_queries.page(
            vault.database, filters.wanted(vault, where), filters.order(sort), after, limit + 1
        )
    except VaultDamaged:
        if not plain:
            raise
        return _read_one_by_one(vault, where)
    shown = found[:limit]
    rows = _rows(vault, [each.id for each in shown])
    if after is None and where == replace(days, words=where.words):
        known = {row.id for row in rows}
        words = asking.words_of(where.words)
        unsaved = [row for row in _unsaved(vault, known, words) if _fits(row, where)]
        rows = [*unsaved, *rows]
    return IncidentPage(rows=tuple(rows), more=shown[-1].after if len(found) > limit else None)


def rows(vault: Vault, where: Filter = filters.ALL, sort: Sort = Sort.CHANGED) -> list[IncidentRow]:
    """Every row, by default the latest touched first; drafts that were never saved are in it."""
    found: list[IncidentRow] = []
    after: After | None = None
    while True:
        part = page(vault, where, sort, after, _AT_ONCE)
        found += part.rows
        after = part.more
        if after is None:
            return found


def row(vault: Vault, incident: RecordId) -> IncidentRow | None:
    """The row of one report; None when there is neither a report nor a draft of this id."""
    found = _rows(vault, [incident])
    if not found:
        found = [each for each in _unsaved(vault, set()) if each.id == incident]
    return found[0] if found else None


def states(vault: Vault) -> tuple[Offered, ...]:
    """How many reports are in each state; nothing where damage keeps them from being counted."""
    return _counted(lambda: filters.offered(vault, "states")) or ()


# --- inside ---------------------------------------------------------------------------------


def _rows(vault: Vault, ids: Sequence[str]) -> list[IncidentRow]:
    """The rows of these reports in this order; removed ones are passed over."""
    counts = _counts(vault, ids)
    drafted = _drafted(vault)
    found: list[IncidentRow] = []
    for each in ids:
        try:
            head = records.head(vault.database, each)
        except VaultDamaged:
            found.append(_damaged(LostRow(id=each, short_ref=_reference(vault, each))))
            continue
        if head is None or head.removed or head.kind != Kind.INCIDENT:
            continue
        found.append(_row_of(head, counts, drafted))
    return found


def _row_of(head: records.Head, counts: _Counts, drafted: frozenset[str]) -> IncidentRow:
    try:
        incident = indexing.record_of(head)
    except (MalformedJson, MalformedRecord):
        incident = None
    if not isinstance(incident, Incident):
        return _damaged(LostRow(id=head.id, short_ref=head.short_ref))
    sealing = counts.sealings.get(head.id)
    answer = counts.answers.get(head.id)
    received = origin.decode(head.origin).act is Act.RECEIVED
    state = State.RECEIVED if received else State.SAVED
    if head.id in drafted:
        state = State.DRAFT
    elif sealing and head.number > sealing.number:
        state = State.CHANGED
    elif answer:
        state = State.ANSWERED
    elif sealing:
        state = State.SEALED
    return _row(
        incident,
        state=state,
        verdict=answer.verdict if answer else "",
        receivers=sealing.receivers if sealing else 0,
        evidence=counts.evidence.get(head.id, 0),
        revision=head.number,
        at=head.at,
    )


def _read_one_by_one(vault: Vault, where: Filter) -> IncidentPage:
    stored = store.readable(vault, Incident)
    ids = [kept.record.id for kept in stored.found]
    found = [*_rows(vault, ids), *(_damaged(row) for row in stored.damaged)]
    found += _unsaved(vault, {row.id for row in found})
    fitting = [row for row in found if _fits(row, where)]
    return IncidentPage(
        rows=tuple(sorted(fitting, key=lambda row: row.at, reverse=True)), more=None
    )


def _counts(vault: Vault, ids: Sequence[str]) -> _Counts:
    db = vault.database
    return _Counts(
        sealings=_counted(lambda: incident_list.sealings(db, ids)) or {},
        answers=_counted(lambda: incident_list.answers(db, ids)) or {},
        evidence=_counted(lambda: incident_list.evidence_counts(db, ids)) or {},
    )


def _counted(count: Callable[[], C]) -> C | None:
    try:
        return count()
    except VaultDamaged:
        return None


def _drafted(vault: Vault) -> frozenset[str]:
    return _counted(lambda: incident_list.drafted(vault.database, Kind.INCIDENT)) or frozenset()


def _reference(vault: Vault, record: str) -> str:
    return _counted(lambda: records.short_ref_of(vault.database, record)) or ""


def _damaged(row: LostRow) -> IncidentRow:
    return IncidentRow(
        id=IncidentId(RecordId(row.id)),
        short_ref=row.short_ref,
        title=NOTHING_SAID,
        period=FuzzyRange(),
        earliest=None,
        latest=None,
        urgency=TermRef(),
        tags=(),
        state=State.DAMAGED,
        verdict="",
        receivers=0,
        evidence=0,
        revision=0,
        at="",
    )


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
        tags=incident.tags,
        state=state,
        verdict=verdict,
        receivers=receivers,
        evidence=evidence,
        revision=revision,
        at=at,
    )


def _unsaved(
    vault: Vault, saved: set[IncidentId], words: tuple[str, ...] = ()
) -> Iterable[IncidentRow]:
    for draft in store.every_draft(vault):
        if not isinstance(draft, Incident) or not _holds(draft, words):
            continue
        if IncidentId(draft.id) not in saved:
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


def _holds(draft: Incident, words: tuple[str, ...]) -> bool:
    if not words:
        return True
    said = "\n".join(
        [draft.short_ref, *(" ".join(row.text.split()) for row in derive.words(draft))]
    )
    flat = folded(said)
    return all(word in flat for word in words)


def _fits(row: IncidentRow, where: Filter) -> bool:
    if where.states and row.state not in where.states:
        return False
    if where.since and row.latest and row.latest < where.since:
        return False
    return not (where.until and row.earliest and row.earliest > where.until)
