"""Bundles and parts copied to one medium or several, each copy read back, with what became of it.

No key, no vault. A copy counts when it was brought to the medium, read back from there, and the
folder still lies on the medium on which the job began. Where several files go to one medium, those
written first are read once more at the end: a stick that lies about its size writes the last over
the first, and each alone would have read back well.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app import courier, files, inuse, parts
from app.bundles import naming
from app.bundles.naming import NameCheck
from app.courier import Verdict
from app.errors import (
    AlreadyThere,
    AppError,
    Cancelled,
    MediumGone,
    NoRoom,
    NotReadable,
    NotThere,
    ReadBackDiffers,
    TooBig,
)
from app.medium import free_space, largest_file, refuse_size
from app.oserrors import while_reading
from app.parts import Checked
from app.tasks import Progress, ignore


class Fate(StrEnum):
    """How a file came to lie where it was to be copied to."""

    WRITTEN = "written"
    THERE = "there"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A file that lies at `target`, read back and the same as `path`. `sha256` in hex.

    ITSELF: the place is the folder from which it was to be copied, so there is no second one.
    `named`: whether the content fits the file's own name; DIFFERS is a faithful copy of something
    damaged.
    """

    path: Path
    target: Path
    size: int
    sha256: str
    fate: Fate
    named: NameCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What went wrong with the file `path`."""

    path: Path
    error: AppError


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one place.

    `refusal`: why the place as a whole could not take them, found before or while writing; the
    copies named were whole before it happened. `busy`: another program is writing to it.
    """

    place: Path
    copies: tuple[Carried, ...]
    faults: tuple[Fault, ...]
    refusal: AppError | None
    busy: bool

    @property
    def complete(self) -> bool:
        """Whether every file lies there, read back."""
        return self.refusal is None and not self.faults

    @property
    def can_be_pulled_out(self) -> bool:
        """Whether all is on the medium and nobody is known to be writing to it."""
        return self.complete and not self.busy


def ensure_carried(path: Path) -> None:
    """Sees by its first bytes that a file is a bundle or a part. Raises as courier.inspect."""
    if not parts.is_part(path):
        courier.inspect(path)


def look(path: Path, *, progress: Progress = ignore) -> Verdict | Checked:
    """Reads a bundle or a part through. Raises as courier.verify."""
    if parts.is_part(path):
        return parts.check(path, progress=progress)
    return courier.verify(path, progress=progress)


def copy_all(
    paths: Sequence[Path], *, to: Sequence[Path], progress: Progress = ignore
) -> tuple[Delivery, ...]:
    """Copies every file to every place; what is wrong with one does not keep us from the next.

    Each place is asked for room and for the largest file that it takes before anything is written
    anywhere. Raises Cancelled; everything else is in the answer.
    """
    asked = [_asked(paths, place) for place in to]
    return tuple(
        _delivered(paths, place, refusal, progress)
        for place, refusal in zip(to, asked, strict=True)
    )


def copy_one(path: Path, *, to: Path, progress: Progress = ignore) -> Delivery:
    """`copy_all` of one file to one place; a file that is not there in the end is raised.

    Raises what kept it: MediumGone, NoRoom, TooBigForMedium, NotWritable, MediumBusy,
    MediumFailed, ReadBackDiffers, AlreadyThere, NotThere, NotReadable, NotABundle; Cancelled.
    """
    (done,) = copy_all([path], to=[to], progress=progress)
    if done.refusal is not None:
        raise done.refusal
    if done.faults:
        raise done.faults[0].error
    return done


def _asked(paths: Sequence[Path], place: Path) -> AppError | None:
    try:
        files.refuse_network_path(place)
        sizes = [_size(each) for each in paths if not (place / each.name).exists()]
        limit = largest_file(place)
        for size in sizes:
            refuse_size(place, size, limit)
        free = free_space(place)
        if sum(sizes) > free:
            return NoRoom(at=place, needed=sum(sizes), free=free)
    except AppError as error:
        return error
    except OSError:  # a name that cannot be looked up there
        return NotThere(at=place)
    return None


def _size(path: Path) -> int:
    try:
        with while_reading(path):
            return path.stat().st_size
    except AppError:
        return 0  # it is told when the file's turn comes


def _delivered(
    paths: Sequence[Path], place: Path, refusal: AppError | None, progress: Progress
) -> Delivery:
    copies: list[Carried] = []
    faults: list[Fault] = []
    if refusal is None:
        try:
            _fill(paths, place, copies, faults, progress)
        except Cancelled:
            raise
        except MediumGone as error:
            copies.clear()
            refusal = error
        except AppError as error:
            refusal = error
    return Delivery(
        place=place,
        copies=tuple(copies),
        faults=tuple(faults),
        refusal=refusal,
        busy=refusal is None and inuse.written_by_others(place),
    )


def _fill(
    paths: Sequence[Path],
    place: Path,
    copies: list[Carried],
    faults: list[Fault],
    progress: Progress,
) -> None:
    began = _whereabouts(place)
    for path in paths:
        try:
            made = _copied(path, place, progress)
        except Cancelled:
            raise
        except AppError as error:
            if _whereabouts(place) != began:
                raise MediumGone(at=place) from error
            if not _of_the_file(error, path, place):
                raise
            faults.append(Fault(path=path, error=error))
            continue
        if _whereabouts(place) != began:
            _take_back(made)  # it lies in the folder under the medium that was pulled out
            raise MediumGone(at=place)
        copies.append(made)
    for each in _written_before_others(copies):
        try:
            files.read_back(each.target, bytes.fromhex(each.sha256), progress=progress)
        except ReadBackDiffers:
            _take_back(each)
            copies.clear()  # such a medium says nothing for the others either
            raise


def _take_back(made: Carried) -> None:
    """A copy that does not count has no name."""
    if made.fate is Fate.WRITTEN:
        with suppress(AppError):
            files.remove(made.target)


def _of_the_file(error: AppError, path: Path, place: Path) -> bool:
    """Whether it is the file's own failure: its source, or the name that is taken there."""
    if isinstance(error, AlreadyThere):
        return True
    at = getattr(error, "at", path)
    return at == path and path.parent != place


def _whereabouts(place: Path) -> tuple[int, int] | None:
    """Which folder on which medium this is; None when it is gone."""
    try:
        facts = place.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _written_before_others(copies: Sequence[Carried]) -> list[Carried]:
    return [each for each in copies if each.fate is Fate.WRITTEN][:-1]


def _copied(path: Path, place: Path, progress: Progress) -> Carried:
    ensure_carried(path)
    target = place / path.name
    fate = Fate.WRITTEN
    try:
        digest = files.copy_file(path, target, progress=progress)
    except AlreadyThere:
        digest = files.digest_of(path, progress=progress)
        fate = Fate.THERE
        with while_reading(target):
            if target.samefile(path):
                fate = Fate.ITSELF
        if fate is Fate.THERE and not _is_there(target, digest.sha256, progress):
            raise
    return Carried(
        path=path,
        target=target,
        size=digest.size,
        sha256=digest.sha256.hex(),
        fate=fate,
        named=naming.check(path.name, digest.sha256),
    )


def _is_there(target: Path, sha256: bytes, progress: Progress) -> bool:
    try:
        files.read_back(target, sha256, progress=progress)
    except (ReadBackDiffers, NotReadable, TooBig):
        return False
    return True
