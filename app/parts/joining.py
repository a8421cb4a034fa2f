"""Have the bundle back from its parts, or a lost part from the others.

A block that is damaged in one part is taken from the others, stripe by stripe: several parts may be
damaged, as long as enough are whole in each place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.bundles import naming
from app.bundles.reading import MAX_BUNDLE_BYTES
from app.errors import OtherParts, PartsDamaged, PartsDisagree, PartsMissing
from app.files import draft, ensure_room, open_for_reading
from app.parts import code
from app.parts.layout import BLOCK_BYTES, Head, Split
from app.parts.looking import Found, Parts, block_of, gather
from app.parts.splitting import Made
from app.tasks import Progress, Step, ignore
from crypto.digest import Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The bundle that was split, read back. `mended`: stripes in which a part was damaged."""

    path: Path
    size: int
    sha256: str
    mended: int


def join(paths: Sequence[Path], *, to: Path, progress: Progress = ignore) -> Joined:
    """Join parts of one split into the folder `to`, under the name that the content has.

    Raises NotAPart, OtherParts, PartsMissing, PartsDamaged, PartsDisagree; AlreadyThere, NoRoom,
    TooBigForMedium, NotWritable, TooBig, NotThere, NotReadable, MediumFailed, ReadBackDiffers,
    Cancelled.
    """
    parts = _one_split(paths)
    what = parts.split
    ensure_room(to, what.size)
    with _stripes(parts) as stripes, draft(to) as made:
        mended = 0
        for stripe in range(what.stripes):
            progress(Step(doing="joining", done=stripe, total=what.stripes))
            blocks, whole = stripes(stripe)
            mended += not whole
            data = b"".join(_wanted(blocks, range(what.needed), what))
            made.file.write(data[: what.size - stripe * what.needed * BLOCK_BYTES])
        digest = made.finish()
        if digest.sha256 != what.whole or digest.size != what.size:
            raise PartsDisagree
        made.verify(progress=progress)
        target = made.publish(naming.name_of(what.whole))
    return Joined(path=target, size=digest.size, sha256=digest.sha256.hex(), mended=mended)


def remake(paths: Sequence[Path], *, index: int, to: Path, progress: Progress = ignore) -> Made:
    """Make the part `index` (from 0) again in the folder `to`: the same file, byte for byte.

    Raises ValueError for an index that the split does not have, and what `join` raises.
    """
    parts = _one_split(paths)
    what = parts.split
    if not 0 <= index < what.total:
        raise ValueError(index)
    head = Head(split=what, index=index)
    ensure_room(to, what.part_bytes)
    whole = Sha256()
    with _stripes(parts) as stripes, draft(to) as made:
        made.file.write(head.marshal())
        for stripe in range(what.stripes):
            progress(Step(doing="joining", done=stripe, total=what.stripes))
            *data, block = _wanted(stripes(stripe)[0], (*range(what.needed), index), what)
            left = what.size - stripe * what.needed * BLOCK_BYTES
            whole.update(b"".join(data)[:left])
            made.file.write(head.check_of(stripe, block) + block)
        if whole.digest() != what.whole:
            raise PartsDisagree
        digest = made.finish()
        made.verify(progress=progress)
        target = made.publish(naming.name_of(digest.sha256))
    return Made(path=target, index=index, size=digest.size, sha256=digest.sha256.hex())


def _one_split(paths: Sequence[Path]) -> Parts:
    sets = gather(paths)
    if not sets:
        raise PartsMissing(needed=code.FEWEST_NEEDED, present=0)
    if len(sets) > 1:
        raise OtherParts(len(sets))
    parts = sets[0]
    if not parts.enough:
        raise PartsMissing(needed=parts.split.needed, present=len(parts.present))
    return parts


def _wanted(blocks: dict[int, bytes], wanted: Sequence[int], what: Split) -> list[bytes]:
    """The blocks of these indices: those at hand as they are, the others computed."""
    lost = [index for index in wanted if index not in blocks]
    if not lost:
        return [blocks[index] for index in wanted]
    computed = code.others(blocks, lost, code.rows(what.needed, what.total))
    having = {**blocks, **dict(zip(lost, computed, strict=True))}
    return [having[index] for index in wanted]


class _Stripes:
    """Of each stripe as many whole blocks as are needed, the data itself first."""

    def __init__(self, what: Split, files: Sequence[tuple[Found, BinaryIO]]) -> None:
        self._what = what
        self._files = sorted(files, key=lambda each: each[0].head.index)

    def __call__(self, stripe: int) -> tuple[dict[int, bytes], bool]:
        """The blocks by index, and whether every part looked at was whole here."""
        blocks: dict[int, bytes] = {}
        whole = True
        for found, file in self._files:
            if found.head.index in blocks:
                continue
            block = block_of(found, file, stripe)
            if block is None:
                whole = False
                continue
            blocks[found.head.index] = block
            if len(blocks) == self._what.needed:
                return blocks, whole
        at = stripe * self._what.needed * BLOCK_BYTES
        raise PartsDamaged(needed=self._what.needed, readable=len(blocks), at=at)


@contextmanager
def _stripes(parts: Parts) -> Iterator[_Stripes]:
    with ExitStack() as stack:
        opened = [
            (found, stack.enter_context(open_for_reading(found.path, limit=MAX_BUNDLE_BYTES)))
            for found in parts.found
        ]
        yield _Stripes(parts.split, opened)
