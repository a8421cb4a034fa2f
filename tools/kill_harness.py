"""Kills a writing program at random moments and looks whether anything it acknowledged is gone.

    python -m tools.kill_harness [--kills 80] [--seed 1] [--workload NAME]...

Each round forks a child that opens the vault, works, and acknowledges each thing it has done over a
pipe; the parent kills it with SIGKILL, opens the vault again and compares. The two workloads whose
name begins with "broken" are controls: writers with a known fault, which the harness has to catch.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from app import evidence, store
from app.errors import AppError, NotFound
from app.records import EvidenceItem, Incident, LText
from app.records.ids import RecordId
from app.storage import evidence as evidence_rows
from app.vault import Vault
from crypto.age.stream import StreamWriter
from crypto.kdf import FLOOR
from crypto.padding import padme
from crypto.secret import Passphrase, Secret

PASSPHRASE: Final = "only for killing"
ROUNDS_PER_VAULT: Final = 25
LONGEST_SECONDS: Final = 0.3
OPENING_SHARE: Final = 0.15
"""Share of the kills that fall on opening, where the sweep works."""

Acknowledge = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """`work` goes on until it is killed, and acknowledges words that `missing` understands;
    `missing` says which of them no longer hold in the vault opened again."""

    name: str
    work: Callable[[Vault, Path, random.Random, Acknowledge], None]
    missing: Callable[[Vault, list[str]], list[str]]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the kills of one workload."""

    workload: str
    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return len(self.lost) + len(self.half) + len(self.unsound)


# --- what is done while the kill comes ------------------------------------------------------


def _incident(text: str) -> Incident:
    return Incident(title=LText.of(text, "en"), narrative=LText.of(text * 40, "en"))


def _save_records(vault: Vault, _source: Path, chance: random.Random, say: Acknowledge) -> None:
    mine: list[Incident] = []
    while True:
        text = f"n{chance.randrange(10**9)}"
        if mine and chance.random() < 0.5:
            place = chance.randrange(len(mine))
            record = replace(mine[place], title=LText.of(text, "en"))
            mine[place] = store.save(vault, record).record
        else:
            record = store.save(vault, _incident(text)).record
            mine.append(record)
        say(f"{record.id} {text}")


def _missing_records(vault: Vault, said: list[str]) -> list[str]:
    newest: dict[str, str] = {}
    for words in said:
        record, text = words.split()
        newest[record] = text
    return [
        record
        for record, text in newest.items()
        # The kill may fall between a later commit and its word: a newer title is no loss.
        if not any(each.record.title.text == text for each in _revisions(vault, RecordId(record)))
    ]


def _revisions(vault: Vault, record: RecordId) -> list[store.Kept[Incident]]:
    try:
        return store.revisions(vault, Incident, record)
    except NotFound:
        return []


def _keep_drafts(vault: Vault, _source: Path, chance: random.Random, say: Acknowledge) -> None:
    typing = Incident()
    for count in itertools.count(chance.randrange(1000)):
        typing = replace(typing, narrative=LText.of(f"{count}", "en"))
        store.keep_draft(vault, typing)
        say(f"{typing.id} {count}")


def _missing_drafts(vault: Vault, said: list[str]) -> list[str]:
    missing = []
    for words in said:
        record, count = words.split()
        kept = store.take_draft(vault, Incident, RecordId(record))
        if kept is None or int(kept.narrative.text) < int(count):
            missing.append(words)
    return missing


def _take_in_evidence(vault: Vault, source: Path, chance: random.Random, say: Acknowledge) -> None:
    about = store.save(vault, _incident("case")).record
    while True:
        content = chance.randbytes(chance.randrange(3_000_000))
        source.write_bytes(content)
        item = evidence.take_in(vault, source, about=about.id, evidence_type="photo")
        say(f"{item.id} {hashlib.sha256(content).hexdigest()}")
        if chance.random() < 0.3:
            evidence.destroy(vault, item.id, why="no longer needed")
            say(f"{item.id} gone")


