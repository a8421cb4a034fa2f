"""Verbs over records of every kind: save, get, find, list, remove, bring back, receive.

A saved state is a revision in the vault's hash chain; the newest one is also kept with the rows
that find it, all in one transaction. Removing is a revision too, so it can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from app import collecting, crosschecks, indexing
from app.changes import Changes
from app.errors import Ambiguous, Conflict, Invalid, MalformedJson, MalformedRecord, NotFound
from app.records import Record, checks, class_of
from app.records.codec import Encoded, decode, encode
from app.records.ids import RecordId
from app.records.kinds import Kind
from app.storage import drafts, indexes, origin, piecewise, records
from app.storage.database import Transaction
from app.storage.origin import Act, Origin
from app.storage.piecewise import LostRow
from app.vault import Vault

R = TypeVar("R", bound=Record)

SEARCH_LIMIT: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved(Generic[R]):
    """What a save came to. `revision` is the number now stored; no change makes no revision."""

    record: R
    revision: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Generic[R]):
    """A record with what the store knows of it. `at`: when this revision was stored here."""

    record: R
    revision: int
    at: str
    origin: Origin
    removed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Readable(Generic[R]):
    """The records of a kind, and what is known of those that cannot be read."""

    found: list[Kept[R]]
    damaged: tuple[LostRow, ...]


# --- writing --------------------------------------------------------------------------------


def save(vault: Vault, record: R, *, read_revision: int | None = None) -> Saved[R]:
    """Keep a record as it stands, on the medium when this returns; its draft is forgotten.

    `read_revision`: the revision the change started from; without it the last one wins. Saving a
    removed record brings it back. Raises Invalid, Conflict, NoRoom, NotWritable, MediumFailed.
    """
    with vault.transaction() as tx:
        saved = put(vault, tx, record, read_revision=read_revision)
        drafts.forget(tx, record.id)
    return saved


def put(vault: Vault, tx: Transaction, record: R, *, read_revision: int | None = None) -> Saved[R]:
    """As `save`, inside the caller's transaction. Raises Invalid, Conflict."""
    problems = [*checks.draft(record), *crosschecks.problems(tx, record)]
    if problems:
        raise Invalid(problems=tuple(str(each) for each in problems))
    head = records.head(tx, record.id)
    now_stored = head.number if head else 0
    if read_revision is not None and read_revision != now_stored:
        raise Conflict(reference=record.short_ref, read=read_revision, now=now_stored)
    return _put_if_new(vault, tx, head, record, origin.LOCAL)


def annotate(vault: Vault, record: R) -> Saved[R]:
    """Keep what the program itself notes on a record, whatever checks say of the rest by now.

    Raises NoRoom, NotWritable, MediumFailed.
    """
    with vault.transaction() as tx:
        return _put_if_new(vault, tx, records.head(tx, record.id), record, origin.LOCAL)


def relabel(vault: Vault, tx: Transaction, record: R) -> Saved[R]:
    """Keep a change of what stays on this device alone, inside the caller's transaction: the body,
    with its time of change, stays as it was sealed. Raises Conflict when the body is another one.
    """
    head = records.head(tx, record.id)
    if head is None or head.removed or encode(record).body != head.body.encode("utf-8"):
        raise Conflict(reference=record.short_ref, read=0, now=head.number if head else 0)
    return _append(vault, tx, record, origin.LOCAL)


def receive(
    vault: Vault, tx: Transaction, record: R, *, bundle: str, signer: str, number: int
) -> Saved[R]:
    """Keep a revision that came in a bundle, with where it came from; the local part stays ours.

    `bundle`: its id; `signer`: fingerprint of its signing key or ""; `number`: the sender's
    revision. Nothing is added when the body is the one stored. Drafts and checks do not apply: it
    is kept as it was sent.
    """
    head = records.head(tx, record.id)
    if head and head.body:
        ours = decode(type(record), head.body.encode("utf-8"), head.local.encode("utf-8"))
        record = decode(type(record), encode(record).body, encode(ours).local)
        if not head.removed and encode(record).body == head.body.encode("utf-8"):
            return Saved(record=record, revision=head.number, changes=Changes())
    came = Origin(act=Act.RECEIVED, bundle=bundle, signer=signer, number=number)
    return _append(vault, tx, record, came)


def restore(vault: Vault, kind: type[R], record: RecordId, revision: int) -> Saved[R]:
    """Make an older revision the newest one again, as a new revision, whatever checks say now.

    Raises NotFound (no such revision, or its body was erased), NoRoom, NotWritable.
    """
    with vault.transaction() as tx:
        older = records.revision(tx, record, revision)
        if older is None or older.body is None or older.local is None:
            raise NotFound(reference=record)
        again = decode(kind, older.body.encode("utf-8"), older.local.encode("utf-8"))
        came = Origin(act=Act.RESTORED, number=revision)
        return _put_if_new(vault, tx, records.head(tx, record), again, came)


