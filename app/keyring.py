"""What opens bundles here: the vault's own identities, and the reply identity of each channel."""

from __future__ import annotations

from dataclasses import dataclass

from app.cards import fingerprint_of
from app.storage import channels, contacts
from app.vault import Vault
from crypto import age


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """`fingerprints`: SHA-256 of each identity's recipient, to find oneself in a bundle's list."""

    identities: tuple[age.Identity, ...]
    fingerprints: tuple[bytes, ...]


def of(vault: Vault) -> Keyring:
    """Every identity of the vault, retired ones too: they open what was sealed to them."""
    found = [
        (each.identity.expose(), each.recipient) for each in contacts.own_identities(vault.database)
    ]
    found += [
        (each.reply_identity.expose(), each.reply_recipient)
        for each in channels.channels(vault.database)
    ]
    return Keyring(
        identities=tuple(age.parse_identity(text.decode("ascii")) for text, _ in found),
        fingerprints=tuple(fingerprint_of(recipient) for _, recipient in found),
    )
