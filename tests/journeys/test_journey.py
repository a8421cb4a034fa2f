"""The whole way of the twelve incidents: record, seal, carry, open, take in, answer."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app import courier, evidence, incidents, released, samples, store
from app.bundles import opening, sealing, sent
from app.bundles.choosing import Reason
from app.bundles.sealing import Order, Sealed, SealPlan
from app.courier import Condition
from app.inbox import importing, receipts
from app.inbox.importing import Doubt, Imported, Outcome
from app.inbox.statement import Verdict
from app.incidents import State
from app.records import EvidenceItem, Incident
from app.records.codec import encode
from app.records.ids import IncidentId
from app.storage import records as heads
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.conftest import at_noon
from tests.sides import Sides, bodies, meet

SIZES = (0, 1, 65_536, 65_537, 300_000, 1_048_577)
"""Of evidence: nothing, a byte, an edge of a chunk, a byte more, several batches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelled:
    """Two sides after the journey of everything; SHA-256 of each evidence item's content."""

    sides: Sides
    plan: SealPlan
    sealed: Sealed
    copy: Path
    imported: Imported
    contents: dict[str, str]


@pytest.fixture(scope="module")
def travelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Travelled]:
    """Made once: what is looked at afterwards changes nothing that another test looks at."""
    folder = tmp_path_factory.mktemp("journey")
    with (
        Vault.create(folder / "1", Passphrase.of("one"), cost=FLOOR, clock=at_noon) as reporter,
        Vault.create(folder / "2", Passphrase.of("two"), cost=FLOOR, clock=at_noon) as desk,
    ):
        yield travel(meet(reporter, desk, folder / "out"), folder)


def travel(sides: Sides, tmp_path: Path) -> Travelled:
    chosen, contents = record_all(sides.reporter, tmp_path)
    order = Order(incidents=tuple(chosen), receiver=sides.receiver.id)
    sides.assess(*chosen)
    plan = sealing.plan(sides.reporter, order)
    sealed = sealing.seal(sides.reporter, plan, folder=sides.folder)
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = courier.copy(sealed.path, to=stick).path
    intended = importing.plan_import(sides.desk, opening.open_bundle(sides.desk, copy))
    imported = importing.apply(sides.desk, copy, intended, accepted=frozenset({Doubt.UNKNOWN}))
    return Travelled(
        sides=sides, plan=plan, sealed=sealed, copy=copy, imported=imported, contents=contents
    )


def record_all(vault: Vault, folder: Path) -> tuple[list[IncidentId], dict[str, str]]:
    """The twelve incidents with an evidence file for each item they describe."""
    chance = random.Random(12)
    chosen: list[IncidentId] = []
    contents: dict[str, str] = {}
    for case in samples.all_cases():
        for record in (*case.records, case.incident):
            store.save(vault, record)
        chosen.append(IncidentId(case.incident.id))
        for number, told in enumerate(case.evidence):
            content = chance.randbytes(SIZES[(len(contents) + number) % len(SIZES)])
            source = folder / f"صورة {case.ref} 林 é.jpg"
            source.write_bytes(content)
            item = evidence.take_in(
                vault,
                source,
                about=case.incident.id,
                evidence_type=told.evidence_type.key,
                title=told.title,
                description=told.description,
            )
            released.as_it_is(vault, item.id, seen=released.look(vault, item.id))
            contents[item.id] = hashlib.sha256(content).hexdigest()
    return chosen, contents


def test_every_record_arrives_with_the_same_bytes(travelled: Travelled) -> None:
    sides, plan = travelled.sides, travelled.plan
    ids = [each.id for each in plan.records]
    assert len(store.every(sides.desk, Incident)) == 12
    assert travelled.imported.complete
    assert {each.outcome for each in travelled.imported.records} == {Outcome.NEW}
    assert sorted(each.sealed.id for each in travelled.imported.records) == sorted(ids)
    arrived = bodies(sides.desk, ids)
    assert arrived == {each.id: encode(each).body.decode() for each in plan.records}
    for each in travelled.imported.records:
        assert hashlib.sha256(arrived[each.sealed.id].encode()).hexdigest() == each.sealed.digest


def test_every_script_of_the_samples_went_along(travelled: Travelled) -> None:
    text = "".join(
        bodies(travelled.sides.desk, [each.id for each in travelled.plan.records]).values()
    )
    for first, last in (("؀", "ۿ"), ("一", "鿿"), ("Ѐ", "ӿ"), ("À", "ÿ")):
        assert any(first <= letter <= last for letter in text), (first, last)


def test_every_byte_of_evidence_arrives(travelled: Travelled) -> None:
    desk = travelled.sides.desk
    # the public record of a committee is a reference: it has no file
    arrived = [each for each in store.every(desk, EvidenceItem) if each.sha256]
    assert {each.id for each in arrived} == set(travelled.contents)
    assert travelled.imported.evidence == len(travelled.contents)
    for item in arrived:
        with evidence.reader(desk, item.id) as reader:
            content = reader.read()
        assert hashlib.sha256(content).hexdigest() == travelled.contents[item.id] == item.sha256
        assert evidence.custody_is_whole(desk, item.id)
    assert desk.check().whole


def test_who_did_not_agree_stays_at_home(travelled: Travelled) -> None:
    stayed = travelled.plan.withheld
    assert stayed
    assert {each.reason for each in stayed} <= set(Reason)
    for each in stayed:
        assert heads.head(travelled.sides.desk.database, each.record.id) is None


def test_no_file_name_of_the_reporter_arrives(travelled: Travelled) -> None:
    rows = travelled.sides.desk.database.rows("SELECT body || local FROM record")
    assert "صورة" not in str(rows)


def test_the_courier_vouches_for_the_copy_without_a_key(travelled: Travelled) -> None:
    seen = courier.verify(travelled.copy)
    assert (seen.condition, seen.sha256) == (Condition.UNDAMAGED, travelled.sealed.sha256)
    assert travelled.copy.read_bytes() == travelled.sealed.path.read_bytes()


def test_the_receipt_shows_on_all_twelve_incidents(travelled: Travelled, tmp_path: Path) -> None:
    sides, sealed = travelled.sides, travelled.sealed
    made = receipts.make(
        sides.desk, sealed.bundle, folder=tmp_path, verdict=Verdict.ACCEPTED, message="谢谢"
    )
    receipts.take_in(sides.reporter, opening.open_bundle(sides.reporter, made.path))
    rows = incidents.rows(sides.reporter)
    assert [(row.state, row.verdict) for row in rows] == [(State.ANSWERED, "accepted")] * 12
    shown = sent.get(sides.reporter, sealed.bundle)
    assert (shown.verdict, shown.message, shown.changed) == ("accepted", "谢谢", False)
    assert (len(shown.incidents), shown.evidence) == (
        12,
        len(travelled.contents) + 1,  # with the reference to a public record
    )


def test_nothing_is_left_beside_the_bundle_and_the_vault_files(travelled: Travelled) -> None:
    sides = travelled.sides
    assert [each.name for each in sides.folder.iterdir()] == [travelled.sealed.path.name]
    assert [each.name for each in travelled.copy.parent.iterdir()] == [travelled.copy.name]
    held = [each.name for each in (sides.desk.folder / "files").iterdir()]
    assert len(held) == len(travelled.contents)
    assert {each.suffix for each in sides.desk.folder.iterdir()} <= {"", ".dat", ".dat-wal"}
