"""Whose word counts when a bundle is taken in: what it may change here, and what it may not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from app import contacts, evidence, files, store
from app.bundles import opening
from app.bundles.packing import Payload
from app.bundles.reading import EVIDENCE_FOLDER
from app.bundles.report import SealedRecord
from app.errors import NoRoom, NotFound, Refused
from app.inbox import arrived, importing
from app.inbox.importing import Doubt, Imported, Outcome
from app.records import CustodyEvent, EvidenceItem, Incident, Person
from app.records.evidence_item import EvidenceLink
from app.records.ids import EvidenceItemId, RecordId
from app.records.values import LText, TermRef
from app.vault import Vault
from crypto.digest import sha256
from crypto.signing import SigningKey
from tests.app.bundles import forging
from tests.sides import Sides, new_incident

KEY = SigningKey.generate()
EVERYTHING = frozenset(Doubt)


@pytest.fixture
def desk(new_vault: Callable[[str], Vault]) -> Vault:
    vault = new_vault("desk")
    contacts.make_own_card(vault, "Desk")
    return vault


def send(desk: Vault, folder: Path, *records: SealedRecord, key: SigningKey | None = KEY) -> Path:
    return forging.write(desk, folder / os.urandom(8).hex(), forging.payload(*records), key=key)


def take_in(desk: Vault, path: Path) -> Imported:
    plan = importing.plan_import(desk, opening.open_bundle(desk, path))
    return importing.apply(desk, path, plan, accepted=EVERYTHING)


def outcomes(done: Imported) -> list[Outcome]:
    return [each.outcome for each in done.records]


def photograph(content: bytes, **more: object) -> EvidenceItem:
    item = EvidenceItem(
        title=LText.of("A photograph"),
        evidence_type=TermRef(list="evidence_type", key="photograph"),
        sha256=sha256(content).hex(),
        size=len(content),
    )
    return replace(item, **more)  # type: ignore[arg-type]


def with_file(content: bytes, *records: SealedRecord) -> list[Payload]:
    name = f"{EVIDENCE_FOLDER}{sha256(content).hex()[:16]}-file.bin"
    return [*forging.payload(*records), Payload.of(name, content)]


# --- what is here already -------------------------------------------------------------------


def test_what_was_removed_here_is_not_brought_back_by_a_bundle(desk: Vault, tmp_path: Path) -> None:
    mine = new_incident(desk, "Mine")
    sent = forging.line(store.get(desk, Incident, mine.id))
    store.remove(desk, mine.id, why="asked by the person")
    done = take_in(desk, send(desk, tmp_path, sent))
    assert outcomes(done) == [Outcome.CONFLICT]
    with pytest.raises(NotFound):
        store.get(desk, Incident, mine.id)


def test_an_unchanged_record_of_ones_own_stays_ones_own(desk: Vault, tmp_path: Path) -> None:
    mine = store.get(desk, Incident, new_incident(desk, "Mine").id)
    assert outcomes(take_in(desk, send(desk, tmp_path, forging.line(mine)))) == [Outcome.SAME]
    theirs = replace(mine, title=LText.of("Theirs"))
    done = take_in(desk, send(desk, tmp_path, forging.line(theirs, 7)))
    assert outcomes(done) == [Outcome.CONFLICT]
    assert store.get(desk, Incident, mine.id).title.text == "Mine"


def test_a_record_of_another_kind_under_a_known_id_stops_no_other(
    desk: Vault, tmp_path: Path
) -> None:
    first = Incident(title=LText.of("First"))
    take_in(desk, send(desk, tmp_path, forging.line(first)))
    other, fine = Person(id=first.id), Incident(title=LText.of("Second"))
    done = take_in(desk, send(desk, tmp_path, forging.line(other, 2), forging.line(fine)))
    assert outcomes(done) == [Outcome.CONFLICT, Outcome.NEW]
    assert store.get(desk, Incident, first.id).title.text == "First"


def test_an_older_revision_that_arrives_late_replaces_nothing(desk: Vault, tmp_path: Path) -> None:
    newer = Incident(title=LText.of("Newer"))
    take_in(desk, send(desk, tmp_path, forging.line(newer, 5)))
    older = replace(newer, title=LText.of("Older"))
    assert outcomes(take_in(desk, send(desk, tmp_path, forging.line(older, 4)))) == [
        Outcome.CONFLICT
    ]


def test_one_bundle_is_taken_in_once_though_it_was_opened_twice(sides: Sides) -> None:
    sealed = sides.seal(sides.record())
    plans = [importing.plan_import(sides.desk, sides.open(sealed)) for _ in range(2)]
    importing.apply(sides.desk, sealed.path, plans[0], accepted=EVERYTHING)
    with pytest.raises(Refused) as refused:
        importing.apply(sides.desk, sealed.path, plans[1], accepted=EVERYTHING)
    assert refused.value.reasons == (Doubt.REPLAY.value,)


def test_an_incident_that_was_not_taken_in_is_not_shown_as_arrived(
    desk: Vault, tmp_path: Path
) -> None:
    mine = new_incident(desk, "Mine")
    theirs = replace(mine, title=LText.of("Theirs"))
    done = take_in(desk, send(desk, tmp_path, forging.line(theirs)))
    assert arrived.get(desk, done.bundle).incidents == ()


# --- evidence and custody -------------------------------------------------------------------


def test_an_evidence_record_cannot_be_turned_to_another_file(desk: Vault, tmp_path: Path) -> None:
    first, second = os.urandom(1000), os.urandom(1000)
    item = photograph(first)
    take_in(
        desk, forging.write(desk, tmp_path / "1", with_file(first, forging.line(item)), key=KEY)
    )
    turned = replace(item, sha256=sha256(second).hex())
    path = forging.write(desk, tmp_path / "2", with_file(second, forging.line(turned, 2)), key=KEY)
    assert outcomes(take_in(desk, path)) == [Outcome.CONFLICT]
    assert store.get(desk, EvidenceItem, item.id).sha256 == sha256(first).hex()
    evidence.verify(desk, item.id)


def test_an_evidence_record_whose_words_change_keeps_its_file(desk: Vault, tmp_path: Path) -> None:
    content = os.urandom(1000)
    item = photograph(content)
    lines = with_file(content, forging.line(item))
    take_in(desk, forging.write(desk, tmp_path / "1", lines, key=KEY))
    said = replace(item, description=LText.of("At the gate"))
    assert outcomes(take_in(desk, send(desk, tmp_path, forging.line(said, 2)))) == [Outcome.CHANGED]
    evidence.verify(desk, item.id)


def test_files_that_no_record_names_are_not_kept(desk: Vault, tmp_path: Path) -> None:
    content = os.urandom(1000)
    path = forging.write(
        desk, tmp_path / "b", with_file(content, forging.line(Incident())), key=KEY
    )
    done = take_in(desk, path)
    assert (done.evidence, list(desk.files.folder.iterdir())) == (0, [])


def test_a_file_that_is_here_already_is_not_stored_again(sides: Sides) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(1000))
    sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    before = set(sides.desk.files.folder.iterdir())
    kept = store.get(sides.reporter, Incident, incident)
    store.save(sides.reporter, replace(kept, summary=LText.of("More")))
    done = sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    assert (done.evidence, set(sides.desk.files.folder.iterdir())) == (0, before)


def test_two_records_of_one_content_each_get_a_file(desk: Vault, tmp_path: Path) -> None:
    content = os.urandom(1000)
    one, two = photograph(content), photograph(content)
    files = [
        *forging.payload(forging.line(one), forging.line(two)),
        *(Payload.of(f"{EVIDENCE_FOLDER}{name}.bin", content) for name in ("a", "b", "c")),
    ]
    done = take_in(desk, forging.write(desk, tmp_path / "b", files, key=KEY))
    assert done.evidence == 2
    assert len(list(desk.files.folder.iterdir())) == 2
    for item in (one, two):
        evidence.verify(desk, item.id)


def test_a_taking_in_that_fails_leaves_no_file_behind(desk: Vault, tmp_path: Path) -> None:
    content = os.urandom(1000)
    lines = with_file(content, forging.line(photograph(content)))
    path = forging.write(desk, tmp_path / "b", lines, key=KEY)
    plan = importing.plan_import(desk, opening.open_bundle(desk, path))
    with desk.transaction() as tx:
        tx.run(
            "CREATE TRIGGER full BEFORE INSERT ON received_bundle "
            "BEGIN SELECT RAISE(FAIL, 'full'); END"
        )
    with pytest.raises(Exception, match="full"):
        importing.apply(desk, path, plan, accepted=EVERYTHING)
    assert list(desk.files.folder.iterdir()) == []
    assert desk.database.rows("SELECT * FROM pending") == []
    assert store.every(desk, EvidenceItem) == []


def test_evidence_that_cannot_fit_is_refused_before_anything_is_stored(
    sides: Sides, tmp_path: Path
) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(1000))
    sealed = sides.seal(incident)
    opened = sides.open(sealed)
    (file,) = opened.evidence
    huge = replace(opened, evidence=(replace(file, size=files.free_space(tmp_path) * 2),))
    plan = importing.plan_import(sides.desk, huge)
    with pytest.raises(NoRoom):
        importing.apply(sides.desk, sealed.path, plan, accepted=EVERYTHING)
    assert store.every(sides.desk, Incident) == []


def test_nobody_writes_into_the_custody_chain_of_anothers_evidence(
    desk: Vault, tmp_path: Path
) -> None:
    (tmp_path / "mine.bin").write_bytes(b"content")
    mine = new_incident(desk, "Mine")
    item = evidence.take_in(desk, tmp_path / "mine.bin", about=mine.id, evidence_type="photograph")
    forged = CustodyEvent(evidence=EvidenceItemId(item.id), action=evidence.DESTROYED)
    for key in (KEY, None):
        done = take_in(desk, send(desk, tmp_path, forging.line(forged), key=key))
        assert outcomes(done) == [Outcome.CONFLICT]
    assert evidence.custody_is_whole(desk, item.id)


def test_custody_that_goes_on_at_both_sides_is_whole_and_a_missing_event_shows(
    sides: Sides, tmp_path: Path
) -> None:
    incident = sides.record()
    sides.attach(incident, os.urandom(1000))
    (item,) = store.every(sides.reporter, EvidenceItem)
    sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    evidence.export(sides.desk, item.id, to=tmp_path / "theirs")
    evidence.export(sides.reporter, item.id, to=tmp_path / "mine")
    done = sides.take_in(sides.seal(incident), Doubt.UNKNOWN)
    assert done.complete
    actions = [str(each.action) for each in evidence.custody(sides.desk, item.id)]
    assert actions == [
        f"custody_action:{action}"
        for action in ("imported", "unsealed", "received", "exported", "exported")
    ]
    assert evidence.custody_is_whole(sides.desk, item.id)
    first = evidence.custody(sides.desk, item.id)[0]
    store.remove(sides.desk, RecordId(first.id), why="a gap")
    assert not evidence.custody_is_whole(sides.desk, item.id)


def test_custody_in_an_unsigned_bundle_counts_with_its_own_evidence(
    desk: Vault, tmp_path: Path
) -> None:
    content = os.urandom(100)
    item = photograph(content, links=(EvidenceLink(),))
    event = CustodyEvent(evidence=EvidenceItemId(item.id), action=evidence.IMPORTED)
    lost = CustodyEvent(action=evidence.IMPORTED)
    lines = with_file(content, forging.line(item), forging.line(event), forging.line(lost))
    done = take_in(desk, forging.write(desk, tmp_path / "b", lines))
    assert outcomes(done) == [Outcome.NEW] * 3
    assert evidence.custody(desk, item.id)[0].id == event.id


def test_an_export_that_cannot_be_noted_does_not_leave(desk: Vault, tmp_path: Path) -> None:
    (tmp_path / "mine.bin").write_bytes(b"content")
    mine = new_incident(desk, "Mine")
    item = evidence.take_in(desk, tmp_path / "mine.bin", about=mine.id, evidence_type="photograph")
    with desk.transaction() as tx:
        tx.run(
            "CREATE TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(FAIL, 'full'); END"
        )
    with pytest.raises(Exception, match="full"):
        evidence.export(desk, item.id, to=tmp_path / "copy.bin")
    assert not (tmp_path / "copy.bin").exists()
    assert list(tmp_path.glob("*.part")) == []


def test_the_content_of_a_removed_item_can_still_be_destroyed(desk: Vault, tmp_path: Path) -> None:
    (tmp_path / "mine.bin").write_bytes(b"content")
    mine = new_incident(desk, "Mine")
    item = evidence.take_in(desk, tmp_path / "mine.bin", about=mine.id, evidence_type="photograph")
    evidence.remove(desk, item.id, why="wrong case")
    evidence.destroy(desk, item.id, why="asked by the person")
    assert list(desk.files.folder.iterdir()) == []
    assert not evidence.has_file(desk, item.id)


def test_a_file_whose_name_is_no_text_is_taken_in_all_the_same(desk: Vault, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/scan\xe9.bin"))
    path.write_bytes(b"content")
    mine = new_incident(desk, "Mine")
    item = evidence.take_in(desk, path, about=mine.id, evidence_type="photograph")
    assert item.original_filename == "scan\\udce9.bin"
