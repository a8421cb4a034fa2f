"""What waits for a decision of a person, or cannot be done as asked."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors.root import AppError


@dataclass(eq=False)
class Refused(AppError):
    """Not taken in without an explicit decision: unknown signer, unsigned, passed on, replay …"""

    reasons: tuple[str, ...]


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
class RiskHolds(AppError):
    """No assessment says that this report may go to this receiver (R-01).

    `why`: one of app.risk.Why. `until`: the day and hour from which it may, in UTC, where that is
    the reason; else empty.
    """

    reference: str
    receiver: str
    why: str
    until: str = ""


@dataclass(eq=False)
class NothingToSeal(AppError):
    """No record chosen, or consent withholds every one of them."""


@dataclass(eq=False)
class PlanChanged(AppError):
    """What would be sealed now is not what was shown: consent, records or card changed since."""


@dataclass(eq=False)
class CannotPack(AppError):
    """This file cannot go into an archive; `reason` is one of app.tar.TarRefusal."""

    reason: str
    name: str


@dataclass(eq=False)
class NoReply(AppError):
    """The bundle carries no reply recipient: no receipt can be sealed to its sender."""

    bundle: str


@dataclass(eq=False)
class NoOwnCard(AppError):
    """This vault has no card of its own yet, and what was asked needs its signing key."""


@dataclass(eq=False)
class OnHold(AppError):
    """A legal hold says that the record must be kept: it cannot be erased."""

    reference: str
    reason: str


@dataclass(eq=False)
class CannotUndo(AppError):
    """Something stands on a bundle that was taken in; `reasons`: of app.inbox.undoing.Stands."""

    bundle: str
    reasons: tuple[str, ...]
