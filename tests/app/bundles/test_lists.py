"""The lists of what was sealed and what arrived, and the corners of sealing and answering."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import contacts, courier, store
from app.bundles import opening, planning, sealing, sent
from app.bundles.planning import Caution, Order
from app.bundles.reach import unreached
from app.bundles.report import OrderState
from app.errors import BadReceipt, NotFound, Refused, TooBig
from app.inbox import arrived, importing, receipts
from app.inbox.importing import Doubt, Outcome
from app.inbox.statement import Verdict
from app.records import EvidenceItem, Incident, Person, Statement
from app.records.ids import IncidentId, RecordId, SourceId, new_id
from app.records.values import LText
from app.storage import channels
from tests.app.bundles import forging
from tests.sides import Sides
from tools.assessing import assess

# --- sealed ---------------------------------------------------------------------------------


def test_a_bundle_is_listed_with_its_receiver_and_what_it_holds(sides: Sides) -> None:
    assert sent.last_receiver(sides.reporter) is None
    incident = sides.record("A visit")
    sides.attach(incident, b"content")
    sealed = sides.seal(incident)
    (one,) = sent.every(sides.reporter)
    assert (one.id, one.name, one.receiver) == (
        sealed.bundle,
        sealed.path.name,
        "Human Rights Desk",
    )
    assert ([each.id for each in one.incidents], one.records, one.evidence) == ([incident], 4, 1)
    assert (one.signed, one.verdict, one.changed) == (True, "", False)
    assert sent.last_receiver(sides.reporter) == sides.receiver.id
    with pytest.raises(NotFound):
        sent.get(sides.reporter, "0" * 32)


def test_a_change_after_sealing_shows_until_it_was_sealed_too(sides: Sides) -> None:
    incident = sides.record()
    first = sides.seal(incident)
    kept = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(kept, summary=LText.of("More")))
    assert sent.get(sides.reporter, first.bundle).changed
    sides.seal(incident)
    assert not sent.get(sides.reporter, first.bundle).changed


def test_of_two_incidents_in_a_bundle_only_the_changed_one_shows(sides: Sides) -> None:
    one, two = sides.record("One"), sides.record("Two")
    sealed = sides.seal(one, two)
    kept = store.get(sides.reporter, Incident, one)
    store.save(sides.reporter, replace(kept, summary=LText.of("More")))
    found = {each.id: each.changed for each in sent.get(sides.reporter, sealed.bundle).incidents}
    assert found == {one: True, two: False}


def test_a_record_removed_since_is_not_counted(sides: Sides) -> None:
    one, two = sides.record("One"), sides.record("Two")
    sealed = sides.seal(one, two)
    store.remove(sides.reporter, RecordId(two), why="a mistake")
    assert [each.id for each in sent.get(sides.reporter, sealed.bundle).incidents] == [one]


# --- arrived --------------------------------------------------------------------------------


def test_an_arrival_is_listed_with_its_sender_its_incidents_and_the_answer(sides: Sides) -> None:
    incident = sides.record("A visit")
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    (one,) = arrived.every(sides.desk)
    assert (one.id, one.signed, one.sender, one.whole, one.reply) == (
        *(sealed.bundle, True, None),
        *(True, True),
    )
    assert [each.id for each in one.incidents] == [incident]
    assert one.verdict == ""
    receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    key = sides.open(sealed).signer.key
    assert key is not None
    contacts.remember_sender(sides.desk, key, "K.")
    again = arrived.get(sides.desk, sealed.bundle)
    assert again.verdict == "accepted"
    assert again.sender is not None
    assert again.sender.name == "K."
    with pytest.raises(NotFound):
        arrived.get(sides.desk, "0" * 32)


def test_an_incident_removed_here_is_no_longer_among_what_arrived(sides: Sides) -> None:
    incident = sides.record()
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    store.remove(sides.desk, RecordId(incident), why="not ours")
    assert arrived.get(sides.desk, sealed.bundle).incidents == ()


def test_a_number_that_follows_another_bundle_than_the_one_here_is_a_fork(sides: Sides) -> None:
    sides.take_in(sides.seal(sides.record("One")), Doubt.UNKNOWN)
    (channel,) = channels.channels(sides.reporter.database)
    with sides.reporter.transaction() as tx:
        channels.keep(tx, replace(channel, previous="a" * 64))
    assert sides.open(sides.seal(sides.record("Two"))).order.state is OrderState.FORKED


# --- corners --------------------------------------------------------------------------------


def test_an_older_card_gets_a_bundle_of_its_own_kind_alone(sides: Sides) -> None:
    card = contacts.make_older_own_card(sides.desk, "Desk with an older key")
    known, _ = contacts.add_card(sides.reporter, card.marshal())
    contacts.accept_change(sides.reporter, known.id)
    order = Order(incidents=(sides.record(),), receiver=known.id, caution=Caution.EVEN_UNVERIFIED)
    assess(sides.reporter, known, *order.incidents)
    sealed = sealing.seal(sides.reporter, planning.plan(sides.reporter, order), folder=sides.folder)
    outer = courier.inspect(sealed.path)
    assert (outer.stanzas, outer.post_quantum) == (2, False)
    assert opening.open_bundle(sides.desk, sealed.path).complete


def test_nothing_is_sealed_to_who_is_known_by_a_signing_key_alone(sides: Sides) -> None:
    key = sides.open(sides.seal(sides.record())).signer.key
    assert key is not None
    sender = contacts.remember_sender(sides.desk, key, "K.")
    with pytest.raises(NotFound):
        planning.plan(sides.desk, Order(incidents=(), receiver=sender.id))


def test_a_reference_to_a_piece_of_evidence_held_elsewhere_travels_without_a_file(
    sides: Sides,
) -> None:
    incident = sides.record()
    sides.attach(incident, b"content")
    with sides.reporter.transaction() as tx:
        tx.run("DELETE FROM evidence_file")
    sealed = sides.seal(incident)
    done = sides.take_in(sealed, Doubt.UNKNOWN)
    assert (done.evidence, done.complete) == (0, True)
    assert len(store.every(sides.desk, EvidenceItem)) == 1


def test_more_than_a_bundle_may_hold_is_refused_before_anything_is_written(sides: Sides) -> None:
    incident = sides.record()
    sides.attach(incident, b"content")
    with sides.reporter.transaction() as tx:
        tx.run("UPDATE evidence_file SET size = ?", 9 * 1024**3)
    with pytest.raises(TooBig):
        sides.seal(incident)
    assert list(sides.folder.iterdir()) == []


def test_a_reference_to_what_is_not_here_leads_nowhere() -> None:
    incident = Incident()
    said = Statement(incident=IncidentId(incident.id), source=SourceId(new_id()))
    assert unreached([incident, said, Person()], ()) == frozenset()
    assert unreached([incident, said], (incident.id,)) == {said.id}


def test_an_unsigned_receipt_is_refused(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    made = receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    opened = opening.open_bundle(sides.reporter, made.path)
    assert opened.receipt is not None
    (channel,) = channels.channels(sides.reporter.database)
    path = sides.folder / "unsigned"
    laid = forging.receipt(opened.receipt, channel.reply_recipient)
    forging.write_laid(laid, channel.reply_recipient, path)
    with pytest.raises(Refused) as refused:
        receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, path))
    assert refused.value.reasons == ("unsigned",)


def test_a_receipt_for_another_bag_of_that_id_is_refused(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    made = receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    with sides.reporter.transaction() as tx:
        tx.run("UPDATE sealed_bundle SET manifest = ?", "a" * 64)
    with pytest.raises(BadReceipt) as refused:
        receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    assert refused.value.member == "manifest"


def test_a_damaged_item_is_kept_in_the_account_of_what_arrived(sides: Sides) -> None:
    path = forging.write(
        sides.desk,
        sides.folder / "b",
        [*forging.payload(forging.line(Incident()))[1:], forging.bad_records()],
    )
    opened = opening.open_bundle(sides.desk, path)
    plan = importing.plan_import(sides.desk, opened)
    done = importing.apply(sides.desk, path, plan, accepted=frozenset(Doubt))
    assert (done.complete, [each.outcome for each in done.records]) == (False, [Outcome.NEW])
    (one,) = arrived.every(sides.desk)
    assert (one.whole, one.signed) == (False, False)
