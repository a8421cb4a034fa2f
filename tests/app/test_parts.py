"""A bundle in parts: any that are enough give it again, and damage never passes for the bundle."""

from __future__ import annotations

import hashlib
import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import parts
from app.bundles import naming
from app.errors import (
    AlreadyThere,
    Cancelled,
    NoRoom,
    NotABundle,
    NotAPart,
    NotThere,
    OtherParts,
    PartsDamaged,
    PartsDisagree,
    PartsMissing,
)
from app.parts import code, galois, splitting
from app.parts.layout import BLOCK_BYTES, HEAD_BYTES, Head, Split
from app.tasks import Step

ALL_OF_THREE_LOST = list(itertools.combinations(range(8), 3))


def content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "bundle"
    path.write_bytes(content(5 * BLOCK_BYTES + 12_345))
    return path


@pytest.fixture
def made(bundle: Path, tmp_path: Path) -> list[Path]:
    return split(bundle, tmp_path / "parts")


def split(bundle: Path, folder: Path, needed: int = 5, total: int = 8) -> list[Path]:
    folder.mkdir(exist_ok=True)
    done = parts.split(bundle, needed=needed, total=total, folders=[folder])
    return [each.path for each in done]


def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


# --- the field and the code ------------------------------------------------------------------


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_the_field_obeys_its_laws(a: int, b: int, c: int) -> None:
    times = galois.multiply
    assert times(a, b) == times(b, a)
    assert times(a, times(b, c)) == times(times(a, b), c)
    assert times(a, b ^ c) == times(a, b) ^ times(a, c)
    if a:
        assert times(a, galois.inverse(a)) == 1


@pytest.mark.parametrize(("needed", "total"), [(2, 3), (3, 6), (5, 8), (4, 4), (2, 9)])
def test_any_blocks_that_are_enough_give_all_the_others(needed: int, total: int) -> None:
    rows = code.rows(needed, total)
    data = {at: content(7, at) for at in range(needed)}
    blocks = dict(enumerate(code.others(data, range(total), rows)))
    assert {at: blocks[at] for at in data} == data
    for kept in itertools.combinations(range(total), needed):
        again = code.others({at: blocks[at] for at in kept}, range(total), rows)
        assert again == list(blocks.values()), kept


def test_the_widest_code_can_be_inverted() -> None:
    rows = code.rows(32, 64)
    data = {at: content(3, at) for at in range(32)}
    blocks = dict(enumerate(code.others(data, range(64), rows)))
    assert code.others({at: blocks[at] for at in range(32, 64)}, range(32), rows) == [
        *data.values()
    ]


@pytest.mark.parametrize(("needed", "total"), [(1, 3), (0, 0), (4, 3), (2, 65), (-1, 4)])
def test_numbers_out_of_bounds_are_refused(needed: int, total: int) -> None:
    with pytest.raises(ValueError, match=str(total)):
        code.rows(needed, total)


# --- splitting and joining -------------------------------------------------------------------


@pytest.mark.parametrize("lost", ALL_OF_THREE_LOST)
def test_every_choice_of_three_lost_parts_of_eight_restores(
    tmp_path: Path, bundle: Path, made: list[Path], lost: tuple[int, ...]
) -> None:
    kept = [path for at, path in enumerate(made) if at not in lost]
    joined = parts.join(kept, to=out(tmp_path))
    assert joined.path.read_bytes() == bundle.read_bytes()
    assert joined.path.name == naming.name_of(hashlib.sha256(bundle.read_bytes()).digest())
    assert joined.mended == 0


@pytest.mark.parametrize(
    "size", [1, 2, 5, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES, 2**18 + 1]
)
def test_files_of_every_length_come_back(tmp_path: Path, size: int) -> None:
    path = tmp_path / "file"
    path.write_bytes(content(size))
    made = split(path, tmp_path / "parts", needed=2, total=3)
    joined = parts.join(made[1:], to=out(tmp_path))
    assert joined.path.read_bytes() == path.read_bytes()
    assert [each.stat().st_size for each in made] == [
        parts.inspect(made[0]).head.split.part_bytes
    ] * 3


