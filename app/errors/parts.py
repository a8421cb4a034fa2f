"""What can be wrong with the parts of a bundle that was split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.errors.root import AppError, Exit


class PartError(AppError):
    """Parts cannot be used as they are; nothing was made of them."""

    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class NotAPart(PartError):
    """This file is no part; `detail` names what of its head is wrong."""

    detail: str


@dataclass(eq=False)
class OtherParts(PartError):
    """Parts of more than one bundle, or of two ways to split it, lie side by side."""

    sets: int


@dataclass(eq=False)
class PartsMissing(PartError):
    """Fewer parts are here than are needed."""

    needed: int
    present: int
    exit_status: ClassVar[Exit] = Exit.NO


@dataclass(eq=False)
class PartsDamaged(PartError):
    """Somewhere too few parts are whole: `readable` of `needed` at byte `at` of the bundle."""

    needed: int
    readable: int
    at: int


@dataclass(eq=False)
class PartsDisagree(PartError):
    """Joined, they give something else than what was split: one was altered on purpose."""
