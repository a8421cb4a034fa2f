"""`hoopoe vault erase`: only with the folder's name, and then for good."""

from __future__ import annotations

from pathlib import Path

from app.vault import EVIDENCE
from tests.app.cli.conftest import Hoopoe

Key = tuple[str, str]


def test_with_its_name_a_vault_is_erased_without_a_passphrase(
    hoopoe: Hoopoe, vault_folder: Path, key: Key
) -> None:
    ran = hoopoe("vault", "erase", vault_folder, "--confirm", vault_folder.name, "--json")
    assert ran.facts == {"vault": str(vault_folder), "erased": True, "left": [], "status": 0}
    assert [each.name for each in vault_folder.iterdir()] == [EVIDENCE]
    assert hoopoe("vault", "unlock-test", vault_folder, *key).status == 3


def test_with_another_name_or_nobody_to_type_it_nothing_is_erased(
    hoopoe: Hoopoe, vault_folder: Path, key: Key
) -> None:
    assert hoopoe("vault", "erase", vault_folder, "--confirm", "other").status == 2
    assert hoopoe("vault", "erase", vault_folder).status == 2
    assert hoopoe("vault", "unlock-test", vault_folder, *key).status == 0


def test_what_erasing_cannot_reach_is_said(hoopoe: Hoopoe, vault_folder: Path) -> None:
    ran = hoopoe("vault", "erase", vault_folder, "--confirm", vault_folder.name)
    assert "Copies made earlier" in ran.err
    assert "SSD" in ran.err
