"""What opens bundles here: the vault's own identities, and the reply identity of each channel.

`identity_file` writes them out for the day when Hoopoe is gone: with that file stock age (1.3 or
newer for the post-quantum kind) and tools/recover.py open every bundle (docs/formats/bundle.md 9).
"""

from __future__ import annotations

from dataclasses import dataclass

from app.cards import fingerprint_of
from app.errors import NoOwnCard
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
    found = _held(vault)
    return Keyring(
        identities=tuple(age.parse_identity(each.text) for each in found),
        fingerprints=tuple(fingerprint_of(each.recipient) for each in found),
    )


def identity_file(vault: Vault) -> bytes:
    """Every identity as an age identity file: SECRET, whoever has it reads every bundle.

    Raises NoOwnCard when the vault holds none. No name and no date goes in.
    """
    found = _held(vault)
    if not found:
        raise NoOwnCard
    lines = ["# Whoever has this file can open what was sealed to these recipients."]
    for each in found:
        lines += [f"# {each.recipient}", each.text]
    return ("\n".join(lines) + "\n").encode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """An identity's text and its recipient's."""

    text: str
    recipient: str


def _held(vault: Vault) -> list[_Held]:
    own = [
        _Held(text=each.identity.expose().decode("ascii"), recipient=each.recipient)
        for each in contacts.own_identities(vault.database)
    ]
    replies = [
        _Held(text=each.reply_identity.expose().decode("ascii"), recipient=each.reply_recipient)
        for each in channels.channels(vault.database)
    ]
    return own + replies
