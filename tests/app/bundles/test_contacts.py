"""Whom a vault knows, and when it may believe a card."""

from __future__ import annotations

from datetime import date

import pytest

from app import cards, contacts
from app.contacts import Added, Heard, Trust
from app.errors import BadCard, CardChanged, CodeDiffers, NotFound
from app.vault import Vault
from crypto.age import HybridIdentity
from crypto.signing import SigningKey
from tests.sides import Sides, compare


def test_the_same_card_twice_is_one_contact(sides: Sides) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    known, how = contacts.add_card(sides.reporter, card.marshal())
    assert (known.id, how) == (sides.receiver.id, Added.KNOWN)
    assert known.trust is Trust.VERIFIED


@pytest.mark.parametrize(
    "heard",
    [
        (),
        (Heard(group=1, digits="00000"), Heard(group=2, digits="00000")),
        (Heard(group=0, digits="00000"), Heard(group=7, digits="00000")),
    ],
)
def test_wrong_or_missing_groups_do_not_verify(
    vault: Vault, sides: Sides, heard: tuple[Heard, ...]
) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    known, _ = contacts.add_card(vault, card.marshal())
    with pytest.raises(CodeDiffers):
        contacts.verify(vault, known.id, heard, "on a call")
    assert contacts.get(vault, known.id).trust is Trust.UNVERIFIED


def test_one_right_group_given_twice_does_not_verify(vault: Vault, sides: Sides) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    known, _ = contacts.add_card(vault, card.marshal())
    first = Heard(group=1, digits=contacts.code(vault, known.id).groups[0])
    with pytest.raises(CodeDiffers):
        contacts.verify(vault, known.id, (first, first), "on a call")


def test_the_program_asks_for_two_different_groups() -> None:
    asked = contacts.challenge().groups
    assert len(set(asked)) == 2
    assert all(1 <= group <= 6 for group in asked)


def test_other_keys_under_a_known_name_block_until_decided(sides: Sides, vault: Vault) -> None:
    other = contacts.make_own_card(vault, "Human Rights Desk")
    known, how = contacts.add_card(sides.reporter, other.marshal())
    assert (how, known.trust, known.vouched) == (Added.CHANGED, Trust.CHANGED, False)
    groups = contacts.code(sides.reporter, known.id).groups
    with pytest.raises(CardChanged):
        contacts.verify(
            sides.reporter,
            known.id,
            (Heard(group=1, digits=groups[0]), Heard(group=2, digits=groups[1])),
            "on a call",
        )
    kept = contacts.refuse_change(sides.reporter, known.id)
    assert (kept.trust, kept.recipient) == (Trust.VERIFIED, sides.receiver.recipient)


def test_accepting_other_keys_asks_for_a_new_comparison(sides: Sides, vault: Vault) -> None:
    other = contacts.make_own_card(vault, "Human Rights Desk")
    contacts.add_card(sides.reporter, other.marshal())
    fresh = contacts.accept_change(sides.reporter, sides.receiver.id)
    assert (fresh.trust, fresh.recipient) == (Trust.UNVERIFIED, other.recipient)
    assert compare(sides.reporter, fresh).trust is Trust.VERIFIED


def test_a_renewed_card_shows_that_the_known_key_vouches(sides: Sides) -> None:
    renewed = contacts.make_own_card(sides.desk, "Human Rights Desk")
    known, _ = contacts.add_card(sides.reporter, renewed.marshal())
    assert known.vouched
    assert known.trust is Trust.CHANGED


def test_a_renewed_vault_still_opens_what_was_sealed_to_its_older_card(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    contacts.make_own_card(sides.desk, "Human Rights Desk")
    assert sides.open(sealed).complete


def test_decisions_without_a_waiting_card_are_refused(sides: Sides) -> None:
    with pytest.raises(NotFound):
        contacts.accept_change(sides.reporter, sides.receiver.id)


def test_contacts_are_found_by_name_and_beginning_and_removed_and_brought_back(
    sides: Sides,
) -> None:
    vault, known = sides.reporter, sides.receiver
    assert contacts.find(vault, "human").id == known.id
    assert contacts.find(vault, known.id).id == known.id
    contacts.rename(vault, known.id, "The desk")
    contacts.note(vault, known.id, "met in spring")
    assert contacts.find(vault, "The desk").note == "met in spring"
    contacts.remove(vault, known.id)
    with pytest.raises(NotFound):
        contacts.find(vault, "The desk")
    contacts.bring_back(vault, known.id)
    assert [each.name for each in contacts.receivers(vault)] == ["The desk"]


def test_a_sender_known_by_key_alone_has_no_code_and_cannot_receive(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    key = sides.open(sealed).signer.key
    assert key is not None
    sender = contacts.remember_sender(sides.desk, key, "K.")
    assert contacts.remember_sender(sides.desk, key, "Another").name == "K."
    assert not sender.can_receive
    with pytest.raises(NotFound):
        contacts.code(sides.desk, sender.id)


def test_a_vault_without_a_card_has_none(vault: Vault) -> None:
    assert contacts.own_card(vault) is None


def test_a_name_no_card_can_hold_makes_no_identity(vault: Vault) -> None:
    with pytest.raises(BadCard):
        contacts.make_own_card(vault, "a\nb")
    assert contacts.own_card(vault) is None


def test_an_older_card_has_a_classic_recipient(vault: Vault) -> None:
    card = contacts.make_older_own_card(vault, "Older tools")
    assert card.recipient.startswith("age1")
    assert not card.recipient.startswith("age1pq")


def test_a_card_past_its_day_is_expired_and_nothing_more(sides: Sides) -> None:
    card = contacts.own_card(sides.desk)
    assert card is not None
    assert not contacts.expired(card, card.valid_until)
    assert contacts.expired(card, date(2030, 1, 1))


def test_a_new_recipient_under_a_known_signing_key_is_a_change_whatever_its_name(
    vault: Vault,
) -> None:
    key = SigningKey.generate()
    first = made_card("Desk", key)
    known, _ = contacts.add_card(vault, first.marshal())
    contact, added = contacts.add_card(vault, made_card("Another name", key).marshal())
    assert (contact.id, added) == (known.id, Added.CHANGED)
    assert (contact.recipient, contact.trust) == (first.recipient, Trust.CHANGED)


def test_a_contact_renamed_here_is_still_known_by_the_name_on_its_card(vault: Vault) -> None:
    known, _ = contacts.add_card(vault, made_card("Desk", SigningKey.generate()).marshal())
    contacts.rename(vault, known.id, "Anna")
    contact, added = contacts.add_card(vault, made_card("Desk", SigningKey.generate()).marshal())
    assert (contact.id, added) == (known.id, Added.CHANGED)


def test_a_card_that_the_known_key_vouches_for_is_a_change_under_any_name(vault: Vault) -> None:
    before = SigningKey.generate()
    known, _ = contacts.add_card(vault, made_card("Desk", before).marshal())
    card = made_card("Desk, new office", SigningKey.generate(), before)
    contact, added = contacts.add_card(vault, card.marshal())
    assert (contact.id, added, contact.vouched) == (known.id, Added.CHANGED, True)


def made_card(name: str, key: SigningKey, before: SigningKey | None = None) -> cards.Card:
    return cards.make(
        name,
        HybridIdentity.generate().recipient.text(),
        key,
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
        before=before,
    )
