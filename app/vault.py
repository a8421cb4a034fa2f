"""A vault: made, opened, checked and closed. It owns the database and the evidence folder.

Spec: docs/formats/vault.md; the order of checks is that of section 6. Nothing is ever created
because opening failed. One thread owns an open vault.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self, final

from app import collecting, upkeep
from app.clock import Clock, now, stamp
from app.errors import (
    AlreadyThere,
    AppError,
    NotAVault,
    NotThere,
    TooBig,
    VaultAlreadyThere,
    VaultDamaged,
    VaultIncomplete,
    VaultInUse,
    VaultTooNew,
    WrongPassphrase,
)
from app.files import refuse_network_path
from app.oserrors import while_reading, while_writing
from app.storage import evidence, settings, swapping
from app.storage.database import Database, Transaction
from app.storage.erasing import finish as finish_erasing
from app.storage.evidence_files import EvidenceFolder
from app.storage.folders import make_folder, sync_folder, write_synced
from app.storage.levelling import NAMES, companion
from app.storage.slot_store import changing_slots, read_slots, write_slots
from app.storage.unfinished import remove_tree, unfinished
from app.tasks import Progress, ignore
from crypto import slotfile, slots
from crypto.errors import Damaged, Malformed, Unsupported, WrongKey
from crypto.kdf import STANDARD, Argon2idCost, derive
from crypto.secret import Passphrase, Secret
from crypto.slots import Opener, Slots, Unlocked, VaultIndex

SLOT_FILE: Final = "0.dat"
DATABASE: Final = "1.dat"
EVIDENCE: Final = "files"

_KEY_LABEL: Final = b"hoopoe vault v1 database key"
_SALT_LABEL: Final = b"hoopoe vault v1 database salt"
_SALT_BYTES: Final = 16
_ID: Final = "vault_id"


@final
class Vault:
    """An open vault. Made by `create` and `open`; a context manager that closes it.

    `id` is random and stays in the vault. `database` is for the modules of app that hold the verbs
    of a subject; `transaction()` is the only way to write.
    """

    def __init__(self, folder: Path, database: Database, clock: Clock) -> None:
        self.folder = folder
        self.database = database
        self.clock = clock
        self.files = EvidenceFolder(folder / EVIDENCE)
        found = settings.setting(database, _ID)
        if found is None:
            raise VaultDamaged(at=folder, detail="no id")
        self.id = found

    @classmethod
    def create(
        cls,
        folder: Path,
        passphrase: Passphrase,
        *,
        cost: Argon2idCost = STANDARD,
        clock: Clock = now,
    ) -> Vault:
        """Make a vault at `folder`, which may not exist or be an empty folder; return it open.

        It is built beside its place and renamed when every byte is on the medium: a kill leaves
        nothing under the final name. Raises VaultAlreadyThere, NotThere (the parent), NotWritable,
        NoRoom, MediumFailed, NotOnThisComputer, UnsafeBuild; TooCheap and NotEnoughMemory of
        crypto.
        """
        refuse_network_path(folder)
        with while_reading(folder.parent):
            if not folder.parent.is_dir():
                raise NotThere(at=folder.parent)
        refuse_taken(folder)
        made, vault_key = slots.create(passphrase, cost)
        with vault_key:
            with unfinished(folder.parent) as building:
                try:
                    _fill(building, made, vault_key, clock)
                    rename_to(folder, building)
                except BaseException:
                    with suppress(OSError):  # the medium may be gone; what failed is what to tell
                        remove_tree(building)
                    raise
            return cls(folder, open_database(folder / DATABASE, vault_key), clock)

    @classmethod
    def open(cls, folder: Path, passphrase: Passphrase, *, clock: Clock = now) -> Vault:
        """Open the vault at `folder`.

        Raises NotThere, NotAVault, VaultIncomplete, VaultDamaged, VaultTooNew, WrongPassphrase,
        VaultInUse, NotWritable, NoRoom, MediumFailed, NotReadable, NotOnThisComputer,
        UnsafeBuild; NotEnoughMemory of crypto.
        """
        found = _slots_in(folder)
        unlocked = _unlock(folder, found.slots, passphrase)
        with unlocked.vault_key as vault_key:
            database = open_database(folder / NAMES[unlocked.vault], vault_key)
        try:
            _refuse_other_slots(folder, found.slots)
            vault = cls(folder, database, clock)
            _have_evidence_folder(vault)
            vault.files.sweep(database)
            with suppress(AppError):  # it is due as before; opening may not fail for it
                finish_erasing(database)
            if found.condition is not slotfile.Condition.BOTH_WHOLE:
                # Only now that the passphrase proved which copy is the right one.
                _mend_slots(folder, found.slots)
            swapping.sweep(database.path)  # after the mending: no copy may need it any more
            collecting.catch_up(database)
        except BaseException:
            database.close()
            raise
        return vault

    @staticmethod
    def unlock_test(folder: Path, passphrase: Passphrase) -> None:
        """Whether a passphrase still opens the vault, without opening it or writing anything.

        Raises WrongPassphrase, and as `open` up to the slots.
        """
        _unlock(folder, _slots_in(folder).slots, passphrase).vault_key.close()

    @staticmethod
    def key_of(folder: Path, passphrase: Passphrase) -> Secret:
        """The vault key, for what reads the pieces of a vault that may not open any more.

        Raises as `unlock_test`.
        """
        return Vault.way_in(folder, passphrase).vault_key

    @staticmethod
    def way_in(folder: Path, passphrase: Passphrase) -> Unlocked:
        """The vault key, and which of the databases it is for. Raises as `unlock_test`."""
        return _unlock(folder, _slots_in(folder).slots, passphrase)

    @property
    def index(self) -> VaultIndex:
        """Which of the databases of the folder is this vault's."""
        return VaultIndex(NAMES.index(self.database.path.name))

    @property
    def foreign_slots(self) -> frozenset[int]:
        """Slots that this vault never uses, because another may lie beside it (vault.md 9)."""
        if companion(self.database.path) is None:
            return frozenset()
        return frozenset(range(slots.SLOT_COUNT)) - slots.half(self.index)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """All of the block's writes or none; on the medium when the block has ended.

        What finds reports follows in a transaction of its own: it may fail, the block may not.
        """
        with self.database.transaction() as tx:
            yield tx
        collecting.refresh(self.database)

    @contextmanager
    def one_of_many(self) -> Iterator[Transaction]:
        """As `transaction`, for one of many in a row: what finds reports follows at the next
        `transaction`, `settle` or opening, once for all of them.
        """
        with self.database.transaction() as tx:
            yield tx

    def settle(self) -> None:
        """Make what finds reports follow all changes so far. What fails stays noted."""
        collecting.refresh(self.database)

    def check(self, progress: Progress = ignore) -> upkeep.CheckReport:
        """Look at every page, entry, derived row and evidence file. Raises Cancelled."""
        return upkeep.check(self.database, self.files, progress)

    def reindex(self) -> int:
        """Build all derived rows again; how many records there are."""
        return upkeep.reindex(self.database)

    def now(self) -> str:
        """The present instant as it stands in records."""
        return stamp(self.clock())

    def close(self) -> None:
        """Close; may be called twice. Nothing but the vault's own files is left."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


# --- making ---------------------------------------------------------------------------------


def refuse_taken(folder: Path) -> None:
    """Refuse a place for a vault that is not free. Raises VaultAlreadyThere, NotReadable."""
    with while_reading(folder):
        if folder.is_dir():
            taken = next(folder.iterdir(), None) is not None
        else:
            taken = folder.exists() or folder.is_symlink()
    if taken:
        raise VaultAlreadyThere(at=folder)


def _fill(building: Path, made: Slots, vault_key: Secret, clock: Clock) -> None:
    make_folder(building / EVIDENCE)
    write_synced(building / SLOT_FILE, slotfile.marshal(made))
    fill_database(building / DATABASE, vault_key, slots.FIRST_SLOT, clock)
    sync_folder(building)


def fill_database(place: Path, vault_key: Secret, slot: int, clock: Clock) -> None:
    """Make the database of a new vault, which the passphrase in this slot opens, and close it.

    Raises UnsafeBuild, NoRoom, NotWritable, MediumFailed.
    """
    key, salt = keys_of(vault_key)
    with key, salt:
        database = Database.create(place, key, salt)
    try:
        with database.transaction() as tx:
            settings.keep_setting(tx, _ID, secrets.token_hex(16))
            settings.keep_slot(
                tx,
                settings.UsedSlot(slot=slot, kind=Opener.PASSPHRASE.value, made_at=stamp(clock())),
            )
            collecting.rebuild(tx)
    finally:
        database.close()


def rename_to(folder: Path, building: Path) -> None:
    """Give a whole, closed vault its final name. Raises VaultAlreadyThere, NotWritable."""
    try:
        with while_writing(folder):
            if folder.is_dir():
                folder.rmdir()  # not every system renames onto an empty folder
            building.rename(folder)
    except AlreadyThere as error:
        raise VaultAlreadyThere(at=folder) from error
    sync_folder(folder.parent)


# --- opening --------------------------------------------------------------------------------


def _slots_in(folder: Path) -> slotfile.SlotFile:
    refuse_network_path(folder)
    with while_reading(folder):
        if not folder.exists():
            raise NotThere(at=folder)
        missing = [name for name in (SLOT_FILE, DATABASE) if not (folder / name).is_file()]
        remains = (folder / EVIDENCE).is_dir()
    if len(missing) == 2 and not remains:
        raise NotAVault(at=folder)
    if missing:
        raise VaultIncomplete(at=folder, missing=missing[0])
    try:
        return read_slots(folder / SLOT_FILE)
    except (Malformed, Damaged) as error:
        raise VaultDamaged(at=folder, detail=error.part) from error
    except TooBig as error:
        raise VaultDamaged(at=folder, detail="slot file size") from error
    except Unsupported as error:
        raise VaultTooNew(at=folder, found=error.value, known=slots.VERSION) from error


def _unlock(folder: Path, found: Slots, passphrase: Passphrase) -> Unlocked:
    try:
        unlocked = slots.unlock(found, passphrase)
    except WrongKey:
        raise WrongPassphrase from None
    except Malformed as error:
        raise VaultDamaged(at=folder, detail=error.part) from error
    except Unsupported as error:
        raise VaultTooNew(at=folder, found=error.value, known=slots.VERSION) from error
    if not (folder / NAMES[unlocked.vault]).is_file():
        unlocked.vault_key.close()
        raise VaultIncomplete(at=folder, missing=NAMES[unlocked.vault])
    return unlocked


def keys_of(vault_key: Secret) -> tuple[Secret, Secret]:
    """The key and the salt of a vault's database (vault.md 3)."""
    return derive(vault_key, _KEY_LABEL), derive(vault_key, _SALT_LABEL, _SALT_BYTES)


