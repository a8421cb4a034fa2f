"""What can be wrong with a file of evidence, and with the copy of it that may leave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from app.errors.root import AppError, Exit


class EvidenceError(AppError):
    """Something about a file of evidence; nothing was added and nothing lost."""


@dataclass(eq=False)
class ChangedWhileRead(EvidenceError):
    """Another program wrote to the file while it was taken in."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class CannotBeCleaned(EvidenceError):
    """No copy of this file can be made here that certainly tells nothing more than it shows."""

    reference: str


@dataclass(eq=False)
class InsideNotSeen(EvidenceError):
    """What is hidden inside is not what was shown when somebody chose to release it."""

    reference: str


@dataclass(eq=False)
class NothingCovered(EvidenceError):
    """No part of the picture lies under what should be made unreadable."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class NotAProof(EvidenceError):
    """No package of ProofMode that can be read here."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class NoFileHere(EvidenceError):
    """The item is a reference: its file is not in this vault."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class CannotBeShown(EvidenceError):
    """No decoder made pixels or text of this file: of another type, damaged, hostile or too big."""

    exit_status: ClassVar[Exit] = Exit.DAMAGED
