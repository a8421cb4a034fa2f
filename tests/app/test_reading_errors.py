"""A medium that gives no answer is not called damage, and damage is not called a bad medium."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import VaultDamaged
from app.vault import DATABASE, Vault
from crypto.secret import Passphrase
from tests.app.trees import flip
from tests.children import ROOT
from tests.conftest import PASSPHRASE

OPENING = """
import sys
from pathlib import Path
from app.errors import AppError
from app.vault import Vault
from crypto.secret import Passphrase
try:
    with Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2])) as vault:
        print(vault.check().whole)
except AppError as error:
    print(type(error).__name__)
"""


def opened(folder: Path, when: str) -> str:
    """What comes of opening and checking where these readings of the database fail."""
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pread64"]
    command += [f"--inject=pread64:error=EIO:when={when}", "-P", str(folder / DATABASE)]
    done = subprocess.run(
        [*command, sys.executable, "-c", OPENING, str(folder), PASSPHRASE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "ptrace" in done.stderr:
        pytest.skip("this system lets nobody trace")
    return done.stdout.strip() or done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
@pytest.mark.parametrize("when", ["1", "16", "5+"])
def test_a_reading_that_fails_is_tried_again_or_said_to_have_failed(
    vault_folder: Path, when: str
) -> None:
    once = "+" not in when
    assert opened(vault_folder, when) in ({"True", "MediumFailed"} if once else {"MediumFailed"})


def test_a_page_that_was_altered_is_still_damage(vault_folder: Path) -> None:
    flip(vault_folder / DATABASE, 200)
    with pytest.raises(VaultDamaged):
        Vault.open(vault_folder, Passphrase.of(PASSPHRASE))
