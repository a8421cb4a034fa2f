"""A receipt is believed only from whom the bundle was sealed to, and only once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import contacts, incidents
from app.bundles import opening, sent
from app.errors import BadReceipt, NoOwnCard, NoReply, NotFound, NotThere, Refused
from app.inbox import receipts, statement
from app.inbox.importing import Doubt
from app.inbox.statement import Verdict
from app.incidents import State
from app.vault import Vault
from tests.sides import Sides, meet


def answered(sides: Sides, verdict: Verdict = Verdict.ACCEPTED) -> tuple[str, Path]:
    """A bundle that was sealed and taken in, and the receipt's file."""
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    made = receipts.make(
        sides.desk, sealed.bundle, folder=sides.folder, verdict=verdict, message="We have it. شكرا"
    )
    return sealed.bundle, made.path


def test_a_receipt_comes_back_and_shows_on_the_record(sides: Sides) -> None:
    bundle, path = answered(sides)
    taken = receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, path))
    assert (taken.bundle, taken.verdict) == (bundle, Verdict.ACCEPTED)
    assert (taken.signer, taken.message) == ("Human Rights Desk", "We have it. شكرا")
    (row,) = incidents.rows(sides.reporter)
    assert (row.state, row.verdict) == (State.ANSWERED, "accepted")
    assert [each.bundle for each in receipts.received(sides.reporter)] == [bundle]
    assert [each.bundle for each in receipts.made(sides.desk)] == [bundle]


def test_a_receipt_is_taken_in_once(sides: Sides) -> None:
    _, path = answered(sides)
    opened = opening.open_bundle(sides.reporter, path)
    receipts.take_in(sides.reporter, opened)
    with pytest.raises(Refused) as refused:
        receipts.take_in(sides.reporter, opened)
    assert refused.value.reasons == ("replay",)


def test_a_receipt_by_another_known_organisation_is_refused(
    sides: Sides, new_vault: object
) -> None:
    assert callable(new_vault)
    other: Vault = new_vault("other")
    meet(sides.reporter, other, sides.folder, "Other Desk")
    sealed = sides.seal(sides.record())
    # the bundle is passed on in clear among friends, and the wrong desk answers for it
    sides.take_in(sealed, Doubt.UNKNOWN)
    _copy_received(sides.desk, other)
    made = receipts.make(other, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    with pytest.raises(Refused) as refused:
        receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    assert refused.value.reasons == ("other_receiver",)


def test_a_receipt_by_an_unknown_key_is_refused(sides: Sides) -> None:
    _, path = answered(sides)
    contacts.remove(sides.reporter, sides.receiver.id)
    with pytest.raises(Refused) as refused:
        receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, path))
    assert refused.value.reasons == ("unknown",)


def test_a_report_is_not_a_receipt(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    with pytest.raises(Refused) as refused:
        receipts.take_in(sides.desk, sides.open(sealed))
    assert refused.value.reasons == ("kind",)


def test_a_receipt_cannot_be_imported_as_records(sides: Sides) -> None:
    from app.inbox import importing

    _, path = answered(sides)
    opened = opening.open_bundle(sides.reporter, path)
    plan = importing.plan_import(sides.reporter, opened)
    assert Doubt.KIND in plan.doubts


def test_a_receipt_for_a_bundle_nobody_sealed_here_is_refused(sides: Sides) -> None:
    _, path = answered(sides)
    opened = opening.open_bundle(sides.reporter, path)
    with sides.reporter.transaction() as tx:
        tx.run("DELETE FROM sealed_revision")
        tx.run("DELETE FROM sealed_bundle")
    with pytest.raises(NotFound):
        receipts.take_in(sides.reporter, opened)


def test_no_receipt_without_a_bundle_a_reply_or_a_card(sides: Sides, vault: Vault) -> None:
    with pytest.raises(NotFound):
        receipts.make(vault, "0" * 32, folder=sides.folder, verdict=Verdict.ACCEPTED)
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    with sides.desk.transaction() as tx:
        tx.run("UPDATE own_identity SET retired = 1")
    with pytest.raises(NoOwnCard):
        receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)
    with sides.desk.transaction() as tx:
        tx.run("UPDATE received_bundle SET reply = ''")
    with pytest.raises(NoReply):
        receipts.make(sides.desk, sealed.bundle, folder=sides.folder, verdict=Verdict.ACCEPTED)


