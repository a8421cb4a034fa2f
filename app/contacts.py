"""Whom this vault knows: receivers by their card, senders by their signing key; and its own card.

A contact is unverified until somebody typed groups of its safety code that were heard by another
way. A card with other keys under a known name makes it *changed*: nothing is sealed to it until a
person decides (docs/formats/card.md).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NewType

from app import cards
from app.cards import Card
from app.changes import Changes
from app.errors import CardChanged, CodeDiffers, NotFound
from app.storage import contacts as stored
from app.storage.contacts import ContactRow, OwnIdentity, Trust
from app.vault import Vault
from crypto.age import HybridIdentity, X25519Identity
from crypto.digest import GROUPS, SafetyCode
from crypto.secret import Secret
from crypto.signing import SigningKey

__all__ = ["Trust"]

ContactId = NewType("ContactId", str)

CHANGED = Changes.of("contact")
ASKED_GROUPS = 2


class Added(StrEnum):
    """What reading a card came to."""

    NEW = "new"
    KNOWN = "known"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as windows and command line see it.

    `card` is None for a sender known by the signing key alone. `waiting` is the card with other
    keys that a decision is due about; `vouched` says that the known key signed it.
    """

    id: ContactId
    name: str
    trust: Trust
    verify_key: str
    recipient: str
    card: Card | None
    waiting: Card | None
    vouched: bool
    checked_on: str
    checked_how: str
    note: str

    @property
    def can_receive(self) -> bool:
        return bool(self.recipient)


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """Which groups of the safety code (1 to 6) to ask the other person for."""

    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A group of the safety code as it was heard: its place (1 to 6) and five digits."""

    group: int
    digits: str


# --- receivers and senders ------------------------------------------------------------------


def every(vault: Vault) -> list[Contact]:
    """Everybody known, by name."""
    return [_contact(row) for row in stored.contacts(vault.database)]


def receivers(vault: Vault) -> list[Contact]:
    """Those a bundle can be sealed to."""
    return [contact for contact in every(vault) if contact.can_receive]


def get(vault: Vault, contact: ContactId) -> Contact:
    """One contact. Raises NotFound."""
    return _contact(_row(vault, contact))


def find(vault: Vault, reference: str) -> Contact:
    """By id, by exact name, or by the start of a name that fits only one. Raises NotFound."""
    known = every(vault)
    for fits in (
        [each for each in known if each.id == reference],
        [each for each in known if each.name == reference],
        [each for each in known if each.name.casefold().startswith(reference.casefold())],
    ):
        if len(fits) == 1:
            return fits[0]
    raise NotFound(reference)


def add_card(vault: Vault, data: bytes) -> tuple[Contact, Added]:
    """Takes a card in. Raises BadCard, NoRoom, NotWritable.

    The same keys under any name are the same contact. Other keys under a known name, beside a
    known signing key, or vouched for by one make that contact CHANGED and are kept beside the old
    ones until `accept_change` or `refuse_change`.
    """
    card = cards.read(data)
    text = card.marshal().decode()
    with vault.transaction() as tx:
        same = stored.contact_with_recipient(tx, card.recipient)
        if same is not None and same.verify_key == card.verify_key:
            stored.keep(tx, _with_card(same, card, text))
            return _contact(_with_card(same, card, text)), Added.KNOWN
        before = _known_otherwise(stored.contacts(tx), card)
        if before is not None:
            changed = replace(before, new_card=text, trust=Trust.CHANGED)
            stored.keep(tx, changed)
            return _contact(changed), Added.CHANGED
        row = ContactRow(id=secrets.token_hex(16), name=card.name, added_at=vault.now())
        signer = stored.contact_with_key(tx, card.verify_key)
        if signer is not None:
            row = signer
        new = _with_card(row, card, text)
        stored.keep(tx, new)
        return _contact(new), Added.NEW


def remember_sender(vault: Vault, verify_key: str, name: str, *, how: str = "") -> Contact:
    """Pins a signing key seen in a bundle to a name; `how`: how it was checked, "" for not yet."""
    with vault.transaction() as tx:
        row = stored.contact_with_key(tx, verify_key)
        if row is None:
            row = ContactRow(
                id=secrets.token_hex(16),
                name=name,
                verify_key=verify_key,
                trust=Trust.VERIFIED if how else Trust.UNVERIFIED,
                checked_on=vault.clock().date().isoformat() if how else "",
                checked_how=how,
                added_at=vault.now(),
            )
            stored.keep(tx, row)
        return _contact(row)


def sender(vault: Vault, verify_key: str) -> Contact | None:
    """The contact with this signing key, None when nobody here has it."""
    row = stored.contact_with_key(vault.database, verify_key)
    return _contact(row) if row else None


def rename(vault: Vault, contact: ContactId, name: str) -> Changes:
    """Gives a contact a name of one's own. Raises NotFound."""
    return _keep(vault, replace(_row(vault, contact), name=name.strip()))


