"""Words typed into the real window: where they are found before and after lock, crash and end."""

from __future__ import annotations

import os
import secrets
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app import evidence, store
from app.paths import Places
from app.records import Incident
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests import traces
from tests.journeys import typed_window

ROOT = Path(__file__).resolve().parents[2]
LONG_SECONDS = 60.0
TEMPORARY = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

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
    typed: list[int] = field(default_factory=list)
    """The number of the canary that was not typed yet."""

    @property
    def words(self) -> list[str]:
        return traces.canaries(self.seed)

    @property
    def processes(self) -> list[int]:
        """The supervisor and what it started."""
        children = Path(f"/proc/{self.supervisor.pid}/task/{self.supervisor.pid}/children")
        return [self.supervisor.pid, *(int(each) for each in children.read_text().split())]

    def tell(self, name: str) -> None:
        (self.control / name).touch()

    def hears(self, name: str) -> str:
        """What stands behind this word on the next line that begins with it."""
        assert self.supervisor.stdout is not None
        heard = b""
        while select.select([self.supervisor.stdout], [], [], LONG_SECONDS)[0]:
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
        """Files of the home, and new ones in temporary folders, that hold a canary."""
        new = [
            path
            for folder in TEMPORARY
            for top in folder.glob("*")
            if not top.name.startswith("pytest-of-") and is_new(top, self.began)
            for path in ([top] if top.is_file() else traces.below(top))
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


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Typed]:
    home, control, stick = (tmp_path / name for name in ("home", "control", "stick"))
    for folder in (home, control, stick):
        folder.mkdir()
    seed = secrets.token_hex(16)
    word = traces.canary(seed, typed_window.FILE)
    (stick / f"{word}.jpg").write_text(word * 1000, "ascii")
    places = Places(settings=home / ".config/hoopoe", data=home / ".local/share/hoopoe")
    places.make()
    places.settings_file.write_text('role = "recorder"\n', "ascii")
    phrase = Passphrase.of(traces.canary(seed, typed_window.PASSPHRASE))
    Vault.create(places.vault, phrase, cost=FLOOR).close()
    began = time.time()
    supervisor = subprocess.Popen(
        [sys.executable, "-P", "-c", SUPERVISOR, str(ROOT), str(control), seed],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen"},
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    made = Typed(supervisor=supervisor, home=home, control=control, seed=seed, began=began)
    try:
        made.typed.append(int(made.hears("typed")))
        yield made
    finally:
        supervisor.terminate()
        supervisor.wait(LONG_SECONDS)
        assert supervisor.stdout is not None
        supervisor.stdout.close()


def test_nothing_is_left_in_memory_or_on_disk_after_a_lock(typed: Typed) -> None:
    as_root = os.geteuid() == 0
    if as_root:  # the control: what is scanned for can be found
        before = typed.in_memory()
        assert before[typed.supervisor.pid] == 0
        assert sum(before.values()) > 5
    assert typed.on_disk() == []
    typed.tell("lock")
    typed.hears("locked")
    if as_root:
        assert set(typed.in_memory().values()) == {0}
    assert typed.on_disk() == []
    with typed.vault() as vault:  # and yet nothing was lost
        draft = store.every_draft(vault)[0]
        assert isinstance(draft, Incident)
        words = [traces.canary(typed.seed, number) for number in range(2, 100)]
        assert any(word in draft.narrative.text or word in draft.title.text for word in words)
        assert len(evidence.rows.files(vault.database)) == 1


def test_a_killed_window_leaves_nothing_and_loses_no_more_than_two_seconds(typed: Typed) -> None:
    typed.tell("type-on")
    assert float(typed.hears("kept")) < 4  # two seconds after the first key, on a busy machine
    _supervisor, window = typed.processes
    os.kill(window, signal.SIGKILL)
    typed.hears("locked")  # the supervisor has started another one
    if os.geteuid() == 0:
        assert set(typed.in_memory().values()) == {0}
    assert typed.on_disk() == []
    with typed.vault() as vault:
        draft = store.every_draft(vault)[0]
        assert isinstance(draft, Incident)
        last = traces.canary(typed.seed, typed.typed[0])
        assert last in repr(draft)


def test_an_ended_window_leaves_nothing(typed: Typed) -> None:
    typed.supervisor.send_signal(signal.SIGTERM)
    assert typed.supervisor.wait(LONG_SECONDS) == 0
    assert typed.on_disk() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="reads memory as root")
def test_the_scan_of_memory_finds_every_form(encoding: str) -> None:
    word = traces.canary("control", 1)
    holding = (
        "import sys; from tests.traces import canary;"
        "held = bytearray(canary('control', 1).encode(sys.argv[1])); print('', flush=True);"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, encoding],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert traces.in_memory([word], process.pid) == {word}
        assert traces.in_memory([traces.canary("control", 2)], process.pid) == set()


@pytest.mark.parametrize("form", range(len(traces.forms("zq0"))))
def test_the_scan_of_files_finds_every_form(tmp_path: Path, form: int) -> None:
    word = traces.canary("control", 1)
    path = tmp_path / "file"
    path.write_bytes(b"before, " + traces.forms(word)[form] + b" and after")
    assert traces.in_files([word], traces.below(tmp_path)) == [str(path)]
