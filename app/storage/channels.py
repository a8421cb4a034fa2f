"""What this vault is to one receiver: keys that no other receiver sees, and the count of bundles.

Source: docs/formats/bundle.md 4. Two receivers cannot link a sender, and each sees gaps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.storage.cells import Row, octets, text, whole
from app.storage.database import Reading, Transaction
from crypto.secret import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """The sender's side towards one contact.

    `signing_key`: as crypto.signing writes it; `reply_identity`: an age identity's text; `series`:
    32 hex; `sequence`: of the last bundle sealed, 0 before the first; `previous`: SHA-256 of its
    tag manifest as 64 hex, "" before the first.
    """

    contact: str
    signing_key: Secret
    verify_key: str
    reply_identity: Secret
    reply_recipient: str
    series: str
    sequence: int = 0
    previous: str = ""


_CHANNEL: Final = (
    "SELECT contact, signing_key, verify_key, reply_identity, reply_recipient, series, sequence, "
    "previous FROM channel "
)


def keep(tx: Transaction, channel: Channel) -> None:
    """Keep a channel as it stands, in the place of its older state."""
    tx.run(
        "INSERT INTO channel (contact, signing_key, verify_key, reply_identity, reply_recipient, "
        "series, sequence, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (contact) "
        "DO UPDATE SET signing_key = excluded.signing_key, verify_key = excluded.verify_key, "
        "reply_identity = excluded.reply_identity, reply_recipient = excluded.reply_recipient, "
        "series = excluded.series, sequence = excluded.sequence, previous = excluded.previous",
        channel.contact,
        channel.signing_key.expose(),
        channel.verify_key,
        channel.reply_identity.expose(),
        channel.reply_recipient,
        channel.series,
        channel.sequence,
        channel.previous,
    )


def channel(db: Reading, contact: str) -> Channel | None:
    """The channel to a contact, None before the first bundle."""
    found = db.row(_CHANNEL + "WHERE contact = ?", contact)
    return _channel(found) if found else None


def channels(db: Reading) -> list[Channel]:
    """Every channel: their reply identities open the receipts that come back."""
    return [_channel(row) for row in db.rows(_CHANNEL + "ORDER BY contact")]


def _channel(row: Row) -> Channel:
    return Channel(
        contact=text(row[0]),
        signing_key=Secret(octets(row[1])),
        verify_key=text(row[2]),
        reply_identity=Secret(octets(row[3])),
        reply_recipient=text(row[4]),
        series=text(row[5]),
        sequence=whole(row[6]),
        previous=text(row[7]),
    )
