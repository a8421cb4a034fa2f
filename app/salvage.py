"""Salvage: whatever a damaged vault still gives, in a new vault that is whole (vault.md 7.1).

The damaged vault is read and never written to. What is lost is told, piece by piece.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import collecting, indexing, openers
from app.clock import Clock, now
from app.errors import (
    AlreadyThere,
    EvidenceDamaged,
    MalformedJson,
    MalformedRecord,
    MediumFailed,
    NotReadable,
    NotThere,
    VaultDamaged,
)
from app.files import atomic, make_private_folder, refuse_network_path
from app.folders import appearing, passing, sweep
from app.storage import evidence, indexes, piecewise, records, rescue, settings
from app.storage.database import Database, Transaction
from app.storage.evidence import EvidenceFile
from app.storage.evidence_files import EvidenceFolder, StoredReader, digest_of
from app.storage.folders import copy_synced
from app.storage.levelling import NAMES
from app.storage.rechaining import Rechained, put_all
from app.storage.slot_store import read_slots
from app.strictjson import Json, canonical
from app.tasks import Progress, Step, ignore
from app.vault import DATABASE, EVIDENCE, SLOT_FILE, Vault, keys_of, rename_to
from crypto.kdf import Argon2idCost
from crypto.secret import Passphrase

_BATCH: Final = 500
_BLOCK_BYTES: Final = 1024**2
_ID: Final = "vault_id"
_STAYS: Final = frozenset({_ID})


@dataclass(frozen=True, slots=True, kw_only=True)
class SalvageReport:
    """What was saved, and what was not.

    `lost_revisions`: "reference number"; `older`: references of records whose newest state is lost,
    so that an older one stands; `lost_entries`: entries of the chain that nothing could be learnt
    of; `lost_evidence`: references; `lost_rows`: by table of contacts, bundles, receipts, settings;
    `unread_blocks`: pages that the medium did not give.
    """

    records: int
    revisions: int
    evidence: int
    lost_revisions: tuple[str, ...]
    older: tuple[str, ...]
    lost_entries: int
    lost_evidence: tuple[str, ...]
    lost_rows: tuple[tuple[str, int], ...]
    unread_blocks: int

    @property
    def complete(self) -> bool:
        """Whether nothing at all is known to be lost."""
        return not (
            self.lost_revisions
            or self.older
            or self.lost_entries
            or self.lost_evidence
            or self.lost_rows
        )

    def facts(self) -> dict[str, Json]:
        """The same as members of a JSON object."""
        return {
            "records": self.records,
            "revisions": self.revisions,
            "evidence": self.evidence,
            "lost_revisions": list(self.lost_revisions),
            "older": list(self.older),
            "lost_entries": self.lost_entries,
            "lost_evidence": list(self.lost_evidence),
            "lost_rows": dict(self.lost_rows),
            "unread_blocks": self.unread_blocks,
        }


def salvage(
    damaged: Path,
    passphrase: Passphrase,
    *,
    to: Path,
    clock: Clock = now,
    progress: Progress = ignore,
) -> SalvageReport:
    """Make a new vault at `to`, which the same passphrase opens, of what `damaged` still gives.

    It appears whole or not at all. Raises WrongPassphrase, VaultDamaged (the slots, or nothing can
    be read), VaultInUse, VaultIncomplete, AlreadyThere (`to`), NoRoom, NotWritable, MediumFailed,
    Cancelled, and as Vault.open up to the slots.
    """
    _refuse_taken(to)
    sweep(to.parent)
    way = Vault.way_in(damaged, passphrase)
    with way.vault_key as vault_key:
        key, salt = keys_of(vault_key)
    cost = read_slots(damaged / SLOT_FILE).slots.cost
    with key, salt, passing(to.parent) as scratch:
        database, unread = rescue.open_copy(
            damaged / NAMES[way.vault], scratch / DATABASE, key, salt
        )
        try:
            with _appearing_vault(to, passphrase, cost, clock) as vault:
                return _fill(vault, database, damaged / EVIDENCE, unread, progress)
        finally:
            database.close()


def salvage_open(
    vault: Vault, passphrase: Passphrase, *, to: Path, progress: Progress = ignore
) -> SalvageReport:
    """As `salvage`, from a vault that is open and may stay so; `passphrase` has to open it.

    Raises as `salvage`.
    """
    _refuse_taken(to)
    sweep(to.parent)
    openers.prove(vault, passphrase)
    cost = read_slots(vault.folder / SLOT_FILE).slots.cost
    with _appearing_vault(to, passphrase, cost, vault.clock) as made:
        return _fill(made, vault.database, vault.files.folder, 0, progress)


def salvage_in_clear(
    damaged: Path,
    passphrase: Passphrase,
    *,
    to: Path,
    clock: Clock = now,
    progress: Progress = ignore,
) -> SalvageReport:
    """As `salvage`, but into a folder of readable files: for a reader without this program.

    `records.jsonl`: a line for each revision, with its digests; `evidence/`: the files, in clear;
    `report.json`. Nothing in it is encrypted. Raises as `salvage`.
    """

    def work(place: Path) -> SalvageReport:
        return salvage(damaged, passphrase, to=place, clock=clock, progress=progress)

    return _in_clear(work, passphrase, to, clock, progress)


def salvage_open_in_clear(
    vault: Vault, passphrase: Passphrase, *, to: Path, progress: Progress = ignore
) -> SalvageReport:
    """As `salvage_in_clear`, from a vault that is open and may stay so. Raises as `salvage`."""

    def work(place: Path) -> SalvageReport:
        return salvage_open(vault, passphrase, to=place, progress=progress)

    return _in_clear(work, passphrase, to, vault.clock, progress)


def _refuse_taken(to: Path) -> None:
    refuse_network_path(to)
    if to.exists() or to.is_symlink():
        raise AlreadyThere(at=to)


@contextmanager
def _appearing_vault(
    to: Path, passphrase: Passphrase, cost: Argon2idCost, clock: Clock
) -> Iterator[Vault]:
    """A new vault that is at `to`, closed, when the block has ended; after an exception nowhere."""
    with passing(to.parent) as scratch:
        place = scratch / "vault"
        with Vault.create(place, passphrase, cost=cost, clock=clock) as made:
            yield made
        rename_to(to, place)


def _in_clear(
    work: Callable[[Path], SalvageReport],
    passphrase: Passphrase,
    to: Path,
    clock: Clock,
    progress: Progress,
) -> SalvageReport:
    sweep(to.parent)
    with appearing(to) as building, passing(to.parent) as scratch:
        place = scratch / "vault"
        report = work(place)
        with Vault.open(place, passphrase, clock=clock) as vault:
            _write_clear(vault, building, progress)
        with atomic(building / "report.json") as file:
            file.write(canonical(report.facts()) + b"\n")
    return report


def _write_clear(vault: Vault, folder: Path, progress: Progress) -> None:
    references = {head.id: head.short_ref for head in records.all_heads(vault.database)}
    with atomic(folder / "records.jsonl") as file:
        after = 0
        while batch := records.entries(vault.database, after, _BATCH):
            for entry in batch:
                file.write(canonical(_line(entry, references[entry.record])) + b"\n")
            after = batch[-1].entry
    make_private_folder(folder / "evidence")
    for stored in evidence.files(vault.database):
        with (
            _reader(vault.files, stored) as content,
            atomic(folder / "evidence" / references[stored.record]) as file,
        ):
            while block := content.read(_BLOCK_BYTES):
                file.write(block)
                progress(Step(doing="copying", done=len(block)))


def _line(entry: records.Entry, reference: str) -> dict[str, Json]:
    return {
        "reference": reference,
        "record": entry.record,
        "number": entry.number,
        "at": entry.at,
        "body": entry.body,
        "local": entry.local,
        "origin": entry.origin,
        "body_sha256": entry.body_digest.hex(),
        "local_sha256": entry.local_digest.hex(),
    }


def _fill(
    vault: Vault, database: Database, folder: Path, unread: int, progress: Progress
) -> SalvageReport:
    progress(Step(doing="reading", done=0))
    heads = piecewise.all_heads(database).found
    entries = _entries(database, progress)
    with vault.transaction() as tx:
        done = put_all(tx, heads, entries)
        tables = rescue.copy_tables(database, tx, _STAYS)
        _index(tx, progress)
    if not (done.records or tables.copied or _is_known(database)):
        raise VaultDamaged(at=folder.parent, detail="nothing readable")
    stored = evidence.files(vault.database)
    names = {head.id: head.short_ref for head in records.all_heads(vault.database)}
    lost = [
        names.get(file.record, file.record)
        for file in stored
        if not _bring(vault, folder, file, progress)
    ]
    highest = max((entry.entry for entry in entries), default=0)
    return SalvageReport(
        records=done.records,
        revisions=done.revisions,
        evidence=len(stored) - len(lost),
        lost_revisions=tuple(
            f"{names.get(record, record)} {number}" for record, number in done.lost
        ),
        older=tuple(names.get(record, record) for record in done.older),
        lost_entries=_unaccounted(highest, entries, done),
        lost_evidence=tuple(lost),
        lost_rows=tuple(sorted(tables.lost.items())),
        unread_blocks=unread,
    )


def _entries(database: Database, progress: Progress) -> list[records.Entry]:
    last = piecewise.last_entry(database)
    found: list[records.Entry] = []
    for low in range(1, last + 1, _BATCH):
        progress(Step(doing="reading", done=low - 1, total=last))
        found += piecewise.entries(database, low, min(low + _BATCH - 1, last)).found
    return found


def _is_known(database: Database) -> bool:
    """Whether at least the vault's own name can be read: one without records is no wreck."""
    try:
        return settings.setting(database, _ID) is not None
    except VaultDamaged:
        return False


