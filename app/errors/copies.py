"""What can be wrong with a safe copy of a vault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.errors.root import AppError, Exit


class CopyError(AppError):
    """A safe copy cannot be used; nothing was made of it."""

    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class NotACopy(CopyError):
    """This file is no safe copy of a vault; `detail` names the part that it lacks."""

    detail: str


@dataclass(eq=False)
class CopyDamaged(CopyError):
    """It was a safe copy; it was cut, altered, or it is on a medium that goes bad."""

    detail: str


@dataclass(eq=False)
class WrongCopyKey(CopyError):
    """Neither this passphrase nor this copy key opens the copy."""

    exit_status: ClassVar[Exit] = Exit.WRONG_KEY


class CopyOfAnother(CopyError):
    """A copy of another vault: it cannot be compared with this one."""


@dataclass(eq=False)
class CopyTooNew(CopyError):
    """Made by a newer Hoopoe."""

    found: int
    known: int


@dataclass(eq=False)
class NoCopyKey(CopyError):
    """The text is no copy key as it was printed."""

    exit_status: ClassVar[Exit] = Exit.WRONG_USE
