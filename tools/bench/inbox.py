"""What a thousand bundles cost an inbox: looked at, taken in, one in ten of them hostile.

A process of its own does it, so that its peak of memory is its own:

    python -m tools.bench.inbox FOLDER [COUNT]      prints one JSON object
"""

from __future__ import annotations

import json
import resource
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from app import contacts, samples
from app.bundles import lines, packing
from app.bundles.manifest import BundleKind, Manifest
from app.bundles.packing import Payload
from app.bundles.reading import CUSTODY, RECORDS
from app.bundles.report import SealedRecord
from app.clock import now
from app.inbox import gathering, looking, taking
from app.inbox.taking import Became
from app.records import Incident
from app.records.codec import encode
from app.records.ids import IncidentId, RecordId
from app.vault import Vault
from crypto import age
from crypto.digest import sha256
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from crypto.signing import SigningKey
from tools.bench.processes import ROOT

COUNT: Final = 1000
HOSTILE_EVERY: Final = 10
AIM_A_SECOND: Final = 50
AIM_GROWTH_BYTES: Final = 64 * 1024**2
_PASSPHRASE: Final = "a passphrase for measuring alone"
_BEAT: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Seconds of each part, and of the processor in both; `taken`, `aside`: how many;
    `growth`: bytes of memory at its peak above that after the first hundred; `longest_wait`:
    seconds that another thread did not get a turn."""

    count: int
    look: float
    take: float
    cpu: float
    taken: int
    aside: int
    growth: int
    longest_wait: float


def measured(folder: Path, count: int = COUNT) -> Found:
    """Makes the bundles, and has another process take them in."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.inbox", str(folder), str(count)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return Found(**json.loads(done.stdout))


def lines_of(folder: Path, count: int = COUNT) -> Iterator[str]:
    """One line a figure."""
    found = measured(folder / "inbox", count)
    speed = found.count / (found.look + found.take)
    met = "met" if speed >= AIM_A_SECOND else "not met"
    yield (
        f"{found.count} small bundles, one in {HOSTILE_EVERY} hostile: {found.taken} taken in,"
        f" {found.aside} set aside"
    )
    yield (
        f"looked at in {found.look:.1f} s, taken in in {found.take:.1f} s:"
        f" {speed:.0f} a second on one core (aim {AIM_A_SECOND}: {met})"
    )
    yield f"of that the processor worked {found.cpu:.1f} s: {found.count / found.cpu:.0f} a second"
    yield f"memory at its peak: {found.growth / 1024**2:.0f} MiB above that of the first hundred"
    yield f"longest that another thread waited: {found.longest_wait * 1000:.0f} ms"


class _Heart:
    """Beats in a thread of its own, as a window does, and notes the longest it had to wait."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> _Heart:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _beat(self) -> None:
        before = time.perf_counter()
        while not self._end.wait(_BEAT):
            after = time.perf_counter()
            self.longest = max(self.longest, after - before - _BEAT)
            before = after


def _run(folder: Path, count: int) -> Found:
    with Vault.create(folder / "vault", Passphrase.of(_PASSPHRASE), cost=FLOOR) as vault:
        stick = folder / "stick"
        stick.mkdir()
        _fill(vault, stick, count)
        paths = gathering.files_in([stick]).files
        first, rest = paths[:100], paths[100:]
        taking.take_in(vault, looking.look_at(vault, first), accepted=frozenset())
        before = _peak()
        with _Heart() as heart:
            begun, worked = time.perf_counter(), time.process_time()
            batch = looking.look_at(vault, rest)
            seen = time.perf_counter()
            done = taking.take_in(vault, batch, accepted=frozenset())
            ended = time.perf_counter()
            worked = time.process_time() - worked
        return Found(
            count=len(rest),
            look=seen - begun,
            take=ended - seen,
            cpu=worked,
            taken=len(done.of(Became.TAKEN)),
            aside=len(done.of(Became.SET_ASIDE)),
            growth=_peak() - before,
            longest_wait=heart.longest,
        )


def _fill(vault: Vault, stick: Path, count: int) -> None:
    """Ten senders in turn, each counting on, with a report of the samples in each bundle."""
    recipient = contacts.make_own_card(vault, "Desk").recipient
    keys = [SigningKey.generate() for _ in range(10)]
    for at, key in enumerate(keys):
        contacts.remember_sender(vault, key.verify_key.line(), f"Sender {at}")
    series = [secrets.token_hex(16) for _ in keys]
    case = samples.all_cases()[0].incident
    for at in range(count):
        whose = at % len(keys)
        manifest = Manifest(
            kind=BundleKind.REPORT,
            bundle=secrets.token_hex(16),
            day=now().date(),
            verify_key=None,
            reply=None,
            recipients=(),
            series=series[whose],
            sequence=at // len(keys) + 1,
            previous=None,
        )
        report = replace(case, id=IncidentId(RecordId(secrets.token_hex(16))))
        files = [
            Payload.of(RECORDS, lines.marshal([_line(report)])),
            Payload.of(CUSTODY, b""),
        ]
        laid = packing.lay_out(manifest, files, recipient, keys[whose])
        path = stick / f"{at:06}"
        with path.open("wb") as to:
            packing.write(laid, to, age.parse_recipient(recipient), lambda _: None)
        if at % HOSTILE_EVERY == HOSTILE_EVERY - 1:
            content = bytearray(path.read_bytes())
            content[-40] ^= 1
            path.write_bytes(content)


def _line(record: Incident) -> SealedRecord:
    body = encode(record).body
    return SealedRecord(
        kind=record.kind.value,
        id=record.id,
        revision=1,
        at="2026-03-14T12:00:00Z",
        digest=sha256(body).hex(),
        body=body,
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_run(Path(sys.argv[1]), int(sys.argv[2])))))
