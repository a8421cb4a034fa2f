"""A medium that is full while a safe copy is made or restored: said so, and nothing is left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import store
from app.records import Incident, LText
from app.vault import Vault
from crypto.secret import Passphrase
from tests.conftest import PASSPHRASE, at_noon

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts")

FILLED = """
import sys
from pathlib import Path
from app.backup import making, recovery, restoring
from app.errors import NoRoom
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
vault, place, stick, words = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4]
with Vault.open(vault, Passphrase.of(words)) as opened:
    before = sorted(vault.rglob("*"))
    copy = making.for_recovery(opened, place).path
    key = recovery.identity(opened)
    try:
        restoring.restore(copy, key, stick / "again", Passphrase.of(words), cost=FLOOR)
    except NoRoom:
        print("restore", list(stick.iterdir()))
    (stick / "full").write_bytes(bytes(600 * 1024))
    try:
        making.for_recovery(opened, stick)
    except NoRoom:
        print("backup", [each.name for each in stick.iterdir()], sorted(vault.rglob("*")) == before)
"""
MOUNT = 'mount -t tmpfs -o size=1500k none "$3" && exec "$0" -c "$5" "$1" "$2" "$3" "$4"'


def test_a_full_medium_is_told_and_left_as_it_was(vault_folder: Path, tmp_path: Path) -> None:
    with Vault.open(vault_folder, Passphrase.of(PASSPHRASE), clock=at_noon) as vault:
        told = LText.of("Two men came. " * 1500, "en")
        for number in range(8):
            store.save(vault, Incident(title=LText.of(f"Visit {number}", "en"), narrative=told))
    place, stick = tmp_path / "place", tmp_path / "stick"
    place.mkdir()
    stick.mkdir()
    given = (vault_folder, place, stick)
    command = ["unshare", "-rm", "sh", "-c", MOUNT, sys.executable, *(str(each) for each in given)]
    done = subprocess.run(
        [*command, PASSPHRASE, FILLED], capture_output=True, text=True, check=False
    )
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this system lets nobody mount")
    assert done.stdout == "restore []\nbackup ['full'] True\n", done.stdout + done.stderr
