"""What has not arrived of the bundles that known and unknown signers numbered, as it is now."""

from __future__ import annotations

from dataclasses import dataclass

from app import contacts
from app.bundles.ordering import gaps
from app.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Numbers of one sender that were not seen. `name`: "" when the signer is not known; `after`:
    the number before, 0 for none; `count`: at most so many."""

    name: str
    after: int
    before: int
    count: int


def every(vault: Vault) -> tuple[Missing, ...]:
    """Each gap by its sender. One closes when the bundle comes late."""
    found = []
    for gap in gaps(vault.database):
        sender = contacts.sender(vault, gap.verify_key)
        found.append(
            Missing(
                name="" if sender is None else sender.name,
                after=gap.after,
                before=gap.before,
                count=gap.missing,
            )
        )
    return tuple(found)