def test_parts_are_dealt_out_over_several_media(tmp_path: Path, bundle: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
    parts.split(bundle, needed=3, total=5, folders=folders)
    assert [len(list(folder.iterdir())) for folder in folders] == [2, 2, 1]


def test_a_part_has_a_name_that_vouches_for_it_and_tells_nothing(made: list[Path]) -> None:
    for path in made:
        assert naming.check(path.name, hashlib.sha256(path.read_bytes()).digest()) == "matches"
        assert parts.check(path).is_whole


def test_a_lost_part_is_made_again_byte_for_byte(tmp_path: Path, made: list[Path]) -> None:
    for index in (0, 4, 7):
        lost = made[index].read_bytes()
        made[index].unlink()
        again = parts.remake(
            [each for each in made if each.exists()], index=index, to=made[0].parent
        )
        assert (again.path, again.path.read_bytes()) == (made[index], lost)


def test_what_changed_while_it_was_read_is_not_split(tmp_path: Path, bundle: Path) -> None:
    def change(step: Step) -> None:
        if step.doing == "splitting" and step.done == 0:
            bundle.write_bytes(content(100))

    folder = out(tmp_path)
    with pytest.raises(NotABundle):
        parts.split(bundle, needed=2, total=3, folders=[folder], progress=change)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("doing", ["splitting", "reading"])
def test_a_stopped_split_leaves_nothing(tmp_path: Path, bundle: Path, doing: str) -> None:
    def stop(step: Step) -> None:
        if step.doing == doing:
            raise Cancelled

    folder = out(tmp_path)
    with pytest.raises(Cancelled):
        parts.split(bundle, needed=2, total=3, folders=[folder], progress=stop)
    assert list(folder.iterdir()) == []


def test_a_name_that_is_taken_leaves_no_part_behind(tmp_path: Path, bundle: Path) -> None:
    folder = tmp_path / "parts"
    last = split(bundle, folder)[-1]
    for path in folder.iterdir():
        if path != last:
            path.unlink()
    with pytest.raises(AlreadyThere):
        split(bundle, folder)
    assert list(folder.iterdir()) == [last]


def test_an_empty_file_and_none_at_all_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    with pytest.raises(NotABundle):
        split(tmp_path / "empty", tmp_path / "parts")
    with pytest.raises(NotThere):
        split(tmp_path / "none", tmp_path / "parts")


# --- what is wrong ---------------------------------------------------------------------------


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_damage_in_other_places_of_every_part_is_mended(
    tmp_path: Path, bundle: Path, made: list[Path]
) -> None:
    flip(made[0], HEAD_BYTES + 100)
    flip(made[1], HEAD_BYTES + BLOCK_BYTES + 40)
    made[2].write_bytes(made[2].read_bytes()[:-1])
    joined = parts.join(made[:7], to=out(tmp_path))
    assert joined.path.read_bytes() == bundle.read_bytes()
    assert joined.mended == 2


def test_two_damaged_copies_of_one_part_are_as_good_as_a_whole_one(
    tmp_path: Path, bundle: Path, made: list[Path]
) -> None:
    other = tmp_path / "copy"
    other.write_bytes(made[0].read_bytes())
    flip(made[0], HEAD_BYTES + 20)
    flip(other, -1)
    joined = parts.join([*made[:5], other], to=out(tmp_path))
    assert joined.path.read_bytes() == bundle.read_bytes()


def test_too_few_parts_are_counted(tmp_path: Path, made: list[Path]) -> None:
    with pytest.raises(PartsMissing) as told:
        parts.join(made[:4], to=out(tmp_path))
    assert (told.value.needed, told.value.present) == (5, 4)


def test_damage_in_too_many_parts_says_where(tmp_path: Path, made: list[Path]) -> None:
    for path in made[:4]:
        flip(path, HEAD_BYTES + 30)
    folder = out(tmp_path)
    with pytest.raises(PartsDamaged) as told:
        parts.join(made, to=folder)
    assert (told.value.needed, told.value.readable, told.value.at) == (5, 4, 0)
    assert list(folder.iterdir()) == []


def test_parts_of_two_bundles_are_not_mixed(tmp_path: Path, made: list[Path]) -> None:
    other = tmp_path / "other"
    other.write_bytes(content(1000, 2))
    mixed = [*made, *split(other, tmp_path / "others")]
    with pytest.raises(OtherParts):
        parts.join(mixed, to=out(tmp_path))
    assert [len(each.found) for each in parts.gather(mixed)] == [8, 8]


def test_a_part_altered_on_purpose_never_gives_another_bundle(
    tmp_path: Path, made: list[Path]
) -> None:
    head = parts.inspect(made[0]).head
    forged = bytearray(made[0].read_bytes())
    block = bytes(BLOCK_BYTES)
    forged[HEAD_BYTES : HEAD_BYTES + 16] = head.check_of(0, block)
    forged[HEAD_BYTES + 16 : HEAD_BYTES + 16 + BLOCK_BYTES] = block
    made[0].write_bytes(forged)
    folder = out(tmp_path)
    with pytest.raises(PartsDisagree):
        parts.join(made, to=folder)
    with pytest.raises(PartsDisagree):
        parts.remake(made, index=7, to=folder)
    assert list(folder.iterdir()) == []


def test_every_bit_of_a_head_counts(made: list[Path]) -> None:
    good = made[3].read_bytes()[:HEAD_BYTES]
    assert Head.parse(good).marshal() == good
    for at in range(HEAD_BYTES):
        for bit in range(8):
            bad = bytearray(good)
            bad[at] ^= 1 << bit
            with pytest.raises(NotAPart):
                Head.parse(bytes(bad))


@pytest.mark.parametrize(
    ("needed", "total", "index", "size"),
    [(1, 3, 0, 10), (2, 3, 3, 10), (4, 3, 0, 10), (2, 65, 0, 10), (2, 3, 0, 0), (2, 3, 0, 2**63)],
)
def test_a_forged_head_out_of_bounds_is_no_part(
    needed: int, total: int, index: int, size: int
) -> None:
    split = Split(needed=needed, total=total, size=size, whole=bytes(32))
    with pytest.raises(NotAPart):
        Head.parse(Head(split=split, index=index).marshal())


@pytest.mark.parametrize("length", [0, 1, HEAD_BYTES - 1])
def test_a_cut_head_is_no_part(tmp_path: Path, made: list[Path], length: int) -> None:
    path = tmp_path / "cut"
    path.write_bytes(made[0].read_bytes()[:length])
    with pytest.raises(NotAPart):
        parts.inspect(path)
    assert not parts.is_part(path)


def test_a_check_tells_damage_cuts_and_additions(made: list[Path]) -> None:
    flip(made[0], -1)
    made[1].write_bytes(made[1].read_bytes()[: HEAD_BYTES + 10])
    made[2].write_bytes(made[2].read_bytes() + b"x")
    made[3] = made[3].rename(made[3].with_name("holiday"))
    found = [parts.check(path) for path in made]
    assert [each.damaged for each in found] == [1, 2, 1, 0, 0, 0, 0, 0]
    assert [each.is_whole for each in found] == [False] * 3 + [True] * 5


def test_no_room_is_said_before_anything_is_written(tmp_path: Path) -> None:
    folder = out(tmp_path)
    huge = Split(needed=2, total=3, size=2**40 - 1, whole=bytes(32))
    with pytest.raises(NoRoom):
        splitting._ensure_room(huge, [folder])
