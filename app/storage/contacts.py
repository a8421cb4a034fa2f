"""Whom this vault knows, and what it is itself: contacts by their keys, own identities.

Text that is not known is "", never NULL. Cards are kept whole, as they were read or made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.storage.cells import Row, octets, text, whole
from app.storage.database import Reading, Transaction
from crypto.secret import Secret


class Trust(StrEnum):
    """How far the keys of a contact were checked (docs/formats/card.md)."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """A receiver, a sender, or both.

    `recipient`: `age1…`; `verify_key`: minisign line; `new_card`: the card that differs from the
    known one, waiting for a decision while `trust` is CHANGED. Days are YYYY-MM-DD, `added_at` as
    clock.stamp. `checked_how`, `checked_by`: in the words of who checked the safety code.
    """

    id: str
    name: str
    recipient: str = ""
    verify_key: str = ""
    card: str = ""
    new_card: str = ""
    valid_from: str = ""
    valid_until: str = ""
    trust: Trust = Trust.UNVERIFIED
    checked_on: str = ""
    checked_how: str = ""
    checked_by: str = ""
    note: str = ""
    added_at: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnIdentity:
    """Keys that a card of this vault shows. `identity`: the age identity's text; `signing_key`: as
    crypto.signing writes it. A retired one still opens what was sealed to it."""

    id: str
    name: str
    identity: Secret
    recipient: str
    signing_key: Secret
    verify_key: str
    card: str
    valid_from: str
    valid_until: str
    made_at: str
    retired: bool = False


_CONTACT: Final = (
    "SELECT id, name, recipient, verify_key, card, new_card, valid_from, valid_until, state, "
    "checked_on, checked_how, checked_by, note, added_at, removed FROM contact "
)
_OWN: Final = (
    "SELECT id, name, identity, recipient, signing_key, verify_key, card, valid_from, "
    "valid_until, made_at, retired FROM own_identity "
)


def keep(tx: Transaction, contact: ContactRow) -> None:
    """Keep a contact as it stands, in the place of its older state."""
    tx.run(
        "INSERT INTO contact (id, name, recipient, verify_key, card, new_card, valid_from, "
        "valid_until, state, checked_on, checked_how, checked_by, note, added_at, removed) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "name = excluded.name, recipient = excluded.recipient, "
        "verify_key = excluded.verify_key, card = excluded.card, new_card = excluded.new_card, "
        "valid_from = excluded.valid_from, valid_until = excluded.valid_until, "
        "state = excluded.state, checked_on = excluded.checked_on, "
        "checked_how = excluded.checked_how, checked_by = excluded.checked_by, "
        "note = excluded.note, removed = excluded.removed",
        contact.id,
        contact.name,
        contact.recipient,
        contact.verify_key,
        contact.card,
        contact.new_card,
        contact.valid_from,
        contact.valid_until,
        contact.trust.value,
        contact.checked_on,
        contact.checked_how,
        contact.checked_by,
        contact.note,
        contact.added_at,
        int(contact.removed),
    )


def contact(db: Reading, contact_id: str) -> ContactRow | None:
    """One contact by its id, also a removed one."""
    found = db.row(_CONTACT + "WHERE id = ?", contact_id)
    return _contact(found) if found else None


def contacts(db: Reading) -> list[ContactRow]:
    """Every contact that is not removed, by name."""
    return [_contact(row) for row in db.rows(_CONTACT + "WHERE removed = 0 ORDER BY name, id")]


def contact_with_key(db: Reading, verify_key: str) -> ContactRow | None:
    """The contact, not removed, whose signing key this is: one key belongs to one contact."""
    found = db.row(_CONTACT + "WHERE verify_key = ? AND removed = 0", verify_key)
    return _contact(found) if found else None


def contact_with_recipient(db: Reading, recipient: str) -> ContactRow | None:
    """The contact, not removed, with this age recipient."""
    found = db.row(_CONTACT + "WHERE recipient = ? AND removed = 0", recipient)
    return _contact(found) if found else None


def keep_own(tx: Transaction, own: OwnIdentity) -> None:
    """Keep an identity of this vault, in the place of its older state."""
    tx.run(
        "INSERT INTO own_identity (id, name, identity, recipient, signing_key, verify_key, card, "
        "valid_from, valid_until, made_at, retired) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, card = excluded.card, "
        "valid_from = excluded.valid_from, valid_until = excluded.valid_until, "
        "retired = excluded.retired",
        own.id,
        own.name,
        own.identity.expose(),
        own.recipient,
        own.signing_key.expose(),
        own.verify_key,
        own.card,
        own.valid_from,
        own.valid_until,
        own.made_at,
        int(own.retired),
    )


def own_identities(db: Reading) -> list[OwnIdentity]:
    """Every identity of this vault, the one in use before the retired ones, newest first."""
    return [_own(row) for row in db.rows(_OWN + "ORDER BY retired, made_at DESC, id")]


def _contact(row: Row) -> ContactRow:
    return ContactRow(
        id=text(row[0]),
        name=text(row[1]),
        recipient=text(row[2]),
        verify_key=text(row[3]),
        card=text(row[4]),
        new_card=text(row[5]),
        valid_from=text(row[6]),
        valid_until=text(row[7]),
        trust=Trust(text(row[8])),
        checked_on=text(row[9]),
        checked_how=text(row[10]),
        checked_by=text(row[11]),
        note=text(row[12]),
        added_at=text(row[13]),
        removed=whole(row[14]) == 1,
    )


def _own(row: Row) -> OwnIdentity:
    return OwnIdentity(
        id=text(row[0]),
        name=text(row[1]),
        identity=Secret(octets(row[2])),
        recipient=text(row[3]),
        signing_key=Secret(octets(row[4])),
        verify_key=text(row[5]),
        card=text(row[6]),
        valid_from=text(row[7]),
        valid_until=text(row[8]),
        made_at=text(row[9]),
        retired=whole(row[10]) == 1,
    )
