"""Verbs over evidence: take in, read, verify, export, remove, destroy, receive.

Bytes first, reference last: a name is pending before its file is made, the file is on the medium
and read back before a record refers to it (docs/formats/vault.md 5). What is done to an item is
kept as custody events in a chain of their own (E-01, E-02, E-03).
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from app import files, metadata, store
from app.changes import Changes
from app.custody import CHECKED as CHECKED
from app.custody import DESTROYED as DESTROYED
from app.custody import EXPORTED as EXPORTED
from app.custody import IMPORTED as IMPORTED
from app.custody import RECEIVED as RECEIVED
from app.custody import VIEWED, add
from app.custody import custody as custody
from app.custody import custody_is_whole as custody_is_whole
from app.custody import note as note
from app.errors import ChangedWhileRead, EvidenceDamaged, NotFound
from app.filetype import HEAD_BYTES, sniff
from app.metadata.noting import noted
from app.names import stored_name
from app.records.evidence_item import EvidenceItem, EvidenceLink
from app.records.ids import EvidenceItemId, RecordId, short_ref
from app.records.kinds import Kind
from app.records.values import NOTHING_SAID, LText, TermRef
from app.retention import refuse_held
from app.still import Still
from app.storage import evidence as rows
from app.storage import records
from app.storage.database import Reading, Transaction
from app.storage.evidence import EvidenceFile
from app.storage.evidence_files import (
    KEY_BYTES,
    StoredReader,
    StoredSource,
    StoredWriter,
    digest_of,
    read_back,
    write_all,
)
from app.streams import Reader
from app.tasks import Progress, ignore
from app.vault import Vault
from crypto.age.chunks import sealed_length
from crypto.padding import padme
from crypto.secret import Secret

TYPES: Final = "evidence_type"

SPARE_BYTES: Final = 1024**2
"""Room left for the database when a file is taken in: a full medium must still take its record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContent:
    """Content that is on the medium and read back, and that no record refers to yet."""

    stored_name: str
    key: Secret
    sha256: str
    size: int
    head: bytes


# --- taking in ------------------------------------------------------------------------------


def take_in(
    vault: Vault,
    path: Path,
    *,
    about: RecordId,
    evidence_type: str,
    title: LText = NOTHING_SAID,
    description: LText = NOTHING_SAID,
    by: str = "",
    progress: Progress = ignore,
) -> EvidenceItem:
    """Copy a file into the vault, encrypted, and tie it to the record `about`.

    The digest is that of the bytes as they are read, before anything else (E-01). The file's name
    and what is hidden inside stay in the local part, on this device (E-04). `evidence_type`: a
    key of that vocabulary; without a title the item's reference stands there. `by`: a code, it
    travels with the custody log.
    Raises NotThere, NotReadable, NotOnThisComputer, NoRoom, NotWritable, MediumFailed,
    ReadBackDiffers, ChangedWhileRead, Cancelled, Invalid; then nothing was added.
    """
    with files.open_for_reading(path) as source:
        before = os.fstat(source.fileno())
        content = Still(source, before.st_size, path)
        with storing(vault, content, size=before.st_size, progress=progress) as stored:
            after = os.fstat(source.fileno())
            if (before.st_size, before.st_mtime_ns) != (stored.size, after.st_mtime_ns):
                raise ChangedWhileRead(at=path)
            return _kept(
                vault,
                stored,
                EvidenceItem(
                    evidence_type=TermRef(list=TYPES, key=evidence_type),
                    title=title,
                    description=description,
                    original_filename=stored_name(path.name),
                    links=(EvidenceLink(supports=about),),
                ),
                by,
            )


def take_in_content(
    vault: Vault,
    content: bytes,
    *,
    about: RecordId,
    evidence_type: str,
    title: LText = NOTHING_SAID,
    by: str = "",
    progress: Progress = ignore,
) -> EvidenceItem:
    """As `take_in`, of bytes that never were a file, such as a picture that was copied."""
    size = len(content)
    with storing(vault, io.BytesIO(content), size=size, progress=progress) as stored:
        return _kept(
            vault,
            stored,
            EvidenceItem(
                evidence_type=TermRef(list=TYPES, key=evidence_type),
                title=title,
                links=(EvidenceLink(supports=about),),
            ),
            by,
        )


