"""Carrying bundles: checked and copied without a vault, a key, or a name."""

from __future__ import annotations

import os
import re
import stat
from datetime import date
from pathlib import Path

import pytest

from app import parts, slips, sticks
from app.bundles import naming
from app.settings import Role, Settings
from tests.ui.pages.conftest import Start, Started
from tests.ui.pages.exchange.pressing import button, press, settle, shown, stated, words
from tools import scenes
from tools.scenes import Scene
from ui.pages import PAGES
from ui.pages.courier import CourierPage
from ui.pages.courier_row import CourierRow
from ui.widgets.plain import outside


def carrying(start: Start, *answers: object) -> Started:
    return start(PAGES, Settings(role=Role.CARRIER, language="en"), answers)


def state(started: Started, path: Path) -> str:
    page = started.page
    assert isinstance(page, CourierPage)
    row = next(each for each in page.rows if each.path == path)
    assert isinstance(row, CourierRow)
    return row.accessibleName()


def test_whoever_carries_starts_here_without_a_vault(start: Start) -> None:
    started = carrying(start)
    settle(started)
    assert isinstance(started.page, CourierPage)
    assert shown(started, "Nothing here yet")
    assert not button(started, "Copy to a stick").isEnabled()


def test_each_file_says_what_can_be_told_without_a_key(start: Start, scene: Scene) -> None:
    started = carrying(start)
    started.page.take_files((scene.fresh, scene.damaged, scene.renamed, scene.junk))
    settle(started)
    assert "Undamaged" in state(started, scene.fresh)
    assert "Damaged" in state(started, scene.damaged)
    assert "Renamed" in state(started, scene.renamed)
    assert "Not a bundle" in state(started, scene.junk)


def test_no_name_of_anybody_is_on_the_page(start: Start, scene: Scene) -> None:
    started = carrying(start)
    started.page.take_files((scene.fresh, scene.unsigned))
    settle(started)
    for row in (each for each in _rows(started)):
        row.details.show()
    told = "\n".join(words(started))
    assert scenes.DESK not in told
    assert scenes.SENDER not in told.replace("kB", "")


