"""A slip of files that are here: each is read through, and a damaged one gets on no slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app import carrying, files
from app.bundles import naming
from app.courier import Condition
from app.errors import BundleDamaged
from app.parts import Checked
from app.slips.slip import MAX_ITEMS, Item, PartOf, Slip
from app.tasks import Progress, ignore


def make(paths: Sequence[Path], *, day: date, progress: Progress = ignore) -> Slip:
    """The slip of these bundles and parts; a file that is given twice is listed once.

    Raises ValueError without files or for more than 1000; BundleDamaged; NotABundle, TooBig,
    NotThere, NotReadable, MediumFailed, Cancelled.
    """
    if not 0 < len(paths) <= MAX_ITEMS:
        raise ValueError(len(paths))
    items = {each.sha256: each for each in (_item(path, progress) for path in paths)}
    return Slip(day=day, items=tuple(items.values()))


def _item(path: Path, progress: Progress) -> Item:
    looked = carrying.look(path, progress=progress)
    if isinstance(looked, Checked):
        if not looked.is_whole:
            raise BundleDamaged(path.name)
        digest = files.digest_of(path, progress=progress)
        head = looked.head
        part = PartOf(number=head.index + 1, total=head.split.total)
        return _listed(digest.sha256, digest.size, part)
    if looked.condition is Condition.DAMAGED:
        raise BundleDamaged(path.name)
    return _listed(bytes.fromhex(looked.sha256), looked.outer.size, None)


def _listed(sha256: bytes, size: int, part: PartOf | None) -> Item:
    return Item(name=naming.name_of(sha256), size=size, sha256=sha256.hex(), part=part)
