"""The slip that travels apart: what it lists, how it is read, what it finds."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from pathlib import Path

import pytest

from app import parts, slips
from app.bundles import naming
from app.errors import BadSlip, BundleDamaged, NotABundle, NotThere, TooBig
from app.slips import Item, Match, PartOf, Slip
from tests.app.sealedfile import sealed_file

DAY = date(2026, 11, 25)


@pytest.fixture
def carried(tmp_path: Path) -> list[Path]:
    source = tmp_path / "source"
    source.mkdir()
    return [sealed_file(source, 1000), sealed_file(source, 2000)]


def invented(count: int) -> Slip:
    """A slip of files that do not exist."""
    items = []
    for at in range(count):
        digest = hashlib.sha256(at.to_bytes(4)).digest()
        part = PartOf(number=at % 8 + 1, total=8) if at % 3 else None
        items.append(Item(name=naming.name_of(digest), size=at + 1, sha256=digest.hex(), part=part))
    return Slip(day=DAY, items=tuple(items))


# --- what it lists --------------------------------------------------------------------------------


def test_a_slip_lists_names_sizes_and_digests_and_no_path(carried: list[Path]) -> None:
    renamed = carried[0].rename(carried[0].with_name("from Maria"))
    slip = slips.make([renamed, carried[1]], day=DAY)
    assert [each.name for each in slip.items] == [carried[0].name, carried[1].name]
    told = slips.marshal(slip).decode("ascii") + "".join(slips.codes(slip))
    assert "Maria" not in told
    assert str(renamed.parent) not in told


def test_parts_are_listed_as_such(carried: list[Path], tmp_path: Path) -> None:
    made = parts.split(carried[0], needed=2, total=3, folders=[tmp_path])
    slip = slips.make([each.path for each in made], day=DAY)
    assert [each.part for each in slip.items] == [PartOf(number=at, total=3) for at in (1, 2, 3)]


def test_a_damaged_file_and_what_is_no_bundle_get_on_no_slip(
    carried: list[Path], tmp_path: Path
) -> None:
    carried[0].write_bytes(carried[0].read_bytes()[:-1] + b"?")
    with pytest.raises(BundleDamaged):
        slips.make(carried, day=DAY)
    letter = tmp_path / "letter"
    letter.write_bytes(b"a letter")
    with pytest.raises(NotABundle):
        slips.make([letter], day=DAY)


def test_a_file_given_twice_is_listed_once(carried: list[Path]) -> None:
    assert len(slips.make([carried[0], carried[0]], day=DAY).items) == 1


# --- how it is read -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 12, 13, 1000])
def test_text_and_codes_give_the_slip_again(count: int) -> None:
    slip = invented(count)
    text = slips.marshal(slip).decode("ascii")
    assert slips.read(text) == slip
    assert slips.read(text.replace("\n", "\r\n")) == slip
    codes = list(slips.codes(slip))
    random.Random(7).shuffle(codes)
    assert slips.read("\n".join(codes)) == slip
    assert all(set(each) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./:") for each in codes)


def test_the_names_alone_can_be_typed(carried: list[Path]) -> None:
    typed = f"  {carried[0].name.upper()}\n{carried[1].name} "
    slip = slips.read(typed)
    assert [each.name for each in slip.items] == [each.name for each in carried]
    assert slips.compare(slip, carried).complete


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-1],
        lambda text: text.replace("day: 2026", "day: 2027"),
        lambda text: text.replace("files: 3", "files: 2"),
        lambda text: text.replace(" 2 ", " 3 "),
        lambda text: text.replace("list of sealed files v1", "list of sealed files v2"),
        lambda text: text + "\n",
        lambda text: "\n".join(text.split("\n")[:3]),
        lambda _: "",
        lambda _: "list of sealed files v1",
        lambda _: "FILES1:",
        lambda _: "one two three",
    ],
)
def test_a_slip_that_was_cut_or_altered_is_refused(change: object) -> None:
    assert callable(change)
    with pytest.raises(BadSlip):
        slips.read(change(slips.marshal(invented(3)).decode("ascii")))


def test_a_slip_whose_check_was_made_again_is_still_judged_line_by_line() -> None:
    good = slips.marshal(invented(3)).decode("ascii").rpartition("check: ")[0]
    first = invented(3).items[0]
    for bad in (
        good.replace(first.name, "aaaaa-aaaaa-aaaaa-aaaaa"),
        good.replace("files: 3", "files: 4"),
        good.replace("2026-11-25", "2026-W48-3"),
        good.replace(" 2/8", " 9/8"),
        good.replace(f"{first.name} 1 ", f"{first.name} 01 "),
        good + good.split("\n")[3] + "\n",
        "list of sealed files v1\n",
        "list of sealed files v1\nday: 2026-11-25\nfiles: 0\n",
    ):
        check = hashlib.sha256(bad.encode()).hexdigest()[:16]
        with pytest.raises(BadSlip):
            slips.read(f"{bad}check: {check}\n")


def test_codes_of_which_one_lacks_or_belongs_elsewhere_are_refused() -> None:
    first, second = slips.codes(invented(13))
    other = Slip(day=date(2026, 11, 26), items=invented(13).items)
    for given in ([first], [second], [first, slips.codes(other)[1]], [first, "FILES1:2/2:x"]):
        with pytest.raises(BadSlip):
            slips.read("\n".join(given))


def test_no_text_makes_the_reader_fail_in_another_way() -> None:
    chance = random.Random(20261125)
    sources = [slips.marshal(invented(5)).decode("ascii"), "\n".join(slips.codes(invented(13)))]
    for _ in range(3000):
        text = list(chance.choice(sources))
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(text))
            text[at : at + chance.randrange(3)] = chance.choice(["", "\n", "0", "é", "Z", " ", ":"])
        try:
            slips.read("".join(text))
        except BadSlip:
            continue


def test_a_file_that_is_no_slip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "slip"
    for content in (b"\xff\xfe", b"", b"\0" * 1000):
        path.write_bytes(content)
        with pytest.raises(BadSlip):
            slips.read_file(path)
    path.write_bytes(bytes(300_000))
    with pytest.raises(TooBig):
        slips.read_file(path)


# --- what it finds --------------------------------------------------------------------------------


def test_renamed_files_are_found_by_their_digest(carried: list[Path]) -> None:
    slip = slips.make(carried, day=DAY)
    renamed = carried[0].rename(carried[0].with_name("holiday.jpg"))
    result = slips.compare(slip, [renamed, carried[1]])
    assert [each.match for each in result.found] == [Match.RENAMED, Match.AS_LISTED]
    assert result.found[0].item is not None
    assert result.found[0].item.name == carried[0].name
    assert result.complete


def test_two_files_that_changed_names_are_both_found(carried: list[Path]) -> None:
    slip = slips.make(carried, day=DAY)
    first, second = (each.read_bytes() for each in carried)
    carried[0].write_bytes(second)
    carried[1].write_bytes(first)
    result = slips.compare(slip, carried)
    assert [each.match for each in result.found] == [Match.RENAMED, Match.RENAMED]
    assert result.complete


def test_what_is_altered_missing_or_not_listed_is_told(carried: list[Path], tmp_path: Path) -> None:
    slip = slips.make(carried, day=DAY)
    carried[0].write_bytes(carried[0].read_bytes() + b"?")
    other = sealed_file(tmp_path)
    result = slips.compare(slip, [carried[0], other, tmp_path / "gone"])
    assert [each.match for each in result.found] == [
        Match.ALTERED,
        Match.NOT_LISTED,
        Match.UNREAD,
    ]
    assert isinstance(result.found[2].error, NotThere)
    assert [each.name for each in result.missing] == [each.name for each in carried]
    assert not result.complete
    assert result.altered
