"""Whether a vault is whole, and building again what is derived in it.

SQLCipher's own check passes a file cut at a page boundary and one page rolled back, so it is only
the first of six looks: pages, hash chain, newest states, derived rows, evidence, audit trail.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app import collecting, indexing
from app.errors import AppError, EvidenceDamaged, MediumFailed, NotReadable, VaultDamaged
from app.records.kinds import Kind
from app.storage import audit, chain, evidence, finding, indexes, piecewise, records
from app.storage.database import Database
from app.storage.evidence_files import EvidenceFolder, StoredReader, digest_of
from app.storage.piecewise import Read
from app.tasks import Progress, Step

_BATCH: Final = 500
_LOST: Final = "unreadable"


class Look(StrEnum):
    """What was looked at."""

    PAGES = "pages"
    CHAIN = "chain"
    NEWEST = "newest"
    DERIVED = "derived"
    EVIDENCE = "evidence"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it should be. `reference`: a short reference or entry number."""

    look: Look
    reference: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was counted and what was found. `last_hash`: of the newest entry, 64 hex; with the
    number of entries it can be noted on paper, against an older copy of the whole vault."""

    entries: int
    records: int
    evidence: int
    last_hash: str
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        return not self.findings


def check(database: Database, files: EvidenceFolder, progress: Progress) -> CheckReport:
    """Look at everything, change nothing but the log, which is brought into the file first.

    What cannot be read is a finding, and what stands beside it is looked at all the same. Raises
    Cancelled, MediumFailed.
    """
    progress(Step(doing="checking", done=0))
    findings = [
        Finding(look=Look.PAGES, reference="", detail=detail) for detail in database.damages()
    ]
    entries, last, broken = _follow_chain(database, progress)
    heads = piecewise.all_heads(database)
    stored, unknown = _stored(database, heads.found)
    findings += [
        *broken,
        *(Finding(look=Look.NEWEST, reference=row.short_ref, detail=_LOST) for row in heads.lost),
        *_newest(database, heads.found),
        *_derived(database, heads.found),
        *unknown,
        *_evidence(database, files, stored, progress),
        *_audit(database),
    ]
    return CheckReport(
        entries=entries,
        records=len(heads.found),
        evidence=len(stored),
        last_hash=last.hex(),
        findings=tuple(findings),
    )


def check_database(database: Database, progress: Progress) -> CheckReport:
    """Look at the pages and the chain alone. Raises Cancelled, MediumFailed, VaultDamaged."""
    progress(Step(doing="checking", done=0))
    pages = [Finding(look=Look.PAGES, reference="", detail=each) for each in database.damages()]
    entries, last, broken = _follow_chain(database, progress)
    return CheckReport(
        entries=entries,
        records=len(records.all_heads(database)),
        evidence=len(evidence.files(database)),
        last_hash=last.hex(),
        findings=(*pages, *broken),
    )


def reindex(database: Database) -> int:
    """Build all derived rows again; how many records were read. Raises NoRoom, MediumFailed."""
    with database.transaction() as tx:
        count = indexing.reindex(tx)
        collecting.rebuild(tx)
        return count


def _follow_chain(database: Database, progress: Progress) -> tuple[int, bytes, list[Finding]]:
    previous: bytes | None = chain.START
    last = chain.START
    count = 0
    findings: list[Finding] = []
    total = _total(database)
    numbers: dict[str, int] = {}
    while (batch := _batch(database, count)).found or batch.lost:
        for number in batch.lost:
            findings.append(Finding(look=Look.CHAIN, reference=str(number), detail=_LOST))
            # What follows what cannot be read is looked at again from there.
            previous = None
        for entry in batch.found:
            expected = numbers.get(entry.record, 0) + 1
            numbers[entry.record] = entry.number
            if previous is None:
                detail = _flaw_of_content(entry)
            else:
                detail = _flaw(entry, count + 1, previous, expected)
            if detail:
                findings.append(Finding(look=Look.CHAIN, reference=str(entry.entry), detail=detail))
            count = entry.entry
            previous = None if batch.lost else entry.hash
            last = entry.hash
        count = max([count, *batch.lost])
        progress(Step(doing="checking", done=count, total=total))
    return count, last, findings


def _batch(database: Database, after: int) -> Read[records.Entry]:
    try:
        return Read(found=records.entries(database, after, _BATCH))
    except VaultDamaged:
        end = min(after + _BATCH, piecewise.last_entry(database))
        return piecewise.entries(database, after + 1, end)


def _total(database: Database) -> int:
    try:
        return records.count(database)
    except VaultDamaged:
        return 0


def _flaw(entry: records.Entry, position: int, previous: bytes, number: int) -> str:
    if entry.entry != position:
        return "gap"
    if entry.number != number:
        return "number"
    flaw = _flaw_of_content(entry)
    if flaw:
        return flaw
    expected = chain.link(
        previous,
        entry=entry.entry,
        record=entry.record,
        number=entry.number,
        at=entry.at,
        body_digest=entry.body_digest,
        local_digest=entry.local_digest,
        origin=entry.origin,
    )
    return "" if expected == entry.hash else "hash"


def _flaw_of_content(entry: records.Entry) -> str:
    for content, digest in ((entry.body, entry.body_digest), (entry.local, entry.local_digest)):
        if content is not None and chain.digest(content.encode("utf-8")) != digest:
            return "content"
    return ""


def _newest(database: Database, heads: list[records.Head]) -> list[Finding]:
    """The state shown is the last one of the chain."""
    findings = []
    for head in heads:
        try:
            last = records.last_revision(database, head.id)
        except VaultDamaged:
            findings.append(Finding(look=Look.NEWEST, reference=head.short_ref, detail=_LOST))
            continue
        if last is None or (last.number, last.at, last.origin) != (
            head.number,
            head.at,
            head.origin,
        ):
            detail = "number"
        elif last.body not in (None, head.body) or last.local not in (None, head.local):
            detail = "content"
        else:
            continue
        findings.append(Finding(look=Look.NEWEST, reference=head.short_ref, detail=detail))
    return findings


def _derived(database: Database, heads: list[records.Head]) -> list[Finding]:
    findings = []
    for head in heads:
        detail = _flaw_of_derived(database, head)
        if detail:
            findings.append(Finding(look=Look.DERIVED, reference=head.short_ref, detail=detail))
    try:
        orphans = indexes.orphans(database) + finding.orphans(database) > 0
    except VaultDamaged:
        findings.append(Finding(look=Look.DERIVED, reference="", detail=_LOST))
    else:
        if orphans:
            findings.append(Finding(look=Look.DERIVED, reference="", detail="orphans"))
    return findings


def _flaw_of_derived(database: Database, head: records.Head) -> str:
    try:
        fresh = indexes.NOTHING if head.removed else indexing.derived(indexing.record_of(head))
        found = indexes.stored(database, head.position, head.id)
        line_fits = head.kind != Kind.INCIDENT or collecting.fits(database, head)
    except VaultDamaged:
        return _LOST
    except AppError as error:
        return error.code
    return "" if found == fresh and line_fits else "differs"


def _stored(
    database: Database, heads: list[records.Head]
) -> tuple[list[evidence.EvidenceFile], list[Finding]]:
    """What is known of each evidence file, by the records where the whole cannot be read."""
    try:
        return evidence.files(database), []
    except VaultDamaged:
        found, findings = [], []
    for head in heads:
        try:
            file = evidence.file_of(database, head.id)
        except VaultDamaged:
            findings.append(Finding(look=Look.EVIDENCE, reference=head.short_ref, detail=_LOST))
        else:
            found += [file] if file else []
    return found, findings


def _evidence(
    database: Database,
    files: EvidenceFolder,
    stored: list[evidence.EvidenceFile],
    progress: Progress,
) -> list[Finding]:
    findings = []
    total = sum(file.size for file in stored)
    done = 0
    for file in stored:
        reference = _reference(database, file.record)

        def seen(step: Step, before: int = done) -> None:
            progress(Step(doing=step.doing, done=before + step.done, total=total))

        try:
            _read(files, file, reference, seen)
        except EvidenceDamaged:
            findings.append(Finding(look=Look.EVIDENCE, reference=reference, detail="damaged"))
        except (MediumFailed, NotReadable):
            findings.append(Finding(look=Look.EVIDENCE, reference=reference, detail=_LOST))
        done += file.size
    return findings


def _read(
    files: EvidenceFolder, file: evidence.EvidenceFile, reference: str, progress: Progress
) -> None:
    def damaged() -> EvidenceDamaged:
        return EvidenceDamaged(reference=reference)

    path = files.path(file.stored_name)
    with StoredReader(path, file.key, file.size, damaged) as content:
        if digest_of(content, file.size, progress).hex() != file.sha256:
            raise damaged()


def _audit(database: Database) -> list[Finding]:
    try:
        flaws = list(audit.flaws(database))
    except VaultDamaged:
        return [Finding(look=Look.AUDIT, reference="", detail=_LOST)]
    return [Finding(look=Look.AUDIT, reference=str(at), detail=flaw) for at, flaw in flaws]


def _reference(database: Database, record: str) -> str:
    try:
        head = records.head(database, record)
    except VaultDamaged:
        head = None
    return head.short_ref if head else record
