"""The program under its real supervisor with a hand in it that types, and where its words are.

For the tests that look for them before and after lock, crash and end.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.paths import Places
from app.vault import Vault
from crypto.secret import Passphrase
from tests import traces
from tests.journeys import typed_window

ROOT = Path(__file__).resolve().parents[2]
LONG_SECONDS = 60.0
TEMPORARY = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))

# The supervisor as it is, with a command that starts the window with a hand in it.
SUPERVISOR = """
import sys
root, *rest = sys.argv[1:]
sys.path.insert(0, root)
from app import guard
guard.shut_supervisor()
from ui import supervisor
start = ("import sys; sys.path.insert(0, sys.argv.pop(1)); import runpy;"
         " runpy.run_module('tests.journeys.typed_window', run_name='__main__')")
sys.exit(supervisor.run([sys.executable, "-P", "-c", start, root, *rest]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A window in which every field was typed into."""

    supervisor: subprocess.Popen[bytes]
    home: Path
    control: Path
    seed: str
    began: float
    count: int
    """How many canaries may have been typed."""
    typed: list[int] = field(default_factory=list)
    """The number of the canary that was not typed yet."""

    @property
    def words(self) -> list[str]:
        return traces.canaries(self.seed, self.count)

    @property
    def processes(self) -> list[int]:
        """The supervisor and what it started."""
        children = Path(f"/proc/{self.supervisor.pid}/task/{self.supervisor.pid}/children")
        return [self.supervisor.pid, *(int(each) for each in children.read_text().split())]

    def tell(self, name: str) -> None:
        (self.control / name).touch()

    def hears(self, name: str, within: float = LONG_SECONDS) -> str:
        """What stands behind this word on the next line that begins with it."""
        assert self.supervisor.stdout is not None
        heard = b""
        while select.select([self.supervisor.stdout], [], [], within)[0]:
            piece = os.read(self.supervisor.stdout.fileno(), 1)
            heard += piece
            if piece in {b"", b"\n"}:
                said, _, rest = heard.decode().strip().partition(" ")
                assert piece, "it ended"
                assert said != "failed", rest
                if said == name:
                    return rest
                heard = b""
        raise TimeoutError(name)

    def in_memory(self) -> dict[int, int]:
        """How many canaries each process holds."""
        return {each: len(traces.in_memory(self.words, each)) for each in self.processes}

    def on_disk(self) -> list[str]:
        """Files of the home, and those written since in temporary folders, that hold a canary."""
        new = [
            path
            for folder in TEMPORARY
            for top in folder.glob("*")
            if not top.is_symlink() and not top.name.startswith("pytest-of-")
            for path in (traces.below(top) if top.is_dir() else [top])
            if is_new(path, self.began)
        ]
        return traces.in_files(self.words, [*traces.below(self.home), *new])

    def vault(self) -> Vault:
        phrase = Passphrase.of(traces.canary(self.seed, typed_window.PASSPHRASE))
        return Vault.open(self.home / ".local/share/hoopoe/vault", phrase)


def is_new(path: Path, since: float) -> bool:
    try:
        return path.lstat().st_mtime >= since
    except OSError:
        return False


@contextmanager
def program(
    folder: Path, seed: str, screen: dict[str, str], count: int = traces.COUNT
) -> Iterator[Typed]:
    """Started over the vault that lies in `folder / "home"`; ended, if it was not, with the block.

    `folder / "control"` is where the test and the hand say things to each other.
    """
    home, control = folder / "home", folder / "control"
    began = time.time()
    supervisor = subprocess.Popen(
        [sys.executable, "-P", "-c", SUPERVISOR, str(ROOT), str(control), seed],
        env={"HOME": str(home), "PATH": os.environ["PATH"], **screen},
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        yield Typed(
            supervisor=supervisor, home=home, control=control, seed=seed, began=began, count=count
        )
    finally:
        supervisor.terminate()
        supervisor.wait(LONG_SECONDS)
        assert supervisor.stdout is not None
        supervisor.stdout.close()


def places_of(home: Path) -> Places:
    """Where the program keeps things of this home; made, with settings for a slow machine."""
    places = Places(settings=home / ".config/hoopoe", data=home / ".local/share/hoopoe")
    places.make()
    places.settings_file.write_text('role = "recorder"\nidle_minutes = 15\n', "ascii")
    return places