def _missing_evidence(vault: Vault, said: list[str]) -> list[str]:
    last: dict[str, str] = {}
    for words in said:
        record, state = words.split()
        last[record] = state
    return [record for record, state in last.items() if not _holds(vault, record, state)]


def _holds(vault: Vault, record: str, state: str) -> bool:
    file = evidence_rows.file_of(vault.database, record)
    if state == "gone":
        return file is None
    if file is None:
        # Destroyed, but killed before it could say so: the log tells it from a loss.
        return any(
            event.action == evidence.DESTROYED
            for event in evidence.custody(vault, RecordId(record))
        )
    with evidence.reader(vault, RecordId(record)) as reader:
        return hashlib.sha256(reader.read()).hexdigest() == state == file.sha256


# --- controls: writers with a known fault ---------------------------------------------------


def _say_before_saving(
    vault: Vault, _source: Path, chance: random.Random, say: Acknowledge
) -> None:
    while True:
        text = f"n{chance.randrange(10**9)}"
        record = _incident(text)
        say(f"{record.id} {text}")
        store.save(vault, record)


def _write_under_the_final_name(
    vault: Vault, _source: Path, chance: random.Random, say: Acknowledge
) -> None:
    while True:
        content = chance.randbytes(3_000_000)
        digest = hashlib.sha256(content).hexdigest()
        name, key = vault.files.new_name(), Secret.random(32)
        with vault.files.path(name).open("wb") as file, StreamWriter(file, key) as stream:
            for at in range(0, len(content), 100_000):
                stream.write(content[at : at + 100_000])
            stream.write(bytes(padme(len(content)) - len(content)))
        held = evidence.StoredContent(
            stored_name=name, key=key, sha256=digest, size=len(content), head=b""
        )
        item = EvidenceItem(title=LText.of("x", "en"), sha256=digest, size=len(content))
        with vault.transaction() as tx:
            store.receive(vault, tx, item, bundle="ab" * 16, signer="", number=1)
            evidence.attach(tx, item.id, held)
        say(f"{item.id} {digest}")


def _nothing_missing(_vault: Vault, _said: list[str]) -> list[str]:
    return []


WORKLOADS: Final = (
    Workload(name="records", work=_save_records, missing=_missing_records),
    Workload(name="drafts", work=_keep_drafts, missing=_missing_drafts),
    Workload(name="evidence", work=_take_in_evidence, missing=_missing_evidence),
)
CONTROLS: Final = (
    Workload(name="broken-early-word", work=_say_before_saving, missing=_missing_records),
    Workload(name="broken-final-name", work=_write_under_the_final_name, missing=_nothing_missing),
)
_CONTROL_NAMES: Final = frozenset(each.name for each in CONTROLS)


# --- killing and looking --------------------------------------------------------------------


def run(workload: Workload, kills: int, seed: int) -> Tally:
    """Kill the workload `kills` times; what was found afterwards."""
    tally = Tally(workload=workload.name)
    for _ in itertools.islice(_rounds(workload, tally, seed), kills):
        pass
    return tally


def run_until_caught(control: Workload, most: int, seed: int) -> Tally:
    """Kill a control until its fault shows, at most `most` times."""
    tally = Tally(workload=control.name)
    for _ in itertools.islice(_rounds(control, tally, seed), most):
        if tally.faults:
            break
    return tally


