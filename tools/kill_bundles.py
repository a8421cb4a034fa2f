"""Sealing and taking in while the kill comes, and what must be there afterwards.

Bundles lie beside the vault, as on a stick. A kill may leave a whole bundle that is not remembered
and drafts named `*.part`; never half a bundle under a name, never one in the list that is not
there, never a part of one taken in.
"""

from __future__ import annotations

import hashlib
import os
import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app import contacts, courier, evidence, files, released, store
from app.bundles import lines, naming, opening, packing, sealing
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.packing import Payload
from app.bundles.reading import CUSTODY, EVIDENCE_FOLDER, RECORDS
from app.bundles.report import SealedRecord
from app.bundles.sealing import Caution, Order
from app.courier import Condition
from app.errors import AppError
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records import EvidenceItem, LText, Record
from app.records.codec import encode
from app.records.ids import IncidentId, RecordId
from app.storage import bundles as stored
from app.storage import evidence as evidence_rows
from app.storage import records as heads
from app.storage.bundles import ReceivedBundle, ReceivedItem
from app.tasks import ignore
from app.vault import Vault
from crypto import age
from crypto.digest import sha256
from tools.assessing import assess
from tools.kill_vault import Acknowledge, Workload, incident

LARGEST: Final = 600_000
_LONGEST: Final = 0.8
_ACCEPTED: Final = frozenset({Doubt.UNSIGNED})


# --- sealing --------------------------------------------------------------------------------


def _seal(vault: Vault, source: Path, chance: random.Random, say: Acknowledge) -> None:
    receiver, folder = myself(vault), stick(vault)
    while True:
        record = store.save(vault, incident(f"n{chance.randrange(10**9)}")).record
        source.write_bytes(chance.randbytes(chance.randrange(LARGEST)))
        item = evidence.take_in(vault, source, about=record.id, evidence_type="photo")
        released.as_it_is(vault, item.id, seen=released.look(vault, item.id))
        order = Order(
            incidents=(IncidentId(record.id),), receiver=receiver, caution=Caution.EVEN_UNVERIFIED
        )
        assess(vault, contacts.get(vault, receiver), *order.incidents)
        sealed = sealing.seal(vault, sealing.plan(vault, order), folder=folder)
        say(f"{sealed.bundle} {sealed.path.name}")


def missing_bundles(vault: Vault, said: list[str]) -> list[str]:
    folder = stick(vault)
    known = {each.id: each.file_name for each in stored.all_sealed(vault.database)}
    lost = [words for words in said if known.get(words.split()[0]) != words.split()[1]]
    lost += [name for name in known.values() if not (folder / name).is_file()]
    lost += [path.name for path in _named(folder) if not _is_whole(path)]
    files.remove_leftovers(folder)
    lost += [path.name for path in folder.iterdir() if path.suffix == ".part"]
    return lost + _numbers_missing(vault)


def _numbers_missing(vault: Vault) -> list[str]:
    """No number was given twice, and each bundle names the one before it in the list. A number
    that was taken when the kill came may be in none."""
    sealed = sorted(stored.all_sealed(vault.database), key=lambda each: each.sequence)
    numbers = [each.sequence for each in sealed]
    lost = [] if len(set(numbers)) == len(numbers) else [f"numbers {numbers}"]
    before = ["", *(each.manifest for each in sealed)]
    lost += [each.id for each, last in zip(sealed, before, strict=False) if each.previous != last]
    return lost


def myself(vault: Vault) -> contacts.ContactId:
    """The vault as its own receiver: one is enough to be killed."""
    known = contacts.receivers(vault)
    if known:
        return known[0].id
    for path in _named(stick(vault)):
        path.unlink()  # of an earlier vault
    card = contacts.own_card(vault) or contacts.make_own_card(vault, "Desk")
    added, _ = contacts.add_card(vault, card.marshal())
    return added.id


def stick(vault: Vault) -> Path:
    folder = vault.folder.with_name("stick")
    folder.mkdir(exist_ok=True)
    return folder


def _named(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if naming.looks_like_a_name(path.name))


def _is_whole(path: Path) -> bool:
    try:
        return courier.verify(path).condition is Condition.UNDAMAGED
    except AppError:
        return False


# --- taking in ------------------------------------------------------------------------------


def _take_in(vault: Vault, source: Path, chance: random.Random, say: Acknowledge) -> None:
    while True:
        expected = bundle_for(vault, source, chance)
        opened = opening.open_bundle(vault, source)
        plan = importing.plan_import(vault, opened)
        importing.apply(vault, source, plan, accepted=_ACCEPTED)
        say(f"{opened.manifest.bundle} {' '.join(expected)}")


def missing_arrivals(vault: Vault, said: list[str]) -> list[str]:
    lost = [words for words in said if stored.received(vault.database, words.split()[0]) is None]
    for arrival in stored.all_received(vault.database):
        for item in stored.items_of(vault.database, arrival.id):
            if not _arrived(vault, item.record, item.digest):
                lost.append(item.record)
    return lost + _orphans(vault)


