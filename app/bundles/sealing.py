"""Seal records to a receiver: plan (what goes, what stays here), then one file (bundle.md).

The file gets its name, its place and its entry in the vault together: it is written and read back
under a temporary name, and renamed inside the transaction that remembers it. A kill leaves either
nothing or a whole bundle, and never a sealed bundle in the list that does not exist. What opens its
receipt, and that its number is taken, is kept before: a whole bundle can be carried and answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import channels, evidence, files, store
from app.bundles import leaflet, lines, naming, packing, planning
from app.bundles.leaflet import Enclosed
from app.bundles.manifest import Manifest
from app.bundles.packing import Laid, Payload
from app.bundles.planning import Caution, Order, PlannedFile, SealPlan, Signing, plan
from app.bundles.reading import CUSTODY, LEAFLET, MAX_BUNDLE_BYTES, MAX_RECORDS_BYTES, RECORDS
from app.bundles.report import SealedRecord
from app.changes import Changes
from app.clock import stamp
from app.errors import CannotPack, PlanChanged, RiskHolds, TooBig
from app.i18n import window
from app.records import CustodyEvent, Incident, Record
from app.records.codec import encode
from app.records.ids import RecordId
from app.storage import bundles as stored
from app.storage.bundles import SealedBundle, SealedRevision
from app.storage.channels import Channel
from app.tar import TarRefusal
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto import age
from crypto.age.chunks import sealed_length
from crypto.digest import sha256
from crypto.signing import SigningKey

__all__ = [
    "Caution",
    "Order",
    "PlannedFile",
    "SealPlan",
    "Sealed",
    "Signing",
    "plan",
    "refuse_unreadable",
    "seal",
]

_CHUNK_BYTES: Final = 512 * 1024
_HEADER_ROOM: Final = 8 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A bundle that was written, read back and remembered."""

    bundle: str
    path: Path
    size: int
    sha256: str
    sequence: int
    changes: Changes


def seal(vault: Vault, plan: SealPlan, *, folder: Path, progress: Progress = ignore) -> Sealed:
    """Writes the bundle into `folder` under its own name.

    Raises as `plan`; RiskHolds when the risk was not assessed or forbids it; PlanChanged when the
    plan would be another one by now; TooBig (over 8 GiB, or 64 MiB of records), CannotPack (over
    10,000 records or files), EvidenceDamaged, AlreadyThere, NoRoom, NotWritable, TooBigForMedium,
    MediumFailed, ReadBackDiffers, Cancelled. Then nothing was written, and at most a number is not
    used again.
    """
    # A consent may have been withdrawn, a name taken out, a card exchanged since it was shown.
    if plan != planning.plan(vault, plan.order):
        raise PlanChanged
    if plan.holds:
        raise _held_back(vault, plan)
    channel = channels.to(vault.database, plan.receiver.id)
    key = None
    if plan.order.signing is Signing.SIGNED:
        key = SigningKey.from_secret(channel.signing_key)
    manifest = _manifest(vault, plan, channel)
    revisions = [_revision(vault, each) for each in plan.records]
    payload = list(_payload(vault, plan, revisions))
    refuse_unreadable(payload, revisions, folder)
    laid = packing.lay_out(manifest, payload, plan.receiver.recipient, key)
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
        with vault.transaction() as tx:
            channels.keep(tx, channel if key is None else channels.next_number(channel))
        with files.undone_by_failure(folder / name), vault.transaction() as tx:
            stored.add_sealed(tx, done, tuple(_held(done.id, revisions)))
            if key is not None:
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


def _held_back(vault: Vault, plan: SealPlan) -> RiskHolds:
    first = plan.holds[0]
    return RiskHolds(
        reference=store.get(vault, Incident, first.incident).short_ref,
        receiver=plan.receiver.name,
        why=first.why.value,
        until="" if first.until is None else stamp(first.until),
    )


def refuse_unreadable(
    payload: Sequence[Payload], revisions: Sequence[SealedRecord], at: Path
) -> None:
    """Refuses what no reader would take. Raises TooBig, CannotPack."""
    size = sum(each.size for each in payload if each.path in {RECORDS, CUSTODY})
    if size > MAX_RECORDS_BYTES:
        raise TooBig(at=at, size=size, limit=MAX_RECORDS_BYTES)
    custody = sum(each.kind == CustodyEvent.kind for each in revisions)
    if max(custody, len(revisions) - custody) > lines.MAX_LINES:
        raise CannotPack(reason=TarRefusal.TOO_MANY, name=RECORDS)


# --- what goes ------------------------------------------------------------------------------


def _revision(vault: Vault, record: Record) -> SealedRecord:
    """The record as it leaves: under the revision it was made of, with a digest of its own."""
    kept = store.kept(vault, type(record), record.id)
    body = encode(record).body
    return SealedRecord(
        kind=record.kind.value,
        id=record.id,
        revision=kept.revision,
        at=kept.at,
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
    # Unsigned, it is a series of its own: nobody may count it among the signed ones, and it would
    # leave a gap there; nor does the number tie it to them.
    signed = plan.order.signing is Signing.SIGNED
    return Manifest(
        kind=plan.kind,
        bundle=secrets.token_hex(16),
        day=vault.clock().date(),
        verify_key=None,
        reply=channel.reply_recipient,
        recipients=(),
        series=channel.series if signed else secrets.token_hex(16),
        sequence=channel.sequence + 1 if signed else 1,
        previous=(channel.previous or None) if signed else None,
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