def _kept(vault: Vault, stored: StoredContent, begun: EvidenceItem, by: str) -> EvidenceItem:
    """Look into stored content, and make the item that was begun refer to it."""
    reference = short_ref()
    named = LText.of(reference)
    mime = sniff(stored.head)
    with source_of(vault, stored) as again:
        inside = metadata.scan(again, mime)
    item = replace(
        begun,
        short_ref=reference,
        title=begun.title or named,
        description=begun.description or named,
        sha256=stored.sha256,
        size=stored.size,
        mime=mime,
        embedded_metadata=LText.of(noted(inside)),
    )
    with vault.transaction() as tx:
        item = store.put(vault, tx, item).record
        attach(tx, item.id, stored)
        note(vault, tx, EvidenceItemId(item.id), IMPORTED, after=stored.sha256, by=by)
    return item


@contextmanager
def storing(
    vault: Vault, content: Reader, *, size: int, progress: Progress = ignore
) -> Iterator[StoredContent]:
    """Store a stream of about `size` bytes; inside the block `attach` makes a record refer to it.

    What was not attached when the block ends is removed. For content that arrives in a bundle:
    the caller compares the digest before attaching. Raises NoRoom, NotWritable, MediumFailed,
    ReadBackDiffers, Cancelled, and what the stream raises.
    """
    stored = receive(vault, content, size=size, progress=progress)
    try:
        yield stored
    finally:
        discard(vault, stored)


def receive(
    vault: Vault, content: Reader, *, size: int, progress: Progress = ignore
) -> StoredContent:
    """As `storing`, for many files that one later transaction attaches; `discard` is then called
    for each of them, attached or not. A kill before leaves names that the next opening removes.
    """
    room = sealed_length(padme(size)) + SPARE_BYTES
    files.ensure_room(vault.files.folder, room)
    name = vault.files.new_name()
    with vault.transaction() as tx:
        rows.begin_writing(tx, name)
    key = Secret.random(KEY_BYTES)
    path = vault.files.path(name)
    try:
        first = _head(content)
        with StoredWriter(path, key) as writer:
            write_all(first, content, writer, size, progress)
            digest = writer.finish()
        stored = StoredContent(
            stored_name=name, key=key, sha256=digest.hex(), size=writer.size, head=first
        )
        with _opened(vault, _as_file(RecordId(""), stored), name) as again:
            read_back(again, digest, path, progress)
    except BaseException:
        _forget(vault, name)
        raise
    return stored


def attach(tx: Transaction, item: RecordId, stored: StoredContent) -> None:
    """Make an evidence record, written in the same transaction, refer to stored content."""
    rows.refer(tx, _as_file(item, stored))


def discard(vault: Vault, stored: StoredContent) -> None:
    """Remove stored content, unless a record refers to it."""
    if rows.is_pending(vault.database, stored.stored_name):
        _forget(vault, stored.stored_name)


# --- reading --------------------------------------------------------------------------------


def reader(vault: Vault, item: RecordId) -> StoredReader:
    """The content as a binary stream that is authenticated as it is read.

    Raises NotFound when the item has no file here; EvidenceDamaged, also while reading.
    """
    return _opened(vault, _file(vault.database, item), _reference(vault.database, item))


def source(vault: Vault, item: RecordId) -> StoredSource:
    """The content to be read at any place, each piece authenticated. Raises as `reader`."""
    file = _file(vault.database, item)
    return _sought(vault, file, _reference(vault.database, item))


def source_of(vault: Vault, stored: StoredContent) -> StoredSource:
    """As `source`, of content that no record refers to yet."""
    return _sought(vault, _as_file(RecordId(""), stored), stored.stored_name)


def has_file(vault: Vault, item: RecordId) -> bool:
    """Whether the content of an item is in this vault (it may be a reference only)."""
    return rows.file_of(vault.database, item) is not None


def verify(vault: Vault, item: RecordId, *, by: str = "", progress: Progress = ignore) -> Changes:
    """Decrypt the whole content and compare its digest with the one at first import (E-01); noted
    as a custody event when it is the same.

    Raises NotFound, EvidenceDamaged, NotReadable, Cancelled.
    """
    file = _file(vault.database, item)
    with reader(vault, item) as content:
        if digest_of(content, file.size, progress).hex() != file.sha256:
            raise EvidenceDamaged(reference=_reference(vault.database, item))
    return add(vault, item, CHECKED, sha256=file.sha256, by=by)


