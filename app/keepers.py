"""Shares for keepers: any `needed` of `count` papers open a vault together, fewer tell nothing.

For an organisation that must outlive each of its people. The shares are shown once and kept
nowhere; the vault knows how many there are and when they were last tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app import openers, protected
from app.changes import Changes
from app.errors import WrongPassphrase
from app.storage import settings
from app.storage.slot_store import read_slots
from app.vault import SLOT_FILE, Vault
from crypto import shares, slots
from crypto.errors import WrongKey
from crypto.secret import Passphrase
from crypto.slots import Opener

_NUMBERS = "shares/{slot}"
_DRILLED = "shares_drilled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """New shares that open nothing yet. `secret` is what any `needed` of them give together."""

    shares: tuple[str, ...]
    needed: int
    secret: Passphrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the vault knows of a set of shares: 0 for numbers that were not noted."""

    slot: int
    needed: int
    count: int


def make(needed: int, count: int) -> Made:
    """Shares to be written down. Raises ValueError outside 2 <= needed <= count <= 16."""
    made, secret = shares.split(needed, count)
    return Made(shares=made, needed=needed, secret=secret)


def keep(vault: Vault, current: Passphrase, made: Made) -> Changes:
    """Let the shares open the vault: to be called when they are on paper. Raises as openers.add."""
    slot = openers.add(vault, current, made.secret, opener=Opener.SHARES)
    with vault.transaction() as tx:
        numbers = f"{made.needed}/{len(made.shares)}"
        settings.keep_setting(tx, _NUMBERS.format(slot=slot), numbers)
    return Changes.of("setting")


def known(vault: Vault) -> list[Known]:
    """The sets of shares that open this vault."""
    found = []
    for each in openers.every(vault):
        if each.kind == Opener.SHARES:
            numbers = settings.setting(vault.database, _NUMBERS.format(slot=each.slot)) or "0/0"
            needed, _, count = numbers.partition("/")
            found.append(Known(slot=each.slot, needed=int(needed), count=int(count)))
    return found


def drill(vault: Vault, texts: Sequence[str]) -> Changes:
    """Try whether these shares open the vault, and note the day where the vault can be saved.

    Raises WrongPassphrase (they belong together, but open nothing here), UnusableShare,
    TooFewShares, SharesDiffer, NotEnoughMemory of crypto.
    """
    secret = shares.join(texts)
    now = read_slots(vault.folder / SLOT_FILE).slots
    try:
        unlocked = slots.unlock(now, secret)
    except WrongKey:
        raise WrongPassphrase from None
    finally:
        secret.close()
    unlocked.vault_key.close()
    if unlocked.opener is not Opener.SHARES or unlocked.vault is not vault.index:
        raise WrongPassphrase
    if protected.is_protected(vault):
        return Changes()
    with vault.transaction() as tx:
        settings.keep_setting(tx, _DRILLED, vault.now())
    return Changes.of("setting")


def drilled(vault: Vault) -> str:
    """When shares were last tried (clock.stamp), "" when they never were."""
    return settings.setting(vault.database, _DRILLED) or ""
