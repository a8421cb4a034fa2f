"""What a vault costs as it grows: a curve over thousands of incidents and gigabytes of evidence.

One vault grows from size to size by the program's own saving. Evidence is sparse: records and rows
as taking in makes them, and files of the length noted that hold nothing. A process of its own
unlocks and lists at each size, so that its peak of memory is its own:

    python -m tools.bench.scale VAULT      prints one JSON object
"""

from __future__ import annotations

import json
import random
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from app import incidents, store
from app.records import Incident, LText
from app.records.evidence_item import EvidenceItem, EvidenceLink
from app.records.ids import IncidentId
from app.records.values import TermRef
from app.storage import evidence
from app.storage.database import Transaction
from app.vault import Vault
from crypto.kdf import STANDARD, measure
from crypto.padding import padme
from crypto.secret import Passphrase, Secret
from tools.bench.processes import ROOT

EVIDENCE_BYTES: Final = 50 * 10**9
"""At the last size; in step with the incidents before it."""

LARGEST_UNLOCK: Final = 1.2
LARGEST_PAGE_MS: Final = 100
LARGEST_GROWTH: Final = 0.2
MEBIBYTE: Final = 1024**2

_PASSPHRASE: Final = "a passphrase for measuring alone"
_BATCH: Final = 500
_ALONE: Final = 100
"""Incidents that are saved one by one at each size, as a person does."""
_EVERY: Final = 10
"""Incidents to one file of evidence."""
_ROUNDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What unlocking and listing cost in a process of their own. Seconds, milliseconds, bytes;
    `held`: memory that showing the first page took at its peak, above what an open vault takes."""

    unlock: float
    stretch: float
    page_ms: float
    listed_ms: float
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One size of the curve. Medians of saving one incident, on the clock and of the processor."""

    incidents: int
    evidence: int
    database: int
    saved_ms: float
    saved_cpu_ms: float
    found: Found


