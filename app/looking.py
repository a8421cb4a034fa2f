"""The content of an evidence item on its way to a decoder (app/preview), and what is shown of it.

Distressing files are blurred until somebody opens them on purpose (R-08); that they were looked at
is a custody event (E-02), how long is noted nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app import evidence, store
from app.errors import CannotBeShown, NoFileHere
from app.i18n import N_
from app.preview import Format, format_of
from app.preview.wishes import MAX_INPUT_BYTES, MAX_TEXT_INPUT_BYTES, is_picture
from app.records import EvidenceItem
from app.records.ids import RecordId
from app.tasks import Progress, Step, ignore
from app.vault import Vault

MAX_THUMBNAIL_BYTES: Final = 32 * 1024 * 1024
"""Larger files get no small picture: reading them would hold up what the person asked for."""

_PIECE: Final = 1024 * 1024
_READING: Final = N_("Reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An item with its content, in memory alone."""

    item: EvidenceItem
    content: bytes
    format: Format


def can_be_looked_at(item: EvidenceItem) -> bool:
    """Whether there is a decoder for the type of its file."""
    form = format_of(item.mime)
    if not item.sha256 or form is None:
        return False
    return form is Format.TEXT or (item.size or 0) <= MAX_INPUT_BYTES


def has_thumbnail(item: EvidenceItem) -> bool:
    """Whether a small picture of it is shown beside it."""
    form = format_of(item.mime)
    is_seen = form is not None and (is_picture(form) or form is Format.PDF)
    return is_seen and bool(item.sha256) and (item.size or 0) <= MAX_THUMBNAIL_BYTES


def can_be_covered(item: EvidenceItem) -> bool:
    """Whether it is a picture, of which parts can be made unreadable."""
    form = format_of(item.mime)
    return form is not None and is_picture(form) and can_be_looked_at(item)


def is_distressing(item: EvidenceItem) -> bool:
    """Whether whoever wrote about it warned of what it shows."""
    return any(item.content_warnings)


def hold(vault: Vault, item: RecordId, *, progress: Progress = ignore) -> Held:
    """Read the content; of a text its beginning.

    Raises NotFound, NoFileHere, EvidenceDamaged, CannotBeShown, Cancelled.
    """
    record = store.get(vault, EvidenceItem, item)
    if not evidence.has_file(vault, item):
        raise NoFileHere(reference=record.short_ref)
    form = format_of(record.mime)
    if form is None or not can_be_looked_at(record):
        raise CannotBeShown
    most = MAX_TEXT_INPUT_BYTES if form is Format.TEXT else MAX_INPUT_BYTES
    made = bytearray()
    with evidence.reader(vault, item) as content:
        while len(made) < most and (piece := content.read(min(_PIECE, most - len(made)))):
            made += piece
            progress(Step(doing=_READING, done=len(made), total=min(most, record.size or 0)))
    return Held(item=record, content=bytes(made), format=form)
