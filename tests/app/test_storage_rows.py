"""What storage is given comes back the same: contacts, channels, bundles, receipts, settings."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlcipher3

from app import store
from app.records import Incident, LText
from app.storage import bundles, cells, channels, contacts, receipts, settings
from app.storage.bundles import ReceivedBundle, ReceivedItem, SealedBundle, SealedRevision
from app.storage.channels import Channel
from app.storage.contacts import ContactRow, OwnIdentity, Trust
from app.storage.receipts import Receipt, ReceiptItem, Way
from app.vault import Vault
from crypto.secret import Secret

CONTACT = ContactRow(
    id="c1",
    name="Organisation",
    recipient="age1recipient",
    verify_key="RWkey",
    card="the card",
    new_card="another card",
    valid_from="2026-01-01",
    valid_until="2027-01-01",
    trust=Trust.CHANGED,
    checked_on="2026-02-02",
    checked_how="by telephone",
    checked_by="K2",
    note="asks for photographs",
    added_at="2026-01-01T00:00:00Z",
)
CHANNEL = Channel(
    contact="c1",
    signing_key=Secret(b"signing"),
    verify_key="RWmine",
    reply_identity=Secret(b"AGE-SECRET-KEY-1"),
    reply_recipient="age1reply",
    series="aa" * 16,
    sequence=2,
    previous="bb" * 32,
)
OWN = OwnIdentity(
    id="o1",
    name="Us",
    identity=Secret(b"AGE-SECRET-KEY-PQ-1"),
    recipient="age1pq1us",
    signing_key=Secret(b"seed"),
    verify_key="RWus",
    card="our card",
    valid_from="2026-01-01",
    valid_until="2027-01-01",
    made_at="2026-01-01T00:00:00Z",
)
SEALED = SealedBundle(
    id="ab" * 16,
    kind="report",
    contact="c1",
    series="aa" * 16,
    sequence=1,
    previous="",
    manifest="cc" * 32,
    verify_key="RWmine",
    file_name="abcde-fghij-klmno-pqrst",
    file_size=300_000,
    day="2026-03-14",
    at="2026-03-14T12:00:00Z",
)
RECEIVED = ReceivedBundle(
    id="cd" * 16,
    kind="report",
    verify_key="RWthem",
    contact="",
    series="dd" * 16,
    sequence=3,
    previous="ee" * 32,
    manifest="ff" * 32,
    verdict="accepted",
    reply="age1reply",
    file_name="f",
    file_size=5,
    day="2026-03-14",
    at="2026-03-14T12:00:00Z",
)
ITEM = ReceivedItem(
    bundle=RECEIVED.id,
    position=0,
    record="12" * 16,
    kind="incident",
    number=4,
    digest="99" * 32,
    verdict="accepted",
    detail="",
    stored=1,
)
RECEIPT = Receipt(
    id="ef" * 16,
    way=Way.RECEIVED,
    bundle=SEALED.id,
    manifest=SEALED.manifest,
    verdict="accepted",
    message="thank you",
    verify_key="RWthem",
    file_name="g",
    day="2026-03-15",
    at="2026-03-15T12:00:00Z",
)


def test_contacts_are_found_by_id_key_and_recipient_until_removed(vault: Vault) -> None:
    db = vault.database
    other = ContactRow(id="c0", name="A sender", verify_key="RWother")
    with vault.transaction() as tx:
        contacts.keep(tx, CONTACT)
        contacts.keep(tx, other)
    assert contacts.contact(db, "c1") == CONTACT
    assert contacts.contacts(db) == [other, CONTACT]
    assert contacts.contact_with_key(db, "RWkey") == CONTACT
    assert contacts.contact_with_recipient(db, "age1recipient") == CONTACT
    gone = replace(CONTACT, removed=True, note="")
    with vault.transaction() as tx:
        contacts.keep(tx, gone)
    assert contacts.contacts(db) == [other]
    assert contacts.contact(db, "c1") == gone
    assert contacts.contact_with_key(db, "RWkey") is None
    assert contacts.contact_with_recipient(db, "age1recipient") is None
    assert contacts.contact(db, "nobody") is None


def test_own_identities_come_with_the_one_in_use_first(vault: Vault) -> None:
    older = replace(OWN, id="o0", recipient="age1pq1older", retired=True)
    with vault.transaction() as tx:
        contacts.keep_own(tx, older)
        contacts.keep_own(tx, OWN)
    assert contacts.own_identities(vault.database) == [OWN, older]
    with vault.transaction() as tx:
        contacts.keep_own(tx, replace(OWN, retired=True, card="last card"))
    assert [each.retired for each in contacts.own_identities(vault.database)] == [True, True]


def test_a_channel_belongs_to_a_contact_and_counts_on(vault: Vault) -> None:
    def alone() -> None:
        with vault.transaction() as tx:
            channels.keep(tx, CHANNEL)

    with pytest.raises(sqlcipher3.IntegrityError):
        alone()
    with vault.transaction() as tx:
        contacts.keep(tx, CONTACT)
        channels.keep(tx, CHANNEL)
    assert channels.channel(vault.database, "c1") == CHANNEL
    later = replace(CHANNEL, sequence=3, previous="cc" * 32)
    with vault.transaction() as tx:
        channels.keep(tx, later)
    assert channels.channels(vault.database) == [later]
    assert channels.channel(vault.database, "nobody") is None


def test_what_was_sealed_to_whom_is_remembered_by_revision(vault: Vault) -> None:
    db = vault.database
    record = store.save(
        vault, Incident(title=LText.of("Case", "en"), narrative=LText.of("Told.", "en"))
    ).record
    held = SealedRevision(bundle=SEALED.id, record=record.id, number=1, digest="99" * 32)
    later = replace(SEALED, id="ba" * 16, sequence=2, at="2026-03-15T12:00:00Z")
    again = replace(held, bundle=later.id, number=2)
    with vault.transaction() as tx:
        contacts.keep(tx, CONTACT)
        bundles.add_sealed(tx, SEALED, (held,))
        bundles.add_sealed(tx, later, (again,))
    assert bundles.sealed(db, SEALED.id) == SEALED
    assert bundles.all_sealed(db) == bundles.sealed_to(db, "c1") == [later, SEALED]
    assert bundles.held_in(db, SEALED.id) == [held]
    assert bundles.sealings_of(db, record.id) == [again, held]
    assert bundles.sealed(db, "nothing") is None
    assert bundles.sealed_to(db, "nobody") == []


def test_what_was_received_is_remembered_item_by_item(vault: Vault) -> None:
    db = vault.database
    earlier = replace(RECEIVED, id="dc" * 16, sequence=1)
    with vault.transaction() as tx:
        bundles.add_received(tx, RECEIVED, (ITEM, replace(ITEM, position=1, verdict="damaged")))
        bundles.add_received(tx, earlier, ())
    assert bundles.received(db, RECEIVED.id) == RECEIVED
    assert bundles.received(db, "nothing") is None
    assert set(bundles.all_received(db)) == {RECEIVED, earlier}
    assert bundles.received_from(db, "RWthem") == [earlier, RECEIVED]
    assert bundles.received_in_series(db, RECEIVED.series) == [earlier, RECEIVED]
    assert [each.verdict for each in bundles.items_of(db, RECEIVED.id)] == ["accepted", "damaged"]
    assert len(bundles.arrivals_of(db, ITEM.record)) == 2


def test_the_same_bundle_is_not_noted_twice(vault: Vault) -> None:
    def note() -> None:
        with vault.transaction() as tx:
            bundles.add_received(tx, RECEIVED, (ITEM,))

    note()
    with pytest.raises(sqlcipher3.IntegrityError):
        note()
    assert bundles.items_of(vault.database, RECEIVED.id) == [ITEM]


def test_receipts_go_both_ways_apart(vault: Vault) -> None:
    db = vault.database
    item = ReceiptItem(
        receipt=RECEIPT.id, position=0, record="12" * 16, number=1, digest="d", verdict="accepted"
    )
    made = replace(RECEIPT, id="fe" * 16, way=Way.MADE)
    with vault.transaction() as tx:
        receipts.add(tx, RECEIPT, (item,))
        receipts.add(tx, made, ())
    assert receipts.receipt(db, RECEIPT.id) == RECEIPT
    assert receipts.receipt(db, "nothing") is None
    assert receipts.receipts(db, Way.MADE) == [made]
    assert receipts.receipts_for(db, SEALED.id, Way.RECEIVED) == [RECEIPT]
    assert receipts.items_of(db, RECEIPT.id) == [item]
    assert receipts.items_of(db, made.id) == []


def test_a_setting_is_kept_replaced_and_forgotten(vault: Vault) -> None:
    for value in ("one", "two"):
        with vault.transaction() as tx:
            settings.keep_setting(tx, "name", value)
        assert settings.setting(vault.database, "name") == value
    with vault.transaction() as tx:
        settings.forget_setting(tx, "name")
        settings.forget_setting(tx, "name")
    assert settings.setting(vault.database, "name") is None


def test_a_value_of_another_type_is_a_bug() -> None:
    for narrow, wrong in (
        (cells.text, 1),
        (cells.text, None),
        (cells.whole, "1"),
        (cells.octets, "x"),
        (cells.maybe_text, b"x"),
    ):
        with pytest.raises(TypeError):
            narrow(wrong)
    assert cells.maybe_text(None) is None
