"""Copying to one medium or several: what counts as a copy, and every way in which it does not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import carrying, inuse, parts
from app.bundles.naming import NameCheck
from app.carrying import Delivery, Fate
from app.errors import (
    AlreadyThere,
    AppError,
    Cancelled,
    MediumGone,
    NoRoom,
    NotABundle,
    NotThere,
    ReadBackDiffers,
    TooBigForMedium,
)
from app.tasks import Step
from tests.app.loopmedium import LoopMedium, plugged_in
from tests.app.sealedfile import sealed_file


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    return sealed_file(source)


@pytest.fixture
def medium(tmp_path: Path) -> Iterator[LoopMedium]:
    with plugged_in(tmp_path) as made:
        yield made


def place(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def at_reading(nth: int, do: Callable[[], object]) -> Callable[[Step], None]:
    """A progress that does something just before the nth file is read back."""
    seen: list[Step] = []

    def progress(step: Step) -> None:
        if step.doing == "reading" and step.done == 0:
            seen.append(step)
            if len(seen) == nth:
                do()

    return progress


@contextmanager
def running(code: str, *arguments: Path) -> Iterator[None]:
    """Another program, from its first line on until the block ends."""
    line = [sys.executable, "-c", code, *map(str, arguments)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stdout.readline()
        yield
        program.communicate(timeout=20)


def refusal(done: Delivery) -> type[AppError] | None:
    return None if done.refusal is None else type(done.refusal)


# --- what counts ----------------------------------------------------------------------------------


def test_every_place_gets_every_file_and_the_digests_are_told(bundle: Path, tmp_path: Path) -> None:
    other = sealed_file(bundle.parent, 70_000)
    red, blue = place(tmp_path, "RED"), place(tmp_path, "BLUE")
    done = carrying.copy_all([bundle, other], to=[red, blue])
    assert [each.place for each in done] == [red, blue]
    for each in done:
        assert each.can_be_pulled_out
        assert [copied.fate for copied in each.copies] == [Fate.WRITTEN, Fate.WRITTEN]
        assert {copied.named for copied in each.copies} == {NameCheck.MATCHES}
        for copied in each.copies:
            assert copied.target.read_bytes() == copied.path.read_bytes()
            assert len(copied.sha256) == 64


def test_a_part_of_a_split_bundle_is_carried_like_a_bundle(bundle: Path, tmp_path: Path) -> None:
    made = parts.split(bundle, needed=2, total=3, folders=[place(tmp_path, "parts")])
    red = place(tmp_path, "RED")
    (done,) = carrying.copy_all([each.path for each in made], to=[red])
    assert done.complete
    assert names(red) == sorted(each.path.name for each in made)


def test_a_copy_that_is_there_and_the_same_counts(bundle: Path, tmp_path: Path) -> None:
    red = place(tmp_path, "RED")
    shutil.copy(bundle, red)
    (done,) = carrying.copy_all([bundle], to=[red])
    assert done.can_be_pulled_out
    assert done.copies[0].fate is Fate.THERE


def test_the_file_itself_is_not_taken_for_a_second_copy(bundle: Path) -> None:
    (done,) = carrying.copy_all([bundle], to=[bundle.parent])
    assert done.copies[0].fate is Fate.ITSELF


def test_a_faithful_copy_of_something_damaged_is_said_to_be_damaged(
    bundle: Path, tmp_path: Path
) -> None:
    content = bytearray(bundle.read_bytes())
    content[-1] ^= 1
    bundle.write_bytes(content)
    (done,) = carrying.copy_all([bundle], to=[place(tmp_path, "RED")])
    assert done.copies[0].named is NameCheck.DIFFERS


# --- one file's fault does not keep us from the next ----------------------------------------------


def test_another_file_with_the_name_stays_and_the_rest_is_copied(
    bundle: Path, tmp_path: Path
) -> None:
    other = sealed_file(bundle.parent)
    red = place(tmp_path, "RED")
    (red / bundle.name).write_bytes(b"mine")
    (done,) = carrying.copy_all([bundle, other], to=[red])
    assert not done.complete
    assert [(each.path, type(each.error)) for each in done.faults] == [(bundle, AlreadyThere)]
    assert [each.path for each in done.copies] == [other]
    assert (red / bundle.name).read_bytes() == b"mine"


def test_what_is_no_bundle_and_what_is_gone_are_told_and_not_copied(
    bundle: Path, tmp_path: Path
) -> None:
    letter = bundle.parent / "letter"
    letter.write_bytes(b"a letter")
    red = place(tmp_path, "RED")
    (done,) = carrying.copy_all([letter, bundle.parent / "gone", bundle], to=[red])
    assert [type(each.error) for each in done.faults] == [NotABundle, NotThere]
    assert names(red) == [bundle.name]


# --- places that refuse ---------------------------------------------------------------------------


def test_a_place_that_is_not_there_does_not_keep_the_others_from_theirs(
    bundle: Path, tmp_path: Path
) -> None:
    red = place(tmp_path, "RED")
    none, there = carrying.copy_all([bundle], to=[tmp_path / "none", red])
    assert refusal(none) is NotThere
    assert there.complete


def test_fat32_is_told_before_anything_is_written_anywhere(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = bundle.parent / "large"
    with large.open("wb") as file:
        file.truncate(4 * 1024**3)
    device = tmp_path.stat().st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"1 0 {os.major(device)}:{os.minor(device)} / / rw - vfat /dev/sdb1 rw\n")
    monkeypatch.setattr("app.medium._MOUNTS", mounts)
    red = place(tmp_path, "RED")
    steps: list[Step] = []
    (done,) = carrying.copy_all([bundle, large], to=[red], progress=steps.append)
    assert refusal(done) is TooBigForMedium
    assert (names(red), steps) == ([], [])


def test_room_is_asked_for_all_files_together(bundle: Path, medium: LoopMedium) -> None:
    whole = bundle.parent / "whole"
    whole.write_bytes(bundle.read_bytes() + bytes(15 * 1024**2))
    again = bundle.parent / "again"
    again.write_bytes(whole.read_bytes())
    (done,) = carrying.copy_all([whole, again], to=[medium.at])
    assert refusal(done) is NoRoom
    assert medium.names() == []


def test_a_stop_leaves_nothing_half(bundle: Path, tmp_path: Path) -> None:
    red = place(tmp_path, "RED")

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        carrying.copy_all([bundle], to=[red], progress=at_reading(1, stop))
    assert names(red) == []


# --- media that lie -------------------------------------------------------------------------------


def test_a_medium_that_keeps_something_else_is_found_by_reading_from_it(
    bundle: Path, medium: LoopMedium
) -> None:
    content = bundle.read_bytes()[200_000:200_512]
    spoil = at_reading(1, lambda: medium.spoil(content))
    (done,) = carrying.copy_all([bundle], to=[medium.at], progress=spoil)
    assert refusal(done) is ReadBackDiffers
    assert not done.can_be_pulled_out
    assert done.copies == ()
    assert medium.names() == []


def test_a_stick_that_writes_the_last_file_over_the_first_is_found(
    bundle: Path, medium: LoopMedium
) -> None:
    other = sealed_file(bundle.parent)
    content = bundle.read_bytes()[200_000:200_512]
    # the first file was read back well; while the second one is, the first has changed
    spoil = at_reading(3, lambda: medium.spoil(content))
    (done,) = carrying.copy_all([bundle, other], to=[medium.at], progress=spoil)
    assert refusal(done) is ReadBackDiffers
    assert done.copies == ()
    assert bundle.name not in medium.names()


def test_a_draft_that_changes_before_it_is_read_back_never_has_the_name(
    bundle: Path, tmp_path: Path
) -> None:
    red = place(tmp_path, "RED")

    def spoil() -> None:
        (draft,) = red.iterdir()
        with draft.open("r+b") as file:
            file.seek(1000)
            file.write(b"?")

    (done,) = carrying.copy_all([bundle], to=[red], progress=at_reading(1, spoil))
    assert refusal(done) is ReadBackDiffers
    assert names(red) == []


def test_a_stick_pulled_out_between_two_files_counts_for_nothing(
    bundle: Path, medium: LoopMedium
) -> None:
    other = sealed_file(bundle.parent)

    def pull(step: Step) -> None:
        # the second file: its source is open, its copy not begun
        if step.doing == "copying" and step.done == 0 and medium.at.is_mount() and medium.names():
            medium.pull_out()

    pulls = 0

    def progress(step: Step) -> None:
        nonlocal pulls
        pulls += step.doing == "copying" and step.done == 0
        if pulls == 2:
            pull(step)

    (done,) = carrying.copy_all([bundle, other], to=[medium.at], progress=progress)
    assert refusal(done) is MediumGone
    assert (done.copies, done.can_be_pulled_out) == ((), False)
    assert names(medium.at) == [], "what was meant for the stick lies on this computer"


def test_a_medium_that_somebody_else_writes_to_cannot_be_pulled_out(
    bundle: Path, medium: LoopMedium
) -> None:
    writer = (
        "import sys; file = open(sys.argv[1], 'w'); print('open', flush=True); sys.stdin.read()"
    )
    with running(writer, medium.at / "other"):
        assert inuse.written_by_others(medium.at)
        (done,) = carrying.copy_all([bundle], to=[medium.at])
        assert done.complete
        assert done.busy
        assert not done.can_be_pulled_out
    assert not inuse.written_by_others(medium.at)