def remove(vault: Vault, record: RecordId, *, why: str) -> Changes:
    """Take a record out of every list and index; `bring_back` undoes it. Raises NotFound."""
    with vault.transaction() as tx:
        return remove_in(vault, tx, record, why=why)


def remove_in(vault: Vault, tx: Transaction, record: RecordId, *, why: str) -> Changes:
    """As `remove`, inside the caller's transaction."""
    head = records.head(tx, record)
    if head is None or head.removed:
        raise NotFound(reference=record)
    _append_again(vault, tx, head, Origin(act=Act.REMOVED, why=why))
    drafts.forget(tx, record)
    return Changes.of(head.kind)


def bring_back(vault: Vault, record: RecordId) -> Changes:
    """Undo a removal. Raises NotFound when the record is unknown, not removed, or erased."""
    with vault.transaction() as tx:
        head = records.head(tx, record)
        if head is None or not head.removed or not head.body:
            raise NotFound(reference=record)
        _append_again(vault, tx, head, Origin(act=Act.BROUGHT_BACK))
    return Changes.of(head.kind)


# --- reading --------------------------------------------------------------------------------


def get(vault: Vault, kind: type[R], record: RecordId) -> R:
    """One record. Raises NotFound when it is unknown, of another kind, or removed."""
    return kept(vault, kind, record).record


def kept(vault: Vault, kind: type[R], record: RecordId) -> Kept[R]:
    """One record with its revision, which `save` wants back. Raises NotFound as `get`."""
    head = records.head(vault.database, record)
    if head is None or head.removed or head.kind != kind.kind:
        raise NotFound(reference=record)
    return _kept(kind, head)


def find(vault: Vault, reference: str) -> Record:
    """The record with this id, or with this short reference as somebody may say or type it.

    Raises NotFound, and Ambiguous when several records share the short reference.
    """
    wanted = reference.strip()
    head = records.head(vault.database, wanted.lower())
    found = [head] if head and not head.removed else []
    if not found:
        found = records.heads_by_ref(vault.database, as_short_ref(wanted))
    if not found:
        raise NotFound(reference=reference)
    if len(found) > 1:
        raise Ambiguous(reference=reference)
    return indexing.record_of(found[0])


def every(vault: Vault, kind: type[R]) -> list[R]:
    """Every record of a kind that is not removed and can be read, in the order in which they came
    here; `readable` names the others."""
    return [each.record for each in every_kept(vault, kind)]


def every_kept(vault: Vault, kind: type[R]) -> list[Kept[R]]:
    """As `every`, with revision and origin."""
    return readable(vault, kind).found


def readable(vault: Vault, kind: type[R]) -> Readable[R]:
    """As `every_kept`, and those that are damaged."""
    rows = piecewise.heads(vault.database, kind.kind)
    found: list[Kept[R]] = []
    damaged = list(rows.lost)
    for head in rows.found:
        try:
            found.append(_kept(kind, head))
        except (MalformedJson, MalformedRecord):
            damaged.append(LostRow(id=head.id, short_ref=head.short_ref))
    return Readable(found=found, damaged=tuple(damaged))


def removed(vault: Vault) -> list[Kept[Record]]:
    """What could be brought back, the latest removal first."""
    return [
        _kept(class_of(Kind(head.kind)), head)
        for head in records.removed_heads(vault.database)
        if head.body
    ]


def linked(vault: Vault, target: RecordId) -> list[Record]:
    """Every record that refers to `target` in any field."""
    return [indexing.record_of(head) for head in records.heads_linking(vault.database, target)]


def linked_by(vault: Vault, kind: type[R], field: str, target: RecordId) -> list[R]:
    """The records of `kind` that refer to `target` in `field`."""
    return [
        _decoded(kind, head)
        for head in records.heads_linking_by(vault.database, target, kind.kind, field)
    ]


def revisions(vault: Vault, kind: type[R], record: RecordId) -> list[Kept[R]]:
    """Every revision of a record that was not erased, the first one first. Raises NotFound."""
    found = records.revisions(vault.database, record)
    if not found:
        raise NotFound(reference=record)
    return [
        Kept(
            record=decode(kind, entry.body.encode("utf-8"), entry.local.encode("utf-8")),
            revision=entry.number,
            at=entry.at,
            origin=origin.decode(entry.origin),
            removed=origin.decode(entry.origin).act is Act.REMOVED,
        )
        for entry in found
        if entry.body is not None and entry.local is not None
    ]


