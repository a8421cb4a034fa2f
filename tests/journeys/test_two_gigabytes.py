"""Two gigabytes of evidence go through every verb in little memory, and arrive as they were."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.vault import Vault
from tests.children import ROOT
from tests.conftest import PASSPHRASE
from tests.sides import Sides, meet

SIZE = 2 * 1024**3 + 4097
BLOCK = 1024**2
CEILING = 200 * 1024**2
ROOM = 8 * 1024**3

# Each verb in a process of its own, which says at its end how much memory it ever had.
CHILD = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from app import courier, evidence, released, store
from app.bundles import opening, sealing
from app.contacts import ContactId
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records import EvidenceItem
from app.records.ids import IncidentId
from app.vault import Vault
from crypto.secret import Passphrase

def taken(vault, incident, film):
    item = evidence.take_in(vault, Path(film), about=incident, evidence_type="video")
    released.as_it_is(vault, item.id, seen=released.look(vault, item.id))
    return item.sha256

def sealed(vault, incident, receiver, folder):
    order = sealing.Order(incidents=(IncidentId(incident),), receiver=ContactId(receiver))
    return str(sealing.seal(vault, sealing.plan(vault, order), folder=Path(folder)).path)

def verified(bundle):
    return courier.verify(Path(bundle)).condition.value

def opened(vault, bundle):
    return [each.sha256 for each in opening.open_bundle(vault, Path(bundle)).evidence]

def imported(vault, bundle):
    plan = importing.plan_import(vault, opening.open_bundle(vault, Path(bundle)))
    accepted = frozenset({Doubt.UNKNOWN})
    return importing.apply(vault, Path(bundle), plan, accepted=accepted).complete

def exact(vault):
    (item,) = store.every(vault, EvidenceItem)
    evidence.verify(vault, item.id)
    return [item.sha256, item.size]

verb, folder, *words = sys.argv[1:]
if folder:
    secret = Passphrase.of(sys.stdin.read())
    # the day of the test's own vaults: what was assessed then holds for three months
    noon = datetime(2026, 3, 14, 12, tzinfo=UTC)
    with Vault.open(Path(folder), secret, clock=lambda: noon) as vault:
        said = globals()[verb](vault, *words)
else:
    said = globals()[verb](*words)
# not ru_maxrss: a new program keeps there what the test's own process had when it was started
status = Path("/proc/self/status").read_text()
print(json.dumps([said, int(status.partition("VmHWM:")[2].split()[0]) * 1024]))
"""


def in_a_child(verb: str, vault: Path | None, *words: object) -> object:
    """What the verb said; its peak memory was below the ceiling."""
    line = [sys.executable, "-c", CHILD, verb, str(vault or ""), *map(str, words)]
    done = subprocess.run(
        line, cwd=ROOT, input=PASSPHRASE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said, peak = json.loads(done.stdout)
    assert peak < CEILING, (verb, peak)
    return said


def write_film(path: Path) -> str:
    """A file that no file system can keep sparse and no writer can guess; its SHA-256."""
    chance = random.Random(2)
    digest = hashlib.sha256()
    block = bytearray(chance.randbytes(BLOCK))
    with path.open("wb") as film:
        left = SIZE
        while left:
            block[:8] = chance.randbytes(8)
            piece = memoryview(block)[: min(left, BLOCK)]
            digest.update(piece)
            film.write(piece)
            left -= len(piece)
    return digest.hexdigest()


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform == "win32", reason="no peak of memory to ask for")
def test_two_gigabytes_arrive_exactly_and_no_verb_takes_200_megabytes(
    new_vault: Callable[[str], Vault], tmp_path: Path
) -> None:
    if shutil.disk_usage(tmp_path).free < ROOM:
        pytest.skip("8 GiB of room are needed")
    sides = meet(new_vault("reporter"), new_vault("desk"), tmp_path / "out")
    incident = sides.record()
    for vault in (sides.reporter, sides.desk):
        vault.close()
    try:
        travel(sides, incident, tmp_path / "film")
    finally:
        for folder in (sides.folder, sides.reporter.folder / "files", sides.desk.folder / "files"):
            shutil.rmtree(folder)


def travel(sides: Sides, incident: str, film: Path) -> None:
    digest = write_film(film)
    reporter, desk = sides.reporter.folder, sides.desk.folder
    assert in_a_child("taken", reporter, incident, film) == digest
    film.unlink()
    bundle = in_a_child("sealed", reporter, incident, sides.receiver.id, sides.folder)
    assert in_a_child("verified", None, bundle) == "undamaged"
    assert in_a_child("opened", desk, bundle) == [digest]
    assert in_a_child("imported", desk, bundle) is True
    assert in_a_child("exact", desk) == [digest, SIZE]
