"""What can be wrong with input from outside: it is hostile until checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.errors.root import AppError, Exit


class HostileInput(AppError):
    """Something from outside is not what it should be; nothing of it was taken in."""

    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class UnsafeName(HostileInput):
    """A file name that is not safe on every system; `flaw` is one of app.names.NameFlaw."""

    name: str
    flaw: str


@dataclass(eq=False)
class NotABundle(HostileInput):
    """Not a sealed bundle at all (or an empty file)."""

    detail: str = ""


@dataclass(eq=False)
class BundleDamaged(HostileInput):
    """It was a bundle; its encryption no longer checks: altered, truncated or added to."""

    detail: str = ""


@dataclass(eq=False)
class NotForMe(AppError):
    """Sealed for another key; nothing here can open it."""


@dataclass(eq=False)
class BadBundle(HostileInput):
    """It opens, but what is inside breaks the format; `layer` says where (tar, bag, ...)."""

    layer: str
    detail: str = ""


@dataclass(eq=False)
class BadTar(HostileInput):
    """An archive breaks a rule: `reason` is one of app.tar.TarRefusal, `member` counts from 0."""

    reason: str
    member: int


@dataclass(eq=False)
class BadBag(HostileInput):
    """A bag breaks a rule of BagIt: `reason` is one of app.bagit.BagRefusal, `name` the file."""

    reason: str
    name: str


@dataclass(eq=False)
class BadManifest(HostileInput):
    """hoopoe.json breaks its specification in this member."""

    member: str


@dataclass(eq=False)
class SignatureBroken(HostileInput):
    """The signature inside does not fit what it should cover."""


@dataclass(eq=False)
class BadCard(HostileInput):
    """Not a card as specified, in this line or rule."""

    detail: str


@dataclass(eq=False)
class BadReceipt(HostileInput):
    """receipt.json breaks its specification in this member."""

    member: str


@dataclass(eq=False)
class BadSlip(HostileInput):
    """Not a slip as specified, in this line or rule; nothing was compared with it."""

    detail: str


@dataclass(eq=False)
class MalformedJson(HostileInput):
    """Not JSON as Hoopoe reads it. `reason` is a lower_snake code, see app/strictjson.py."""

    reason: str


@dataclass(eq=False)
class MalformedRecord(HostileInput):
    """JSON, but not a record of this kind. `field` is a path, `reason` a lower_snake code."""

    kind: str
    field: str
    reason: str
