"""`hoopoe vault create --two-files`, with a cover vault and without."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.storage.levelling import NAMES
from tests.app.cli.conftest import Hoopoe

Key = tuple[str, str]


@pytest.fixture
def cover_file(tmp_path: Path) -> Path:
    path = tmp_path / "cover"
    path.write_text("six other words that somebody might tell\n", "utf-8")
    return path


def test_two_files_with_a_cover_vault_open_with_either_passphrase(
    hoopoe: Hoopoe, tmp_path: Path, key: Key, cover_file: Path
) -> None:
    folder = tmp_path / "v"
    options = ("--cost", "floor", "--two-files", "--cover-file", cover_file)
    ran = hoopoe("vault", "create", folder, *options, *key, "--json")
    assert ran.facts == {"vault": str(folder), "card": None, "status": 0}
    assert hoopoe("vault", "unlock-test", folder, *key).status == 0
    assert hoopoe("vault", "check", folder, "--passphrase-file", cover_file).status == 0


def test_two_files_without_one_open_with_one(
    hoopoe: Hoopoe, tmp_path: Path, key: Key, cover_file: Path
) -> None:
    folder = tmp_path / "v"
    assert hoopoe("vault", "create", folder, "--cost", "floor", "--two-files", *key).status == 0
    first, second = (folder / name for name in NAMES)
    assert first.stat().st_size == second.stat().st_size
    assert hoopoe("vault", "check", folder, *key).status == 0
    assert hoopoe("vault", "unlock-test", folder, "--passphrase-file", cover_file).status == 4


def test_a_cover_vault_without_two_files_or_with_the_same_passphrase_is_not_made(
    hoopoe: Hoopoe, tmp_path: Path, key: Key, cover_file: Path
) -> None:
    folder = tmp_path / "v"
    usual = ("vault", "create", folder, "--cost", "floor", *key)
    assert hoopoe(*usual, "--cover-file", cover_file).status == 2
    assert hoopoe(*usual, "--two-files", "--cover-file", key[1]).status != 0
    assert not folder.exists()
