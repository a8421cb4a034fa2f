"""A new vault key, after somebody may have had a passphrase and a copy of the vault.

A changed passphrase does not help against that: an older copy of the slot file opens with the older
passphrase, and gives the vault key, which opens every later copy of the database. A new key does.
Only the passphrase given here opens the vault afterwards: what others know, recovery phrases and
shares included, was wrapped around the old key, and is made anew by whoever knows it.

What it cannot do is in vault.md 4.3: who had the vault read what was in it then.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app import openers, upkeep
from app.errors import AppError, CostShared, VaultDamaged
from app.storage import records, settings, swapping
from app.storage.database import Database
from app.storage.settings import UsedSlot
from app.storage.slot_store import changing_slots, read_slots, write_slots
from app.tasks import Progress, Step, ignore
from app.vault import SLOT_FILE, Vault, keys_of
from crypto import slots
from crypto.errors import CryptoError
from crypto.kdf import Argon2idCost
from crypto.secret import Passphrase
from crypto.slots import Opener, Slots, Unlocked


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyed:
    """What came of it: the ways that open the vault no longer."""

    ended: tuple[UsedSlot, ...]


def rekey(
    vault: Vault,
    current: Passphrase,
    new: Passphrase,
    *,
    cost: Argon2idCost | None = None,
    progress: Progress = ignore,
) -> Rekeyed:
    """Write the database again under a new vault key, which `new` alone opens.

    `cost` is what a guess at it costs, as now when None. A kill at any moment leaves the vault as
    it was or as it will be. When it raises after the slots were written, the vault is closed and
    opens with `new`.

    Raises WrongPassphrase (`current` opens nothing), NoRoom (there must be room for the database
    twice), VaultDamaged (the copy is not sound; nothing was changed), VaultInUse (another window
    changes the ways), Cancelled, NotWritable, MediumFailed; CostShared (another cost, where two
    vaults share the slots); TooCheap, PassphraseTaken and NotEnoughMemory of crypto.
    """
    with changing_slots(vault.folder / SLOT_FILE):
        return _rekeyed(vault, current, new, cost, progress)


def _rekeyed(
    vault: Vault,
    current: Passphrase,
    new: Passphrase,
    cost: Argon2idCost | None,
    progress: Progress,
) -> Rekeyed:
    before, opened = openers.prove(vault, current)
    ended = tuple(each for each in openers.every(vault) if each.slot != opened)
    made, renewed = _new_slots(vault, before, new, cost)
    place = vault.database.path
    with renewed.vault_key as vault_key:
        _write_again(vault, renewed, progress)
        _put_in_force(vault, before, made)
        # Its lock was held until the slots were new: nobody wrote to the old one in between.
        vault.database.close()
        swapping.put_in_place(place)
        key, salt = keys_of(vault_key)
        with key, salt:
            vault.database = Database.open(place, key, salt)
    return Rekeyed(ended=ended)


def _new_slots(
    vault: Vault, before: Slots, new: Passphrase, cost: Argon2idCost | None
) -> tuple[Slots, Unlocked]:
    """Where another vault may lie beside this one, its slots stay, and with them salt and cost."""
    if not vault.foreign_slots:
        made, vault_key = slots.create(new, cost or before.cost)
        return made, Unlocked(
            vault_key=vault_key,
            slot=slots.FIRST_SLOT,
            vault=vault.index,
            opener=Opener.PASSPHRASE,
        )
    if cost not in {None, before.cost}:
        raise CostShared
    return slots.renew(before, new, vault.index)


def _write_again(vault: Vault, renewed: Unlocked, progress: Progress) -> None:
    old = vault.database.path
    place = swapping.waiting_place(old)
    swapping.sweep(old)

    def seen(done: int, total: int) -> None:
        progress(Step(doing="rekeying", done=done, total=total))

    try:
        vault.database.checkpoint()
        key, salt = keys_of(renewed.vault_key)
        with key, salt:
            vault.database.copy_to(place, key, salt, seen)
            fresh = Database.open(place, key, salt)
        try:
            _list_one_way(fresh, renewed.slot, vault.now())
            _refuse_unlike(vault, fresh, progress)
        finally:
            fresh.close()
    except BaseException:
        swapping.sweep(old)
        raise


def _list_one_way(fresh: Database, slot: int, made_at: str) -> None:
    with fresh.transaction() as tx:
        for each in settings.used_slots(tx):
            settings.forget_slot(tx, each.slot)
        used = UsedSlot(slot=slot, kind=Opener.PASSPHRASE.value, made_at=made_at)
        settings.keep_slot(tx, used)


def _refuse_unlike(vault: Vault, fresh: Database, progress: Progress) -> None:
    """The copy is sound, and its chain ends where that of the old database ends."""
    found = upkeep.check_database(fresh, progress)
    last = records.entries(vault.database, max(0, found.entries - 1), 2)
    ends = [each.hash.hex() for each in last]
    if not found.whole or ends != ([found.last_hash] if found.entries else []):
        detail = found.findings[0].detail if found.findings else "end of the chain"
        raise VaultDamaged(at=vault.folder, detail=detail)


def _put_in_force(vault: Vault, before: Slots, made: Slots) -> None:
    """Write the slots. When that stops, they say which database stays."""
    place = vault.folder / SLOT_FILE
    try:
        write_slots(place, made)
    except BaseException:
        if _are_in_force(place, before):
            # The second copy may be new already: nothing is taken away before it is old again.
            with suppress(AppError):
                write_slots(place, before)
                swapping.sweep(vault.database.path)
        else:
            # What would be written to the old database now would be lost.
            vault.database.close()
        raise


def _are_in_force(place: Path, wanted: Slots) -> bool:
    try:
        return read_slots(place).slots == wanted
    except (AppError, CryptoError):
        return False
