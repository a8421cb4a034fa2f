"""What of an evidence item may leave: a copy without what is hidden inside, or the file as it is.

Originals never change and stay here (E-02, M-08): a copy is a new item that says of what it is a
copy and what was taken out, tied to the original by `release_form`. Nothing is decided by itself:
a file in which something is hidden, or into which nobody can look, stays until somebody makes a
copy or, having seen what is inside, releases it as it is; then `release_form` is the item itself.
A file in which every place was looked at and all were empty needs no copy (docs/decisions/0022).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from app import evidence, evidencewords, metadata, store
from app.changes import Changes
from app.custody import CLEANED, KEPT_HERE, REDACTED, RELEASED, note
from app.errors import (
    AppError,
    Cancelled,
    CannotBeCleaned,
    InsideNotSeen,
    NoFileHere,
    NothingCovered,
)
from app.evidence import StoredContent
from app.i18n import N_, _, window
from app.metadata import Scan, noting
from app.records import EvidenceItem
from app.records.choices import PeopleVisible
from app.records.ids import EvidenceItemId, RecordId
from app.records.kinds import Kind
from app.records.values import LText, TermRef
from app.redaction import Box, Cover, Pixels, covered
from app.tasks import Progress, ignore
from app.vault import Vault

_CHANGED: Final = Changes.of(Kind.EVIDENCE_ITEM, Kind.CUSTODY_EVENT)
_COPY: Final = TermRef(list="evidence_handling", key="redacted_copy")
_COVERED: Final = {
    Cover.FILL: N_("parts filled: {count}"),
    Cover.MOSAIC: N_("parts made a mosaic: {count}"),
}


class Standing(Enum):
    """What is decided about the file of an item."""

    NO_FILE = auto()
    NOTHING_INSIDE = auto()
    COPY_LEAVES = auto()
    AS_IT_IS = auto()
    UNDECIDED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesMade:
    """What became of several items: the copies, and the items of which none could be made."""

    made: tuple[EvidenceItem, ...]
    refused: tuple[tuple[EvidenceItem, AppError], ...]
    changes: Changes = _CHANGED


def inside(item: EvidenceItem) -> Scan | None:
    """What was found in the file when it was last looked into; None when it never was."""
    return noting.read(item.embedded_metadata.text)


def standing(item: EvidenceItem) -> Standing:
    """What is decided about the file of this item."""
    if not item.sha256:
        return Standing.NO_FILE
    if item.release_form is not None:
        return Standing.AS_IT_IS if item.release_form == item.id else Standing.COPY_LEAVES
    found = inside(item)
    nothing = found is not None and found.nothing_hidden
    return Standing.NOTHING_INSIDE if nothing else Standing.UNDECIDED


def look(vault: Vault, item: RecordId) -> Scan:
    """Look into the file again and keep what was found with the original (E-04).

    Raises NotFound, NoFileHere, EvidenceDamaged.
    """
    record = _with_file(vault, item)
    with evidence.source(vault, item) as content:
        found = metadata.scan(content, record.mime)
    noted = LText.of(noting.noted(found))
    if noted != record.embedded_metadata:
        store.save(vault, replace(record, embedded_metadata=noted))
    return found


def make_clean(
    vault: Vault, item: RecordId, *, by: str = "", progress: Progress = ignore
) -> EvidenceItem:
    """A copy that shows the same and tells nothing more, as a new item; the original stays here.

    It is read back and looked into before it is kept. Raises NotFound, NoFileHere,
    CannotBeCleaned, EvidenceDamaged, NoRoom, NotWritable, MediumFailed, ReadBackDiffers,
    Cancelled; then nothing was added.
    """
    record = _with_file(vault, item)
    with evidence.source(vault, item) as content:
        found = metadata.scan(content, record.mime)
        try:
            pieces = metadata.cleaned(content, record.mime)
        except metadata.CannotClean:
            raise CannotBeCleaned(reference=record.short_ref) from None
        joined = metadata.Joined(content, pieces)
        size = metadata.length(pieces)
        with evidence.storing(vault, joined, size=size, progress=progress) as stored:
            told = _("Copy of {reference}, without: {what}").format(
                reference=record.short_ref, what=evidencewords.listed(found.kinds) or "–"
            )
            return _keep(vault, record, stored, record.mime, told, CLEANED, by)


def make_clean_each(
    vault: Vault, items: Iterable[RecordId], *, by: str = "", progress: Progress = ignore
) -> CopiesMade:
    """As `make_clean`, of several: one that cannot be cleaned does not keep the others back.

    Raises Cancelled; the copies made before stay.
    """
    made: list[EvidenceItem] = []
    refused: list[tuple[EvidenceItem, AppError]] = []
    for item in items:
        record = store.get(vault, EvidenceItem, item)
        try:
            made.append(make_clean(vault, item, by=by, progress=progress))
        except Cancelled:
            raise
        except AppError as error:
            refused.append((record, error))
    return CopiesMade(made=tuple(made), refused=tuple(refused))


def redact(
    vault: Vault,
    item: RecordId,
    pixels: Pixels,
    boxes: Sequence[Box],
    how: Cover = Cover.FILL,
    *,
    by: str = "",
    progress: Progress = ignore,
) -> EvidenceItem:
    """A copy with parts made unreadable for good, as a PNG and a new item.

    `pixels`: the picture as it is seen, decoded elsewhere. Raises NotFound, NoFileHere,
    NothingCovered, and as `make_clean`.
    """
    record = _with_file(vault, item)
    content, count = covered(pixels, boxes, how)
    if not count:
        raise NothingCovered(reference=record.short_ref)
    hidden = inside(record)
    what = [_(_COVERED[how]).format(count=count)]
    if hidden is not None and hidden.findings:
        what.append(evidencewords.listed(hidden.kinds))
    told = _("Copy of {reference}, without: {what}").format(
        reference=record.short_ref, what=", ".join(what)
    )
    with evidence.storing(
        vault, io.BytesIO(content), size=len(content), progress=progress
    ) as stored:
        return _keep(vault, record, stored, "image/png", told, REDACTED, by)


def as_it_is(vault: Vault, item: RecordId, *, seen: Scan, by: str = "") -> EvidenceItem:
    """Let the original itself leave. `seen`: what its reader was shown of what is inside.

    The choice is a custody event that names the kinds of what was seen, not the values: the event
    travels. Raises NotFound, NoFileHere, InsideNotSeen, EvidenceDamaged.
    """
    if look(vault, item) != seen:
        raise InsideNotSeen(reference=_with_file(vault, item).short_ref)
    told = _("Released as it is. {inside}").format(inside=evidencewords.summary(seen))
    return _decide(vault, item, EvidenceItemId(item), RELEASED, told, by)


def keep_here(vault: Vault, item: RecordId, *, by: str = "") -> EvidenceItem:
    """Take back what was decided: neither the file nor a copy of it leaves by this item."""
    return _decide(vault, item, None, KEPT_HERE, _("No longer released."), by)


def _decide(
    vault: Vault,
    item: RecordId,
    form: EvidenceItemId | None,
    action: TermRef,
    told: str,
    by: str,
) -> EvidenceItem:
    record = _with_file(vault, item)
    digest = record.sha256
    with vault.transaction() as tx:
        kept = store.put(vault, tx, replace(record, release_form=form)).record
        words = LText.of(told, window().tag)
        note(
            vault,
            tx,
            EvidenceItemId(item),
            action,
            before=digest,
            after=digest,
            by=by,
            words=words,
        )
    return kept


def _keep(
    vault: Vault,
    original: EvidenceItem,
    stored: StoredContent,
    mime: str,
    told: str,
    action: TermRef,
    by: str,
) -> EvidenceItem:
    """Make a new item of stored content, if nothing is hidden in it. Raises CannotBeCleaned."""
    with evidence.source_of(vault, stored) as again:
        found = metadata.scan(again, mime)
    if not found.nothing_hidden:
        raise CannotBeCleaned(reference=original.short_ref)
    words = LText.of(told, window().tag)
    copy = EvidenceItem(
        evidence_type=original.evidence_type,
        title=original.title,
        description=original.description,
        handling=_COPY,
        language=original.language,
        sha256=stored.sha256,
        size=stored.size,
        mime=mime,
        content_warnings=original.content_warnings,
        obtained_at=original.obtained_at,
        method=words,
        embedded_metadata=LText.of(noting.noted(found)),
        links=original.links,
        # whom a covered picture still shows has to be looked at anew
        people_visible=PeopleVisible.NOT_CHECKED if action == REDACTED else original.people_visible,
        people_listed=original.people_listed,
        rights_holder=original.rights_holder,
        licence=original.licence,
    )
    with vault.transaction() as tx:
        copy = store.put(vault, tx, copy).record
        evidence.attach(tx, copy.id, stored)
        form = EvidenceItemId(copy.id)
        store.put(vault, tx, replace(original, release_form=form))
        for each in (EvidenceItemId(original.id), form):
            note(
                vault,
                tx,
                each,
                action,
                before=original.sha256,
                after=stored.sha256,
                by=by,
                words=words,
            )
    return copy


def _with_file(vault: Vault, item: RecordId) -> EvidenceItem:
    record = store.get(vault, EvidenceItem, item)
    if not evidence.has_file(vault, item):
        raise NoFileHere(reference=record.short_ref)
    return record