def open_database(place: Path, vault_key: Secret) -> Database:
    """Open the database of the vault that this key is for. Raises as `Vault.open`."""
    key, salt = keys_of(vault_key)
    with key, salt:
        swapping.finish(place, key, salt)
        return Database.open(place, key, salt)


def _refuse_other_slots(folder: Path, unlocked: Slots) -> None:
    """Refuse slots that another program wrote since they were read: a new key may be in force.

    Under the lock of the database, which whoever makes a new key holds.
    """
    if read_slots(folder / SLOT_FILE).slots != unlocked:
        raise VaultInUse(at=folder)


def _mend_slots(folder: Path, unlocked: Slots) -> None:
    """Make both copies whole, but for slots that the vault beside this one is changing just now:
    those become whole without us."""
    with suppress(VaultInUse), changing_slots(folder / SLOT_FILE):
        if read_slots(folder / SLOT_FILE).slots == unlocked:
            write_slots(folder / SLOT_FILE, unlocked)


def _have_evidence_folder(vault: Vault) -> None:
    """Many tools do not copy an empty folder; one that held evidence is a missing piece."""
    if vault.files.folder.is_dir():
        return
    if evidence.files(vault.database):
        raise VaultIncomplete(at=vault.folder, missing=EVIDENCE)
    make_folder(vault.files.folder)