def test_a_receipt_that_cannot_be_written_is_not_remembered(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    sides.take_in(sealed, Doubt.UNKNOWN)
    with pytest.raises(NotThere):
        receipts.make(
            sides.desk, sealed.bundle, folder=sides.folder / "gone", verdict=Verdict.ACCEPTED
        )
    with pytest.raises(BadReceipt):
        receipts.make(
            sides.desk,
            sealed.bundle,
            folder=sides.folder,
            verdict=Verdict.ACCEPTED,
            message="x" * 5000,
        )
    assert receipts.made(sides.desk) == []


GOOD: dict[str, object] = {
    "bundle": "a" * 32,
    "manifest": "b" * 64,
    "verdict": "accepted",
    "day": "2026-03-14",
    "records": [{"id": "c" * 32, "revision": 1, "digest": "d" * 64, "verdict": "question"}],
    "message": "",
}


def test_a_statement_reads_back_as_it_was_written() -> None:
    read = statement.read(json.dumps(GOOD).encode())
    assert statement.read(read.marshal()) == read


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("bundle", "A" * 32),
        ("bundle", 5),
        ("manifest", ""),
        ("verdict", "fine"),
        ("day", "2026-13-14"),
        ("day", "20260314"),
        ("day", None),
        ("records", {}),
        ("records", [1]),
        ("records", [{"id": "c" * 32}]),
        ("records", [{"id": "c" * 32, "revision": 0, "digest": "d" * 64, "verdict": "accepted"}]),
        (
            "records",
            [{"id": "c" * 32, "revision": True, "digest": "d" * 64, "verdict": "accepted"}],
        ),
        ("message", 7),
        ("message", "x" * 4001),
        ("extra", 1),
    ],
)
def test_a_statement_that_breaks_a_rule_is_refused(member: str, value: object) -> None:
    with pytest.raises(BadReceipt):
        statement.read(json.dumps(GOOD | {member: value}).encode())


def test_what_is_no_json_is_no_statement() -> None:
    with pytest.raises(BadReceipt):
        statement.read(b'{"bundle": 1, "bundle": 2}')


def _copy_received(source: Vault, target: Vault) -> None:
    rows = source.database.rows("SELECT * FROM received_bundle")
    with target.transaction() as tx:
        for row in rows:
            marks = ", ".join("?" for _ in row)
            tx.run(f"INSERT INTO received_bundle VALUES ({marks})", *row)


def test_a_receipt_answers_only_for_what_its_receiver_got(sides: Sides) -> None:
    _, path = answered(sides)
    opened = opening.open_bundle(sides.reporter, path)
    with sides.reporter.transaction() as tx:
        tx.run("UPDATE sealed_revision SET number = number + 1")
    with pytest.raises(BadReceipt) as refused:
        receipts.take_in(sides.reporter, opened)
    assert refused.value.member == "records"


def test_a_receipt_held_back_on_its_way_is_not_the_last_word(sides: Sides) -> None:
    bundle, old = answered(sides)
    later = receipts.make(sides.desk, bundle, folder=sides.folder, verdict=Verdict.QUESTION)
    for path in (later.path, old):
        receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, path))
    with sides.reporter.transaction() as tx:
        tx.run("UPDATE receipt SET day = '2026-03-15' WHERE id = ?", later.receipt)
        tx.run("UPDATE receipt SET at = '2026-03-20T00:00:00Z' WHERE id <> ?", later.receipt)
    assert sent.get(sides.reporter, bundle).verdict == "question"
    assert incidents.rows(sides.reporter)[0].state is State.ANSWERED
