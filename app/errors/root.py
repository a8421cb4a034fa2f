"""The root of every expected failure, and the exit status each one has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar


class Exit(IntEnum):
    """Exit status of the command line (docs/formats 5)."""

    DONE = 0
    NO = 1
    WRONG_USE = 2
    DAMAGED = 3
    WRONG_KEY = 4
    NO_ROOM = 5


class AppError(Exception):
    """The root of what can go wrong without being a bug."""

    code: ClassVar[str] = "app_error"
    exit_status: ClassVar[Exit] = Exit.NO

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Cancelled(AppError):
    """The person stopped the job; nothing was left half done."""


@dataclass(eq=False)
class GuardFailed(AppError):
    """A protection that this system has could not be put in force: the program must not go on."""

    measure: str
    reason: str
