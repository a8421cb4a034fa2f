"""The window's real process: it starts under the guard, ends when told, and leaves no trail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = """
import os, signal
from PySide6.QtCore import QTimer
from ui import main, wiring
joined = wiring.end_on_signals
def told_to_end(app, window):
    joined(app, window)
    QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
wiring.end_on_signals = told_to_end
raise SystemExit(main.main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_window_starts_under_the_guard_and_leaves_no_trail(tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*=true",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-c",
            f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n{START}",
        ],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_the_first_process_has_no_words_of_its_own() -> None:
    # arguments lead to the command line, which never loads Qt
    code = (
        "import sys; from ui import entry; status = entry.main(['--version']);"
        "print([m for m in sys.modules if m.startswith('PySide6')]); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip().endswith("[]"), done.stderr
