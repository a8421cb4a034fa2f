"""Restore a safe copy to a new folder: whole and checked, or not at all (docs/formats/backup.md 4).

A restored vault has a new vault key and is opened by the passphrase that is typed now. Its
channels start new series, or its next bundle would look like a replay to whoever has the old ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from app import channels, files, upkeep
from app.backup import layout, notes
from app.backup.notes import Lock
from app.clock import Clock, now, stamp
from app.errors import (
    BadTar,
    CopyDamaged,
    CopyTooNew,
    NotACopy,
    NotThere,
    VaultDamaged,
    VaultTooNew,
    WrongCopyKey,
)
from app.folders import passing, sweep
from app.oserrors import while_reading
from app.storage import settings
from app.storage.database import Database
from app.storage.folders import make_folder, sync_folder, write_synced
from app.tar import TarReader
from app.tasks import Progress, Step, ignore
from app.vault import DATABASE, EVIDENCE, SLOT_FILE, Vault, keys_of, refuse_taken, rename_to
from crypto import age, slotfile, slots
from crypto.errors import (
    BadHeaderMac,
    DamagedPayload,
    MalformedHeader,
    NoIdentityMatches,
    TooCostly,
)
from crypto.kdf import STANDARD, Argon2idCost
from crypto.secret import Passphrase
from crypto.slots import Opener

_LIMIT: Final = 2**50
_SCRYPT: Final = "scrypt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A vault that was restored; `report` says what its check found: what was damaged in the vault
    when the copy was made is damaged here too, and nothing else is."""

    folder: Path
    report: upkeep.CheckReport


def lock_of(source: Path) -> Lock:
    """What opens a copy, as anybody can see. Raises NotACopy, NotThere, NotReadable."""
    with files.open_for_reading(source, limit=_LIMIT) as content:
        try:
            kinds = age.inspect(content).stanza_types
        except MalformedHeader as error:
            raise NotACopy(detail=error.part) from error
    return Lock.PASSPHRASE if kinds == (_SCRYPT,) else Lock.RECOVERY


def restore(
    source: Path,
    identity: age.Identity,
    folder: Path,
    passphrase: Passphrase,
    *,
    cost: Argon2idCost = STANDARD,
    clock: Clock = now,
    progress: Progress = ignore,
) -> Restored:
    """Make the vault in the copy `source` anew at `folder`, which may not exist or be empty.

    Raises NotACopy, CopyDamaged, WrongCopyKey, CopyTooNew, VaultAlreadyThere, NotThere, NoRoom,
    NotWritable, MediumFailed, ReadBackDiffers, NotOnThisComputer, Cancelled; TooCheap and
    NotEnoughMemory of crypto. Then nothing is at `folder`.
    """
    files.refuse_network_path(folder)
    with while_reading(folder.parent):
        if not folder.parent.is_dir():
            raise NotThere(at=folder.parent)
    refuse_taken(folder)
    sweep(folder.parent)
    with passing(folder.parent) as building:
        with rebuilt(source, identity, building, passphrase, cost, clock, progress) as vault:
            report = vault.check(progress)
        rename_to(folder, building)
    return Restored(folder=folder, report=report)


@contextmanager
def rebuilt(
    source: Path,
    identity: age.Identity,
    building: Path,
    passphrase: Passphrase,
    cost: Argon2idCost,
    clock: Clock,
    progress: Progress,
) -> Iterator[Vault]:
    """The vault in a copy, made anew in the empty private folder `building`, and open."""
    files.ensure_room(building, _size(source))
    make_folder(building / EVIDENCE)
    heading = _unpack(source, identity, building, progress)
    made, vault_key = slots.create(passphrase, cost)
    unpacked = building / layout.DATABASE
    with vault_key:
        key, salt = keys_of(vault_key)
    with key, salt, heading.key, heading.salt:
        try:
            carried = Database.open(unpacked, heading.key, heading.salt)
        except VaultDamaged as error:
            raise CopyDamaged(detail=error.detail) from error
        except VaultTooNew as error:
            raise CopyTooNew(found=error.found, known=error.known) from error
        try:
            files.ensure_room(building, _size(unpacked))
            carried.copy_to(
                building / DATABASE,
                key,
                salt,
                lambda done, total: progress(Step(doing="restoring", done=done, total=total)),
            )
        except VaultDamaged as error:
            raise CopyDamaged(detail=error.detail) from error
        finally:
            carried.close()
        # With it goes what a migration may have kept beside it.
        for each in building.glob(layout.DATABASE + "*"):
            files.remove(each)
        write_synced(building / SLOT_FILE, slotfile.marshal(made))
        database = Database.open(building / DATABASE, key, salt)
    try:
        vault = Vault(building, database, clock)
        _begin_anew(vault)
        vault.files.sweep(database)
        yield vault
    finally:
        database.close()
    sync_folder(building)


def _begin_anew(vault: Vault) -> None:
    with vault.transaction() as tx:
        for each in settings.used_slots(tx):
            settings.forget_slot(tx, each.slot)
        settings.keep_slot(
            tx,
            settings.UsedSlot(
                slot=slots.FIRST_SLOT,
                kind=Opener.PASSPHRASE.value,
                made_at=stamp(vault.clock()),
            ),
        )
        channels.new_series(tx)
        notes.forget(tx)


def _unpack(
    source: Path, identity: age.Identity, building: Path, progress: Progress
) -> layout.Heading:
    """Every member to its place, each read back; the copy is authentic to its last byte then."""
    heading = None
    database = False
    total = _size(source)
    with files.open_for_reading(source, limit=_LIMIT) as sealed, _refusals():

        def seen(_step: Step) -> None:
            progress(Step(doing="restoring", done=sealed.tell(), total=total))

        for member in TarReader(age.decrypt(sealed, [identity]), most=layout.MAX_MEMBERS):
            stored = layout.stored_name(member.name)
            if member.name == layout.HEADING:
                if member.size > layout.MAX_HEADING_BYTES:
                    raise NotACopy(detail=layout.HEADING)
                heading = layout.parse(_whole(member.reader.read, member.size))
                continue
            if member.name == layout.DATABASE:
                database = True
                place, name = building, layout.DATABASE
            elif stored is not None:
                place, name = building / EVIDENCE, stored
            else:
                continue  # the leaflet, and what a later version may add
            with files.draft(place) as draft:
                draft.fill(member.reader, total=member.size, progress=seen)
                draft.verify(progress=seen)
                draft.publish(name)
    if heading is None or not database:
        raise NotACopy(detail=layout.HEADING if heading is None else layout.DATABASE)
    return heading


def _whole(read: Callable[[int], bytes], size: int) -> bytes:
    content = b""
    while len(content) < size:
        content += read(size - len(content))
    return content


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MalformedHeader as error:
        raise NotACopy(detail=error.part) from error
    except TooCostly as error:
        raise NotACopy(detail=error.part) from error
    except NoIdentityMatches:
        raise WrongCopyKey from None
    except BadHeaderMac as error:
        raise CopyDamaged(detail="header") from error
    except DamagedPayload as error:
        raise CopyDamaged(detail=f"chunk {error.chunk}") from error
    except BadTar as error:
        raise CopyDamaged(detail=str(error.reason)) from error


def _size(path: Path) -> int:
    with while_reading(path):
        return path.stat().st_size
