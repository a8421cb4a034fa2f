"""A batch that is killed in the middle leaves whole bundles only, and is gone on with."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from app import contacts, store
from app.inbox import gathering, looking, taking
from app.inbox.taking import Became
from app.records import Incident
from app.records.values import LText
from app.vault import Vault
from crypto.secret import Passphrase
from crypto.signing import SigningKey
from tests.app.bundles import forging
from tests.children import ROOT
from tests.conftest import PASSPHRASE, at_noon

COUNT = 12
BATCH = """
import sys
from pathlib import Path
from app.inbox import gathering, looking, taking
from app.vault import Vault
from crypto.secret import Passphrase
def told(step):
    if step.doing == "taking_in":
        print(step.done, flush=True)
with Vault.open(Path(sys.argv[1]), Passphrase.of(sys.argv[2])) as vault:
    batch = looking.look_at(vault, gathering.files_in([Path(sys.argv[3])]).files)
    taking.take_in(vault, batch, accepted=frozenset(), progress=told)
"""


@pytest.mark.heavy
@pytest.mark.parametrize("when", [1, 5, 9])
def test_a_kill_leaves_whole_bundles_and_the_rest_is_taken_in_later(
    new_vault: Callable[[str], Vault], tmp_path: Path, when: int
) -> None:
    desk = new_vault("killed")
    contacts.make_own_card(desk, "Desk")
    key = SigningKey.generate()
    contacts.remember_sender(desk, key.verify_key.line(), "K.")
    stick = tmp_path / "stick"
    stick.mkdir()
    for at in range(COUNT):
        two = [Incident(title=LText.of(f"{at}{side}")) for side in "ab"]
        forging.write(
            desk,
            stick / f"{at:02}",
            forging.payload(*(forging.line(each) for each in two)),
            key=key,
        )
    desk.close()
    command = [sys.executable, "-c", BATCH, str(tmp_path / "killed"), PASSPHRASE, str(stick)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            if int(line) == when:
                child.kill()
    with Vault.open(tmp_path / "killed", Passphrase.of(PASSPHRASE), clock=at_noon) as again:
        here = Counter(each.title.text[:-1] for each in store.every(again, Incident))
        assert set(here.values()) <= {2}
        assert when <= len(here) < COUNT
        assert again.check().findings == ()
        left = taking.unfinished(again)
        assert left is not None
        batch = looking.look_at(again, gathering.files_in(left.paths).files)
        done = taking.take_in(again, batch, accepted=left.accepted)
        assert len(done.of(Became.TAKEN)) == COUNT - len(here)
        assert len(store.every(again, Incident)) == 2 * COUNT
        assert again.check().findings == ()
