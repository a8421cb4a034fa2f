"""A vault of any older format is opened, killed while it is migrated, and opened again: whole."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import evidence, store
from app.records import Incident
from app.storage import versions
from app.storage.cells import whole
from app.storage.database import KEPT_SUFFIX
from app.vault import DATABASE, Vault
from crypto.secret import Passphrase
from tests.children import ROOT

FORMATS = sorted(
    path.parent for path in Path(__file__).parents[1].glob("vectors/vault/*/facts.json")
)
OPENING = """
import sys
from pathlib import Path
from app.vault import Vault
from crypto.secret import Passphrase
Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2])).close()
print("opened")
"""
KILLED_AT = (1, 2, 5, 12, 30)


def killed(folder: Path, passphrase: str, call: str, when: int) -> bool:
    """Open in a process that is killed at this call on the vault; whether it came to that."""
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    command += [f"--inject={call}:signal=KILL:when={when}"]
    for path in (folder / DATABASE, folder / f"{DATABASE}-wal", folder):
        command += ["-P", str(path)]
    done = subprocess.run(
        [*command, sys.executable, "-c", OPENING, str(folder), passphrase],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "ptrace" in done.stderr:
        pytest.skip("this system lets nobody trace")
    return done.stdout != "opened\n"


@pytest.mark.heavy
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
@pytest.mark.parametrize("call", ["pwrite64", "fsync"])
@pytest.mark.parametrize("made", FORMATS, ids=lambda made: made.name)
def test_a_kill_while_an_older_format_is_opened_loses_nothing(
    made: Path, call: str, tmp_path: Path
) -> None:
    facts = json.loads((made / "facts.json").read_text("utf-8"))
    kills = 0
    for when in KILLED_AT:
        folder = Path(shutil.copytree(made / "vault", tmp_path / f"{when}"))
        kills += killed(folder, facts["passphrase"], call, when)
        with Vault.open(folder, Passphrase.of(facts["passphrase"])) as vault:
            [[version]] = vault.database.rows("PRAGMA user_version")
            assert whole(version) == versions.known_version()
            found = store.every(vault, Incident)
            assert [each.title.text for each in found] == [facts["title"]]
            report = vault.check()
            assert (report.entries, report.last_hash) == (facts["entries"], facts["last_hash"])
            assert {each.look for each in report.findings} <= {"derived"}
            evidence.verify(vault, facts["evidence"])
        # The copy from before a migration is kept until an opening that needs none.
        with Vault.open(folder, Passphrase.of(facts["passphrase"])):
            assert not (folder / f"{DATABASE}{KEPT_SUFFIX}").exists()
    # One of the newest format is not migrated: there is little to kill in.
    assert kills or made == FORMATS[-1]