def note(vault: Vault, contact: ContactId, text: str) -> Changes:
    """Keeps a note that never leaves the vault. Raises NotFound."""
    return _keep(vault, replace(_row(vault, contact), note=text))


def remove(vault: Vault, contact: ContactId) -> Changes:
    """Takes a contact off the list; what was sealed to it stays known. Raises NotFound."""
    return _keep(vault, replace(_row(vault, contact), removed=True))


def bring_back(vault: Vault, contact: ContactId) -> Changes:
    """Undoes `remove`. Raises NotFound."""
    return _keep(vault, replace(_row(vault, contact), removed=False))


# --- trust ----------------------------------------------------------------------------------


def challenge() -> Challenge:
    """Groups chosen at random, so that nobody prepares for them."""
    chosen = secrets.SystemRandom().sample(range(1, GROUPS + 1), ASKED_GROUPS)
    return Challenge(groups=tuple(sorted(chosen)))


def code(vault: Vault, contact: ContactId) -> SafetyCode:
    """The safety code of a receiver's card. Raises NotFound when there is no card."""
    card = get(vault, contact).card
    if card is None:
        raise NotFound(contact)
    return card.safety_code()


def verify(vault: Vault, contact: ContactId, heard: tuple[Heard, ...], way: str) -> Contact:
    """Marks a contact verified when every group heard is right. `way`: how it was heard.

    Raises CodeDiffers (nothing is changed then), NotFound; CardChanged while other keys wait for a
    decision, which the old code must not settle. At least two different groups count.
    """
    row = _row(vault, contact)
    if row.trust is Trust.CHANGED:
        raise CardChanged(row.name)
    groups = code(vault, contact).groups
    right = all(
        1 <= each.group <= GROUPS and groups[each.group - 1] == each.digits.strip()
        for each in heard
    )
    if len({each.group for each in heard}) < ASKED_GROUPS or not right:
        raise CodeDiffers(row.name)
    verified = replace(
        row,
        trust=Trust.VERIFIED,
        checked_on=vault.clock().date().isoformat(),
        checked_how=way,
    )
    _keep(vault, verified)
    return _contact(verified)


def accept_change(vault: Vault, contact: ContactId) -> Contact:
    """Takes the new keys of a changed contact; they have to be compared again. Raises NotFound."""
    row = _row(vault, contact)
    if not row.new_card:
        raise NotFound(contact)
    card = cards.read(row.new_card.encode())
    fresh = replace(
        _with_card(row, card, row.new_card),
        trust=Trust.UNVERIFIED,
        new_card="",
        checked_on="",
        checked_how="",
    )
    _keep(vault, fresh)
    return _contact(fresh)


def refuse_change(vault: Vault, contact: ContactId) -> Contact:
    """Keeps the keys known before, with the trust they had. Raises NotFound."""
    row = _row(vault, contact)
    trust = Trust.VERIFIED if row.checked_on else Trust.UNVERIFIED
    kept = replace(row, trust=trust, new_card="")
    _keep(vault, kept)
    return _contact(kept)


# --- one's own card -------------------------------------------------------------------------


