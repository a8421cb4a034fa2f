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


# A primitive that gives another answer than the published one, and a dialog that reads itself.
MISCOMPUTES = """
import sys
from dataclasses import replace
from PySide6.QtWidgets import QDialog, QLabel
from crypto import selftest
from ui import main, supervisor
first, *others = selftest.KNOWN_ANSWERS
selftest.KNOWN_ANSWERS = (replace(first, answer="00"), *others)
def read(dialog):
    print(*(label.text() for label in dialog.findChildren(QLabel)), sep=chr(10))
QDialog.exec = read
print(main.main() == supervisor.REFUSED)
"""

# What the window's process would take for Qt's own switch, if it handed its arguments on.
OTHER_PLATFORM = """
import sys
sys.argv[1:] = ["-platform", "vnc", "-style", "none"]
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from ui import main
QApplication.exec = lambda self: print(QGuiApplication.platformName()) or 0
raise SystemExit(main.main())
"""


def window_process(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The finished process, without a screen, in a home of its own."""
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "*=true",
    }
    root = f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n"
    return subprocess.run(
        [sys.executable, "-P", "-c", root + code],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_window_starts_under_the_guard_and_leaves_no_trail(tmp_path: Path) -> None:
    done = window_process(START, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []


def test_a_library_that_miscomputes_is_told_and_no_window_opens(tmp_path: Path) -> None:
    done = window_process(MISCOMPUTES, tmp_path)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "This copy of the program is not safe"
    assert said[-1] == "True"


def test_no_argument_chooses_the_screen_of_the_window(tmp_path: Path) -> None:
    done = window_process(OTHER_PLATFORM, tmp_path)
    assert done.stdout.strip() == "offscreen", done.stderr


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
