"""Receipts: the sealed answer to a bundle, made by who received it (docs/formats/bundle.md 7).

A receipt is a bundle of kind `receipt` to the reply recipient that travelled inside the original.
It is signed with the key on the receiver's card, so that the sender knows whose word it is.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from app import files
from app.bundles import naming, packing
from app.bundles.leaflet import page
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.packing import Payload
from app.bundles.reading import LEAFLET, RECEIPT
from app.bundles.report import OpenedBundle, SignerState
from app.changes import Changes
from app.errors import BadReceipt, NoOwnCard, NoReply, NotFound, Refused
from app.i18n import Texts, window
from app.inbox.statement import (
    MAX_MESSAGE_CHARACTERS,
    RecordVerdict,
    Statement,
    Verdict,
    read,
)
from app.records import EvidenceItem, Kind
from app.records.codec import decode
from app.storage import bundles as stored
from app.storage import contacts as own
from app.storage import receipts as rows
from app.storage import records as heads
from app.storage.bundles import ReceivedItem
from app.storage.database import Transaction
from app.storage.receipts import Receipt, ReceiptItem, Way
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto import age
from crypto.signing import SigningKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A receipt that was sealed, read back and remembered."""

    receipt: str
    path: Path
    size: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A receipt that was taken in: what it answers, and whose word it is."""

    receipt: str
    bundle: str
    verdict: Verdict
    message: str
    signer: str
    changes: Changes


def make(
    vault: Vault,
    bundle: str,
    *,
    folder: Path,
    verdict: Verdict,
    message: str = "",
    progress: Progress = ignore,
) -> Written:
    """Seals a receipt for a bundle taken in, into `folder` under its own neutral name.

    Each record gets the verdict it had when it was taken in; evidence whose file did not come whole
    is damaged, whatever was chosen. Raises NotFound, NoReply, NoOwnCard,
    BadReceipt (a message over 4,000 characters), and what sealing raises; nothing is written then.
    """
    received = stored.received(vault.database, bundle)
    if received is None:
        raise NotFound(bundle)
    if not received.reply:
        raise NoReply(bundle)
    if len(message) > MAX_MESSAGE_CHARACTERS:
        raise BadReceipt("message")
    identity = next((each for each in own.own_identities(vault.database) if not each.retired), None)
    if identity is None:
        raise NoOwnCard
    today = vault.clock().date()
    items = stored.items_of(vault.database, bundle)
    lost = [each.detail for each in items if each.kind == "file" and not each.record]
    said = Statement(
        bundle=bundle,
        manifest=received.manifest,
        verdict=verdict,
        day=today,
        records=tuple(
            RecordVerdict(
                record=each.record,
                revision=each.number,
                digest=each.digest,
                verdict=Verdict.DAMAGED
                if _lost_its_file(vault, each, lost)
                else Verdict(each.verdict),
            )
            for each in items
            if each.record
        ),
        message=message,
    )
    manifest = Manifest(
        kind=BundleKind.RECEIPT,
        bundle=secrets.token_hex(16),
        day=today,
        verify_key=None,
        reply=None,
        recipients=(),
        series=secrets.token_hex(16),
        sequence=1,
        previous=None,
    )
    laid = packing.lay_out(
        manifest,
        [Payload.of(RECEIPT, said.marshal()), Payload.of(LEAFLET, _leaflet(said, window()))],
        received.reply,
        SigningKey.from_secret(identity.signing_key),
    )
    with files.draft(folder) as draft:
        packing.write(laid, draft.file, age.parse_recipient(received.reply), progress)
        digest = draft.finish()
        draft.verify(progress=progress)
        draft.set_day(today)
        name = naming.name_of(digest.sha256)
        with files.undone_by_failure(folder / name), vault.transaction() as tx:
            _remember(vault, tx, Way.MADE, manifest.bundle, said, identity.verify_key, name)
            draft.publish(name)
    return Written(
        receipt=manifest.bundle,
        path=folder / name,
        size=digest.size,
        changes=Changes.of("receipt"),
    )


def take_in(vault: Vault, opened: OpenedBundle) -> Taken:
    """Keeps a receipt that was opened, so that it shows on the records it answers for.

    Only the receiver to whom the bundle was sealed can answer for it. Raises Refused (`kind`,
    `unsigned`, `unknown`, `other_receiver`, `replay`), BadReceipt, NotFound when the bundle was
    not sealed here.
    """
    if opened.manifest.kind is not BundleKind.RECEIPT or opened.receipt is None:
        raise Refused(("kind",))
    if opened.signer.state is SignerState.UNSIGNED:
        raise Refused(("unsigned",))
    if opened.signer.state is SignerState.UNKNOWN or opened.signer.key is None:
        raise Refused(("unknown",))
    db = vault.database
    said = read(opened.receipt)
    sealed = stored.sealed(db, said.bundle)
    if sealed is None:
        raise NotFound(said.bundle)
    if sealed.contact != opened.signer.contact:
        raise Refused(("other_receiver",))
    if sealed.manifest != said.manifest:
        raise BadReceipt("manifest")
    held = {(each.record, each.number, each.digest) for each in stored.held_in(db, said.bundle)}
    if any((each.record, each.revision, each.digest) not in held for each in said.records):
        raise BadReceipt("records")  # it would answer for what this receiver never had
    receipt = opened.manifest.bundle
    if rows.receipt(db, receipt) is not None:
        raise Refused(("replay",))
    with vault.transaction() as tx:
        _remember(vault, tx, Way.RECEIVED, receipt, said, opened.signer.key, opened.file_name)
    return Taken(
        receipt=receipt,
        bundle=said.bundle,
        verdict=said.verdict,
        message=said.message,
        signer=opened.signer.name,
        changes=Changes.of("receipt", "bundle", "incident"),
    )


def _lost_its_file(vault: Vault, item: ReceivedItem, lost: list[str]) -> bool:
    """Whether the file of an evidence record was damaged or missing: its name in the bundle begins
    with the digest (bundle.md 6). The record alone is not what was sent."""
    if item.kind != Kind.EVIDENCE_ITEM or not lost:
        return False
    head = heads.head(vault.database, item.record)
    if head is None or not head.body:
        return False
    digest = decode(EvidenceItem, head.body.encode()).sha256[:16]
    return any(f"evidence/{digest}" in each for each in lost)


def made(vault: Vault) -> list[Receipt]:
    """Receipts made here, the latest first."""
    return rows.receipts(vault.database, Way.MADE)


def received(vault: Vault) -> list[Receipt]:
    """Receipts received here, the latest first."""
    return rows.receipts(vault.database, Way.RECEIVED)


def _remember(
    vault: Vault,
    tx: Transaction,
    way: Way,
    receipt: str,
    said: Statement,
    verify_key: str,
    file_name: str,
) -> None:
    rows.add(
        tx,
        Receipt(
            id=receipt,
            way=way,
            bundle=said.bundle,
            manifest=said.manifest,
            verdict=said.verdict.value,
            message=said.message,
            verify_key=verify_key,
            file_name=file_name,
            day=said.day.isoformat(),
            at=vault.now(),
        ),
        tuple(
            ReceiptItem(
                receipt=receipt,
                position=position,
                record=each.record,
                number=each.revision,
                digest=each.digest,
                verdict=each.verdict.value,
            )
            for position, each in enumerate(said.records)
        ),
    )


def _leaflet(said: Statement, texts: Texts) -> bytes:
    heading = texts.gettext("A receipt for a sealed bundle")
    words = texts.gettext("Verdict: {verdict}. {count} records. {message}").format(
        verdict=said.verdict.value, count=len(said.records), message=said.message
    )
    return page(heading, [words], texts)
