"""Many bundles, as somebody at a desk brings them: a stick looked through, taken in, undone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app import store
from app.inbox import arrived, quarantine, taking
from app.records import Incident
from app.settings import Role
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import ask, go, opened, press, settle, shown
from tools.scenes import Scene
from ui.pages.arrival import ArrivalPage
from ui.pages.batch import BatchPage
from ui.widgets.choosing import Tick
from ui.widgets.entry import Entry


@pytest.fixture
def brought(scene: Scene, tmp_path: Path) -> Path:
    """A stick with a good bundle, one that is not signed, a damaged one, and a shopping list."""
    stick = tmp_path / "RED"
    stick.mkdir()
    for each in (scene.fresh, scene.unsigned, scene.junk):
        shutil.copy(each, stick)
    shutil.copy(scene.damaged, stick / "damaged")
    return stick


def reports(started: Started) -> int:
    return int(str(ask(started, lambda vault, _: len(store.every(vault, Incident)))))


def entry(started: Started, text: str) -> Entry:
    found = [each for each in started.page.findChildren(Entry) if text in each.accessibleName()]
    assert found, text
    return found[0]


def test_a_stick_is_looked_through_taken_in_and_one_bundle_of_it_undone(
    start: Start, scene: Scene, brought: Path
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION, brought, True)
    before = reports(started)
    press(started, "Look through a stick or folder")
    assert started.page.id == BatchPage.id
    assert shown(started, "4 files")
    for each in ("Can be taken in", "Needs your word", "Does not hold", "No bundle"):
        assert shown(started, each)
    assert reports(started) == before
    (tick,) = started.page.findChildren(Tick)
    assert tick.text() == "Take in those that are not signed (1)"
    press(started, "Take in 1 bundle")
    assert shown(started, "4 of 4 files are accounted for")
    assert reports(started) == before + 1
    entry(started, "Taken in").click()
    settle(started)
    assert started.page.id == ArrivalPage.id
    press(started, "Undo taking it in")
    assert started.page.id == "inbox"
    assert reports(started) == before
    left = ask(started, lambda vault, _: arrived.every(vault))
    assert isinstance(left, list)
    assert len(left) == 2


def test_what_is_not_signed_is_taken_in_with_the_others_once_it_was_said(
    start: Start, scene: Scene, brought: Path
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    started.page.take_files((brought,))
    settle(started)
    (tick,) = started.page.findChildren(Tick)
    tick.setChecked(True)
    press(started, "Take in 2 bundles")
    found = ask(started, lambda vault, _: arrived.every(vault))
    assert isinstance(found, list)
    assert sorted(each.signed for each in found[:2]) == [False, True]


def test_what_does_not_hold_is_set_aside_given_on_sealed_and_deleted(
    start: Start, scene: Scene, brought: Path, tmp_path: Path
) -> None:
    out = tmp_path / "OUT"
    out.mkdir()
    started = opened(start, scene.organisation, Role.ORGANISATION, out, True)
    started.page.take_files((brought,))
    settle(started)
    press(started, "Take in 1 bundle")
    press(started, "What was set aside")
    assert shown(started, "It was altered or cut off on its way")
    press(started, "Save it sealed")
    assert (out / "damaged").read_bytes() == scene.damaged.read_bytes()
    press(started, "Delete it")
    assert shown(started, "Nothing was set aside")
    assert ask(started, lambda vault, _: quarantine.every(vault)) == ()


def test_a_batch_that_was_broken_off_is_offered_again(
    start: Start, scene: Scene, brought: Path
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    paths = tuple(sorted(brought.iterdir()))
    ask(
        started,
        lambda vault, _: taking._note(vault, taking.Unfinished(paths=paths, accepted=frozenset())),
    )
    go(started, "inbox")
    assert shown(started, "Taking in was broken off")
    press(started, "Go on")
    press(started, "Take in 1 bundle")
    go(started, "inbox")
    assert not shown(started, "Taking in was broken off")


def test_what_is_missing_of_a_sender_is_told_until_it_comes(start: Start, scene: Scene) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)

    def lose(vault: object, _: object) -> None:
        # as if the second of the two bundles here had not come, and a later one had
        with vault.transaction() as tx:  # type: ignore[attr-defined]
            tx.run(
                "UPDATE received_bundle SET sequence = 7, previous = ? WHERE sequence = 2", "f" * 64
            )

    ask(started, lose)
    go(started, "inbox")
    assert shown(started, "5 bundles from")
    assert shown(started, "numbers 2 to 6")


def test_the_button_says_how_many_and_nothing_can_be_taken_in_twice(
    start: Start, scene: Scene, brought: Path
) -> None:
    started = opened(start, scene.organisation, Role.ORGANISATION)
    for _ in range(2):
        go(started, "batch", "", brought)
        if shown(started, "Can be taken in"):
            press(started, "Take in 1 bundle")
    assert shown(started, "Here already")
    assert not shown(started, "Can be taken in")


def test_a_delivered_report_is_offered_to_be_removed_from_the_device(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "BACK"
    stick.mkdir()
    started = opened(start, scene.organisation, Role.ORGANISATION, stick)
    go(started, "open-bundle", "", scene.fresh)
    press(started, "Take in")
    press(started, "Make the receipt")
    (made,) = stick.iterdir()
    started.lock()

    started = opened(start, scene.recorder, Role.RECORDER, True)
    before = reports(started)
    go(started, "open-receipt", "", made)
    press(started, "Keep this receipt")
    assert started.page.id == "sealed-bundle"
    assert shown(started, "records are delivered.")
    assert shown(started, "Your notes and what you held back were never sent.")
    press(started, "Remove it from this device")
    assert reports(started) == before - 1


def test_whole_bundles_are_answered_all_at_once(
    start: Start, scene: Scene, brought: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "BACK"
    stick.mkdir()
    started = opened(start, scene.organisation, Role.ORGANISATION, stick)
    go(started, "batch", "", brought)
    press(started, "Take in 1 bundle")
    assert shown(started, "1 came whole: its sender can be told so.")
    press(started, "Make 1 receipt")
    assert len(list(stick.iterdir())) == 1
    found = ask(started, lambda vault, _: arrived.every(vault))
    assert isinstance(found, list)
    assert [each.verdict for each in found[:1]] == ["accepted"]
