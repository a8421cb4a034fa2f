"""`hoopoe record due`, `remove`, `bring-back`, `erase`."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.conftest import Hoopoe, World
from tests.app.pages import decrypted


def test_a_record_goes_comes_back_and_is_erased_for_good(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: tuple[str, str]
) -> None:
    field = world.copy(world.defender, tmp_path)
    last_day = ("--set", "retention_until=2020-01-31")
    hoopoe("record", "edit", field, world.incident, *last_day, *key)
    due = hoopoe("record", "due", field, *key, "--json").facts
    assert [(each["reference"], each["until"]) for each in due["due"]] == [
        (world.incident, "2020-01-31")
    ]
    assert hoopoe("record", "erase", field, world.incident, *key).status == 2  # not removed yet

    assert hoopoe("record", "remove", field, world.incident, *key).status == 0
    assert hoopoe("record", "show", field, world.incident, *key).status == 2
    assert hoopoe("record", "bring-back", field, world.incident, *key).status == 0
    assert hoopoe("record", "show", field, world.incident, *key).status == 0

    assert hoopoe("record", "remove", field, world.incident, *key).status == 0
    listed = hoopoe("record", "due", field, *key, "--json").facts
    assert listed["due"] == []
    assert [each["reference"] for each in listed["removed"]] == [world.incident]
    assert b"They came at three." in decrypted(field)
    done = hoopoe("record", "erase", field, world.incident, *key, "--json")
    assert (done.status, done.facts["files"]) == (0, 0)
    assert b"They came at three." not in decrypted(field)
    assert hoopoe("vault", "check", field, *key).status == 0


def test_what_a_court_needs_is_not_erased(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: tuple[str, str]
) -> None:
    field = world.copy(world.defender, tmp_path)
    hold = ("--set", "legal_hold=yes", "--set", "legal_hold_reason=Court of Appeal")
    hoopoe("record", "edit", field, world.incident, *hold, *key)
    hoopoe("record", "remove", field, world.incident, *key)
    listed = hoopoe("record", "due", field, *key)
    assert "Removed, with a legal hold" in listed.out
    refused = hoopoe("record", "erase", field, world.incident, *key, "--json")
    assert refused.status == 1
    assert (refused.facts["error"], refused.facts["reason"]) == ("on_hold", "Court of Appeal")
