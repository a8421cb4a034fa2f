"""A vault on a write-protected medium: opened for reading, and saving is refused.

A locked stick or a disc is how evidence is handed to a court or looked at on a strange computer.
"""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock, now
from app.errors import NotWritable, VaultDamaged
from app.folders import sweep
from app.storage import protected
from app.vault import Vault, keys_of
from crypto.secret import Passphrase


def open_either(folder: Path, passphrase: Passphrase, *, clock: Clock = now) -> Vault:
    """Open a vault; for reading alone when its medium is write-protected. Raises as Vault.open."""
    try:
        vault = Vault.open(folder, passphrase, clock=clock)
        # In it copies are tried, beside it vaults are restored: what a kill left there is in the
        # way of nobody, but takes room, and some of it may lie there in clear.
        sweep(folder)
        sweep(folder.parent)
        return vault
    except NotWritable:
        return open_to_read(folder, passphrase, clock=clock)


def open_to_read(folder: Path, passphrase: Passphrase, *, clock: Clock = now) -> Vault:
    """Open a vault without writing a byte: no lock, no log, nothing mended or swept.

    Raises as Vault.open; NotWritable also when a crash left a log, or the tables are older.
    """
    with Vault.key_of(folder, passphrase) as vault_key:
        key, salt = keys_of(vault_key)
    with key, salt:
        place = protected.database_of(folder, key, salt)
        if place is None:
            raise VaultDamaged(at=folder, detail="first page")
        database = protected.open_to_read(place, key, salt)
    try:
        return Vault(folder, database, clock)
    except BaseException:
        database.close()
        raise


def is_protected(vault: Vault) -> bool:
    """Whether nothing can be saved in this vault. Raises MediumFailed when it is gone."""
    return protected.refuses_writing(vault.database)