def _arrived(vault: Vault, record: str, digest: str) -> bool:
    """Whether a record is here as it was sealed, and its file with it."""
    head = heads.head(vault.database, record)
    if head is None or sha256(head.body.encode()).hex() != digest:
        return False
    if head.kind != EvidenceItem.kind:
        return True
    file = evidence_rows.file_of(vault.database, record)
    if file is None:
        return False
    with evidence.reader(vault, RecordId(record)) as reader:
        return hashlib.sha256(reader.read()).hexdigest() == file.sha256


def _orphans(vault: Vault) -> list[str]:
    """Records that came, in a bundle that is not in the list."""
    listed = {
        item.record
        for arrival in stored.all_received(vault.database)
        for item in stored.items_of(vault.database, arrival.id)
    }
    came = vault.database.rows("SELECT id, origin, kind FROM record")
    return [str(row[0]) for row in came if "received" in str(row[1]) and str(row[0]) not in listed]


def bundle_for(vault: Vault, path: Path, chance: random.Random) -> list[str]:
    """An unsigned bundle for this vault at `path`: some incidents, each with a file."""
    card = contacts.own_card(vault) or contacts.make_own_card(vault, "Desk")
    payload: list[Payload] = []
    records: list[SealedRecord] = []
    for _ in range(1 + chance.randrange(3)):
        content = chance.randbytes(chance.randrange(LARGEST))
        digest = hashlib.sha256(content).hexdigest()
        item = EvidenceItem(title=LText.of("x", "en"), sha256=digest, size=len(content))
        records += [_line(incident("came")), _line(item)]
        payload.append(Payload.of(f"{EVIDENCE_FOLDER}{digest[:16]}-{item.short_ref}", content))
    payload += [Payload.of(RECORDS, lines.marshal(records)), Payload.of(CUSTODY, b"")]
    manifest = Manifest(
        kind=BundleKind.REPORT,
        bundle=secrets.token_hex(16),
        day=vault.clock().date(),
        verify_key=None,
        reply=None,
        recipients=(),
        series=secrets.token_hex(16),
        sequence=1,
        previous=None,
    )
    laid = packing.lay_out(manifest, payload, card.recipient, None)
    with path.open("wb") as to:
        packing.write(laid, to, age.parse_recipient(card.recipient), ignore)
    return [each.id for each in records]


def _line(record: Record) -> SealedRecord:
    body = encode(record).body
    return SealedRecord(
        kind=record.kind.value,
        id=record.id,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=sha256(body).hex(),
        body=body,
    )


# --- controls: writers with a known fault ---------------------------------------------------


def _seal_under_the_final_name(
    vault: Vault, source: Path, chance: random.Random, _say: Acknowledge
) -> None:
    folder = stick(vault)
    while True:
        bundle_for(vault, source, chance)
        content = source.read_bytes()
        with (folder / naming.name_of(sha256(content))).open("wb") as to:
            for at in range(0, len(content), 10_000):
                to.write(content[at : at + 10_000])
                os.fsync(to.fileno())


def _take_in_record_by_record(
    vault: Vault, _source: Path, _chance: random.Random, say: Acknowledge
) -> None:
    while True:
        bundle = secrets.token_hex(16)
        came = [incident("came") for _ in range(5)]
        for record in came:
            with vault.transaction() as tx:
                store.receive(vault, tx, record, bundle=bundle, signer="", number=1)
        with vault.transaction() as tx:
            items = tuple(_item(bundle, at, each) for at, each in enumerate(came))
            stored.add_received(tx, _arrival(vault, bundle), items)
        say(bundle)


def _arrival(vault: Vault, bundle: str) -> ReceivedBundle:
    return ReceivedBundle(
        id=bundle,
        kind=BundleKind.REPORT.value,
        verify_key="",
        contact="",
        series=bundle,
        sequence=1,
        previous="",
        manifest="0" * 64,
        verdict="accepted",
        reply="",
        file_name="x",
        file_size=1,
        day=vault.clock().date().isoformat(),
        at=vault.now(),
    )


def _item(bundle: str, position: int, record: Record) -> ReceivedItem:
    return ReceivedItem(
        bundle=bundle,
        position=position,
        record=record.id,
        kind=record.kind.value,
        number=1,
        digest=sha256(encode(record).body).hex(),
        verdict="accepted",
        detail="new",
        stored=1,
    )


BUNDLE_WORKLOADS: Final = (
    Workload(name="sealing", work=_seal, missing=missing_bundles, longest=_LONGEST),
    Workload(name="taking-in", work=_take_in, missing=missing_arrivals, longest=_LONGEST),
)
BUNDLE_CONTROLS: Final = (
    Workload(name="broken-bundle-name", work=_seal_under_the_final_name, missing=missing_bundles),
    Workload(name="broken-half-taken", work=_take_in_record_by_record, missing=missing_arrivals),
)