def search(vault: Vault, words: str, *, limit: int = SEARCH_LIMIT) -> list[Record]:
    """Records that hold every one of `words`, in any part of a word, the newest record first."""
    found = []
    for position in indexing.positions(vault.database, words, limit):
        head = records.head_at(vault.database, position)
        if head is not None:
            found.append(indexing.record_of(head))
    return found


# --- drafts ---------------------------------------------------------------------------------


def keep_draft(vault: Vault, record: Record) -> None:
    """Keep what is being typed, complete or not.

    Raises Invalid (more than any record may hold), NoRoom, NotWritable, MediumFailed.
    """
    parts = _parts(record)
    with vault.transaction() as tx:
        drafts.keep(
            tx,
            drafts.DraftRow(
                record=record.id,
                kind=record.kind.value,
                body=parts.body.decode("utf-8"),
                local=parts.local.decode("utf-8"),
                at=vault.now(),
            ),
        )


def take_draft(vault: Vault, kind: type[R], record: RecordId) -> R | None:
    """What was being typed into this record, None when nothing was. It stays until saved."""
    draft = drafts.draft(vault.database, record)
    if draft is None or draft.kind != kind.kind:
        return None
    return decode(kind, draft.body.encode("utf-8"), draft.local.encode("utf-8"))


def every_draft(vault: Vault) -> list[Record]:
    """Everything that was being typed, the latest first."""
    return [
        decode(class_of(Kind(draft.kind)), draft.body.encode("utf-8"), draft.local.encode("utf-8"))
        for draft in drafts.drafts(vault.database)
    ]


def forget_draft(vault: Vault, record: RecordId) -> None:
    """Throw away what was being typed into this record; nothing happens when nothing was."""
    with vault.transaction() as tx:
        drafts.forget(tx, record)


# --- inside ---------------------------------------------------------------------------------


def _put_if_new(
    vault: Vault, tx: Transaction, head: records.Head | None, record: R, came: Origin
) -> Saved[R]:
    at = vault.clock()
    if head and not head.removed:
        stored = _decoded(type(record), head)
        parts = encode(replace(record, updated_at=stored.updated_at))
        if parts.body == head.body.encode("utf-8"):
            if parts.local == head.local.encode("utf-8"):
                return Saved(record=stored, revision=head.number, changes=Changes())
            at = stored.updated_at  # what stays on this device leaves the body as it was sealed
    return _append(vault, tx, replace(record, updated_at=at), came)


def _parts(record: Record) -> Encoded:
    """The record as it will be stored, once it is sure that it can be read again: what is over a
    ceiling of the format would be lost, and the list that it stands in with it. Raises Invalid.
    """
    try:
        parts = encode(record)
        decode(type(record), parts.body, parts.local)
    except (MalformedJson, MalformedRecord) as error:
        raise Invalid(problems=(error.reason,)) from error
    return parts


def _append(vault: Vault, tx: Transaction, record: R, came: Origin) -> Saved[R]:
    parts = _parts(record)
    head = records.append(
        tx,
        records.NewRevision(
            id=record.id,
            kind=record.kind.value,
            short_ref=record.short_ref,
            at=vault.now(),
            body=parts.body.decode("utf-8"),
            local=parts.local.decode("utf-8"),
            origin=origin.encode(came),
        ),
    )
    collecting.put(tx, head, indexing.derived(record))
    return Saved(record=record, revision=head.number, changes=Changes.of(record.kind.value))


def _append_again(vault: Vault, tx: Transaction, head: records.Head, came: Origin) -> None:
    gone = came.act is Act.REMOVED
    appended = records.append(
        tx,
        records.NewRevision(
            id=head.id,
            kind=head.kind,
            short_ref=head.short_ref,
            at=vault.now(),
            body=head.body,
            local=head.local,
            origin=origin.encode(came),
            removed=gone,
        ),
    )
    shown = indexes.NOTHING if gone else indexing.derived(indexing.record_of(head))
    collecting.put(tx, appended, shown)


def _decoded(kind: type[R], head: records.Head) -> R:
    return decode(kind, head.body.encode("utf-8"), head.local.encode("utf-8"))


def _kept(kind: type[R], head: records.Head) -> Kept[R]:
    return Kept(
        record=_decoded(kind, head),
        revision=head.number,
        at=head.at,
        origin=origin.decode(head.origin),
        removed=head.removed,
    )


def as_short_ref(text: str) -> str:
    """As it may be heard and typed: lower case, grouped, o for 0, i and l for 1."""
    plain = text.upper().replace("-", "").replace(" ", "")
    return plain.replace("O", "0").replace("I", "1").replace("L", "1")
