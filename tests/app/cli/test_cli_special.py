"""Special facts on the command line: shown and written out only for a reason, which is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Exit
from tests.app.cli.conftest import Hoopoe, World

Key = tuple[str, str]
BELIEF = "xqbeliefqx"
WHY = "the letter has to say on what ground"


@pytest.fixture
def defender(world: World, tmp_path: Path) -> Path:
    return world.copy(world.defender, tmp_path)


@pytest.fixture
def person(hoopoe: Hoopoe, defender: Path, key: Key) -> str:
    told = f'religion:={{"words":{{"text":"{BELIEF}"}},"reason":{{"text":"the ground"}}}}'
    ran = hoopoe("record", "add", defender, "person", "--set", told, *key, "--json")
    return str(ran.facts["reference"])


def test_m_02_a_special_fact_is_shown_only_for_a_reason_that_is_kept(
    hoopoe: Hoopoe, defender: Path, person: str, key: Key
) -> None:
    plain = hoopoe("record", "show", defender, person, *key, "--json")
    assert plain.facts["hidden"] == ["religion"]
    assert BELIEF not in plain.out
    assert BELIEF not in hoopoe("record", "show", defender, person, *key).out
    assert "Nothing was noted" in hoopoe("record", "trail", defender, person, *key).out
    told = hoopoe("record", "show", defender, person, "--reason", WHY, *key)
    assert BELIEF in told.out
    trail = hoopoe("record", "trail", defender, person, *key)
    assert WHY in trail.out
    assert "religion" in trail.out
    assert BELIEF not in trail.out


def test_m_02_a_reason_of_one_word_shows_nothing(
    hoopoe: Hoopoe, defender: Path, person: str, key: Key
) -> None:
    ran = hoopoe("record", "show", defender, person, "--reason", "work", *key)
    assert ran.status == Exit.WRONG_USE
    assert BELIEF not in ran.out


def test_m_02_nothing_special_is_written_out_without_a_reason(
    hoopoe: Hoopoe, defender: Path, person: str, tmp_path: Path, key: Key
) -> None:
    out = tmp_path / "all.jsonl"
    assert hoopoe("record", "export", defender, "--out", out, *key).status == Exit.WRONG_USE
    assert not out.exists()
    ran = hoopoe("record", "export", defender, "--out", out, "--reason", WHY, *key)
    assert ran.status == Exit.DONE
    assert BELIEF in out.read_text("utf-8")
    assert WHY in hoopoe("record", "trail", defender, person, *key).out