def lines(folder: Path, largest: int) -> Iterator[str]:
    """At a hundredth and a tenth of `largest` incidents, and there: one line each as it is
    measured, then how much dearer the last is than the first."""
    points: list[Point] = []
    for point in curve(folder / "growing", (largest // 100, largest // 10, largest)):
        points.append(point)
        yield _line(point)
    before, after = points[0], points[-1]
    for what, growth in (
        ("saving one incident, processor", after.saved_cpu_ms / before.saved_cpu_ms - 1),
        ("saving one incident, clock", after.saved_ms / before.saved_ms - 1),
        ("listing, for each incident", _listed_each(after) / _listed_each(before) - 1),
    ):
        yield (
            f"{what}: {growth:+.0%} from {before.incidents:,} to {after.incidents:,}"
            f" (aim below {LARGEST_GROWTH:.0%}: {_said(growth < LARGEST_GROWTH)})"
        )


def curve(place: Path, sizes: Sequence[int]) -> Iterator[Point]:
    """Grow one vault at `place` to each of `sizes`, and measure there."""
    chance = random.Random(1)
    words = _words(chance)
    Vault.create(place, Passphrase.of(_PASSPHRASE), cost=STANDARD).close()
    stored = 0
    for before, size in pairwise((0, *sizes)):
        with Vault.open(place, Passphrase.of(_PASSPHRASE)) as vault:
            alone_from = max(before, size - _ALONE)
            for begin in range(before, alone_from, _BATCH):
                stored += _grow(vault, min(_BATCH, alone_from - begin), words, chance, sizes[-1])
            alone = [_saved_alone(vault, words, chance) for _ in range(size - alone_from)]
            vault.database.checkpoint()
        yield Point(
            incidents=size,
            evidence=stored,
            database=vault.database.path.stat().st_size,
            saved_ms=statistics.median(wall for wall, _cpu in alone),
            saved_cpu_ms=statistics.median(cpu for _wall, cpu in alone),
            found=_in_a_child(place),
        )


def measured(place: Path) -> Found:
    """Unlock and list in this process."""
    unlocks, stretches = [], []
    for _ in range(_ROUNDS):
        begun = time.perf_counter()
        Vault.open(place, Passphrase.of(_PASSPHRASE)).close()
        unlocks.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        measure(STANDARD)
        stretches.append(time.perf_counter() - begun)
    with Vault.open(place, Passphrase.of(_PASSPHRASE)) as vault:
        before = _forget_peak()
        pages = [_timed_page(vault) for _ in range(_ROUNDS)]
        held = _peak() - before
        begun = time.perf_counter()
        for _ in _pages(vault):
            pass
        listed = time.perf_counter() - begun
    return Found(
        unlock=min(unlocks),
        stretch=min(stretches),
        page_ms=min(pages),
        listed_ms=listed * 1000,
        held=held,
    )


def _pages(vault: Vault) -> Iterator[incidents.IncidentPage]:
    """Every page of the list, one after the other, as somebody who scrolls to its end."""
    part = incidents.page(vault)
    yield part
    while part.more is not None:
        part = incidents.page(vault, after=part.more)
        yield part


def _timed_page(vault: Vault) -> float:
    begun = time.perf_counter()
    incidents.page(vault)
    return (time.perf_counter() - begun) * 1000


def _grow(vault: Vault, count: int, words: Sequence[str], chance: random.Random, last: int) -> int:
    """Save incidents in one transaction, with their share of evidence; bytes of evidence."""
    size = EVIDENCE_BYTES * _EVERY // last
    stored = 0
    with vault.transaction() as tx:
        for number in range(count):
            saved = store.put(vault, tx, _incident(words, chance)).record
            if number % _EVERY == 0:
                _attach(vault, tx, IncidentId(saved.id), size)
                stored += size
    return stored


def _saved_alone(vault: Vault, words: Sequence[str], chance: random.Random) -> tuple[float, float]:
    """Milliseconds on the clock and of the processor."""
    incident = _incident(words, chance)
    wall, cpu = time.perf_counter(), time.process_time()
    store.save(vault, incident)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _attach(vault: Vault, tx: Transaction, incident: IncidentId, size: int) -> None:
    name = LText.of("A file")
    item = EvidenceItem(
        evidence_type=TermRef(list="evidence_type", key="photograph"),
        title=name,
        description=name,
        sha256=secrets.token_hex(32),
        size=size,
        mime="image/jpeg",
        links=(EvidenceLink(supports=incident),),
    )
    store.put(vault, tx, item)
    file = evidence.EvidenceFile(
        record=item.id,
        stored_name=vault.files.new_name(),
        key=Secret.random(32),
        sha256=item.sha256,
        size=size,
    )
    evidence.begin_writing(tx, file.stored_name)
    evidence.refer(tx, file)
    with vault.files.path(file.stored_name).open("wb") as sparse:
        sparse.truncate(padme(size))


def _incident(words: Sequence[str], chance: random.Random) -> Incident:
    return Incident(
        title=LText.of(" ".join(chance.choices(words, k=5)), "en"),
        narrative=LText.of(" ".join(chance.choices(words, k=60)), "en"),
        language="en",
    )


def _words(chance: random.Random) -> tuple[str, ...]:
    letters = "aeiounrstlmdkpgbvh"
    return tuple("".join(chance.choices(letters, k=chance.randrange(2, 10))) for _ in range(5_000))


def _in_a_child(place: Path) -> Found:
    line = [sys.executable, "-m", "tools.bench.scale", str(place)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    return Found(**json.loads(done.stdout))


def _forget_peak() -> int:
    """Begin the peak of memory anew; what is held now, in bytes. 0 where the system cannot tell."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return 0
    return _status("VmRSS")


def _peak() -> int:
    return _status("VmHWM")


def _status(name: str) -> int:
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return 0
    found = next((line for line in status.splitlines() if line.startswith(name + ":")), "x 0")
    return int(found.split()[1]) * 1024


def _listed_each(point: Point) -> float:
    return point.found.listed_ms / point.incidents


def _line(point: Point) -> str:
    found = point.found
    ratio = found.unlock / found.stretch
    return (
        f"{point.incidents:,} incidents, {point.evidence / 1e9:.1f} GB of sparse evidence,"
        f" database {point.database / MEBIBYTE:.0f} MiB:\n"
        f"    unlock {found.unlock:.3f} s = {ratio:.2f} × its Argon2id"
        f" (aim {LARGEST_UNLOCK} ×: {_said(ratio <= LARGEST_UNLOCK)});"
        f" first page {found.page_ms:.0f} ms"
        f" (aim {LARGEST_PAGE_MS} ms: {_said(found.page_ms <= LARGEST_PAGE_MS)}),"
        f" {found.held / MEBIBYTE:.0f} MiB\n"
        f"    saving one {point.saved_ms:.1f} ms, processor {point.saved_cpu_ms:.1f} ms;"
        f" listing all {found.listed_ms:.0f} ms"
    )


def _said(met: bool) -> str:  # noqa: FBT001 - what was measured
    return "met" if met else "not met"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measured(Path(sys.argv[1])))))
    sys.stdout.flush()
