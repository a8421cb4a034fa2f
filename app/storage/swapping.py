"""A new database in the place of the old one, so that a kill at any moment leaves one that opens.

docs/formats/vault.md 4.3. The slot file says which database is in force: the new one waits beside
the old one under the name `1.dat-new` until the slots hold its key. Whoever opens the vault with
that key finds it there and ends what was begun; whoever opens the old one takes the new one away.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.errors import VaultInUse
from app.oserrors import while_writing
from app.storage.connection import first_page_opens, is_locked
from app.storage.folders import sync_folder
from crypto.secret import Secret

_WAITING: Final = "-new"
_LOG: Final = "-wal"


def waiting_place(database: Path) -> Path:
    """Where the new database waits."""
    return database.with_name(database.name + _WAITING)


def finish(database: Path, key: Secret, salt: Secret) -> None:
    """Put the waiting database in its place if it is the one that this key opens.

    Raises VaultInUse (whoever made it has not let go of the old one yet), NotWritable,
    MediumFailed, UnsafeBuild.
    """
    waiting = waiting_place(database)
    if not waiting.exists() or first_page_opens(database, key, salt):
        return
    if not first_page_opens(waiting, key, salt):
        return
    if is_locked(database, key, salt):
        raise VaultInUse(at=database.parent)
    put_in_place(database)


def put_in_place(database: Path) -> None:
    """Give the waiting database its name. Raises NotWritable, MediumFailed."""
    with while_writing(database):
        # A log of the old database would be played into the new one.
        database.with_name(database.name + _LOG).unlink(missing_ok=True)
        sync_folder(database.parent)
        waiting_place(database).replace(database)
    sync_folder(database.parent)


def sweep(database: Path) -> None:
    """Remove a new database that never came into force. Only under the lock of the old one, with
    slots that were read under it. Raises NotWritable, MediumFailed."""
    waiting = waiting_place(database)
    with while_writing(waiting):
        for name in (waiting.name + _LOG, waiting.name + "-journal", waiting.name):
            waiting.with_name(name).unlink(missing_ok=True)