def viewed(vault: Vault, item: RecordId, *, by: str = "") -> Changes:
    """Note that somebody looked at the content. Raises NotFound."""
    return add(vault, item, VIEWED, sha256=_file(vault.database, item).sha256, by=by)


def export(
    vault: Vault, item: RecordId, *, to: Path, by: str = "", progress: Progress = ignore
) -> Changes:
    """Write the content, in clear, to a new file outside the vault; noted as a custody event.

    It gets its name only after it was read back. Raises NotFound, EvidenceDamaged, AlreadyThere,
    NoRoom, TooBigForMedium, NotWritable, MediumFailed, ReadBackDiffers, Cancelled.
    """
    file = _file(vault.database, item)
    files.ensure_room(to.parent, file.size)
    with reader(vault, item) as content, files.draft(to.parent) as made:
        copied = made.fill(content, total=file.size, progress=progress)
        if copied.sha256.hex() != file.sha256:
            raise EvidenceDamaged(reference=_reference(vault.database, item))
        made.verify(progress=progress)
        # Together: nothing leaves without its custody event, and no event tells what did not leave.
        with files.undone_by_failure(to), vault.transaction() as tx:
            note(
                vault,
                tx,
                EvidenceItemId(item),
                EXPORTED,
                before=file.sha256,
                after=file.sha256,
                by=by,
            )
            made.publish(to.name)
    return Changes.of(Kind.CUSTODY_EVENT)


# --- removing -------------------------------------------------------------------------------


def remove(vault: Vault, item: RecordId, *, why: str) -> Changes:
    """Take an item out of every list; its file stays, so `store.bring_back` undoes it."""
    return store.remove(vault, item, why=why)


def destroy(vault: Vault, item: RecordId, *, why: str, by: str = "") -> Changes:
    """Remove an item and destroy its content for good: first its key, then its file. Also of an
    item that was removed before.

    The record and its custody log stay in the chain, removed. Raises NotFound, OnHold.
    """
    with vault.transaction() as tx:
        file = _file(tx, item)
        refuse_held(tx, item)
        note(
            vault,
            tx,
            EvidenceItemId(item),
            DESTROYED,
            before=file.sha256,
            by=by,
            words=LText.of(why),
        )
        if not _is_removed(tx, item):
            store.remove_in(vault, tx, item, why=why)
        rows.begin_deleting(tx, file)
    # The log still holds the page with the key until it is brought into the file and emptied.
    vault.database.checkpoint()
    _forget(vault, file.stored_name)
    return Changes.of(Kind.EVIDENCE_ITEM, Kind.CUSTODY_EVENT)


# --- inside ---------------------------------------------------------------------------------


def _head(content: Reader) -> bytes:
    """The first HEAD_BYTES of a stream, fewer when it is shorter."""
    head = b""
    while len(head) < HEAD_BYTES and (piece := content.read(HEAD_BYTES - len(head))):
        head += piece
    return head


def _forget(vault: Vault, stored_name: str) -> None:
    vault.files.remove(stored_name)
    with vault.transaction() as tx:
        rows.end_pending(tx, stored_name)


def _as_file(item: RecordId, stored: StoredContent) -> EvidenceFile:
    return EvidenceFile(
        record=item,
        stored_name=stored.stored_name,
        key=stored.key,
        sha256=stored.sha256,
        size=stored.size,
    )


def _file(db: Reading, item: RecordId) -> EvidenceFile:
    file = rows.file_of(db, item)
    if file is None:
        raise NotFound(reference=item)
    return file


def _reference(db: Reading, item: RecordId) -> str:
    head = records.head(db, item)
    return head.short_ref if head else item


def _is_removed(db: Reading, item: RecordId) -> bool:
    head = records.head(db, item)
    return head is not None and head.removed


def _opened(vault: Vault, file: EvidenceFile, reference: str) -> StoredReader:
    return StoredReader(
        vault.files.path(file.stored_name),
        file.key,
        file.size,
        lambda: EvidenceDamaged(reference=reference),
    )


def _sought(vault: Vault, file: EvidenceFile, reference: str) -> StoredSource:
    return StoredSource(
        vault.files.path(file.stored_name),
        file.key,
        file.size,
        lambda: EvidenceDamaged(reference=reference),
    )
