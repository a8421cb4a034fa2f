"""What one record alone cannot show: it is looked up in the vault, inside the saving transaction.

G-02, G-05: an observation on an organisation rests on a public record and is one of the list.
S-03: "reasonable grounds" is not typed in, it is reviewed. N-05: no group told by origin, belief or
nationality is recorded as a perpetrator. R-07: nobody is interviewed again without a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app import indexing, interviews, naming, termlists
from app.records import (
    EvidenceItem,
    Incident,
    IndependenceObservation,
    Involvement,
    Person,
    Record,
    Statement,
    VerificationReview,
    checks,
)
from app.records.desk_conditions import REASONABLE_GROUNDS
from app.records.ids import RecordId
from app.records.kinds import Kind
from app.records.problems import Code, Problem
from app.storage import records
from app.storage.database import Reading

PUBLIC_RECORDS: Final = frozenset(
    {
        "un_webtv",
        "un_document",
        "cngo_record",
        "web_capture",
        "organisation_document",
        "media_article",
    }
)
"""Kinds of evidence that anybody can look up: an observation rests on no other (G-02)."""


def problems(db: Reading, record: Record) -> list[Problem]:
    """What stands against keeping this record, given what else is kept."""
    match record:
        case Incident():
            return list(_status(db, record))
        case IndependenceObservation():
            return list(_observation(db, record))
        case Involvement() if naming.accuses(record):
            party = _found(db, record.party)
            if isinstance(party, Person) and naming.is_group_by_birth(party):
                return [Problem(field="party", code=Code.GROUP_BY_BIRTH)]
        case Person() if naming.is_group_by_birth(record) and _is_accused(db, record):
            return [Problem(field="identity_mode", code=Code.GROUP_BY_BIRTH)]
        case Statement() if interviews.needs_reason(db, record):
            return [Problem(field="again_reason", code=Code.MISSING)]
        case _:
            pass
    return []


def is_enough(review: VerificationReview, of: Record) -> bool:
    """Whether a review carries "reasonable grounds" for a record (S-03): whole, decided so, by two
    people, neither of whom wrote the record down."""
    decided = review.decision is not None and review.decision.key == REASONABLE_GROUNDS
    recorders = {of.created_by} - {None}
    by_recorder = recorders & {review.reviewer, review.second_reviewer}
    return decided and not by_recorder and review.of == of.id and not checks.verify(review)


def _observation(db: Reading, record: IndependenceObservation) -> Iterator[Problem]:
    """One public source (G-02); only what the list offers is an observation, so that nobody types
    a nationality, an origin, a faith or an opinion as one (G-05)."""
    source = _found(db, record.source)
    kind = source.evidence_type if isinstance(source, EvidenceItem) else None
    if record.source is not None and (kind is None or kind.key not in PUBLIC_RECORDS):
        yield Problem(field="source", code=Code.NOT_PUBLIC)
    offered = termlists.get("independence_observation")
    if record.observation is not None and not offered.can_choose(record.observation.key):
        yield Problem(field="observation", code=Code.NOT_HERE)


def _status(db: Reading, incident: Incident) -> Iterator[Problem]:
    """Only coming to the status is checked: what was received with it stays as it is."""
    if incident.verification_status.key != REASONABLE_GROUNDS:
        return
    before = _found(db, incident.id)
    if isinstance(before, Incident) and before.verification_status.key == REASONABLE_GROUNDS:
        return
    if not any(is_enough(each, incident) for each in _reviews(db, incident)):
        yield Problem(field="verification_status", code=Code.NOT_REVIEWED)


def _reviews(db: Reading, incident: Incident) -> Iterator[VerificationReview]:
    for head in records.heads_linking_by(db, incident.id, Kind.VERIFICATION_REVIEW, "of"):
        review = indexing.record_of(head)
        if isinstance(review, VerificationReview):
            yield review


def _is_accused(db: Reading, person: Person) -> bool:
    return any(
        isinstance(part, Involvement) and naming.accuses(part)
        for head in records.heads_linking_by(db, person.id, Kind.INVOLVEMENT, "party")
        for part in (indexing.record_of(head),)
    )


def _found(db: Reading, record: RecordId | None) -> Record | None:
    head = None if record is None else records.head(db, record)
    return None if head is None or head.removed else indexing.record_of(head)
