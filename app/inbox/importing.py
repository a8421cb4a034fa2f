"""Take an opened bundle into the vault: evidence first, then every record in one transaction.

What is doubtful is not decided here: an unknown signer, a missing signature, a bundle passed on by
somebody else need an explicit acceptance each; a replay is refused. A record that this vault holds
from elsewhere is never overwritten: it is reported as a conflict and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app import evidence, keyring, store
from app.bundles import opening, reading
from app.bundles.manifest import BundleKind
from app.bundles.report import (
    AddressState,
    Item,
    ItemState,
    OpenedBundle,
    OrderState,
    SealedRecord,
    SignerState,
)
from app.changes import Changes
from app.errors import Refused
from app.inbox.outcomes import QUESTIONS, STORED, Outcome, outcome
from app.inbox.stock import Stock
from app.records import EvidenceItem, Kind, class_of
from app.records.codec import decode
from app.records.ids import EvidenceItemId
from app.storage import bundles as stored
from app.storage import evidence as evidence_files
from app.storage.bundles import ReceivedBundle, ReceivedItem
from app.storage.database import Transaction
from app.tasks import Progress, Step, ignore
from app.vault import Vault

__all__ = [
    "Doubt",
    "ImportPlan",
    "Imported",
    "Outcome",
    "PlannedRecord",
    "apply",
    "apply_opened",
    "doubts_of",
    "plan_import",
    "received_row",
]


class Doubt(StrEnum):
    """What has to be accepted in so many words before a bundle is taken in."""

    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    PASSED_ON = "passed_on"
    REPLAY = "replay"
    FORKED = "forked"
    KIND = "kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRecord:
    """One record of the bundle against the vault."""

    sealed: SealedRecord
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What taking in would do, and what stands against it. Nothing has been written."""

    opened: OpenedBundle
    records: tuple[PlannedRecord, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was done."""

    bundle: str
    records: tuple[PlannedRecord, ...]
    evidence: int
    items: tuple[Item, ...]
    changes: Changes

    @property
    def complete(self) -> bool:
        """Whether everything the bundle names is now here."""
        asked = any(each.outcome in QUESTIONS for each in self.records)
        return not asked and all(each.state is ItemState.GOOD for each in self.items)


_NEVER = frozenset({Doubt.REPLAY, Doubt.KIND})
_IMPORTED_KINDS = frozenset({BundleKind.REPORT, BundleKind.AMENDMENT, BundleKind.HANDOVER})


def plan_import(vault: Vault, opened: OpenedBundle) -> ImportPlan:
    """Compares an opened bundle with the vault."""
    signer = opened.signer.fingerprint
    return ImportPlan(
        opened=opened,
        records=tuple(
            PlannedRecord(
                sealed=each,
                outcome=outcome(
                    vault.database,
                    each,
                    bundle=opened.manifest.bundle,
                    signer=signer,
                    order=opened.order.state,
                ),
            )
            for each in opened.records
        ),
        doubts=tuple(doubts_of(opened)),
    )


def apply(
    vault: Vault,
    path: Path,
    plan: ImportPlan,
    *,
    accepted: frozenset[Doubt] = frozenset(),
    progress: Progress = ignore,
) -> Imported:
    """Takes the bundle at `path` in, which must be the one that was opened.

    Raises Refused (with the doubts not accepted, or that cannot be), BundleDamaged when the file
    is another one by now, everything of `opening.open_bundle`, NoRoom, NotWritable, MediumFailed,
    Cancelled. Whatever is raised, the vault is as it was.
    """
    _refuse(plan.doubts, accepted)
    stock = Stock(vault, plan.opened, _waiting(vault, plan), progress)
    try:
        judged = _read_again(vault, path, plan, stock, progress)
        # What was true when it was opened may not be any more: it may have been taken in since.
        _refuse(tuple(doubts_of(judged)), accepted)
        with vault.transaction() as tx:
            done = _store(vault, tx, judged, stock, progress)
    finally:
        stock.discard()
    return _imported(judged, done, stock)


def apply_opened(
    vault: Vault,
    path: Path,
    opened: OpenedBundle,
    *,
    accepted: frozenset[Doubt],
    progress: Progress = ignore,
) -> Imported:
    """As `apply`, for a bundle opened this moment, one of many: the file is read again only for
    evidence that is to be kept, and what finds reports follows when the vault settles.
    """
    _refuse(tuple(doubts_of(opened)), accepted)
    waiting = tuple(_waiting(vault, plan_import(vault, opened))) if opened.evidence else ()
    stock = Stock(vault, opened, waiting, progress)
    try:
        judged = opened
        if stock.wants_files:
            inside = reading.read(path, keyring.of(vault).identities, stock.take, progress)
            judged = opening.judge_again(vault, inside, opened)
            _refuse(tuple(doubts_of(judged)), accepted)
        with vault.one_of_many() as tx:
            done = _store(vault, tx, judged, stock, progress)
    finally:
        stock.discard()
    return _imported(judged, done, stock)


def _imported(judged: OpenedBundle, done: tuple[PlannedRecord, ...], stock: Stock) -> Imported:
    return Imported(
        bundle=judged.manifest.bundle,
        records=done,
        evidence=stock.attached,
        items=judged.items,
        changes=Changes.of("bundle", *(each.sealed.kind for each in done)),
    )


def _refuse(doubts: tuple[Doubt, ...], accepted: frozenset[Doubt]) -> None:
    left = [each for each in doubts if each not in accepted or each in _NEVER]
    if left:
        raise Refused(tuple(each.value for each in left))


def _waiting(vault: Vault, plan: ImportPlan) -> Iterator[EvidenceItem]:
    """The evidence records that will be stored and have no file here yet."""
    for each in plan.records:
        if each.sealed.kind != Kind.EVIDENCE_ITEM or each.outcome not in STORED:
            continue
        record = decode(EvidenceItem, each.sealed.body)
        if evidence_files.file_of(vault.database, record.id) is None:
            yield record


def _read_again(
    vault: Vault, path: Path, plan: ImportPlan, stock: Stock, progress: Progress
) -> OpenedBundle:
    """The bundle once more, its evidence going into the stock; the bytes held are let go."""
    keys = keyring.of(vault)
    inside = reading.read(path, keys.identities, stock.take, progress)
    return opening.judge_again(vault, inside, plan.opened)


def _store(
    vault: Vault, tx: Transaction, opened: OpenedBundle, stock: Stock, progress: Progress
) -> tuple[PlannedRecord, ...]:
    signer = opened.signer.fingerprint
    done: list[PlannedRecord] = []
    items: list[ReceivedItem] = []
    arrived: list[EvidenceItem] = []
    for position, each in enumerate(opened.records):
        progress(Step(doing="taking_in", done=position, total=len(opened.records)))
        becomes = outcome(
            tx,
            each,
            bundle=opened.manifest.bundle,
            signer=signer,
            order=opened.order.state,
        )
        number = 0
        if becomes in STORED:
            record = decode(class_of(Kind(each.kind)), each.body)
            number = store.receive(
                vault,
                tx,
                record,
                bundle=opened.manifest.bundle,
                signer=signer,
                number=each.revision,
            ).revision
            if (
                isinstance(record, EvidenceItem)
                and evidence_files.file_of(tx, record.id) is None
                and stock.attach(tx, record)
            ):
                arrived.append(record)
        done.append(PlannedRecord(sealed=each, outcome=becomes))
        items.append(_received_item(opened, position, each, becomes, number))
    for item in arrived:
        evidence.note(vault, tx, EvidenceItemId(item.id), evidence.RECEIVED, after=item.sha256)
    bad = [each for each in opened.items if each.state is not ItemState.GOOD]
    items += [_bad_item(opened, len(items) + at, each) for at, each in enumerate(bad)]
    stored.add_received(tx, received_row(vault, opened), tuple(items))
    return tuple(done)


def doubts_of(opened: OpenedBundle) -> Iterable[Doubt]:
    """What stands against taking a bundle in, as it was opened."""
    if opened.manifest.kind not in _IMPORTED_KINDS:
        yield Doubt.KIND
    if opened.order.state is OrderState.REPLAY:
        yield Doubt.REPLAY
    if opened.order.state is OrderState.FORKED:
        yield Doubt.FORKED
    if opened.signer.state is SignerState.UNKNOWN:
        yield Doubt.UNKNOWN
    if opened.signer.state is SignerState.UNSIGNED:
        yield Doubt.UNSIGNED
    if opened.addressed is AddressState.PASSED_ON:
        yield Doubt.PASSED_ON


def received_row(vault: Vault, opened: OpenedBundle) -> ReceivedBundle:
    """What is noted of a bundle that is taken in."""
    manifest = opened.manifest
    return ReceivedBundle(
        id=manifest.bundle,
        kind=manifest.kind.value,
        verify_key=manifest.verify_key or "",
        contact=opened.signer.contact or "",
        series=manifest.series,
        sequence=manifest.sequence,
        previous=manifest.previous or "",
        manifest=opened.tag_manifest_digest,
        verdict="accepted" if opened.complete else "damaged",
        reply=manifest.reply or "",
        file_name=opened.file_name,
        file_size=opened.file_size,
        day=manifest.day.isoformat(),
        at=vault.now(),
        addressed=opened.addressed.value,
    )


def _received_item(
    opened: OpenedBundle, position: int, sealed: SealedRecord, becomes: Outcome, number: int
) -> ReceivedItem:
    return ReceivedItem(
        bundle=opened.manifest.bundle,
        position=position,
        record=sealed.id,
        kind=sealed.kind,
        number=sealed.revision,
        digest=sealed.digest,
        verdict="question" if becomes in QUESTIONS else "accepted",
        detail=becomes.value,
        stored=number,
    )


def _bad_item(opened: OpenedBundle, position: int, item: Item) -> ReceivedItem:
    return ReceivedItem(
        bundle=opened.manifest.bundle,
        position=position,
        record="",
        kind=item.kind,
        number=0,
        digest="",
        verdict="unreadable" if item.state is ItemState.UNREADABLE else "damaged",
        detail=f"{item.reference} {item.why}".strip(),
    )
