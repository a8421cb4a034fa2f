"""What a failure is to a program that called us: exit status, stable code, facts."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, datetime
from typing import Final

from app.errors import AppError, Exit
from app.strictjson import Json
from crypto import errors as c

_STATUSES: Final[dict[type[c.CryptoError], Exit]] = {
    c.WrongKey: Exit.WRONG_KEY,
    c.NoIdentityMatches: Exit.WRONG_KEY,
    c.LastSlot: Exit.NO,
    c.NoFreeSlot: Exit.NO,
    c.PassphraseTaken: Exit.NO,
    c.MalformedKey: Exit.WRONG_USE,
    c.MixedRecipients: Exit.WRONG_USE,
    c.TooCheap: Exit.WRONG_USE,
    c.UnusablePassphrase: Exit.WRONG_USE,
    c.UnusablePhrase: Exit.WRONG_USE,
    c.UnusableShare: Exit.WRONG_USE,
    c.SharesDiffer: Exit.WRONG_KEY,
    c.TooFewShares: Exit.NO,
    c.NotEnoughMemory: Exit.NO_ROOM,
}


def status_of(error: AppError | c.CryptoError) -> Exit:
    """The exit status. What crypto refuses and is not in the table is damaged or hostile input."""
    if isinstance(error, AppError):
        return error.exit_status
    return _STATUSES.get(type(error), Exit.DAMAGED)


def code_of(error: AppError | c.CryptoError) -> str:
    """The stable lower_snake code of a leaf."""
    if isinstance(error, AppError):
        return error.code
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def facts_of(error: AppError | c.CryptoError) -> dict[str, Json]:
    """The facts that the leaf carries, for JSON."""
    known: object = error  # some leaves carry no fact and are no dataclass
    if not dataclasses.is_dataclass(known):
        return {}
    return {each.name: as_json(getattr(error, each.name)) for each in dataclasses.fields(known)}


def as_json(value: object) -> Json:
    """A fact as JSON has it: paths and days as text; a number with a fraction as text too."""
    match value:
        case None | bool() | int() | str():
            return value
        case tuple() | list():
            return [as_json(each) for each in value]
        case bytes():
            return value.hex()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)


_GRAVITY: Final = (
    Exit.DONE,
    Exit.NO,
    Exit.WRONG_USE,
    Exit.WRONG_KEY,
    Exit.NO_ROOM,
    Exit.DAMAGED,
)


def gravity(status: Exit) -> int:
    """Of several answers the one that says most: damage, then no room, then wrong use, then no."""
    return _GRAVITY.index(status)
