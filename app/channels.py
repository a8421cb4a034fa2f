"""What this vault is to one receiver: a signing key, a reply identity and a series of its own.

Made when the first bundle is sealed to that receiver, so that two receivers cannot link a sender
(docs/formats/bundle.md 4, security P28), and kept before that bundle has its name. A vault restored
from a copy starts a new series.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from app.storage import channels as stored
from app.storage.channels import Channel
from app.storage.database import Reading, Transaction
from crypto.age import HybridIdentity
from crypto.secret import Secret
from crypto.signing import SigningKey


def to(db: Reading, contact: str) -> Channel:
    """The channel to a contact; a new one, not kept yet, when nothing was sealed to it before."""
    known = stored.channel(db, contact)
    if known is not None:
        return known
    key = SigningKey.generate()
    reply = HybridIdentity.generate()
    return Channel(
        contact=contact,
        signing_key=key.to_secret(),
        verify_key=key.verify_key.line(),
        reply_identity=Secret.of(reply.text().encode("ascii")),
        reply_recipient=reply.recipient.text(),
        series=secrets.token_hex(16),
    )


def keep(tx: Transaction, channel: Channel) -> None:
    """Keeps the channel as it stands, so that its reply identity opens the receipt."""
    stored.keep(tx, channel)


def next_number(channel: Channel) -> Channel:
    """The channel with one more number taken. Kept before the bundle has its name: the bundle may
    be there although nobody remembers it, and no other one may have its number."""
    return replace(channel, sequence=channel.sequence + 1)


def advance(tx: Transaction, channel: Channel, tag_manifest_digest: str) -> None:
    """Keeps that one more bundle was sealed, with the digest of its tag manifest (64 hex)."""
    stored.keep(tx, replace(next_number(channel), previous=tag_manifest_digest))


def new_series(tx: Transaction) -> None:
    """Starts every channel anew: after a restore, old numbers must not look like a replay."""
    for channel in stored.channels(tx):
        stored.keep(tx, replace(channel, series=secrets.token_hex(16), sequence=0, previous=""))
