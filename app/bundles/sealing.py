"""Seal records to a receiver: plan (what goes, what stays here), then one file (bundle.md).

The file gets its name, its place and its entry in the vault together: it is written and read back
under a temporary name, and renamed inside the transaction that remembers it. A kill leaves either
nothing or a whole bundle, and never a sealed bundle in the list that does not exist.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from app import channels, contacts, evidence, files, incidents
from app.bundles import choosing, leaflet, lines, naming, packing
from app.bundles.choosing import Withheld
from app.bundles.leaflet import Enclosed
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.packing import Laid, Payload
from app.bundles.reading import CUSTODY, EVIDENCE_FOLDER, LEAFLET, MAX_BUNDLE_BYTES, RECORDS
from app.bundles.report import SealedRecord
from app.changes import Changes
from app.clock import stamp
from app.contacts import Contact, ContactId, Trust
from app.errors import CardChanged, NotFound, NothingToSeal, NotVerified, TooBig
from app.i18n import window
from app.records import CustodyEvent, EvidenceItem, Record
from app.records.ids import IncidentId, RecordId
from app.storage import bundles as stored
from app.storage import evidence as evidence_files
from app.storage import records as heads
from app.storage.bundles import SealedBundle, SealedRevision
from app.storage.channels import Channel
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto import age
from crypto.age.chunks import sealed_length
from crypto.digest import sha256
from crypto.padding import padded
from crypto.signing import SigningKey

_CHUNK_BYTES: Final = 512 * 1024
_HEADER_ROOM: Final = 8 * 1024
_EXTENSIONS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "application/pdf": ".pdf",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
    "text/plain": ".txt",
}


class Signing(Enum):
    """Whether the bundle says who made it. A signature proves authorship, for and against."""

    SIGNED = auto()
    UNSIGNED = auto()


class Caution(Enum):
    """What to do when the receiver's safety code was never compared."""

    VERIFIED_ONLY = auto()
    EVEN_UNVERIFIED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asked for."""

    incidents: tuple[IncidentId, ...]
    receiver: ContactId
    signing: Signing = Signing.SIGNED
    caution: Caution = Caution.VERIFIED_ONLY


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """An evidence file that goes along."""

    item: EvidenceItem
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealPlan:
    """What would go into the bundle, and what stays here and why. `bytes`: about this much."""

    order: Order
    receiver: Contact
    kind: BundleKind
    records: tuple[Record, ...]
    files: tuple[PlannedFile, ...]
    withheld: tuple[Withheld, ...]
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A bundle that was written, read back and remembered."""

    bundle: str
    path: Path
    size: int
    sha256: str
    sequence: int
    changes: Changes


def plan(vault: Vault, order: Order) -> SealPlan:
    """Says what sealing would do; writes nothing.

    Raises NothingToSeal, CardChanged, NotVerified (unless EVEN_UNVERIFIED), NotFound.
    """
    receiver = contacts.get(vault, order.receiver)
    _check_receiver(receiver, order)
    chosen = choosing.choose(_records(vault, order), vault.clock().date())
    if not any(each.id in order.incidents for each in chosen.travels):
        raise NothingToSeal
    enclosed = tuple(_files(vault, chosen.travels))
    content = sum(each.size for each in enclosed)
    return SealPlan(
        order=order,
        receiver=receiver,
        kind=_kind(vault, order),
        records=chosen.travels,
        files=enclosed,
        withheld=chosen.withheld,
        bytes=sealed_length(padded(content + 4096 * (len(chosen.travels) + 8))),
    )


def seal(vault: Vault, plan: SealPlan, *, folder: Path, progress: Progress = ignore) -> Sealed:
    """Writes the bundle into `folder` under its own name.

    Raises as `plan`; TooBig (over 8 GiB), EvidenceDamaged, AlreadyThere, NoRoom, TooBigForMedium,
    NotWritable, MediumFailed, ReadBackDiffers, Cancelled. Then nothing was written or remembered.
    """
    _check_receiver(contacts.get(vault, plan.order.receiver), plan.order)
    channel = channels.to(vault.database, plan.receiver.id)
    key = None
    if plan.order.signing is Signing.SIGNED:
        key = SigningKey.from_secret(channel.signing_key)
    manifest = _manifest(vault, plan, channel)
    revisions = [_revision(vault, each) for each in plan.records]
    laid = packing.lay_out(
        manifest, list(_payload(vault, plan, revisions)), plan.receiver.recipient, key
    )
    size = sealed_length(laid.plaintext_bytes) + _HEADER_ROOM
    if size > MAX_BUNDLE_BYTES:
        raise TooBig(at=folder, size=size, limit=MAX_BUNDLE_BYTES)
    files.ensure_room(folder, size)
    with files.draft(folder) as draft:
        packing.write(laid, draft.file, age.parse_recipient(plan.receiver.recipient), progress)
        digest = draft.finish()
        draft.verify(progress=progress)
        draft.set_day(manifest.day)
        name = naming.name_of(digest.sha256)
        done = _row(vault, plan, manifest, channel, laid, name, digest.size)
        with files.undone_by_failure(folder / name), vault.transaction() as tx:
            stored.add_sealed(tx, done, tuple(_held(done.id, revisions)))
            channels.advance(tx, channel, laid.tag_manifest_digest)
            draft.publish(name)
    return Sealed(
        bundle=done.id,
        path=folder / name,
        size=digest.size,
        sha256=digest.sha256.hex(),
        sequence=manifest.sequence,
        changes=Changes.of("bundle", "incident"),
    )


