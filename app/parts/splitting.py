"""Split a bundle into parts of which some are enough, each read back before it has a name."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app import files
from app.bundles import naming
from app.bundles.reading import MAX_BUNDLE_BYTES
from app.digesting import Digesting
from app.errors import NotABundle
from app.files import Draft, draft, ensure_room, open_for_reading, undone_by_failure
from app.parts import code
from app.parts.layout import Head, Split
from app.streams import read_exactly
from app.tasks import Progress, Step, ignore


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A part that was written and read back. `index` counts from 0; `sha256` in hex."""

    path: Path
    index: int
    size: int
    sha256: str


def split(
    path: Path,
    *,
    needed: int,
    total: int,
    folders: Sequence[Path],
    progress: Progress = ignore,
) -> list[Made]:
    """Split the file at `path`; part i goes to folder i modulo their number.

    All parts get their names when all were read back, or none does. Raises ValueError unless
    2 <= needed <= total <= 64 and there is a folder; NotABundle (empty); TooBig, NotThere,
    NotReadable, NoRoom, TooBigForMedium, NotWritable, AlreadyThere, MediumFailed,
    ReadBackDiffers, Cancelled.
    """
    rows = code.rows(needed, total)
    if not folders:
        raise ValueError(folders)
    digest = files.digest_of(path, progress=progress)
    if not digest.size:
        raise NotABundle("empty")
    what = Split(needed=needed, total=total, size=digest.size, whole=digest.sha256)
    heads = [Head(split=what, index=index) for index in range(total)]
    _ensure_room(what, folders)
    with ExitStack() as stack:
        drafts = [stack.enter_context(draft(folders[at % len(folders)])) for at in range(total)]
        for head, made in zip(heads, drafts, strict=True):
            made.file.write(head.marshal())
        with open_for_reading(path, limit=MAX_BUNDLE_BYTES) as source, Digesting() as again:
            for stripe in range(what.stripes):
                progress(Step(doing="splitting", done=stripe, total=what.stripes))
                length = what.block_bytes(stripe)
                data = read_exactly(source, what.needed * length)
                again.update(data)
                blocks = _blocks(data.ljust(what.needed * length, b"\0"), what, rows)
                for head, made, block in zip(heads, drafts, blocks, strict=True):
                    made.file.write(head.check_of(stripe, block) + block)
            # what changed since the heads were made would join to something else
            if again.digest() != digest.sha256 or source.read(1):
                raise NotABundle("changed")
        for made in drafts:
            made.verify(progress=progress)
        return _publish(drafts)


def _blocks(data: bytes, what: Split, rows: Sequence[code.Row]) -> list[bytes]:
    """The blocks of a stripe, from its data filled up to a multiple of their number."""
    length = len(data) // what.needed
    blocks = [data[at : at + length] for at in range(0, len(data), length)]
    extra = range(what.needed, what.total)
    return blocks + code.others(dict(enumerate(blocks)), extra, tuple(rows))


def _ensure_room(what: Split, folders: Sequence[Path]) -> None:
    for at, folder in enumerate(folders):
        mine = len(range(at, what.total, len(folders)))
        ensure_room(folder, mine * what.part_bytes)


def _publish(drafts: Sequence[Draft]) -> list[Made]:
    made = []
    with ExitStack() as stack:
        for index, each in enumerate(drafts):
            digest = each.finish()
            name = naming.name_of(digest.sha256)
            stack.enter_context(undone_by_failure(each.path.parent / name))
            target = each.publish(name)
            made.append(
                Made(path=target, index=index, size=digest.size, sha256=digest.sha256.hex())
            )
    return made