def test_copies_are_read_back_and_the_stick_can_be_pulled_out(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = carrying(start, stick)
    started.page.take_files((scene.fresh, scene.unsigned, scene.damaged, scene.junk))
    settle(started)
    press(started, "Copy to a stick")
    assert ("ok", "You can pull it out now.") in [
        (tone, name.split(" 2")[0]) for tone, name in stated(started)
    ]
    assert sorted(each.name for each in stick.iterdir()) == sorted(
        [scene.fresh.name, scene.unsigned.name]
    )
    assert (stick / scene.fresh.name).read_bytes() == scene.fresh.read_bytes()


def test_a_copy_that_is_there_already_and_the_same_counts(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    (stick / scene.fresh.name).write_bytes(scene.fresh.read_bytes())
    started = carrying(start, stick)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Copy to a stick")
    assert any("pull it out" in name for tone, name in stated(started) if tone == "ok")


def test_another_file_with_the_name_of_the_bundle_is_not_overwritten(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    (stick / scene.fresh.name).write_bytes(scene.damaged.read_bytes())
    started = carrying(start, stick)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Copy to a stick")
    assert any("already" in name for tone, name in stated(started) if tone == "bad")
    assert (stick / scene.fresh.name).read_bytes() == scene.damaged.read_bytes()


def test_a_stick_that_may_not_be_written_is_said_before_copying(start: Start, scene: Scene) -> None:
    started = carrying(start, Path("/proc"))
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Choose a folder")
    assert any(tone == "bad" for tone, _ in stated(started))
    assert not button(started, "Copy to").isEnabled()


def test_a_file_is_taken_off_the_list_and_stays_where_it_is(start: Start, scene: Scene) -> None:
    started = carrying(start, "list")
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Remove")
    assert _rows(started) == []
    assert scene.fresh.exists()


def test_a_file_is_deleted_when_that_is_chosen(start: Start, scene: Scene) -> None:
    started = carrying(start, "file")
    started.page.take_files((scene.renamed,))
    settle(started)
    press(started, "Remove")
    assert _rows(started) == []
    assert not scene.renamed.exists()


def test_a_file_name_that_lies_is_spelled_out(start: Start, tmp_path: Path) -> None:
    lying = tmp_path / "annexe\u202egpj.exe"
    lying.write_bytes(b"nothing")
    started = carrying(start)
    started.page.take_files((lying,))
    settle(started)
    assert shown(started, "[U+202E]")


def test_the_same_file_dropped_twice_is_listed_once(start: Start, scene: Scene) -> None:
    started = carrying(start)
    started.page.take_files((scene.fresh,))
    started.page.take_files((scene.fresh,))
    settle(started)
    assert len(_rows(started)) == 1


def test_the_details_show_the_digest_to_compare_with_a_list(start: Start, scene: Scene) -> None:
    started = carrying(start)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Details")
    verdict = _rows(started)[0].verdict
    assert verdict is not None
    assert naming.name_of(bytes.fromhex(verdict.sha256)) == scene.fresh.name
    assert shown(started, verdict.sha256[:8])


def test_a_folder_chosen_by_hand_is_still_chosen_after_copying(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    stick = tmp_path / "RED"
    stick.mkdir()
    started = carrying(start, stick)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Copy to a stick")
    assert button(started, f"Copy to “{outside('RED')}”").isEnabled()
    assert button(started, f"“{outside('RED')}”").isChecked()


def test_two_places_are_chosen_and_each_says_what_became_of_it(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    red, blue = tmp_path / "RED", tmp_path / "BLUE"
    red.mkdir()
    blue.mkdir()
    (blue / scene.fresh.name).write_bytes(b"something else")
    started = carrying(start, red, blue)
    started.page.take_files((scene.fresh, scene.unsigned))
    settle(started)
    press(started, "Choose a folder")
    press(started, "Another folder")
    press(started, "Copy to 2 places")
    found = stated(started)
    assert ("ok", True) in [(tone, "You can pull it out now." in name) for tone, name in found]
    assert any(tone == "bad" and scene.fresh.name in name for tone, name in found)
    assert sorted(each.name for each in red.iterdir()) == sorted(
        [scene.fresh.name, scene.unsigned.name]
    )
    assert (blue / scene.fresh.name).read_bytes() == b"something else"


def test_a_place_put_aside_gets_nothing(start: Start, scene: Scene, tmp_path: Path) -> None:
    red, blue = tmp_path / "RED", tmp_path / "BLUE"
    red.mkdir()
    blue.mkdir()
    started = carrying(start, red, blue)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Choose a folder")
    press(started, "Another folder")
    press(started, f"“{outside('RED')}”")
    press(started, f"Copy to “{outside('BLUE')}”")
    assert list(red.iterdir()) == []
    assert [each.name for each in blue.iterdir()] == [scene.fresh.name]


def test_the_file_where_it_lies_is_not_told_as_a_copy(start: Start, scene: Scene) -> None:
    started = carrying(start, scene.fresh.parent)
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Copy to a stick")
    assert not any(tone == "ok" for tone, _ in stated(started))
    assert shown(started, "There is no second one")


# --- parts ----------------------------------------------------------------------------------


def in_parts(scene: Scene, folder: Path) -> list[Path]:
    folder.mkdir()
    made = parts.split(scene.fresh, needed=2, total=3, folders=[folder])
    return [each.path for each in made]


def test_a_bundle_is_split_and_its_parts_are_listed(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    red, blue = tmp_path / "RED", tmp_path / "BLUE"
    red.mkdir()
    blue.mkdir()
    started = carrying(start, red, blue, "3 5")
    started.page.take_files((scene.fresh,))
    settle(started)
    press(started, "Choose a folder")
    press(started, "Another folder")
    press(started, "Details")
    press(started, "Split into parts")
    assert (len(list(red.iterdir())), len(list(blue.iterdir()))) == (3, 2)
    assert len(_rows(started)) == 6
    assert shown(started, "A bundle of")
    assert any("5 are whole, 3 are needed" in name for _, name in stated(started))


def test_missing_and_damaged_parts_are_named(start: Start, scene: Scene, tmp_path: Path) -> None:
    first, second, _ = in_parts(scene, tmp_path / "parts")
    content = bytearray(second.read_bytes())
    content[-1] ^= 1
    second.write_bytes(content)
    started = carrying(start)
    started.page.take_files((first, second))
    settle(started)
    assert "Undamaged" in state(started, first)
    assert "Damaged" in state(started, second)
    for words_of in ("1: undamaged", "2: damaged", "3: missing"):
        assert shown(started, words_of)
    assert any("1 are whole, 2 are needed" in name for _, name in stated(started))


def test_a_lost_part_is_made_again(start: Start, scene: Scene, tmp_path: Path) -> None:
    first, second, third = in_parts(scene, tmp_path / "parts")
    lost = second.read_bytes()
    second.unlink()
    again = tmp_path / "again"
    again.mkdir()
    started = carrying(start, again)
    started.page.take_files((first, third))
    settle(started)
    press(started, "Make the lost parts again")
    assert (again / second.name).read_bytes() == lost
    assert shown(started, "2: undamaged")


def test_parts_are_joined_to_the_bundle(start: Start, scene: Scene, tmp_path: Path) -> None:
    first, _, third = in_parts(scene, tmp_path / "parts")
    joined = tmp_path / "joined"
    joined.mkdir()
    started = carrying(start, joined)
    started.page.take_files((first, third))
    settle(started)
    press(started, "Join the parts")
    assert (joined / scene.fresh.name).read_bytes() == scene.fresh.read_bytes()
    assert "Undamaged" in state(started, joined / scene.fresh.name)


def test_parts_are_copied_like_bundles(start: Start, scene: Scene, tmp_path: Path) -> None:
    red = tmp_path / "RED"
    red.mkdir()
    made = in_parts(scene, tmp_path / "parts")
    started = carrying(start, red)
    started.page.take_files(tuple(made))
    settle(started)
    press(started, "Copy to a stick")
    assert sorted(each.name for each in red.iterdir()) == sorted(each.name for each in made)


# --- the slip -------------------------------------------------------------------------------


def test_a_slip_is_written_to_print_and_names_nobody(
    start: Start, scene: Scene, tmp_path: Path
) -> None:
    paper = tmp_path / "slip.pdf"
    started = carrying(start, paper)
    started.page.take_files((scene.fresh, scene.renamed, scene.damaged, scene.junk))
    settle(started)
    press(started, "Write a slip")
    assert any("The slip is written It lists 1 file." in name for _, name in stated(started))
    content = paper.read_bytes()
    assert content.startswith(b"%PDF-")
    moments = re.findall(rb"D:\d{8}(\d{6})|T(\d\d:\d\d:\d\d)[+Z]", content)
    assert moments
    assert {each for pair in moments for each in pair if each} <= {b"000000", b"00:00:00"}


def test_what_arrived_is_compared_with_the_slip(start: Start, scene: Scene, tmp_path: Path) -> None:
    text = tmp_path / "slip.txt"
    slip = slips.make((scene.fresh, scene.unsigned), day=date(2026, 11, 25))
    text.write_bytes(slips.marshal(slip))
    started = carrying(start, text, text)
    started.page.take_files((scene.renamed, scene.junk))
    settle(started)
    press(started, "Compare with a slip")
    found = stated(started)
    assert any(
        tone == "bad" and "1 file is missing" in name and scene.unsigned.name in name
        for tone, name in found
    )
    assert any(tone == "note" and scene.fresh.name in name for tone, name in found)
    assert any(tone == "warn" and scene.junk.name in name for tone, name in found)
    assert not any(tone == "ok" for tone, _ in found)
    started.page.take_files((scene.unsigned,))
    settle(started)
    press(started, "Compare with a slip")
    assert any("All of the slip is here" in name for tone, name in stated(started) if tone == "ok")


def test_names_are_typed_from_the_paper(start: Start, scene: Scene) -> None:
    started = carrying(start, f"{scene.fresh.name} {scene.unsigned.name.upper()}", "a b c")
    started.page.take_files((scene.fresh, scene.unsigned))
    settle(started)
    press(started, "Type the names")
    assert any("All of the slip is here" in name for tone, name in stated(started) if tone == "ok")
    press(started, "Type the names")
    assert any(tone == "bad" and "not a whole slip" in name for tone, name in stated(started))


# --- sticks ---------------------------------------------------------------------------------


def test_a_place_says_how_much_it_can_take(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"1")
    (tmp_path / ".hidden").write_bytes(b"1")
    found = sticks.look(tmp_path)
    assert found.others == 1
    assert found.writable
    assert found.fits(1)
    assert not found.fits(found.free + 1)


def test_only_what_is_mounted_counts_as_plugged_in(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert sticks.mounted([tmp_path, tmp_path / "not there"]) == []
    assert "proc" in [each.name for each in sticks.mounted([Path("/")])]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_write_protected_takes_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert not sticks.look(tmp_path).fits(0)


def _rows(started: Started) -> list[CourierRow]:
    page = started.page
    assert isinstance(page, CourierPage)
    return page.rows
