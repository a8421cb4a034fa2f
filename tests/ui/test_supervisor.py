"""The supervisor: a locked window comes back, a closed one does not, a crashing one gives up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Exit
from app.preview import starting
from ui import supervisor

TINY = """
import sys
from pathlib import Path
log = Path(sys.argv[1])
started = len(log.read_text()) if log.exists() else 0
log.write_text("x" * (started + 1))
statuses = [int(each) for each in sys.argv[2].split(",")]
sys.exit(statuses[min(started, len(statuses) - 1)])
"""


def run(tmp_path: Path, statuses: str, lives: float = 0.0) -> tuple[int, int]:
    """The supervisor's status, and how often the window was started.

    `lives`: how long each window seems to have lived, by the clock handed in.
    """
    log = tmp_path / "starts"
    times = iter(each for n in range(1000) for each in (n * 1000.0, n * 1000.0 + lives))
    command = [sys.executable, "-c", TINY, str(log), statuses]
    status = supervisor.run(command, clock=lambda: next(times))
    return status, len(log.read_text())


def test_a_locked_window_comes_back_until_it_is_closed(tmp_path: Path) -> None:
    locked = supervisor.LOCKED
    assert run(tmp_path, f"{locked},{locked},0") == (0, 3)


def test_a_crashed_window_comes_back_once(tmp_path: Path) -> None:
    assert run(tmp_path, "3,0") == (0, 2)


def test_a_window_that_refuses_to_open_is_not_started_again(tmp_path: Path) -> None:
    assert run(tmp_path, f"{supervisor.REFUSED},0") == (supervisor.REFUSED, 1)


def test_a_window_that_crashes_twice_at_once_is_given_up(tmp_path: Path) -> None:
    assert run(tmp_path, "3,4,5") == (4, 2)


def test_crashes_far_apart_do_not_add_up(tmp_path: Path) -> None:
    assert run(tmp_path, "3,3,3,0", lives=100.0) == (0, 4)


def test_a_lock_between_two_crashes_counts_as_recovery(tmp_path: Path) -> None:
    assert run(tmp_path, f"3,{supervisor.LOCKED},3,0") == (0, 4)


def test_the_lock_status_is_none_of_the_command_line() -> None:
    assert supervisor.LOCKED not in {int(each) for each in Exit}


def test_the_supervisor_loads_neither_qt_nor_crypto() -> None:
    code = (
        "import sys; from ui import supervisor, entry;"
        "print([m for m in sys.modules if m.split('.')[0] in"
        " ('PySide6', 'crypto', 'cryptography', 'nacl', 'sqlcipher3')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ending_the_supervisor_ends_the_window(tmp_path: Path) -> None:
    pids = tmp_path / "pid"
    os.mkfifo(pids)
    child = f"import os, signal; open({str(pids)!r}, 'w').write(str(os.getpid())); signal.pause()"
    parent = (
        "import sys; from ui import supervisor;"
        f"sys.exit(abs(supervisor.run([sys.executable, '-c', {child!r}])))"
    )
    supervised = subprocess.Popen([sys.executable, "-c", parent])
    window = int(pids.read_text())
    supervised.send_signal(signal.SIGTERM)
    assert supervised.wait(10) == signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(window, 0)


SEES = """
import os, sys
sys.path.insert(0, sys.argv.pop(1))
from app.preview import Door, Format, Plain, Wish
door = Door.of_this_process()
seen = door.see(b"hello", Wish(format=Format.TEXT))
print("this goes nowhere")
again = door.see(b"hello", Wish(format=Format.TEXT))
sys.exit(7 if seen == again == Plain(text="hello") else 8)
"""


def test_a_window_is_started_with_a_door_to_what_shows_files() -> None:
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", SEES, root, starting.DOOR_SWITCH]
    times = iter((0.0, 100.0, 200.0, 201.0, 202.0, 203.0))
    assert supervisor.run(command, clock=lambda: next(times)) == 7


def test_the_window_of_the_program_is_started_with_one() -> None:
    assert starting.DOOR_SWITCH in supervisor.window_command()
