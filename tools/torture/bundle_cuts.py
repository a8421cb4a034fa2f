"""Power cuts over sealing and over taking in: bundles lie on a stick beside the vault.

After any cut there is no bundle under a name or a whole one, and the vault remembers none that is
not whole on the stick; what was taken in is there with its files, or nothing of it is.

The control gives bundles their names without bringing the folder to the medium.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import Final

from app.storage import bundles as stored
from app.storage import channels
from app.vault import Vault
from tools import kill_bundles
from tools.torture import cuts
from tools.torture.cuts import Session, Tally

SYNCED: Final = "synced"
UNSYNCED: Final = "unsynced"

_ARRIVALS: Final = 3
_SESSION: Final = """
import os, random, sys
from contextlib import contextmanager
from pathlib import Path
from app import contacts, evidence, files, store
from app.bundles import opening, sealing
from app.bundles.sealing import Caution, Order
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records.ids import IncidentId
from app.vault import Vault
from crypto.secret import Passphrase
from tools import assessing, kill_bundles
from tools.kill_vault import incident
folder, out, level = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
if level == "unsynced":
    @contextmanager
    def nothing(_folder):
        yield lambda: None
    files._folder_to_sync = nothing
def say(*words):
    os.write(1, ("ACK " + " ".join(words) + "\\n").encode())
chance = random.Random(1)
with Vault.open(folder, Passphrase.of(sys.argv[4])) as vault:
    receiver, stick = kill_bundles.myself(vault), kill_bundles.stick(vault)
    for number in range(3):
        record = store.save(vault, incident(f"n{number}")).record
        source = out / f"source{number}"
        source.write_bytes(chance.randbytes(70_000))
        evidence.take_in(vault, source, about=record.id, evidence_type="photo")
        order = Order(incidents=(IncidentId(record.id),), receiver=receiver,
                      caution=Caution.EVEN_UNVERIFIED)
        assessing.assess(vault, contacts.get(vault, receiver), *order.incidents)
        sealed = sealing.seal(vault, sealing.plan(vault, order), folder=stick)
        say("sealed", sealed.bundle, sealed.path.name)
        arrived = out / f"arrives{number}"
        opened = opening.open_bundle(vault, arrived)
        plan = importing.plan_import(vault, opened)
        importing.apply(vault, arrived, plan, accepted=frozenset({Doubt.UNSIGNED}))
        say("taken", opened.manifest.bundle)
"""


def record_session(place: Path, level: str) -> Session:
    """Seal and take in three times, in turns; on record."""
    return cuts.record_session(place, level, _SESSION, _prepare)


def cut(session: Session, work: Path, times: int, seed: int, name: str) -> Tally:
    """Cut the session at random calls."""
    return cuts.cut(session, work, times, seed, f"bundles {name}", _missing)


def _prepare(vault: Vault) -> None:
    chance = random.Random(2)
    kill_bundles.myself(vault)
    kill_bundles.stick(vault)
    for number in range(_ARRIVALS):
        kill_bundles.bundle_for(vault, vault.folder.with_name("out") / f"arrives{number}", chance)


def _missing(vault: Vault, said: list[str]) -> list[str]:
    told = [words.split(maxsplit=1) for words in said]
    lost = kill_bundles.missing_bundles(vault, [rest for what, rest in told if what == "sealed"])
    lost += kill_bundles.missing_arrivals(vault, [rest for what, rest in told if what == "taken"])
    return lost + _without_way_back(vault)


def _without_way_back(vault: Vault) -> list[str]:
    """A whole bundle on the stick, remembered or not, whose receipt nobody could open."""
    names = [path.name for path in kill_bundles.stick(vault).iterdir()]
    known = {each.sequence for each in stored.all_sealed(vault.database)}
    kept = [each.sequence for each in channels.channels(vault.database)]
    if names and not kept:
        return [f"no channel for {names[0]}"]
    return [f"number {each}" for each in known if each > max(kept)]
