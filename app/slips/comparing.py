"""What arrived compared with the slip that travelled apart from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app import files
from app.bundles import naming
from app.errors import AppError, Cancelled
from app.slips.slip import Item, Slip
from app.tasks import Progress, ignore


class Match(StrEnum):
    """How a file stands to the slip.

    ALTERED: it has the name of a file of the slip and another content. UNREAD: it could not be
    read. NOT_LISTED: nothing on the slip has its digest, nor its name.
    """

    AS_LISTED = "as_listed"
    RENAMED = "renamed"
    ALTERED = "altered"
    NOT_LISTED = "not_listed"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that is here. `item`: what it is on the slip, None for NOT_LISTED and UNREAD."""

    path: Path
    match: Match
    item: Item | None = None
    error: AppError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Every file with its finding, and what of the slip is not here, whole, under any name."""

    found: tuple[Found, ...]
    missing: tuple[Item, ...]

    @property
    def complete(self) -> bool:
        """Whether all of the slip is here, whole. Renamed files and others beside it may be."""
        return not self.missing

    @property
    def altered(self) -> bool:
        """Whether a file bears a name of the slip and is something else."""
        return any(each.match is Match.ALTERED for each in self.found)


def compare(slip: Slip, paths: Sequence[Path], *, progress: Progress = ignore) -> Compared:
    """Reads each file through and finds it on the slip by its digest. Raises Cancelled."""
    found = tuple(_found(slip, path, progress) for path in paths)
    here = {
        each.item.name
        for each in found
        if each.item is not None and each.match in {Match.AS_LISTED, Match.RENAMED}
    }
    return Compared(
        found=found, missing=tuple(each for each in slip.items if each.name not in here)
    )


def _found(slip: Slip, path: Path, progress: Progress) -> Found:
    try:
        digest = files.digest_of(path, progress=progress)
    except Cancelled:
        raise
    except AppError as error:
        return Found(path=path, match=Match.UNREAD, error=error)
    by_name = {each.name: each for each in slip.items}
    item = by_name.get(naming.name_of(digest.sha256))
    if item is not None and item.sha256 in {None, digest.sha256.hex()}:
        # the digest decides; a size that differs beside it was written wrongly
        match = Match.AS_LISTED if path.name == item.name else Match.RENAMED
        return Found(path=path, match=match, item=item)
    item = by_name.get(path.name)
    if item is not None:
        return Found(path=path, match=Match.ALTERED, item=item)
    return Found(path=path, match=Match.NOT_LISTED)
