"""Parts as they are found: which belong together, which are missing, which are damaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app import files
from app.bundles import naming
from app.bundles.naming import NameCheck
from app.bundles.reading import MAX_BUNDLE_BYTES
from app.errors import AppError, MediumFailed, NotReadable
from app.parts.layout import CHECK_BYTES, HEAD_BYTES, Head, Split
from app.reading import open_for_reading
from app.streams import read_exactly
from app.tasks import Progress, Step, ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file whose head is that of a part. Whether its blocks are whole is not known yet."""

    path: Path
    head: Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A part read through: how many of its blocks are damaged or missing, and its own name."""

    path: Path
    head: Head
    damaged: int
    named: NameCheck

    @property
    def is_whole(self) -> bool:
        return not self.damaged and self.named is not NameCheck.DIFFERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of one split that are here; a part may be here more than once."""

    split: Split
    found: tuple[Found, ...]

    @property
    def present(self) -> frozenset[int]:
        """The indices that are here, counted from 0."""
        return frozenset(each.head.index for each in self.found)

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(at for at in range(self.split.total) if at not in self.present)

    @property
    def enough(self) -> bool:
        """Whether so many are here that the bundle can be had, if they are whole."""
        return len(self.present) >= self.split.needed


def is_part(path: Path) -> bool:
    """Whether a file begins as a part does. Raises as `inspect` but NotAPart."""
    with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as file:
        try:
            Head.parse(read_exactly(file, HEAD_BYTES))
        except AppError:
            return False
    return True


def inspect(path: Path) -> Found:
    """The head of a part. Raises NotAPart, TooBig, NotThere, NotReadable, MediumFailed."""
    with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as file:
        return Found(path=path, head=Head.parse(read_exactly(file, HEAD_BYTES)))


def gather(paths: Iterable[Path]) -> list[Parts]:
    """Sort parts by the split they belong to, the first one found first. Raises as `inspect`."""
    by_split: dict[Split, list[Found]] = {}
    for path in paths:
        found = inspect(path)
        by_split.setdefault(found.head.split, []).append(found)
    return [Parts(split=split, found=tuple(found)) for split, found in by_split.items()]


def check(path: Path, *, progress: Progress = ignore) -> Checked:
    """Read a part through, block by block. Raises as `inspect`, and Cancelled."""
    found = inspect(path)
    split = found.head.split
    with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as file:
        damaged = 0
        for stripe in range(split.stripes):
            progress(Step(doing="checking", done=stripe, total=split.stripes))
            damaged += block_of(found, file, stripe) is None
        file.seek(split.part_bytes)
        damaged += bool(file.read(1))  # something was added behind the last block
    digest = files.digest_of(path, progress=progress)
    return Checked(
        path=path,
        head=found.head,
        damaged=damaged,
        named=naming.check(path.name, digest.sha256),
    )


def block_of(found: Found, file: BinaryIO, stripe: int) -> bytes | None:
    """One block of an open part, or None where it is damaged, cut off or cannot be read."""
    length = found.head.split.block_bytes(stripe)
    try:
        file.seek(found.head.block_at(stripe))
        content = read_exactly(file, CHECK_BYTES + length)
    except (MediumFailed, NotReadable):
        return None
    block = content[CHECK_BYTES:]
    if len(block) != length or found.head.check_of(stripe, block) != content[:CHECK_BYTES]:
        return None
    return block


def names_of(indices: Sequence[int]) -> str:
    """Parts as people count them, from 1: `2, 5`."""
    return ", ".join(str(index + 1) for index in indices)
