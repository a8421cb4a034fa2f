"""The courier's verbs at the command line: to several sticks, in parts, with a slip."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Exit
from tests.app.cli.conftest import Hoopoe
from tests.app.sealedfile import sealed_file


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    source.mkdir()
    return sealed_file(source, 20_000)


@pytest.fixture
def sticks(tmp_path: Path) -> tuple[Path, Path]:
    red, blue = tmp_path / "RED", tmp_path / "BLUE"
    red.mkdir()
    blue.mkdir()
    return red, blue


def test_a_bundle_goes_to_two_sticks_and_each_is_reported(
    hoopoe: Hoopoe, bundle: Path, sticks: tuple[Path, Path]
) -> None:
    red, blue = sticks
    ran = hoopoe("bundle", "copy", bundle, "--out", red, "--out", blue, "--json")
    assert ran.status == Exit.DONE
    assert [each["can_be_pulled_out"] for each in ran.facts["places"]] == [True, True]
    assert {each["fate"] for each in ran.facts["files"]} == {"written"}
    again = hoopoe("bundle", "copy", bundle, "--out", red)
    assert again.status == Exit.DONE
    assert "was there already" in again.out


def test_one_stick_that_refuses_is_told_and_the_other_gets_its_copy(
    hoopoe: Hoopoe, bundle: Path, sticks: tuple[Path, Path]
) -> None:
    red, _ = sticks
    ran = hoopoe("bundle", "copy", bundle, "--out", red.parent / "none", "--out", red, "--json")
    assert ran.status == Exit.WRONG_USE
    none, there = ran.facts["places"]
    assert (none["error"], none["complete"]) == ("not_there", False)
    assert there["can_be_pulled_out"]
    assert (red / bundle.name).read_bytes() == bundle.read_bytes()


def test_a_copy_of_something_damaged_does_not_end_well(
    hoopoe: Hoopoe, bundle: Path, sticks: tuple[Path, Path]
) -> None:
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"?")
    ran = hoopoe("bundle", "copy", bundle, "--out", sticks[0])
    assert ran.status == Exit.DAMAGED
    assert "DAMAGED before it was copied" in ran.out


def test_a_slip_finds_what_was_renamed_and_what_is_missing(
    hoopoe: Hoopoe, bundle: Path, sticks: tuple[Path, Path], tmp_path: Path
) -> None:
    other = sealed_file(bundle.parent)
    slip = tmp_path / "slip.txt"
    made = hoopoe("bundle", "slip", bundle, other, "--out", slip, "--json")
    assert made.status == Exit.DONE
    assert [each["name"] for each in made.facts["files"]] == [bundle.name, other.name]
    renamed = bundle.rename(sticks[0] / "holiday.jpg")
    ran = hoopoe("bundle", "verify", renamed, "--slip", slip, "--json")
    assert ran.status == Exit.NO
    assert ran.facts["files"][0]["match"] == "renamed"
    assert [each["name"] for each in ran.facts["missing"]] == [other.name]
    assert hoopoe("bundle", "verify", renamed, other, "--slip", slip).status == Exit.DONE
    code = hoopoe("bundle", "verify", renamed, other, "--listed", made.facts["codes"][0])
    assert code.status == Exit.DONE


def test_names_typed_from_the_paper_are_enough_and_a_wrong_one_shows(
    hoopoe: Hoopoe, bundle: Path
) -> None:
    typed = bundle.name.upper()
    assert hoopoe("bundle", "verify", bundle, "--listed", typed).status == Exit.DONE
    wrong = "aaaaa" + bundle.name[5:]
    ran = hoopoe("bundle", "verify", bundle, "--listed", wrong)
    assert ran.status == Exit.NO
    assert f"MISSING: {wrong}" in ran.out


def test_an_altered_file_and_an_altered_slip_are_damage(
    hoopoe: Hoopoe, bundle: Path, tmp_path: Path
) -> None:
    slip = tmp_path / "slip.txt"
    assert hoopoe("bundle", "slip", bundle, "--out", slip).status == Exit.DONE
    assert hoopoe("bundle", "slip", bundle, "--out", slip).status == Exit.NO_ROOM
    bundle.write_bytes(bundle.read_bytes() + b"?")
    ran = hoopoe("bundle", "verify", bundle, "--slip", slip, "--json")
    assert (ran.status, ran.facts["files"][0]["match"]) == (Exit.DAMAGED, "altered")
    slip.write_bytes(slip.read_bytes().replace(b"files: 1", b"files: 2"))
    ran = hoopoe("bundle", "verify", bundle, "--slip", slip, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.DAMAGED, "bad_slip")


def test_parts_tell_what_is_missing_and_damaged(
    hoopoe: Hoopoe, bundle: Path, sticks: tuple[Path, Path]
) -> None:
    red, blue = sticks
    where = ("--out", red, "--out", blue)
    made = hoopoe("bundle", "split", bundle, "--needed", "2", "--parts", "3", *where, "--json")
    first, second, third = (Path(each["file"]) for each in made.facts["parts"])
    third.unlink()
    ran = hoopoe("bundle", "parts", red, blue, "--json")
    assert (ran.status, ran.facts["bundles"][0]["missing"]) == (Exit.DONE, [3])
    second.write_bytes(second.read_bytes()[:-1])
    ran = hoopoe("bundle", "parts", red, blue, "--json")
    (stands,) = ran.facts["bundles"]
    assert ran.status == Exit.DAMAGED
    assert (stands["whole"], stands["missing"], stands["enough"]) == ([1], [3], False)
    assert stands["damaged"][0]["part"] == 2
    assert first.exists()
