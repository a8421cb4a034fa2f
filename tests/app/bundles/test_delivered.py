"""What a receipt makes of each record of the sender, and when a report may leave the device."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app import store
from app.bundles import opening
from app.bundles.sealing import Sealed
from app.errors import NotFound
from app.inbox import delivered, receipts
from app.inbox.delivered import Delivery
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.records import Incident
from app.records.values import LText
from tests.sides import Sides


def answer(sides: Sides, sealed: Sealed, verdict: Verdict, message: str = "") -> Path:
    made = receipts.make(
        sides.desk, sealed.bundle, folder=sides.folder, verdict=verdict, message=message
    )
    receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    return made.path


def deliveries(sides: Sides, sealed: Sealed) -> set[Delivery]:
    return {each.delivery for each in delivered.of_bundle(sides.reporter, sealed.bundle)}


def test_a_record_waits_until_a_receipt_names_it(sides: Sides) -> None:
    incident = sides.record()
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    assert deliveries(sides, sealed) == {Delivery.WAITING}
    assert delivered.leaving(sides.reporter, sealed.bundle) == ()
    answer(sides, sealed, Verdict.ACCEPTED)
    assert deliveries(sides, sealed) == {Delivery.DELIVERED}
    (leaving,) = delivered.leaving(sides.reporter, sealed.bundle)
    assert leaving.incident == incident


def test_a_question_keeps_the_report_here_although_every_record_arrived(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    answer(sides, sealed, Verdict.QUESTION, "Is the date certain?")
    assert delivered.leaving(sides.reporter, sealed.bundle) == ()


def test_what_differs_at_the_receiver_is_a_question_on_that_record_until_it_is_sealed_again(
    sides: Sides,
) -> None:
    incident = sides.record()
    first = sides.seal(incident)
    sides.take_in(first, Doubt.UNKNOWN)
    here = store.get(sides.desk, Incident, incident)
    store.save(sides.desk, replace(here, title=LText.of("Ours")))
    mine = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(mine, title=LText.of("Mine, changed")))
    second = sides.seal(incident)
    sides.take_in(second, Doubt.UNKNOWN)
    answer(sides, second, Verdict.ACCEPTED)
    asked = [
        each
        for each in delivered.of_bundle(sides.reporter, second.bundle)
        if each.delivery is Delivery.QUESTION
    ]
    assert [each.record for each in asked] == [incident]
    assert not asked[0].sent_again
    assert delivered.leaving(sides.reporter, second.bundle) == ()
    store.save(
        sides.reporter,
        replace(store.get(sides.reporter, Incident, incident), title=LText.of("Answered")),
    )
    sides.seal(incident)
    again = {each.record: each for each in delivered.of_bundle(sides.reporter, second.bundle)}
    assert again[incident].sent_again


def test_a_report_that_changed_since_may_not_leave(sides: Sides) -> None:
    incident = sides.record()
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    answer(sides, sealed, Verdict.ACCEPTED)
    mine = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(mine, title=LText.of("More happened")))
    assert delivered.leaving(sides.reporter, sealed.bundle) == ()
    with pytest.raises(NotFound):
        delivered.remove(sides.reporter, sealed.bundle, incident)
    assert store.get(sides.reporter, Incident, incident)


def test_a_delivered_report_is_removed_and_can_be_brought_back(sides: Sides) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(4000))
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    answer(sides, sealed, Verdict.ACCEPTED)
    (leaving,) = delivered.leaving(sides.reporter, sealed.bundle)
    assert leaving.files == 1
    delivered.remove(sides.reporter, sealed.bundle, incident)
    with pytest.raises(NotFound):
        store.get(sides.reporter, Incident, incident)
    store.bring_back(sides.reporter, incident)
    assert store.get(sides.reporter, Incident, incident)


def test_evidence_whose_file_came_damaged_is_not_delivered_whatever_was_chosen(
    sides: Sides,
) -> None:
    incident = sides.record()
    digest = sides.attach(incident, os.urandom(4000))
    sealed = sides.seal(incident)
    sides.take_in(sealed, Doubt.UNKNOWN)
    with sides.desk.transaction() as tx:
        # as importing notes a file whose bytes are not what the manifest says
        tx.run(
            "INSERT INTO received_item VALUES (?, 99, '', 'file', 0, '', 'damaged', ?, 0)",
            sealed.bundle,
            f"evidence/{digest[:16]}-abcd.bin",
        )
    answer(sides, sealed, Verdict.ACCEPTED)
    assert Delivery.DAMAGED in deliveries(sides, sealed)
    assert delivered.leaving(sides.reporter, sealed.bundle) == ()
