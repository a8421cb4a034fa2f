"""What a process of Hoopoe does to itself before anything else: no network, no dumps, clean start.

    guard.shut_supervisor()   the process that starts the others; knows no secret
    guard.shut_window()       the process with vault and windows: it can start nothing
    guard.report()            what is in force here, measured
    guard.around()            what this computer adds or lacks: screen, copies, disk

Call one of the two before Qt is imported and before a second thread. Neither can be undone.
"""

from __future__ import annotations

import os

from app.guard import audit, dumps, environment, seccomp
from app.guard.around import around
from app.guard.audit import Tripped
from app.guard.measures import Measure, Name, State, report
from app.guard.places import local_path
from app.guard.screens import active_screen
from app.guard.swap import hibernation_is_safe, swap_is_safe

__all__ = [
    "Measure",
    "Name",
    "State",
    "Tripped",
    "active_screen",
    "around",
    "hibernation_is_safe",
    "local_path",
    "report",
    "shut_supervisor",
    "shut_window",
    "swap_is_safe",
]


def shut_supervisor() -> None:
    """Network refused, dumps off, environment clean; other programs may be started and inherit it.

    Raises GuardFailed when a measure that this system has cannot be taken: do not go on then.
    """
    environment.scrub(os.environ)
    dumps.forbid()
    seccomp.refuse_network()
    audit.refuse_network()


def shut_window() -> None:
    """The same, and this process can start no other program. Raises GuardFailed."""
    environment.scrub(os.environ)
    dumps.forbid()
    seccomp.refuse_network_and_exec()
    audit.refuse_network_and_exec()
