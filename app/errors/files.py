"""What the system refuses of files and media."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from app.errors.root import AppError, Exit


class FileError(AppError):
    """The system refused a file operation."""

    exit_status: ClassVar[Exit] = Exit.NO_ROOM


@dataclass(eq=False)
class NoRoom(FileError):
    """The medium is full. Sizes in bytes; 0 where not known."""

    at: Path
    needed: int = 0
    free: int = 0


@dataclass(eq=False)
class NotWritable(FileError):
    """Read-only medium, or no right to write here."""

    at: Path


@dataclass(eq=False)
class TooBigForMedium(FileError):
    """The file system cannot hold one file this big (FAT32: 4 GiB - 1)."""

    at: Path
    size: int
    limit: int


@dataclass(eq=False)
class MediumFailed(FileError):
    """The medium reported an input/output error, or was pulled out."""

    at: Path


@dataclass(eq=False)
class MediumBusy(FileError):
    """Another program holds what should be written or replaced."""

    at: Path


@dataclass(eq=False)
class MediumGone(FileError):
    """The place is no longer on the medium on which the job began: it was pulled out."""

    at: Path


@dataclass(eq=False)
class ReadBackDiffers(FileError):
    """What was read back is not what was written: the medium is going bad."""

    at: Path


@dataclass(eq=False)
class NotReadable(AppError):
    """No right to read, not a regular file, or too many open files."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class NotThere(AppError):
    """No such file or folder."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class AlreadyThere(AppError):
    """A file of this name exists and is not overwritten."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.NO_ROOM


@dataclass(eq=False)
class NotOnThisComputer(AppError):
    """A network path or an address, not a file here; refused before anything touched it."""

    text: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class TooBig(AppError):
    """Larger than Hoopoe reads. Bytes."""

    at: Path
    size: int
    limit: int
    exit_status: ClassVar[Exit] = Exit.DAMAGED
