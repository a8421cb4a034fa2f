"""Every failure that Hoopoe expects: typed leaves with facts. The words are in app/messages.py.

Leaves are not frozen: contextlib sets `__traceback__` on the exception that passes through it.
Each leaf has a stable `code` (lower_snake, made from its name), never renamed or reused.
Exit statuses of the command line (docs/formats): 1 the answer is no, 2 wrong use, 3 damaged or
hostile input, 4 wrong passphrase or key, 5 no room or not writable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
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


# --- files and media ------------------------------------------------------------------------


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


# --- vault ----------------------------------------------------------------------------------


class VaultError(AppError):
    """Something about a vault."""


@dataclass(eq=False)
class WrongPassphrase(VaultError):
    """This passphrase opens nothing here. Never says which slots are in use."""

    exit_status: ClassVar[Exit] = Exit.WRONG_KEY


@dataclass(eq=False)
class NotAVault(VaultError):
    """The folder has none of a vault's pieces."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class VaultIncomplete(VaultError):
    """A piece of the vault is missing; nothing was created in its place."""

    at: Path
    missing: str
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class VaultDamaged(VaultError):
    """The database cannot be read as it should be."""

    at: Path
    detail: str
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class VaultInUse(VaultError):
    """Another window or command has it open."""

    at: Path


@dataclass(eq=False)
class VaultTooNew(VaultError):
    """Made by a newer Hoopoe."""

    at: Path
    found: int
    known: int
    exit_status: ClassVar[Exit] = Exit.DAMAGED


@dataclass(eq=False)
class VaultAlreadyThere(VaultError):
    """The folder to create a vault in is not empty."""

    at: Path
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class UnsafeBuild(VaultError):
    """The database library does not encrypt as asserted; refused before a byte is written."""

    detail: str


@dataclass(eq=False)
class WeakPassphrase(VaultError):
    """Too easy to guess, and not chosen explicitly all the same. Bits estimated."""

    bits: float
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


class VaultLocked(VaultError):
    """Something was asked of the vault while none is open: it was locked in between."""


# --- records --------------------------------------------------------------------------------


@dataclass(eq=False)
class NotFound(AppError):
    """No record, contact or bundle with this reference."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class Ambiguous(AppError):
    """Several records share this short reference: only the full id tells them apart."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class Conflict(AppError):
    """The record was changed elsewhere since it was read."""

    reference: str
    read: int
    now: int


@dataclass(eq=False)
class Invalid(AppError):
    """A record does not meet what saving needs: `field: code` pairs."""

    problems: tuple[str, ...]
    exit_status: ClassVar[Exit] = Exit.WRONG_USE


@dataclass(eq=False)
class EvidenceDamaged(AppError):
    """Stored evidence does not decrypt to what was taken in."""

    reference: str
    exit_status: ClassVar[Exit] = Exit.DAMAGED


# --- input from outside ---------------------------------------------------------------------


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
class CannotPack(AppError):
    """This file cannot go into an archive; `reason` is one of app.tar.TarRefusal."""

    reason: str
    name: str


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
class Refused(AppError):
    """Not taken in without an explicit decision: unknown signer, unsigned, passed on, replay …"""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class BadCard(HostileInput):
    """Not a card as specified, in this line or rule."""

    detail: str


@dataclass(eq=False)
class CardChanged(AppError):
    """A contact of this name has other keys: decide before anything is sealed to it."""

    name: str


@dataclass(eq=False)
class NotVerified(AppError):
    """The safety code was not compared, and sealing all the same was not chosen."""

    name: str


@dataclass(eq=False)
class CodeDiffers(AppError):
    """The groups typed are not those of the safety code: someone may have swapped the key."""

    name: str


@dataclass(eq=False)
class NothingToSeal(AppError):
    """No record chosen, or consent withholds every one of them."""


# --- guard ----------------------------------------------------------------------------------


@dataclass(eq=False)
class GuardFailed(AppError):
    """A protection that this system has could not be put in force: the program must not go on."""

    measure: str
    reason: str


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


@dataclass(eq=False)
class BadReceipt(HostileInput):
    """receipt.json breaks its specification in this member."""

    member: str


@dataclass(eq=False)
class NoReply(AppError):
    """The bundle carries no reply recipient: no receipt can be sealed to its sender."""

    bundle: str


@dataclass(eq=False)
class NoOwnCard(AppError):
    """This vault has no card of its own yet, and what was asked needs its signing key."""
