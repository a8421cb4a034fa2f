"""Many bundles at once: each by itself, none half taken in, as many counted out as handed in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app import contacts, store
from app.bundles.ordering import gaps
from app.bundles.report import OrderState
from app.errors import CannotUndo, NotFound
from app.inbox import answering, gathering, looking, quarantine, receipts, taking, undoing
from app.inbox.importing import Doubt
from app.inbox.looking import Batch, Standing
from app.inbox.outcomes import Outcome
from app.inbox.statement import Verdict
from app.inbox.taking import Became, Done
from app.records import Incident
from app.records.values import LText
from app.storage import bundles as stored
from app.tasks import Step
from app.vault import Vault
from crypto.digest import sha256
from crypto.secret import Passphrase
from crypto.signing import SigningKey
from tests.app.bundles import forging
from tests.conftest import PASSPHRASE, at_noon
from tests.sides import Sides

NOBODY: frozenset[Doubt] = frozenset()


@dataclass
class Sender:
    """Somebody who seals one bundle after the other, as the program does."""

    desk: Vault
    folder: Path
    key: SigningKey
    series: str
    sequence: int = 0
    previous: str | None = None

    def seal(self, *incidents: Incident, revision: int = 1) -> Path:
        self.sequence += 1
        manifest = forging.hoopoe(
            series=self.series, sequence=self.sequence, previous=self.previous
        )
        path = forging.write(
            self.desk,
            self.folder / os.urandom(8).hex(),
            forging.payload(*(forging.line(each, revision) for each in incidents)),
            manifest=manifest,
            key=self.key,
        )
        (seen,) = looking.look_at(self.desk, [path]).files
        assert seen.inside is not None
        self.previous = seen.inside.digest
        return path


@pytest.fixture
def desk(new_vault: Callable[[str], Vault]) -> Vault:
    vault = new_vault("desk")
    contacts.make_own_card(vault, "Desk")
    return vault


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def sender(desk: Vault, stick: Path) -> Sender:
    key = SigningKey.generate()
    contacts.remember_sender(desk, key.verify_key.line(), "K.")
    return Sender(desk, stick, key, os.urandom(16).hex())


def report(title: str) -> Incident:
    return Incident(title=LText.of(title), narrative=LText.of("Two men came."))


def batch(desk: Vault, *places: Path) -> Batch:
    return looking.look_at(desk, gathering.files_in(places).files)


def take_in(desk: Vault, *places: Path, accepted: frozenset[Doubt] = NOBODY) -> Done:
    return taking.take_in(desk, batch(desk, *places), accepted=accepted)


def titles(desk: Vault) -> set[str]:
    return {each.title.text for each in store.every(desk, Incident)}


def hostile(path: Path, to: Path) -> Path:
    content = bytearray(path.read_bytes())
    content[-40] ^= 1
    to.write_bytes(content)
    return to


# --- a folder -------------------------------------------------------------------------------


def test_a_folder_is_looked_through_and_as_many_are_counted_out_as_were_in_it(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    paths = [sender.seal(report(f"Report {at}")) for at in range(3)]
    deep = stick / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "copy").write_bytes(paths[0].read_bytes())
    (stick / "list.txt").write_text("bread, milk")
    hostile(paths[1], stick / "cut")
    forging.write(desk, stick / "unsigned", forging.payload(forging.line(report("Unsigned"))))
    seen = batch(desk, stick)
    assert Counter(each.standing for each in seen.files) == {
        Standing.READY: 3,
        Standing.TWICE: 1,
        Standing.NO_BUNDLE: 1,
        Standing.HOSTILE: 1,
        Standing.DOUBTFUL: 1,
    }
    assert store.every(desk, Incident) == []
    done = taking.take_in(desk, seen, accepted=NOBODY)
    assert Counter(each.became for each in done.files) == {
        Became.TAKEN: 3,
        Became.SET_ASIDE: 1,
        Became.LEFT: 3,
    }
    assert len(done.files) == len(seen.files) == 7
    assert titles(desk) == {"Report 0", "Report 1", "Report 2"}


def test_links_in_a_folder_are_not_followed(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_bytes(b"x")
    (stick / "way").symlink_to(tmp_path / "outside")
    (stick / "file").symlink_to(tmp_path / "outside" / "secret")
    (stick / "round").symlink_to(stick)
    (stick / "one").write_bytes(b"x")
    assert [each.name for each in gathering.files_in([stick]).files] == ["one"]


def test_more_files_than_a_batch_takes_are_counted(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MAX_FILES", 2)
    for at in range(5):
        (stick / str(at)).write_bytes(b"x")
    found = gathering.files_in([stick])
    assert (len(found.files), found.left_out) == (2, 3)


# --- order and senders ----------------------------------------------------------------------


def test_bundles_are_taken_in_by_their_numbers_however_they_lie(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    first = report("Before")
    one, two = sender.seal(first), sender.seal(replace(first, title=LText.of("After")), revision=2)
    one.rename(stick / "z")
    two.rename(stick / "a")
    seen = batch(desk, stick)
    assert [each.inside.order.state for each in seen.files if each.inside] == [
        OrderState.FIRST,
        OrderState.NEXT,
    ]
    done = taking.take_in(desk, seen, accepted=NOBODY)
    assert [each.records for each in done.files] == [{Outcome.NEW: 1}, {Outcome.CHANGED: 1}]
    assert titles(desk) == {"After"}


def test_a_gap_closes_when_the_late_bundle_arrives(desk: Vault, sender: Sender) -> None:
    one, two, three = (sender.seal(report(str(at))) for at in range(3))
    take_in(desk, one, three)
    (gap,) = gaps(desk.database)
    assert (gap.after, gap.before, gap.missing) == (1, 3, 1)
    (late,) = batch(desk, two).files
    assert late.inside is not None
    assert late.inside.order.state is OrderState.LATE
    take_in(desk, two)
    assert gaps(desk.database) == ()


def test_what_is_missing_before_the_first_bundle_is_a_gap_too(desk: Vault, sender: Sender) -> None:
    sender.seal(report("Lost"))
    take_in(desk, sender.seal(report("Second")))
    (gap,) = gaps(desk.database)
    assert (gap.after, gap.before) == (0, 2)


def test_a_sender_who_began_to_count_anew_leaves_no_gap(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    take_in(desk, sender.seal(report("Before the copy")))
    again = Sender(desk, stick, sender.key, os.urandom(16).hex())
    (seen,) = batch(desk, again.seal(report("After the copy"))).files
    assert seen.inside is not None
    assert seen.inside.order.state is OrderState.NEW_SERIES
    take_in(desk, seen.path)
    assert gaps(desk.database) == ()


def test_two_bundles_with_one_number_are_each_looked_at_alone(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    sender.seal(report("One"))
    Sender(desk, stick, sender.key, sender.series).seal(report("Other"))
    assert sorted(each.standing for each in batch(desk, stick).files) == [
        Standing.ALONE,
        Standing.READY,
    ]
    done = take_in(desk, stick, accepted=frozenset(Doubt))
    assert Counter(each.became for each in done.files) == {Became.TAKEN: 1, Became.LEFT: 1}


def test_a_doubt_is_accepted_by_its_name_and_no_other_with_it(desk: Vault, stick: Path) -> None:
    forging.write(desk, stick / "1", forging.payload(forging.line(report("Unsigned"))))
    stranger = SigningKey.generate()
    forging.write(desk, stick / "2", forging.payload(forging.line(report("Strange"))), key=stranger)
    assert batch(desk, stick).doubts() == {Doubt.UNSIGNED: 1, Doubt.UNKNOWN: 1}
    take_in(desk, stick, accepted=frozenset({Doubt.UNSIGNED}))
    assert titles(desk) == {"Unsigned"}


# --- being broken off -----------------------------------------------------------------------


def test_being_stopped_leaves_whole_bundles_and_goes_on_where_it_was(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    for at in range(4):
        sender.seal(report(str(at)))
    seen = batch(desk, stick)

    def stop(step: Step) -> None:
        if step.done == 2:
            raise taking.Cancelled

    done = taking.take_in(desk, seen, accepted=NOBODY, progress=stop)
    assert [each.became for each in done.files] == [Became.TAKEN] * 2 + [Became.NOT_REACHED] * 2
    left = taking.unfinished(desk)
    assert left is not None
    assert set(left.paths) == {each.path for each in seen.files}
    again = take_in(desk, *left.paths, accepted=left.accepted)
    assert Counter(each.became for each in again.files) == {Became.LEFT: 2, Became.TAKEN: 2}
    assert taking.unfinished(desk) is None
    assert len(titles(desk)) == 4


def test_a_file_that_became_another_one_meanwhile_is_not_taken_in(
    desk: Vault, sender: Sender
) -> None:
    one, two = sender.seal(report("One")), sender.seal(report("Two"))
    seen = batch(desk, one)
    one.write_bytes(two.read_bytes())
    (done,) = taking.take_in(desk, seen, accepted=NOBODY).files
    assert done.became is Became.FAILED
    assert titles(desk) == set()


def test_a_stick_that_was_pulled_out_fails_its_files_and_nothing_else(
    desk: Vault, sender: Sender
) -> None:
    one, two = sender.seal(report("One")), sender.seal(report("Two"))
    seen = batch(desk, one, two)
    one.unlink()
    done = taking.take_in(desk, seen, accepted=NOBODY)
    assert [each.became for each in done.files] == [Became.FAILED, Became.TAKEN]


def test_what_finds_reports_has_followed_when_a_batch_is_done(
    desk: Vault, sender: Sender, stick: Path
) -> None:
    for at in range(3):
        sender.seal(report(f"Letter {at}"))
    take_in(desk, stick)
    assert desk.database.rows("SELECT * FROM stale") == []
    assert len(store.search(desk, "Letter")) == 3
    assert desk.check().findings == ()


# --- what was set aside ---------------------------------------------------------------------


def test_what_is_hostile_is_kept_sealed_as_it_came_and_can_be_given_on_or_deleted(
    desk: Vault, sender: Sender, stick: Path, tmp_path: Path
) -> None:
    bad = hostile(sender.seal(report("One")), stick / "bad")
    content = bad.read_bytes()
    take_in(desk, bad)
    bad.unlink()
    (kept,) = quarantine.every(desk)
    assert (kept.file.reason, kept.file.sha256) == ("bundle_damaged", sha256(content).hex())
    out = tmp_path / "out"
    out.mkdir()
    written = quarantine.export(desk, kept.file.id, folder=out)
    assert written.read_bytes() == content
    quarantine.delete(desk, kept.file.id)
    assert quarantine.every(desk) == ()
    assert desk.database.rows("SELECT count(*) FROM set_aside_piece") == [(0,)]


def test_the_same_hostile_file_is_kept_once(desk: Vault, sender: Sender, stick: Path) -> None:
    bad = hostile(sender.seal(report("One")), stick / "bad")
    (stick / "again").write_bytes(bad.read_bytes())
    take_in(desk, bad, stick / "again")
    take_in(desk, bad)
    assert len(quarantine.every(desk)) == 1


def test_of_a_large_hostile_file_the_name_is_kept_and_the_bytes_stay_where_they_are(
    desk: Vault, sender: Sender, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MAX_KEPT_BYTES", 1000)
    take_in(desk, hostile(sender.seal(report("One")), stick / "bad"))
    (kept,) = quarantine.every(desk)
    assert not kept.file.kept
    with pytest.raises(NotFound):
        quarantine.export(desk, kept.file.id, folder=stick)


# --- undoing --------------------------------------------------------------------------------


def test_undoing_takes_out_what_was_new_and_it_can_be_taken_in_again(
    desk: Vault, sender: Sender
) -> None:
    path = sender.seal(report("One"), report("Two"))
    (done,) = take_in(desk, path).files
    assert undoing.what_stands_on(desk, done.bundle) == frozenset()
    undoing.undo(desk, done.bundle)
    assert titles(desk) == set()
    assert stored.all_received(desk.database) == []
    (again,) = take_in(desk, path).files
    assert again.records == {Outcome.NEW: 2}
    assert titles(desk) == {"One", "Two"}
    assert desk.check().findings == ()


def test_undoing_puts_back_what_was_changed_and_its_sender_can_go_on(
    desk: Vault, sender: Sender
) -> None:
    first = report("Before")
    take_in(desk, sender.seal(first))
    path = sender.seal(replace(first, title=LText.of("After")), revision=2)
    (done,) = take_in(desk, path).files
    undoing.undo(desk, done.bundle)
    assert titles(desk) == {"Before"}
    (again,) = take_in(desk, path).files
    assert again.records == {Outcome.CHANGED: 1}
    assert titles(desk) == {"After"}


def test_evidence_comes_and_goes_with_its_bundle(sides: Sides) -> None:
    incident = sides.record("With a photo")
    sides.attach(incident, os.urandom(5000))
    sealed = sides.seal(incident)
    for _ in range(2):
        done = sides.take_in(sealed, Doubt.UNKNOWN)
        assert done.complete
        undoing.undo(sides.desk, done.bundle)
        assert store.every(sides.desk, Incident) == []
    assert sides.take_in(sealed, Doubt.UNKNOWN).complete
    assert [each for each in sides.desk.check().findings if each.look != "derived"] == []


@pytest.mark.parametrize("stands", ["answered", "changed_since", "being_typed", "came_again"])
def test_what_stands_on_a_bundle_keeps_it(desk: Vault, sender: Sender, stands: str) -> None:
    first = report("One")
    path = sender.seal(first)
    (done,) = take_in(desk, path).files
    kept = store.get(desk, Incident, first.id)
    match stands:
        case "answered":
            with desk.transaction() as tx:
                tx.run("UPDATE received_bundle SET reply = ?", _own_recipient(desk))
            receipts.make(desk, done.bundle, folder=sender.folder, verdict=Verdict.ACCEPTED)
        case "changed_since":
            store.save(desk, replace(kept, title=LText.of("Mine now")))
        case "being_typed":
            store.keep_draft(desk, replace(kept, title=LText.of("Mine soon")))
        case _:
            take_in(desk, sender.seal(first))
    with pytest.raises(CannotUndo) as refused:
        undoing.undo(desk, done.bundle)
    assert refused.value.reasons == (stands,)
    assert len(store.every(desk, Incident)) == 1


def test_a_removal_by_a_person_is_still_not_undone_by_a_bundle(desk: Vault, sender: Sender) -> None:
    first = report("One")
    take_in(desk, sender.seal(first))
    store.remove(desk, first.id, why="asked by the person")
    (again,) = take_in(desk, sender.seal(first, revision=2)).files
    assert again.records == {Outcome.CONFLICT: 1}


def test_a_batch_that_was_killed_is_known_after_opening_again(
    tmp_path: Path, new_vault: Callable[[str], Vault]
) -> None:
    made = new_vault("killed")
    taking._note(made, taking.Unfinished(paths=(tmp_path / "x",), accepted=NOBODY))
    made.close()
    with Vault.open(tmp_path / "killed", Passphrase.of(PASSPHRASE), clock=at_noon) as again:
        left = taking.unfinished(again)
        assert left is not None
        assert left.paths == (tmp_path / "x",)
        taking.forget(again)
        assert taking.unfinished(again) is None


def _own_recipient(desk: Vault) -> str:
    card = contacts.own_card(desk)
    assert card is not None
    return card.recipient


def test_what_came_whole_is_answered_at_once_and_nothing_twice(sides: Sides) -> None:
    sealed = [sides.seal(sides.record(title)) for title in ("One", "Two")]
    done = [sides.take_in(each, Doubt.UNKNOWN).bundle for each in sealed]
    with sides.desk.transaction() as tx:
        tx.run("UPDATE received_item SET verdict = 'question' WHERE bundle = ?", done[1])
    found = answering.answerable(sides.desk, done)
    assert (found.whole, found.by_hand) == ((done[0],), (done[1],))
    made = answering.make_all(sides.desk, done, folder=sides.folder)
    assert len(made.paths) == 1
    assert answering.answerable(sides.desk, done).answered == 1
    assert answering.make_all(sides.desk, done, folder=sides.folder).paths == ()