def _rounds(workload: Workload, tally: Tally, seed: int) -> Iterator[int]:
    """Kill without end, counting into `tally`; a new vault after some rounds and after a fault."""
    chance = random.Random(f"{workload.name} {seed}")
    with tempfile.TemporaryDirectory(prefix="hoopoe-kill-") as place:
        pristine = Path(place) / "pristine"
        Vault.create(pristine, Passphrase.of(PASSPHRASE), cost=FLOOR).close()
        folder = Path(place) / "vault"
        said: list[str] = []
        for number in itertools.count():
            if number % ROUNDS_PER_VAULT == 0 or not folder.exists():
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(pristine, folder)
                said = []
            words = _kill_once(workload, folder, Path(place) / "source", chance)
            said += words
            tally.kills += 1
            tally.acknowledged += len(words)
            before = tally.faults
            _look(workload, folder, said, tally)
            if tally.faults > before:
                shutil.rmtree(folder)
            yield number


def _kill_once(workload: Workload, folder: Path, source: Path, chance: random.Random) -> list[str]:
    reading, writing = os.pipe()
    seed = chance.random()
    child = os.fork()
    if child == 0:
        _be_killed(workload, folder, source, seed, reading, writing)
    os.close(writing)
    while_opening = chance.random() < OPENING_SHARE
    wait = chance.random() * LONGEST_SECONDS
    heard = b""
    if not while_opening:
        heard = os.read(reading, 6)  # "ready\n", or nothing when the child could not open
    deadline = time.monotonic() + wait
    while (left := deadline - time.monotonic()) > 0:
        # Words are taken as they come, so that a full pipe never holds the child.
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, 65536)
            if not piece:
                break
            heard += piece
    os.kill(child, signal.SIGKILL)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    os.waitpid(child, 0)
    whole, _, _cut = heard.decode().rpartition("\n")
    return [line for line in whole.split("\n") if line and line != "ready"]


def _be_killed(
    workload: Workload, folder: Path, source: Path, seed: float, reading: int, writing: int
) -> None:
    """The child: works until it is killed. Whatever goes wrong in it is told, not hidden."""
    try:
        os.close(reading)
        vault = Vault.open(folder, Passphrase.of(PASSPHRASE))
        os.write(writing, b"ready\n")

        def say(words: str) -> None:
            os.write(writing, words.encode() + b"\n")

        workload.work(vault, source, random.Random(seed), say)
    except BaseException as error:
        sys.stderr.write(f"child: {error!r}\n")
    finally:
        os._exit(1)


def _look(workload: Workload, folder: Path, said: list[str], tally: Tally) -> None:
    """Open what is left and compare."""
    try:
        with Vault.open(folder, Passphrase.of(PASSPHRASE)) as vault:
            tally.lost += workload.missing(vault, said)
            tally.half += _strays(vault)
            tally.unsound += [f"{found.look} {found.detail}" for found in vault.check().findings]
    except AppError as error:
        tally.unsound.append(repr(error))
    tally.unsound += [
        path.name for path in folder.iterdir() if path.name not in {"0.dat", "1.dat", "files"}
    ]


def _strays(vault: Vault) -> Iterator[str]:
    known = {file.stored_name for file in evidence_rows.files(vault.database)}
    return (path.name for path in vault.files.folder.iterdir() if path.name not in known)


def main(arguments: list[str]) -> int:
    """Run from a command line: JSON on standard output, 0 when all is as it should be."""
    every = {each.name: each for each in (*WORKLOADS, *CONTROLS)}
    parser = argparse.ArgumentParser(prog="kill_harness", description=__doc__)
    parser.add_argument("--kills", type=int, default=80, help="for each workload")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workload", action="append", choices=sorted(every), default=[])
    chosen = parser.parse_args(arguments)
    names = chosen.workload or list(every)
    good = True
    for name in names:
        judge = run_until_caught if name in _CONTROL_NAMES else run
        tally = judge(every[name], chosen.kills, chosen.seed)
        good = good and (tally.faults > 0) == (name in _CONTROL_NAMES)
        facts = {
            "workload": name,
            "kills": tally.kills,
            "acknowledged": tally.acknowledged,
            "lost": len(tally.lost),
            "half": len(tally.half),
            "unsound": tally.unsound[:5],
        }
        sys.stdout.write(json.dumps(facts) + "\n")
        sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
