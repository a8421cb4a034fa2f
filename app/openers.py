"""The ways into an open vault: add a passphrase, change one, take one away.

Used and unused slots look alike, so the vault keeps the list (vault.md 2). A kill between list and
slot file must never make the list forget a slot in use, which the next addition might overwrite:
adding enters the list first, removing leaves it last. From reading the slots to writing them nobody
else changes them: another vault may share the file, and be open in another window.

A changed passphrase does not lock out somebody who has a copy of the old slot file and knows the
old passphrase; against that stands a new vault key, not a new slot.
"""

from __future__ import annotations

from app.errors import NotFound, WrongPassphrase
from app.storage import settings
from app.storage.settings import UsedSlot as UsedSlot
from app.storage.slot_store import changing_slots, read_slots, write_slots
from app.vault import SLOT_FILE, Vault
from crypto import slots
from crypto.errors import LastSlot, WrongKey
from crypto.secret import Passphrase
from crypto.slots import Opener, Slots, Unlocked


def every(vault: Vault) -> list[UsedSlot]:
    """The slots that open this vault, in order."""
    return settings.used_slots(vault.database)


def prove(vault: Vault, passphrase: Passphrase) -> tuple[Slots, int]:
    """The slots in force, and the number of the one that `passphrase` opens.

    Raises WrongPassphrase; NotEnoughMemory of crypto.
    """
    now, unlocked = _unlocked(vault, passphrase)
    unlocked.vault_key.close()
    return now, unlocked.slot


def add(
    vault: Vault, current: Passphrase, new: Passphrase, *, opener: Opener = Opener.PASSPHRASE
) -> int:
    """Let `new` open the vault too; the number of its slot.

    Raises WrongPassphrase (`current` opens nothing), VaultInUse (another window is changing the
    ways), NotWritable, NoRoom, MediumFailed; of crypto PassphraseTaken, NoFreeSlot,
    NotEnoughMemory.
    """
    with changing_slots(vault.folder / SLOT_FILE):
        now, unlocked = _unlocked(vault, current)
        with unlocked.vault_key:
            used = frozenset(each.slot for each in every(vault)) | vault.foreign_slots
            changed, slot = slots.add(now, unlocked, new, opener, used)
        with vault.transaction() as tx:
            settings.keep_slot(tx, UsedSlot(slot=slot, kind=opener.value, made_at=vault.now()))
        write_slots(vault.folder / SLOT_FILE, changed)
    return slot


def change(vault: Vault, current: Passphrase, new: Passphrase) -> None:
    """Let `new` open the vault in the place of `current`; what opens it now is a passphrase.

    Raises WrongPassphrase, VaultInUse, NotWritable, NoRoom, MediumFailed; of crypto PassphraseTaken
    (`new` opens another slot), NotEnoughMemory.
    """
    with changing_slots(vault.folder / SLOT_FILE):
        now, unlocked = _unlocked(vault, current)
        with unlocked.vault_key:
            changed = slots.replace(now, unlocked.slot, unlocked, new, Opener.PASSPHRASE)
        write_slots(vault.folder / SLOT_FILE, changed)
        with vault.transaction() as tx:
            settings.keep_slot(
                tx,
                UsedSlot(slot=unlocked.slot, kind=Opener.PASSPHRASE.value, made_at=vault.now()),
            )


def remove(vault: Vault, slot: int, *, other: Passphrase) -> None:
    """Fill a slot with random bytes. `other` proves that there is another way in.

    The list alone would not do: after a kill it may name a slot that was never written. Raises
    WrongPassphrase, NotFound (this vault has no such slot), LastSlot (`other` is what opens this
    very slot), VaultInUse, NotWritable, MediumFailed.
    """
    if slot in vault.foreign_slots:
        raise NotFound(reference=str(slot))
    with changing_slots(vault.folder / SLOT_FILE):
        now, unlocked = _unlocked(vault, other)
        unlocked.vault_key.close()
        if unlocked.slot == slot:
            raise LastSlot(slot)
        used = frozenset(each.slot for each in every(vault)) | {unlocked.slot}
        write_slots(vault.folder / SLOT_FILE, slots.remove(now, slot, used))
        with vault.transaction() as tx:
            settings.forget_slot(tx, slot)


def _unlocked(vault: Vault, passphrase: Passphrase) -> tuple[Slots, Unlocked]:
    now = read_slots(vault.folder / SLOT_FILE).slots
    try:
        unlocked = slots.unlock(now, passphrase)
    except WrongKey:
        raise WrongPassphrase from None
    if unlocked.vault is not vault.index:
        # It opens what lies beside this vault: here it opens nothing.
        unlocked.vault_key.close()
        raise WrongPassphrase
    return now, unlocked
