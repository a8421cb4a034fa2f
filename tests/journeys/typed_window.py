"""The window's own process with a hand in it that types; started by test_no_trace.py.

It types canaries into every field of a report, prints that it did, and waits to be told to lock. A
second process of it types nothing.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from tests.journeys.everywhere import Answers, type_before, type_everywhere, wait
from tests.traces import COUNT, canary
from ui import main, wiring
from ui.page import Visit
from ui.pages.incident import IncidentPage
from ui.pages.unlock import UnlockPage
from ui.window import Window
from ui.wiring import Wired

PASSPHRASE = 0
FILE = 1
FIRST = 2
"""The numbers of the canaries for the passphrase, for the file, and the first one typed."""


def run(control: Path, seed: str) -> int:
    """Be the window. `control` holds what test and window say to each other."""
    again = (control / "typed").exists()
    joined: list[Wired] = []
    wire, end_on_signals = wiring.wire, wiring.end_on_signals

    def wired(*arguments: object, **named: object) -> Wired:
        joined.append(wire(*arguments, **named))  # type: ignore[arg-type]
        return joined[-1]

    def begin(app: QApplication, window: Window) -> None:
        end_on_signals(app, window)
        if again:
            _say("locked")
        else:
            QTimer.singleShot(0, lambda: _try(lambda: _type(joined[-1], control, seed)))

    wiring.wire, wiring.end_on_signals = wired, begin  # type: ignore[assignment]
    return main.main()


def _try(what: Callable[[], None]) -> None:
    """The program would take a failure of the hand for a bug of its own, and lock."""
    try:
        what()
    except Exception:
        _say("failed " + repr(traceback.format_exc()))
        raise


def _type(wired: Wired, control: Path, seed: str) -> None:
    window = wired.window
    if (control / "everywhere").exists():
        type_before(wired, control, seed)
    page = window.page
    assert isinstance(page, UnlockPage)
    page.secret.line.clear()
    QTest.keyClicks(page.secret.line, canary(seed, PASSPHRASE))
    QTest.keyClick(page.secret.line, Qt.Key.Key_Return)
    wait(lambda: wired.session.is_unlocked)
    window.visit(Visit(page="incident"))
    wait(lambda: isinstance(window.page, IncidentPage) and not wired.session.is_busy)
    report = window.page
    assert isinstance(report, IncidentPage)
    report.form.show_all()
    for fold in report.findChildren(QPushButton):
        if fold.property("kind") == "fold" and not fold.isChecked():
            fold.click()
    QApplication.processEvents()
    number = FIRST
    for field in _fields(report):
        QTest.keyClicks(field, canary(seed, number))
        number += 1
        if number == COUNT:
            break
    stick = control.parent / "stick"
    answers = Answers(window, stick)
    report.take_files(tuple(each for each in stick.iterdir() if each.is_file()))
    wait(lambda: not wired.session.is_busy and report.drafting.is_kept)
    report.flush()
    wait(lambda: not wired.session.is_busy)
    answers.end()
    if (control / "everywhere").exists():
        _say(f"fields {type_everywhere(wired, control, seed)}")
    (control / "typed").touch()
    _say(f"typed {number}")
    clock = QTimer(window)
    clock.timeout.connect(lambda: _obey(wired, control, seed, number))
    clock.start(50)


def _obey(wired: Wired, control: Path, seed: str, number: int) -> None:
    """Do what the test asks for by a file."""
    if (control / "type-on").exists():
        (control / "type-on").unlink()
        report = wired.window.page
        assert isinstance(report, IncidentPage)
        field = next(each for each in _fields(report) if isinstance(each, QPlainTextEdit))
        began = time.monotonic()
        report.drafting.kept.connect(lambda: _say(f"kept {time.monotonic() - began}"))
        QTest.keyClicks(field, canary(seed, number))
    if (control / "lock").exists():
        (control / "lock").unlink()
        wired.session.lock()


def _fields(report: IncidentPage) -> list[QWidget]:
    """Every field in the report that takes words."""
    found: list[QWidget] = [
        each
        for kind in (QLineEdit, QPlainTextEdit)
        for each in report.findChildren(kind)
        if each.isVisible() and each.isEnabled() and not each.isReadOnly()
    ]
    return found


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    raise SystemExit(run(Path(sys.argv[1]), sys.argv[2]))