def _unaccounted(highest: int, entries: list[records.Entry], done: Rechained) -> int:
    """Entries that could not be read and that no other row makes up for."""
    return max(0, highest - len(entries) - max(0, done.revisions - len(entries)))


def _index(tx: Transaction, progress: Progress) -> None:
    heads = records.all_heads(tx)
    for done, head in enumerate(heads):
        progress(Step(doing="writing", done=done, total=len(heads)))
        if not head.removed:
            try:
                found = indexing.derived(indexing.record_of(head))
            except (MalformedJson, MalformedRecord):
                continue  # kept as it is; a check names it
            indexes.put(tx, head.position, head.id, found)
    collecting.rebuild(tx)


def _bring(vault: Vault, folder: Path, file: EvidenceFile, progress: Progress) -> bool:
    """Copy one evidence file if it still is what was taken in; else forget it here."""
    damaged = EvidenceFolder(folder)
    try:
        with _reader(damaged, file) as content:
            whole = digest_of(content, file.size, progress).hex() == file.sha256
    except (EvidenceDamaged, MediumFailed, NotReadable, NotThere):
        whole = False
    if whole:
        copy_synced(damaged.path(file.stored_name), vault.files.path(file.stored_name))
    else:
        with vault.transaction() as tx:
            evidence.forget(tx, file.record)
    return whole


def _reader(folder: EvidenceFolder, file: EvidenceFile) -> StoredReader:
    return StoredReader(
        folder.path(file.stored_name),
        file.key,
        file.size,
        lambda: EvidenceDamaged(reference=file.record),
    )
