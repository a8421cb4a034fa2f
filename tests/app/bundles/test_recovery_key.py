"""With the recovery key, what was sealed opens without Hoopoe; a vault without keys has none."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app import contacts, keyring
from app.cli import run
from app.errors import NoOwnCard
from app.vault import Vault
from crypto import age
from tests.conftest import PASSPHRASE
from tests.sides import Sides

RECOVER = Path(__file__).parents[3] / "tools" / "recover.py"


def test_the_recovery_key_opens_a_bundle_with_one_file_and_no_hoopoe(
    sides: Sides, tmp_path: Path
) -> None:
    sealed = sides.seal(sides.record())
    contacts.make_own_card(sides.desk, "Human Rights Desk")
    key = tmp_path / "key.txt"
    key.write_bytes(keyring.identity_file(sides.desk))
    done = subprocess.run(
        [sys.executable, "-I", str(RECOVER), "-i", str(key), "-o", str(tmp_path / "b.tar"),
         str(sealed.path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "b.tar").stat().st_size >= 256 * 1024


def test_every_identity_is_in_it_retired_ones_and_those_for_receipts_too(sides: Sides) -> None:
    contacts.make_own_card(sides.desk, "Human Rights Desk")
    sides.seal(sides.record())
    for vault, count in ((sides.desk, 2), (sides.reporter, 1)):
        found = age.parse_identity_file(keyring.identity_file(vault).decode("ascii"))
        assert len(found) == count


def test_a_vault_without_keys_has_no_recovery_key(vault: Vault) -> None:
    with pytest.raises(NoOwnCard):
        keyring.identity_file(vault)


def test_the_command_line_writes_it_for_the_owner_alone(
    vault_folder: Path, passphrase: object, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    words.write_text(PASSPHRASE)
    out = tmp_path / "key.txt"
    assert run(["card", "make", str(vault_folder), "Desk", "--passphrase-file", str(words)]) == 0
    assert (
        run(["card", "key", str(vault_folder), "--out", str(out), "--passphrase-file", str(words)])
        == 0
    )
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert b"AGE-SECRET-KEY-PQ-1" in out.read_bytes()
