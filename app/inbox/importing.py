"""Take an opened bundle into the vault: evidence first, then every record in one transaction.

What is doubtful is not decided here: an unknown signer, a missing signature, a bundle passed on by
somebody else need an explicit acceptance each; a replay is refused. A record that this vault holds
from elsewhere is never overwritten: it is reported as a conflict and left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from app.errors import BundleDamaged, Refused
from app.evidence import StoredContent
from app.reading import FileDigest
from app.records import EvidenceItem, Kind, class_of
from app.records.codec import decode
from app.records.ids import EvidenceItemId
from app.records.values import TermRef
from app.storage import bundles as stored
from app.storage import evidence as evidence_files
from app.storage import origin
from app.storage import records as heads
from app.storage.bundles import ReceivedBundle, ReceivedItem
from app.storage.database import Reading, Transaction
from app.storage.origin import Act
from app.streams import Reader
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto.digest import sha256
from crypto.signing import VerifyKey


class Doubt(StrEnum):
    """What has to be accepted in so many words before a bundle is taken in."""

    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    PASSED_ON = "passed_on"
    REPLAY = "replay"
    FORKED = "forked"
    KIND = "kind"


class Outcome(StrEnum):
    """What becomes of one record."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CONFLICT = "conflict"


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
        conflict = any(each.outcome is Outcome.CONFLICT for each in self.records)
        return not conflict and all(each.state is ItemState.GOOD for each in self.items)


_IMPORTED = TermRef(list="custody_action", key="imported")
_NEVER = frozenset({Doubt.REPLAY, Doubt.KIND})
_IMPORTED_KINDS = frozenset({BundleKind.REPORT, BundleKind.AMENDMENT, BundleKind.HANDOVER})


def plan_import(vault: Vault, opened: OpenedBundle) -> ImportPlan:
    """Compares an opened bundle with the vault."""
    signer = _fingerprint(opened)
    return ImportPlan(
        opened=opened,
        records=tuple(
            PlannedRecord(sealed=each, outcome=_outcome(vault.database, each, signer))
            for each in opened.records
        ),
        doubts=tuple(_doubts(opened)),
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
    open_doubts = [each for each in plan.doubts if each not in accepted or each in _NEVER]
    if open_doubts:
        raise Refused(tuple(each.value for each in open_doubts))
    stocked = _Stock(vault, plan.opened, progress)
    try:
        inside = reading.read(path, keyring.of(vault).identities, stocked.take, progress)
        if inside.tag_manifest_digest != plan.opened.tag_manifest_digest:
            raise BundleDamaged("changed")
        judged = opening.judge(vault, keyring.of(vault), inside, path)
        with vault.transaction() as tx:
            done = _store(vault, tx, judged, stocked)
    finally:
        stocked.discard()
    return Imported(
        bundle=judged.manifest.bundle,
        records=done,
        evidence=stocked.attached,
        items=judged.items,
        changes=Changes.of("bundle", *(each.sealed.kind for each in done)),
    )


class _Stock:
    """Evidence files stored while the bundle is read, until the transaction refers to them."""

    def __init__(self, vault: Vault, opened: OpenedBundle, progress: Progress) -> None:
        self._vault = vault
        self._progress = progress
        self._wanted = {each.path for each in opened.evidence}
        self._stored: dict[str, StoredContent] = {}
        self.attached = 0

    def take(self, path: str, content: Reader, size: int) -> FileDigest:
        if path not in self._wanted:
            return reading.digest(path, content, size)
        held = evidence.receive(self._vault, content, size=size, progress=self._progress)
        self._stored[path] = held
        return FileDigest(sha256=bytes.fromhex(held.sha256), size=held.size)

    def attach(self, tx: Transaction, item: EvidenceItem) -> list[EvidenceItem]:
        """Makes a record refer to the first free file with its digest; the record, or nothing."""
        for path, held in self._stored.items():
            if held.sha256 == item.sha256:
                evidence.attach(tx, item.id, held)
                del self._stored[path]
                self.attached += 1
                return [item]
        return []

    def discard(self) -> None:
        for held in self._stored.values():
            evidence.discard(self._vault, held)


def _store(
    vault: Vault, tx: Transaction, opened: OpenedBundle, stock: _Stock
) -> tuple[PlannedRecord, ...]:
    signer = _fingerprint(opened)
    done: list[PlannedRecord] = []
    items: list[ReceivedItem] = []
    arrived: list[EvidenceItem] = []
    for position, each in enumerate(opened.records):
        outcome = _outcome(tx, each, signer)
        number = 0
        if outcome is not Outcome.CONFLICT:
            record = decode(class_of(Kind(each.kind)), each.body)
            number = store.receive(
                vault,
                tx,
                record,
                bundle=opened.manifest.bundle,
                signer=signer,
                number=each.revision,
            ).revision
            if isinstance(record, EvidenceItem) and evidence_files.file_of(tx, record.id) is None:
                arrived += stock.attach(tx, record)
        done.append(PlannedRecord(sealed=each, outcome=outcome))
        items.append(_received_item(opened, position, each, outcome, number))
    for item in arrived:
        evidence.note(vault, tx, EvidenceItemId(item.id), _IMPORTED, after=item.sha256)
    bad = [each for each in opened.items if each.state is not ItemState.GOOD]
    items += [_bad_item(opened, len(items) + at, each) for at, each in enumerate(bad)]
    stored.add_received(tx, _received(vault, opened), tuple(items))
    return tuple(done)


def _outcome(db: Reading, sealed: SealedRecord, signer: str) -> Outcome:
    head = heads.head(db, sealed.id)
    if head is None:
        return Outcome.NEW
    if sha256(head.body.encode()).hex() == sealed.digest:
        return Outcome.SAME
    came = origin.decode(head.origin)
    # Only the same key may continue what it sent; an unsigned bundle can continue nothing, and a
    # record changed here since is a person's decision.
    if came.act is not Act.RECEIVED or not signer or came.signer != signer:
        return Outcome.CONFLICT
    # an older revision that arrives late must not replace the newer one that is already here
    return Outcome.CHANGED if sealed.revision > came.number else Outcome.CONFLICT


def _doubts(opened: OpenedBundle) -> Iterable[Doubt]:
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


def _fingerprint(opened: OpenedBundle) -> str:
    key = opened.signer.key
    return "" if key is None else VerifyKey.parse(key).fingerprint.hex()


def _received(vault: Vault, opened: OpenedBundle) -> ReceivedBundle:
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
    )


def _received_item(
    opened: OpenedBundle, position: int, sealed: SealedRecord, outcome: Outcome, number: int
) -> ReceivedItem:
    return ReceivedItem(
        bundle=opened.manifest.bundle,
        position=position,
        record=sealed.id,
        kind=sealed.kind,
        number=sealed.revision,
        digest=sealed.digest,
        verdict="question" if outcome is Outcome.CONFLICT else "accepted",
        detail=outcome.value,
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
