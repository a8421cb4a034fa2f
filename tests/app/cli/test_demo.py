"""The demonstration: it holds, it notices when something does not, and its witnesses are asked."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app.demo import exhibits, witnesses
from app.demo.telling import Telling
from app.demo.witnesses import Opinion
from app.errors import Exit
from tests.app.cli.conftest import Hoopoe


def test_the_whole_journey_holds(hoopoe: Hoopoe, tmp_path: Path) -> None:
    ran = hoopoe("demo", "--to", tmp_path / "demo", "--video-mb", 2, "--json")
    assert (ran.status, ran.facts["failed"]) == (Exit.DONE, []), ran.facts["steps"]
    assert set(ran.facts["vaults"]) == {"Hoopoe Desk", "Partner", "Defender"}
    told = "\n".join(ran.facts["steps"])
    for step in (
        "12 incidents written down",
        "byte for byte",
        "by digest and size",
        "found damaged",
        "refused as a replay",
        "the receipt shows on 12 incidents",
    ):
        assert step in told


def test_a_folder_in_use_is_left_alone(hoopoe: Hoopoe, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    ran = hoopoe("demo", "--to", tmp_path, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO_ROOM, "already_there")
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_without_a_folder_named_the_first_free_one_is_taken(
    hoopoe: Hoopoe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hoopoe-demo").mkdir()
    # more than any medium has: it stops before the first vault, and has chosen by then
    ran = hoopoe("demo", "--video-mb", 10**9, "--json")
    assert (ran.status, ran.facts["error"]) == (Exit.NO_ROOM, "no_room")
    assert (tmp_path / "hoopoe-demo-2").is_dir()


def test_what_does_not_hold_is_told_and_remembered() -> None:
    said: list[str] = []
    telling = Telling(say=said.append)
    telling.compare("one is one", 1, 1)
    telling.compare("one is two", 1, 2)
    assert telling.failed == ["one is two"]
    assert said[1].endswith("FAILED: one is two")


def test_a_witness_that_is_not_here_is_not_a_failure() -> None:
    absent = witnesses._asked("no-such-program-here", [])
    assert absent.opinion is Opinion.ABSENT


def test_a_witness_that_finds_damage_disagrees(tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    junk.write_bytes(b"junk")
    assert witnesses.tar_unpacks(junk, tmp_path).opinion is Opinion.DISAGREES


def test_the_photo_says_where_it_was_taken() -> None:
    with Image.open(io.BytesIO(exhibits.photo(3))) as picture:
        position = picture.getexif().get_ifd(0x8825)
    assert (position[1], position[3]) == ("S", "W")


@pytest.mark.parametrize("size", [0, 1, 1024**2, 1024**2 + 1, 3_000_000])
def test_the_video_has_the_size_asked_for_and_is_the_same_each_time(size: int) -> None:
    content = b"".join(exhibits.noise(1, size))
    assert len(content) == size
    assert content == b"".join(exhibits.noise(1, size))
