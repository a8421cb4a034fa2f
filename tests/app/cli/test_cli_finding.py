"""`hoopoe record find` and `hoopoe record tag`."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.conftest import Hoopoe, World


def test_reports_are_found_tagged_and_a_search_is_kept(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: tuple[str, str]
) -> None:
    field = world.copy(world.defender, tmp_path)

    def found(*asked: str) -> list[str]:
        facts = hoopoe("record", "find", field, *asked, *key, "--json").facts
        return [each["reference"] for each in facts["reports"]]

    assert world.incident in found()
    assert found("came", "three") == [world.incident]
    assert found("came", "nowhere") == []
    assert hoopoe("record", "tag", field, world.incident, "--add", "press", *key).status == 0
    assert found("--tag", "press", "--save-as", "For the press") == [world.incident]
    assert found("--saved", "for the press") == [world.incident]
    assert hoopoe("record", "tag", field, world.incident, "--take-off", "press", *key).status == 0
    assert found("--saved", "for the press") == []


def test_what_no_filter_can_be_is_refused_by_name(
    hoopoe: Hoopoe, world: World, tmp_path: Path, key: tuple[str, str]
) -> None:
    field = world.copy(world.defender, tmp_path)
    for asked in (("--from", "yesterday"), ("--act", "nonsense"), ("--saved", "none")):
        assert hoopoe("record", "find", field, *asked, *key).status != 0
    assert hoopoe("record", "find", field, "--until", "2025-02-30", *key).status != 0
