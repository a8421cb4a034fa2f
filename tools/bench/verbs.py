"""One verb of the program in a process of its own: `python -m tools.bench.verbs VERB FOLDER`.

Writes the seconds that the verb itself took, on the clock and on all cores, to `FOLDER/cost`: a
person starts the program and unlocks the vault once, not for each bundle.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app import contacts, courier, evidence, released, store
from app.bundles import extracting, opening, sealing
from app.inbox import importing
from app.inbox.importing import Doubt
from app.records import Incident
from app.records.ids import IncidentId
from app.vault import Vault
from crypto.secret import Passphrase
from tools.assessing import assess

PASSPHRASE: Final = "a passphrase for measuring alone"


def main(arguments: list[str]) -> None:
    """Run one verb."""
    name, folder = arguments
    VERBS[name](Path(folder))


@contextmanager
def _counted(folder: Path) -> Iterator[None]:
    begun, before = time.perf_counter(), _cpu()
    yield
    wall, cpu = time.perf_counter() - begun, _cpu() - before
    (folder / "cost").write_text(f"{wall} {cpu}")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def vault(folder: Path, name: str) -> Vault:
    """One of the vaults that were made for measuring."""
    return Vault.open(folder / name, Passphrase.of(PASSPHRASE))


def _take_in(folder: Path) -> None:
    with vault(folder, "reporter") as reporter:
        (incident, *_) = store.every(reporter, Incident)
        with _counted(folder):
            item = evidence.take_in(
                reporter, folder / "film", about=incident.id, evidence_type="photograph"
            )
        released.as_it_is(reporter, item.id, seen=released.look(reporter, item.id))


def _seal(folder: Path) -> None:
    with vault(folder, "reporter") as reporter:
        incidents = tuple(IncidentId(each.id) for each in store.every(reporter, Incident))
        receiver = contacts.every(reporter)[0].id
        assess(reporter, contacts.get(reporter, receiver), *incidents)
        with _counted(folder):
            order = sealing.Order(
                incidents=incidents,
                receiver=receiver,
                caution=sealing.Caution.EVEN_UNVERIFIED,
            )
            sealing.seal(reporter, sealing.plan(reporter, order), folder=folder / "out")


def _bundle(folder: Path) -> Path:
    return next(iter((folder / "out").iterdir()))


def _open(folder: Path) -> None:
    with vault(folder, "desk") as desk, _counted(folder):
        opening.open_bundle(desk, _bundle(folder))


def _extract(folder: Path) -> None:
    with vault(folder, "desk") as desk, _counted(folder):
        extracting.extract(desk, _bundle(folder), to=folder / "bag")


def _import(folder: Path) -> None:
    with vault(folder, "desk") as desk, _counted(folder):
        plan = importing.plan_import(desk, opening.open_bundle(desk, _bundle(folder)))
        importing.apply(desk, _bundle(folder), plan, accepted=frozenset({Doubt.UNKNOWN}))


def _check(folder: Path) -> None:
    with _counted(folder):
        courier.verify(_bundle(folder))


VERBS: Final[dict[str, Callable[[Path], None]]] = {
    "take_in": _take_in,
    "seal": _seal,
    "open": _open,
    "extract": _extract,
    "import": _import,
    "check": _check,
}

if __name__ == "__main__":
    main(sys.argv[1:])
