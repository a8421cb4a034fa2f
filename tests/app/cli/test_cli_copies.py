"""Safe copies on the command line: backup, drill, restore, and the copy key."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Exit
from tests.app.cli.conftest import Hoopoe, World
from tests.app.trees import flip

Key = tuple[str, str]


@pytest.fixture
def defender(world: World, tmp_path: Path) -> Path:
    return world.copy(world.defender, tmp_path)


def test_a_copy_with_the_copy_key_goes_there_and_back(
    hoopoe: Hoopoe, defender: Path, tmp_path: Path, key: Key
) -> None:
    made = hoopoe("vault", "backup", defender, "--to", tmp_path, "--with-key", *key, "--json")
    assert (made.status, made.facts["lock"]) == (Exit.DONE, "recovery")
    copy = made.facts["file"]
    paper = tmp_path / "paper.txt"
    assert hoopoe("vault", "copy-key", defender, "--to", paper, *key).status == Exit.DONE
    tried = hoopoe("vault", "drill", defender, copy, *key, "--json")
    assert (tried.status, tried.facts["good"], tried.facts["differences"]) == (0, True, [])
    again = tmp_path / "again"
    other = tmp_path / "other"
    other.write_text("seven other words that open the new one\n", "utf-8")
    words = ("--to", again, "--key-file", paper, "--cost", "floor", "--passphrase-file", other)
    restored = hoopoe("vault", "restore", copy, *words)
    assert restored.status == Exit.DONE, restored.err
    assert "Everything is whole." in restored.out
    assert hoopoe("vault", "unlock-test", again, *key).status == Exit.WRONG_KEY
    checked = hoopoe("vault", "check", again, "--passphrase-file", other, "--json").facts
    assert checked["findings"] == []
    assert checked["records"] == tried.facts["records"]


def test_a_copy_with_a_passphrase_says_which_one_opens_it(
    hoopoe: Hoopoe, defender: Path, tmp_path: Path, key: Key
) -> None:
    made = hoopoe("vault", "backup", defender, "--to", tmp_path, *key)
    assert "also after you change that of the vault" in made.out
    (copy,) = (each for each in tmp_path.iterdir() if each.is_file())
    other = tmp_path / "other"
    other.write_text("seven other words\n", "utf-8")
    wrong = hoopoe("vault", "drill", defender, copy, "--opened-by", other, *key, "--json")
    assert (wrong.status, wrong.facts["error"]) == (Exit.WRONG_KEY, "wrong_copy_key")
    words = ("--to", tmp_path / "again", "--cost", "floor")
    assert hoopoe("vault", "restore", copy, *words, *key).status == Exit.DONE
    assert hoopoe("vault", "unlock-test", tmp_path / "again", *key).status == Exit.DONE


def test_a_damaged_copy_and_another_file_are_told_apart(
    hoopoe: Hoopoe, defender: Path, world: World, tmp_path: Path, key: Key
) -> None:
    made = hoopoe("vault", "backup", defender, "--to", tmp_path, "--with-key", *key, "--json")
    copy = Path(made.facts["file"])
    flip(copy, copy.stat().st_size - 100)
    damaged = hoopoe("vault", "drill", defender, copy, *key, "--json")
    assert (damaged.status, damaged.facts["error"]) == (Exit.DAMAGED, "copy_damaged")
    bundle = hoopoe("vault", "drill", defender, world.first, *key, "--json")
    assert (bundle.status, bundle.facts["error"]) == (Exit.WRONG_KEY, "wrong_copy_key")
    other = tmp_path / "letter"
    other.write_bytes(b"Dear friend")
    letter = hoopoe("vault", "drill", defender, other, *key, "--json")
    assert (letter.status, letter.facts["error"]) == (Exit.DAMAGED, "not_a_copy")
