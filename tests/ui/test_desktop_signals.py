"""A real bus of one test's own, with desktops on it that say what desktops say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="no dbus-daemon")

# What is watched, and a second connection that plays the desktop, each name for itself.
CHILD = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from ui.idle import Idle
app = QCoreApplication([])
idle = Idle(15, QObject(app))
idle.start()
said = []
idle.left.connect(lambda: said.append("left"))
idle.listen()
desktop = QDBusConnection.connectToBus(sys.argv[1], "desktop")
SAVERS = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
          "org.mate.ScreenSaver", "org.xfce.ScreenSaver"]
LOGIN = "org.freedesktop.login1"
SIGNALS = [(each, each, "ActiveChanged", [True]) for each in SAVERS] + [
    (LOGIN, LOGIN + ".Manager", "PrepareForSleep", [True]),
    (LOGIN, LOGIN + ".Session", "Lock", []),
]
QUIET = [(each, each, "ActiveChanged", [False]) for each in SAVERS] + [
    (LOGIN, LOGIN + ".Manager", "PrepareForSleep", [False]),
]
def emit(service, interface, name, arguments):
    message = QDBusMessage.createSignal("/some/where", interface, name)
    message.setArguments(arguments)
    assert desktop.send(message)
def heard(signal):
    said.clear()
    emit(*signal)
    limit = QTimer(); limit.setSingleShot(True); limit.start(2000)
    while not said and limit.isActive():
        app.processEvents()
    return bool(said)
for service in {each[0] for each in SIGNALS}:
    assert desktop.registerService(service), service
print([signal[0] + " " + signal[2] for signal in SIGNALS if not heard(signal)])
said.clear()
for signal in QUIET:
    emit(*signal)
heard_last = heard(SIGNALS[0])
print(len(said), heard_last)
"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a bus that ends with the test."""
    daemon = subprocess.Popen(
        [
            "dbus-daemon",
            "--session",
            "--nofork",
            "--print-address",
            f"--address=unix:dir={tmp_path}",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    yield daemon.stdout.readline().strip()
    daemon.terminate()
    daemon.wait()
    daemon.stdout.close()


def test_every_signal_of_a_desktop_locks_and_its_end_does_not(bus: str) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DBUS_SESSION_BUS_ADDRESS": bus,
        "DBUS_SYSTEM_BUS_ADDRESS": bus,
    }
    done = subprocess.run(
        [sys.executable, "-c", CHILD, bus],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[]", "1 True"]
