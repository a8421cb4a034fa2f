"""Refusals at the door of a vault are typed, whatever the system says."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import NotReadable, VaultDamaged
from app.vault import SLOT_FILE, Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase


def test_a_slot_file_many_times_its_size_is_damage(
    vault_folder: Path, passphrase: Passphrase
) -> None:
    with (vault_folder / SLOT_FILE).open("ab") as file:
        file.write(bytes(200_000))
    with pytest.raises(VaultDamaged) as refused:
        Vault.open(vault_folder, passphrase)
    assert refused.value.detail == "slot file size"


def test_a_parent_that_no_system_can_name_makes_no_vault(
    tmp_path: Path, passphrase: Passphrase
) -> None:
    with pytest.raises(NotReadable):
        Vault.create(tmp_path / ("a" * 300) / "vault", passphrase, cost=FLOOR)