def own_card(vault: Vault) -> Card | None:
    """The card that this vault gives out; None when it has none."""
    own = next((each for each in stored.own_identities(vault.database) if not each.retired), None)
    return None if own is None else cards.read(own.card.encode())


def make_own_card(vault: Vault, name: str) -> Card:
    """Makes an identity and its card (hybrid, post-quantum), valid for a year from today.

    Every earlier identity is kept and opens what was sealed to it; the key before vouches for the
    new one. Raises BadCard for a name that a card cannot hold.
    """
    return _make_own(vault, name, HybridIdentity.generate())


def make_older_own_card(vault: Vault, name: str) -> Card:
    """The same with an X25519 recipient, for senders and tools older than age 1.3."""
    return _make_own(vault, name, X25519Identity.generate())


def _make_own(vault: Vault, name: str, identity: HybridIdentity | X25519Identity) -> Card:
    today = vault.clock().date()
    before = next(
        (each for each in stored.own_identities(vault.database) if not each.retired), None
    )
    key = SigningKey.generate()
    card = cards.make(
        name,
        identity.recipient.text(),
        key,
        valid_from=today,
        valid_until=today + timedelta(days=cards.VALID_DAYS),
        before=None if before is None else SigningKey.from_secret(before.signing_key),
    )
    with vault.transaction() as tx:
        if before is not None:
            stored.keep_own(tx, replace(before, retired=True))
        stored.keep_own(
            tx,
            OwnIdentity(
                id=secrets.token_hex(16),
                name=card.name,
                identity=Secret.of(identity.text().encode("ascii")),
                recipient=card.recipient,
                signing_key=key.to_secret(),
                verify_key=card.verify_key,
                card=card.marshal().decode(),
                valid_from=card.valid_from.isoformat(),
                valid_until=card.valid_until.isoformat(),
                made_at=vault.now(),
            ),
        )
    return card


# --- rows and values ------------------------------------------------------------------------


def _row(vault: Vault, contact: ContactId) -> ContactRow:
    row = stored.contact(vault.database, contact)
    if row is None:
        raise NotFound(contact)
    return row


def _known_otherwise(rows: Sequence[ContactRow], card: Card) -> ContactRow | None:
    """The receiver that this card would change: its key signs or vouches, or it bears its name.

    The name on the known card counts too: a contact may have been given a name of one's own.
    """
    known = [row for row in rows if row.recipient]
    keys = {card.verify_key} | ({card.rotation.key} if card.rotation else set())
    by_key = [row for row in known if row.verify_key in keys]
    by_name = [row for row in known if card.name in {row.name, _name_on_card(row)}]
    return next(iter([*by_key, *by_name]), None)


def _name_on_card(row: ContactRow) -> str:
    return cards.read(row.card.encode()).name if row.card else row.name


def _keep(vault: Vault, row: ContactRow) -> Changes:
    with vault.transaction() as tx:
        stored.keep(tx, row)
    return CHANGED


def _with_card(row: ContactRow, card: Card, text: str) -> ContactRow:
    return replace(
        row,
        recipient=card.recipient,
        verify_key=card.verify_key,
        card=text,
        valid_from=card.valid_from.isoformat(),
        valid_until=card.valid_until.isoformat(),
        removed=False,
    )


def _contact(row: ContactRow) -> Contact:
    card = cards.read(row.card.encode()) if row.card else None
    waiting = cards.read(row.new_card.encode()) if row.new_card else None
    rotation = None if waiting is None else waiting.rotation
    return Contact(
        id=ContactId(row.id),
        name=row.name,
        trust=row.trust,
        verify_key=row.verify_key,
        recipient=row.recipient,
        card=card,
        waiting=waiting,
        vouched=rotation is not None and rotation.key == row.verify_key,
        checked_on=row.checked_on,
        checked_how=row.checked_how,
        note=row.note,
    )


def expired(card: Card, today: date) -> bool:
    """Whether a card's time is over: said to the person, never a reason to refuse (P25)."""
    return today > card.valid_until
