"""The keys for a bad moment, as real keys of a real display, while a dialog waits for an answer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.paths import Places
from app.vault import EVIDENCE, SLOT_FILE, Vault
from crypto import slotfile
from crypto.errors import Damaged, Malformed
from crypto.kdf import FLOOR
from crypto.secret import Passphrase
from tests.children import ROOT
from tests.journeys import screen
from tests.journeys.screen import until

pytestmark = [
    pytest.mark.window,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="xdotool is Linux's"),
    pytest.mark.skipif(
        not os.environ.get("DISPLAY") or not shutil.which("xdotool"),
        reason="needs a display and xdotool",
    ),
]

PASSPHRASE = "quagga ocelot numbat zorilla"
ERASING = ("ctrl", "shift", "Delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An organisation's open vault, its window, and over it a file dialog that waits."""

    program: subprocess.Popen[bytes]
    places: Places
    window: str
    dialog: str

    @property
    def is_open(self) -> bool:
        return (self.places.vault / "1.dat-wal").exists()


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[Waiting]:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    places = Places(settings=home / ".config/hoopoe", data=home / ".local/share/hoopoe")
    places.make()
    places.settings_file.write_text('role = "organisation"\nerase_keys = "held"\n', "ascii")
    Vault.create(places.vault, Passphrase.of(PASSPHRASE), cost=FLOOR).close()
    with started(home) as program:
        window = screen.new_window()
        screen.write(PASSPHRASE)
        screen.press("Return")
        until((places.vault / "1.dat-wal").exists, "the vault being open")

        def asked() -> bool:
            screen.press("ctrl+Return")
            return bool(screen.others(window))

        until(asked, "the file dialog")
        dialog = screen.others(window)[0]
        screen.give_keyboard(dialog)
        yield Waiting(program=program, places=places, window=window, dialog=dialog)


@contextmanager
def started(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a person starts it."""
    environment = {name: os.environ[name] for name in ("PATH", "DISPLAY")}
    environment |= {"HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    if "XAUTHORITY" in os.environ:
        environment["XAUTHORITY"] = os.environ["XAUTHORITY"]
    program = subprocess.Popen(
        [sys.executable, "-m", "ui"],
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield program
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def test_the_lock_key_locks_over_a_dialog(waiting: Waiting) -> None:
    before = screen.process_of(waiting.window)
    screen.press("ctrl+l")
    # the display gives a new window the number of one that is gone
    until(lambda: not Path(f"/proc/{before}").exists(), "the end of the process")
    again = until(screen.windows, "another window")
    assert not waiting.is_open
    assert len(again) == 1
    assert screen.process_of(again[0]) != before


def test_the_erasing_keys_held_over_a_dialog_leave_no_vault(waiting: Waiting) -> None:
    slots = waiting.places.vault / SLOT_FILE
    before = slots.read_bytes()
    with slots.open("rb") as file:  # what the name stood for, also when the name is gone
        with screen.held(*ERASING):
            assert waiting.program.wait(screen.LONGEST_SECONDS) == 0
        after = file.read()
    slotfile.parse(before)
    with pytest.raises((Damaged, Malformed)):
        slotfile.parse(after)
    assert not any(before[at : at + 32] in after for at in range(0, len(before) - 32, 32))
    assert screen.windows() == ()
    assert [each.name for each in waiting.places.vault.iterdir()] == [EVIDENCE]


def test_the_erasing_keys_let_go_at_once_erase_nothing(waiting: Waiting) -> None:
    before = (waiting.places.vault / SLOT_FILE).read_bytes()
    with screen.held(*ERASING):
        pass
    screen.press("ctrl+l")
    until(lambda: not waiting.is_open, "the vault being closed")
    assert (waiting.places.vault / SLOT_FILE).read_bytes() == before
    Vault.open(waiting.places.vault, Passphrase.of(PASSPHRASE)).close()
