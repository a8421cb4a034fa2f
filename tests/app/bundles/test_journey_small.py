"""What passes between two sides, and what each of them is told."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app import contacts, evidence, incidents, store
from app.bundles import extracting, opening, sealing
from app.bundles.manifest import BundleKind
from app.bundles.report import AddressState, OrderState, SignerState
from app.bundles.sealing import Caution, Order, Signing
from app.errors import (
    AlreadyThere,
    BundleDamaged,
    CardChanged,
    NotForMe,
    NothingToSeal,
    NotThere,
    NotVerified,
    Refused,
)
from app.inbox import importing, receipts
from app.inbox.importing import Doubt, Outcome
from app.inbox.statement import Verdict
from app.records import EvidenceItem, Incident
from app.records.ids import IncidentId
from app.records.values import LText
from app.storage import channels
from app.vault import Vault
from tests.sides import Sides, bodies, meet
from tools.assessing import assess


def test_what_arrives_is_what_was_sealed_byte_for_byte(sides: Sides) -> None:
    incident = sides.record()
    content = os.urandom(300_000)
    sides.attach(incident, content)
    sealed = sides.seal(incident)
    done = sides.take_in(sealed, Doubt.UNKNOWN)
    ids = [each.sealed.id for each in done.records]
    assert done.complete
    assert bodies(sides.desk, ids) == bodies(sides.reporter, ids)
    (item,) = store.every(sides.desk, EvidenceItem)
    with evidence.reader(sides.desk, item.id) as reader:
        assert reader.read() == content


def test_local_parts_never_travel(sides: Sides) -> None:
    draft = Incident(
        title=LText.of("A visit", "en"),
        narrative=LText.of("Two men came.", "en"),
        notes_internal=LText.of("ask her brother Canaryson", "en"),
        tags=("canary-tag",),
    )
    incident = store.save(sides.reporter, draft).record
    path = sides.folder.parent / "Canaryson passport.jpg"
    path.write_bytes(b"x" * 1000)
    evidence.take_in(sides.reporter, path, about=incident.id, evidence_type="photograph")
    done = sides.take_in(sides.seal(IncidentId(incident.id)), Doubt.UNKNOWN)
    stored = sides.desk.database.rows("SELECT body || local FROM record")
    assert done.complete
    assert "anary" not in str(stored)


def test_a_known_signer_is_named_and_an_unknown_one_is_not_believed(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    first = sides.open(sealed)
    assert first.signer.state is SignerState.UNKNOWN
    assert first.signer.key is not None
    contacts.remember_sender(sides.desk, first.signer.key, "K.", how="in person")
    again = sides.open(sealed)
    assert (again.signer.state, again.signer.name) == (SignerState.KNOWN, "K.")


def test_a_signer_remembered_without_comparing_is_known_but_not_verified(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    key = sides.open(sealed).signer.key
    assert key is not None
    contacts.remember_sender(sides.desk, key, "K.")
    assert sides.open(sealed).signer.state is SignerState.KNOWN_UNVERIFIED


@pytest.mark.parametrize(
    ("signing", "doubt"), [(Signing.SIGNED, Doubt.UNKNOWN), (Signing.UNSIGNED, Doubt.UNSIGNED)]
)
def test_doubts_are_refused_until_accepted(sides: Sides, signing: Signing, doubt: Doubt) -> None:
    sealed = sides.seal(sides.record(), signing=signing)
    with pytest.raises(Refused) as refused:
        sides.take_in(sealed)
    assert refused.value.reasons == (doubt.value,)
    assert store.every(sides.desk, Incident) == []
    assert sides.take_in(sealed, doubt).complete


def test_the_same_bundle_a_second_time_is_a_replay_and_never_taken_in(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    assert sides.open(sealed).order.state is OrderState.REPLAY
    with pytest.raises(Refused) as refused:
        sides.take_in(sealed, *Doubt)
    assert refused.value.reasons == (Doubt.REPLAY.value,)


def test_a_missing_bundle_shows_as_a_gap_and_then_arrives_late(sides: Sides) -> None:
    first, second, third = (sides.seal(sides.record(f"Visit {n}")) for n in range(3))
    sides.take_in(first, Doubt.UNKNOWN)
    order = sides.open(third).order
    assert (order.state, order.missing) == (OrderState.GAP, 1)
    sides.take_in(third, Doubt.UNKNOWN)
    assert sides.open(second).order.state is OrderState.LATE


def test_bundles_that_come_one_after_the_other_are_next(sides: Sides) -> None:
    first, second = (sides.seal(sides.record(f"Visit {n}")) for n in range(2))
    assert sides.open(first).order.state is OrderState.FIRST
    sides.take_in(first, Doubt.UNKNOWN)
    assert sides.open(second).order.state is OrderState.NEXT


def test_a_new_series_of_the_same_signer_is_said_and_is_no_replay(sides: Sides) -> None:
    from app.channels import new_series

    sides.take_in(sides.seal(sides.record()), Doubt.UNKNOWN)
    with sides.reporter.transaction() as tx:
        new_series(tx)
    assert sides.open(sides.seal(sides.record("Later"))).order.state is OrderState.NEW_SERIES


def test_two_bundles_of_one_number_are_a_fork(sides: Sides) -> None:
    before = channels.channels(sides.reporter.database)
    first = sides.seal(sides.record())
    assert before == []
    (channel,) = channels.channels(sides.reporter.database)
    with sides.reporter.transaction() as tx:
        channels.keep(tx, replace(channel, sequence=0, previous=""))
    second = sides.seal(sides.record("Another"))
    sides.take_in(first, Doubt.UNKNOWN)
    assert sides.open(second).order.state is OrderState.FORKED
    with pytest.raises(Refused):
        sides.take_in(second, Doubt.UNKNOWN)


def test_a_bundle_for_somebody_else_does_not_open(
    sides: Sides, new_vault: object, tmp_path: Path
) -> None:
    assert callable(new_vault)
    other: Vault = new_vault("other")
    contacts.make_own_card(other, "Other Desk")
    with pytest.raises(NotForMe):
        opening.open_bundle(other, sides.seal(sides.record()).path)


def test_a_bundle_sealed_to_an_identity_not_in_its_signed_list_was_passed_on(
    sides: Sides, new_vault: object
) -> None:
    assert callable(new_vault)
    other: Vault = new_vault("other")
    theirs = meet(sides.reporter, other, sides.folder, "Other Desk")
    sealed = theirs.seal(theirs.record())
    # the other desk opens it and seals the very same bag again, to our desk
    path = _passed_on(other, sealed.path, contacts.own_card(sides.desk))
    opened = opening.open_bundle(sides.desk, path)
    assert opened.addressed is AddressState.PASSED_ON
    assert opened.signer.state is SignerState.UNKNOWN
    plan = importing.plan_import(sides.desk, opened)
    assert set(plan.doubts) == {Doubt.PASSED_ON, Doubt.UNKNOWN}


def test_a_change_after_sealing_goes_as_an_amendment_and_updates_the_record(sides: Sides) -> None:
    incident = sides.record()
    sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    kept = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(kept, summary=LText.of("More is known.", "en")))
    sealed = sides.seal(incident)
    opened = sides.open(sealed)
    assert opened.manifest.kind is BundleKind.AMENDMENT
    done = sides.take_in(sealed, Doubt.UNKNOWN)
    assert [each.outcome for each in done.records] == [Outcome.CHANGED]
    assert store.get(sides.desk, Incident, incident).summary.text == "More is known."


def test_a_record_of_ones_own_is_never_overwritten_by_a_bundle(sides: Sides) -> None:
    incident = sides.record()
    ours = replace(store.get(sides.reporter, Incident, incident), title=LText.of("Ours", "en"))
    store.save(sides.desk, ours)
    done = sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    assert [each.outcome for each in done.records] == [Outcome.CONFLICT]
    assert not done.complete
    assert store.get(sides.desk, Incident, incident).title.text == "Ours"


def test_a_record_of_another_sender_is_never_overwritten(sides: Sides, new_vault: object) -> None:
    assert callable(new_vault)
    incident = sides.record()
    sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    thief: Vault = new_vault("thief")
    kept = store.get(sides.reporter, Incident, incident)
    store.save(thief, replace(kept, title=LText.of("Stolen", "en")))
    card = contacts.own_card(sides.desk)
    assert card is not None
    known, _ = contacts.add_card(thief, card.marshal())
    order = Order(incidents=(incident,), receiver=known.id, caution=Caution.EVEN_UNVERIFIED)
    assess(thief, known, incident)
    sealed = sealing.seal(thief, sealing.plan(thief, order), folder=sides.folder)
    done = sides.take_in(sealed, Doubt.UNKNOWN)
    assert [each.outcome for each in done.records] == [Outcome.CONFLICT]
    assert store.get(sides.desk, Incident, incident).title.text == "A visit"


def test_a_file_swapped_between_looking_and_taking_in_is_refused(sides: Sides) -> None:
    first, second = (sides.seal(sides.record(f"Visit {n}")) for n in range(2))
    plan = importing.plan_import(sides.desk, sides.open(first))
    first.path.write_bytes(second.path.read_bytes())
    with pytest.raises(BundleDamaged):
        importing.apply(sides.desk, first.path, plan, accepted=frozenset({Doubt.UNKNOWN}))
    assert store.every(sides.desk, Incident) == []


def test_an_unverified_receiver_needs_a_decision_and_a_changed_one_blocks(
    sides: Sides, new_vault: object
) -> None:
    assert callable(new_vault)
    incident = sides.record()
    imposter: Vault = new_vault("imposter")
    card = contacts.make_own_card(imposter, "Human Rights Desk")
    contacts.add_card(sides.reporter, card.marshal())
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    with pytest.raises(CardChanged):
        sealing.plan(sides.reporter, order)
    contacts.accept_change(sides.reporter, sides.receiver.id)
    with pytest.raises(NotVerified):
        sealing.plan(sides.reporter, order)
    sealing.plan(sides.reporter, replace(order, caution=Caution.EVEN_UNVERIFIED))


def test_nothing_to_seal_is_said(sides: Sides) -> None:
    with pytest.raises(NothingToSeal):
        sealing.plan(sides.reporter, Order(incidents=(), receiver=sides.receiver.id))


def test_a_sealing_that_fails_uses_up_no_number(sides: Sides) -> None:
    incident = sides.record()
    order = Order(incidents=(incident,), receiver=sides.receiver.id)
    plan = sealing.plan(sides.reporter, order)
    with pytest.raises(NotThere):
        sealing.seal(sides.reporter, plan, folder=sides.folder / "not there")
    assert sides.open(sides.seal(incident)).manifest.sequence == 1


def test_a_bundle_unpacks_into_a_folder_that_must_be_new(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    done = extracting.extract(sides.desk, sealed.path, to=sides.folder / "bag")
    assert (done.folder / "data" / "records.jsonl").is_file()
    with pytest.raises(AlreadyThere):
        extracting.extract(sides.desk, sealed.path, to=sides.folder / "bag")


def test_unpacking_a_damaged_bundle_leaves_no_folder(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    data = bytearray(sealed.path.read_bytes())
    data[-1] ^= 1
    sealed.path.write_bytes(data)
    with pytest.raises(BundleDamaged):
        extracting.extract(sides.desk, sealed.path, to=sides.folder / "bag")
    assert [each.name for each in sides.folder.iterdir()] == [sealed.path.name]


def test_the_list_of_incidents_shows_what_was_sealed(sides: Sides) -> None:
    incident = sides.record()
    sides.seal(incident)
    (row,) = incidents.rows(sides.reporter)
    assert row.receivers == 1


def test_every_receiver_sees_another_signing_key(sides: Sides, new_vault: object) -> None:
    assert callable(new_vault)
    other: Vault = new_vault("other")
    theirs = meet(sides.reporter, other, sides.folder, "Other Desk")
    incident = sides.record()
    mine, hers = sides.seal(incident), theirs.seal(incident)
    first = opening.open_bundle(sides.desk, mine.path)
    second = opening.open_bundle(other, hers.path)
    assert first.signer.key != second.signer.key
    assert first.manifest.series != second.manifest.series
    assert first.manifest.reply != second.manifest.reply


def _passed_on(reader: Vault, path: Path, card: object) -> Path:
    from app.cards import Card
    from app.keyring import of
    from crypto import age

    assert isinstance(card, Card)
    target = path.with_name("passed-on")
    with path.open("rb") as source, target.open("wb") as to:
        content = age.decrypt(source, of(reader).identities).read()
        with age.encrypt(to, [age.parse_recipient(card.recipient)]) as sealed:
            sealed.write(content)
    return target


def test_an_unsigned_bundle_between_signed_ones_leaves_no_gap(sides: Sides) -> None:
    first = sides.seal(sides.record("One"))
    between = sides.seal(sides.record("Two"), signing=Signing.UNSIGNED)
    last = sides.seal(sides.record("Three"))
    states = []
    for sealed, doubt in (
        (first, Doubt.UNKNOWN),
        (between, Doubt.UNSIGNED),
        (last, Doubt.UNKNOWN),
    ):
        states.append(sides.open(sealed).order)
        sides.take_in(sealed, doubt)
    assert [(each.state, each.missing) for each in states] == [
        (OrderState.FIRST, 0),
        (OrderState.FIRST, 0),
        (OrderState.NEXT, 0),
    ]


def test_the_receipt_for_an_unsigned_first_bundle_opens(sides: Sides) -> None:
    sealed = sides.seal(sides.record(), signing=Signing.UNSIGNED)
    sides.take_in(sealed, Doubt.UNSIGNED)
    made = receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    taken = receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    assert taken.bundle == sealed.bundle
