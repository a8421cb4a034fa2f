"""Words typed into the real window: where they are found before and after lock, crash and end."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import evidence, store
from app.records import Incident
from app.vault import Vault
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests import traces
from tests.journeys import typed_window
from tests.journeys.typed import LONG_SECONDS, ROOT, Typed, places_of, program

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


@pytest.fixture
def typed(tmp_path: Path) -> Iterator[Typed]:
    home, control, stick = (tmp_path / name for name in ("home", "control", "stick"))
    for folder in (home, control, stick):
        folder.mkdir()
    seed = secrets.token_hex(16)
    word = traces.canary(seed, typed_window.FILE)
    (stick / f"{word}.jpg").write_text(word * 1000, "ascii")
    phrase = Passphrase.of(traces.canary(seed, typed_window.PASSPHRASE))
    Vault.create(places_of(home).vault, phrase, cost=FLOOR).close()
    with program(tmp_path, seed, {"QT_QPA_PLATFORM": "offscreen"}) as made:
        made.typed.append(int(made.hears("typed")))
        yield made


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
