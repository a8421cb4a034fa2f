"""What can be wrong with a vault, or with a record in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from app.errors.root import AppError, Exit


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


class CostShared(VaultError):
    """Two vaults share one slot file: what a guess costs cannot be changed for one of them."""


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
