"""Measures how long erasing takes from its trigger until the slots are written over.

    python -m tools.panic_harness [--runs 100] [--full DIR]

Each run: a real window over a real open vault, its lane busy writing, a modal dialog that waits for
an answer, the keys held. Measured from the moment the keys were held long enough until both copies
are on the medium. `--full DIR`: a folder on a medium to be filled up first (a small tmpfs); the
vault lies there, and not one byte is free when the keys are pressed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog

from app import store
from app.errors import AppError, Cancelled
from app.panic import Eraser
from app.records import Incident, LText
from app.settings import EraseKeys
from app.tasks import Progress, Step
from app.vault import SLOT_FILE, Vault
from crypto import slotfile
from crypto.errors import Damaged
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from ui.panic import Panic
from ui.session import Session

PASSPHRASE: Final = "only for erasing"
HELD_MS: Final = 20
TARGET_MS: Final = 250.0


class Timed:
    """An Eraser that notes when the slots were written over, and whether they were."""

    def __init__(self, folder: Path) -> None:
        self._eraser = Eraser(folder)
        self._slots = folder / SLOT_FILE
        self.done_at = 0.0
        self.erased = False

    def overwrite(self) -> None:
        self._eraser.overwrite()
        self.done_at = time.perf_counter()
        try:
            slotfile.parse(self._slots.read_bytes())
        except Damaged:
            self.erased = True

    def remove(self) -> tuple[str, ...]:
        return self._eraser.remove()

    def close(self) -> None:
        self._eraser.close()


def _work(vault: Vault, progress: Progress) -> None:
    """Write until told to stop, or until nothing can be written any more."""
    count = 0
    while True:
        count += 1
        progress(Step(doing="writing", done=count))
        try:
            told = LText(text="what happened here " * 1000)
            store.save(vault, Incident(title=LText(text="It"), narrative=told, language="en"))
        except Cancelled:
            raise
        except AppError:
            os.sched_yield()


def _fill(folder: Path) -> None:
    block = b"\0" * 4096
    with (folder / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(block)
        except OSError:
            return


def measured(made: Path, place: Path, before: Callable[[], None]) -> float:
    """One run; milliseconds. Raises SystemExit when the vault was not erased."""
    folder = Path(shutil.copytree(made, place / "vault"))
    owner = QObject()
    session = Session(lambda _owner, _error: None)
    timed = Timed(folder)
    panic = Panic(
        EraseKeys.HELD,
        owner,
        held_ms=HELD_MS,
        ready=lambda _: timed,
        end=lambda: QCoreApplication.exit(0),
    )
    dialog = QDialog()
    dialog.setModal(True)
    due: list[float] = []

    def begin() -> None:
        panic.stand_ready(folder)
        session.ask(owner, _work, lambda _: None, lambda _: None)
        before()
        dialog.open()
        due.append(time.perf_counter() + HELD_MS / 1000)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Delete, both)
        QCoreApplication.sendEvent(dialog, event)

    session.unlock(owner, lambda _: Vault.open(folder, Passphrase.of(PASSPHRASE)), begin)
    QCoreApplication.exec()
    panic.stand_down()
    session.lock()
    session.close()
    if not timed.erased or (folder / SLOT_FILE).exists():
        raise SystemExit("not erased")
    return (timed.done_at - due[0]) * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--full", type=Path, default=None, metavar="DIR")
    given = parser.parse_args()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made"
        Vault.create(made, Passphrase.of(PASSPHRASE), cost=FLOOR).close()
        times = []
        for run in range(given.runs):
            place = (given.full or Path(scratch)) / f"run-{run}"
            place.mkdir()
            fill = _nothing if given.full is None else partial(_fill, place)
            times.append(measured(made, place, fill))
            shutil.rmtree(place, ignore_errors=True)
    times.sort()
    p95 = times[max(0, -(-95 * len(times) // 100) - 1)]
    print(
        f"{len(times)} runs: median {statistics.median(times):.1f} ms,"
        f" p95 {p95:.1f} ms, longest {times[-1]:.1f} ms (target p95 {TARGET_MS:.0f} ms)"
    )
    return 0 if p95 <= TARGET_MS else 1


def _nothing() -> None:
    """Nothing to do before."""


if __name__ == "__main__":
    sys.exit(main())