# --- what goes ------------------------------------------------------------------------------


def _check_receiver(receiver: Contact, order: Order) -> None:
    if not receiver.can_receive:
        raise NotFound(receiver.name)
    if receiver.trust is Trust.CHANGED:
        raise CardChanged(receiver.name)
    if receiver.trust is Trust.UNVERIFIED and order.caution is Caution.VERIFIED_ONLY:
        raise NotVerified(receiver.name)


def _records(vault: Vault, order: Order) -> list[Record]:
    """Every record of the chosen incidents, each once, in the order found."""
    found: dict[RecordId, Record] = {}
    for incident in order.incidents:
        for record in incidents.whole(vault, incident):
            found.setdefault(record.id, record)
    return list(found.values())


def _kind(vault: Vault, order: Order) -> BundleKind:
    """An amendment when any of the incidents was sealed to this receiver before."""
    before = {each.id for each in stored.sealed_to(vault.database, order.receiver)}
    for incident in order.incidents:
        sealings = stored.sealings_of(vault.database, incident)
        if any(each.bundle in before for each in sealings):
            return BundleKind.AMENDMENT
    return BundleKind.REPORT


def _files(vault: Vault, records: tuple[Record, ...]) -> Iterator[PlannedFile]:
    for record in records:
        if not isinstance(record, EvidenceItem):
            continue
        held = evidence_files.file_of(vault.database, record.id)
        if held is None:
            continue
        extension = _EXTENSIONS.get(record.mime, ".bin")
        yield PlannedFile(
            item=record,
            path=f"{EVIDENCE_FOLDER}{held.sha256[:16]}-{record.short_ref}{extension}",
            size=held.size,
            sha256=held.sha256,
        )


def _revision(vault: Vault, record: Record) -> SealedRecord:
    head = heads.head(vault.database, record.id)
    if head is None or head.removed:
        raise NotFound(record.short_ref)
    body = head.body.encode()
    return SealedRecord(
        kind=head.kind,
        id=head.id,
        revision=head.number,
        at=head.at,
        digest=sha256(body).hex(),
        body=body,
    )


def _payload(vault: Vault, plan: SealPlan, revisions: list[SealedRecord]) -> Iterator[Payload]:
    custody = [each for each in revisions if each.kind == CustodyEvent.kind]
    others = [each for each in revisions if each.kind != CustodyEvent.kind]
    named = {each.item.id: each.path for each in plan.files}
    enclosed = [Enclosed(record=each, file=named.get(each.id, "")) for each in plan.records]
    yield Payload.of(RECORDS, lines.marshal(others))
    yield Payload.of(CUSTODY, lines.marshal(custody))
    yield Payload.of(LEAFLET, leaflet.leaflet(enclosed, window()))
    for file in plan.files:
        yield Payload(
            path=file.path,
            size=file.size,
            sha256=bytes.fromhex(file.sha256),
            content=lambda item=file.item.id: _content(vault, item),  # type: ignore[misc]
        )


def _content(vault: Vault, item: RecordId) -> Iterator[bytes]:
    # Not digested again: the stream is authenticated chunk by chunk under a key of its own, and
    # its digest was taken before it was encrypted.
    with evidence.reader(vault, item) as reader:
        while piece := reader.read(_CHUNK_BYTES):
            yield piece


# --- what is remembered ---------------------------------------------------------------------


def _manifest(vault: Vault, plan: SealPlan, channel: Channel) -> Manifest:
    return Manifest(
        kind=plan.kind,
        bundle=secrets.token_hex(16),
        day=vault.clock().date(),
        verify_key=None,
        reply=channel.reply_recipient,
        recipients=(),
        series=channel.series,
        sequence=channel.sequence + 1,
        previous=channel.previous or None,
    )


def _row(
    vault: Vault,
    plan: SealPlan,
    manifest: Manifest,
    channel: Channel,
    laid: Laid,
    name: str,
    size: int,
) -> SealedBundle:
    signed = plan.order.signing is Signing.SIGNED
    return SealedBundle(
        id=manifest.bundle,
        kind=manifest.kind.value,
        contact=plan.receiver.id,
        series=manifest.series,
        sequence=manifest.sequence,
        previous=manifest.previous or "",
        manifest=laid.tag_manifest_digest,
        verify_key=channel.verify_key if signed else "",
        file_name=name,
        file_size=size,
        day=manifest.day.isoformat(),
        at=stamp(vault.clock()),
    )


def _held(bundle: str, revisions: list[SealedRecord]) -> Iterator[SealedRevision]:
    for each in revisions:
        yield SealedRevision(
            bundle=bundle, record=each.id, number=each.revision, digest=each.digest
        )
