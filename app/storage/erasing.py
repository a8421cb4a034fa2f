"""Taking what a record said out of every row; its digests stay, so that the chain still checks.

Spec: docs/formats/vault.md 4.2. Bytes that are gone from every row may still lie in a page:
secure_delete clears what is freed, but not what SQLite moved to another page when a page was full.
So the words are gone only when the whole database was written anew (`finish`).
"""

from __future__ import annotations

from typing import Final

from app.storage import audit, drafts, indexes, origin, records, settings
from app.storage.cells import text, whole
from app.storage.database import Database, Reading, Transaction
from app.storage.origin import Act, Origin
from app.storage.records import Head, NewRevision

_DUE: Final = "rewrite_due"


def erase(tx: Transaction, head: Head, at: str) -> None:
    """Erase every revision of a record; a last entry of the chain tells that and when."""
    records.append(
        tx,
        NewRevision(
            id=head.id,
            kind=head.kind,
            short_ref=head.short_ref,
            at=at,
            body="",
            local="",
            origin=origin.encode(Origin(act=Act.ERASED)),
            removed=True,
        ),
    )
    tx.run("UPDATE revision SET body = NULL, local = NULL WHERE record = ?", head.id)
    for row in tx.rows("SELECT entry, origin FROM revision WHERE record = ?", head.id):
        before = text(row[1])
        after = origin.without_words(before)
        if after != before:
            tx.run("UPDATE revision SET origin = ? WHERE entry = ?", after, whole(row[0]))
    indexes.put(tx, head.position, head.id, indexes.NOTHING)
    drafts.forget(tx, head.id)
    audit.erase_words(tx, head.id)
    settings.keep_setting(tx, _DUE, "1")


def is_due(db: Reading) -> bool:
    """Whether something was erased and the database not yet written anew."""
    return settings.setting(db, _DUE) is not None


def finish(database: Database) -> None:
    """Write the database anew if something was erased: then no page of it holds the words.

    Raises NoRoom, NotWritable, MediumFailed; it is due as before then.
    """
    if not is_due(database):
        return
    database.write_anew()
    with database.transaction() as tx:
        settings.forget_setting(tx, _DUE)
    database.checkpoint()
