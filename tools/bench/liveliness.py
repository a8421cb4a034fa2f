"""How long the window does not answer while it takes in a large file: the gaps of a heartbeat.

    python -m tools.bench.liveliness [MB]

A real window over a real vault, without a screen; a timer of Qt beats every 5 ms, and the longest
time between two beats is what a person could notice. Loading and drawing the page count too.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.settings import Role, Settings
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tools.bench.verbs import PASSPHRASE
from ui.ask import ScriptedAsk
from ui.page import Visit
from ui.pages import PAGES
from ui.wiring import Wired, wire

BEAT_MS: Final = 5
_PIECE: Final = 1024**2
_LONGEST_MS: Final = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Beats:
    """What the heartbeat told: `seconds` of taking in, `count` beats, gaps in milliseconds."""

    seconds: float
    count: int
    longest_ms: float
    late: int
    """How many gaps were longer than 100 ms."""


class _Heart:
    """Beats on the window's thread, and keeps every gap."""

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        self.gaps.append(self._since.nsecsElapsed() / 1e6)
        self._since.restart()

    def stop(self) -> None:
        self._timer.stop()


def measure(app: QApplication, folder: Path, size: int) -> Beats:
    """Take in a file of `size` bytes on the page of a new report. `folder` must be empty."""
    video = folder / "recording.mp4"
    with video.open("wb") as file:
        for _ in range(max(1, size // _PIECE)):
            file.write(os.urandom(_PIECE))
    secret = Passphrase.of(PASSPHRASE)
    Vault.create(folder / "vault", secret, cost=FLOOR).close()
    settings = Settings(role=Role.RECORDER)
    wired = wire(app, settings, lambda _: None, PAGES, ScriptedAsk())
    wired.window.show()
    wired.session.unlock(wired.window, lambda _: Vault.open(folder / "vault", secret), lambda: None)
    _settle(wired)
    wired.window.visit(Visit(page="incident"))
    _settle(wired)
    page = wired.window.page
    if page is None:
        raise RuntimeError
    taking = QElapsedTimer()
    taking.start()
    heart = _Heart()
    page.take_files((video,))
    _settle(wired)
    seconds = taking.elapsed() / 1000
    heart.stop()
    _end(app, wired)
    gaps = heart.gaps
    return Beats(
        seconds=seconds,
        count=len(gaps),
        longest_ms=max(gaps),
        late=sum(each > 100 for each in gaps),
    )


def _settle(wired: Wired) -> None:
    waited = QElapsedTimer()
    waited.start()
    while wired.session.is_busy and waited.elapsed() < _LONGEST_MS:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
    QApplication.processEvents()


def _end(app: QApplication, wired: Wired) -> None:
    wired.session.lock()
    _settle(wired)
    wired.window.close()
    wired.end()
    app.removeEventFilter(wired.idle)
    wired.window.deleteLater()
    QApplication.processEvents()


def main() -> int:
    """Print what was measured; 1 when the window did not answer for longer than 100 ms."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        return 2
    with tempfile.TemporaryDirectory() as folder:
        found = measure(app, Path(folder), size * 1024**2)
    sys.stdout.write(
        f"{size} MiB taken in, in {found.seconds:.1f} s: {found.count} beats, longest gap"
        f" {found.longest_ms:.0f} ms, {found.late} longer than 100 ms\n"
    )
    return int(found.late > 0)


if __name__ == "__main__":
    raise SystemExit(main())
