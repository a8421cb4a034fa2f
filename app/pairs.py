"""A vault made of two files, of which the second may hold a cover vault: docs/formats/vault.md 9.

The choice is made when the vault is made, and never again: afterwards nothing in the folder, in
either vault or in this program knows whether the other file is in use, so nothing could put a vault
there without the danger of writing over one. Which file is whose is left to chance.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.clock import Clock, now
from app.errors import NoRoom, NotThere
from app.files import refuse_network_path
from app.oserrors import while_reading
from app.storage.folders import make_folder, sync_folder, write_synced
from app.storage.levelling import NAMES, levelled, write_noise
from app.storage.unfinished import remove_tree, unfinished
from app.vault import (
    EVIDENCE,
    SLOT_FILE,
    Vault,
    fill_database,
    open_database,
    refuse_taken,
    rename_to,
)
from crypto import slotfile, slots
from crypto.kdf import STANDARD, Argon2idCost
from crypto.secret import Passphrase
from crypto.slots import Unlocked, VaultIndex

_ORDERS: Final = (
    (VaultIndex.FIRST, VaultIndex.SECOND),
    (VaultIndex.SECOND, VaultIndex.FIRST),
)


def create(
    folder: Path, passphrase: Passphrase, *, cost: Argon2idCost = STANDARD, clock: Clock = now
) -> Vault:
    """Make a vault of two files, the other of which is noise; return it open.

    Raises as `Vault.create`.
    """
    mine, _other = secrets.choice(_ORDERS)
    made, opened = slots.renew(slots.noise(cost), passphrase, mine)
    return _made(folder, made, (opened,), clock)


def create_with_cover(
    folder: Path,
    passphrase: Passphrase,
    cover: Passphrase,
    *,
    cost: Argon2idCost = STANDARD,
    clock: Clock = now,
) -> Vault:
    """Make two vaults in two files, each with its own passphrase; return the first one open.

    Raises as `Vault.create`, and PassphraseTaken when both passphrases are the same.
    """
    mine, other = secrets.choice(_ORDERS)
    made, opened = slots.renew(slots.noise(cost), passphrase, mine)
    both, covering = slots.renew(made, cover, other)
    return _made(folder, both, (opened, covering), clock)


def _made(folder: Path, made: slots.Slots, vaults: tuple[Unlocked, ...], clock: Clock) -> Vault:
    refuse_network_path(folder)
    with while_reading(folder.parent):
        if not folder.parent.is_dir():
            raise NotThere(at=folder.parent)
    refuse_taken(folder)
    try:
        with unfinished(folder.parent) as building:
            try:
                _build(building, made, vaults, clock)
                rename_to(folder, building)
            except BaseException:
                with suppress(OSError):
                    remove_tree(building)
                raise
        return Vault(
            folder, open_database(folder / NAMES[vaults[0].vault], vaults[0].vault_key), clock
        )
    finally:
        for each in vaults:
            each.vault_key.close()


def _build(building: Path, made: slots.Slots, vaults: tuple[Unlocked, ...], clock: Clock) -> None:
    make_folder(building / EVIDENCE)
    write_synced(building / SLOT_FILE, slotfile.marshal(made))
    for each in vaults:
        fill_database(building / NAMES[each.vault], each.vault_key, each.slot, clock)
    _fill_up(building)


def _fill_up(building: Path) -> None:
    first, second = (building / name for name in NAMES)
    for each in (first, second):
        if not each.exists():
            write_noise(each)
    with levelled(first, second):
        pass
    if first.stat().st_size != second.stat().st_size:
        raise NoRoom(at=building)
    sync_folder(building)
