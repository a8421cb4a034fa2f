"""What protects this process, measured now and not remembered: for About -> Protection."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from enum import StrEnum

from app.guard import audit, dumps, environment, seccomp


class State(StrEnum):
    """What a measurement found. Codes leave the machine in reports: never renamed."""

    ON = "on"
    OFF = "off"
    UNAVAILABLE = "unavailable"


class Name(StrEnum):
    """The measures, in the order they are shown. Codes: never renamed."""

    NETWORK_REFUSED = "network_refused"
    PROGRAMS_REFUSED = "programs_refused"
    PRIVILEGES_FIXED = "privileges_fixed"
    MEMORY_CLOSED = "memory_closed"
    NO_CORE_FILES = "no_core_files"
    ENVIRONMENT_CLEAN = "environment_clean"
    NETWORK_TRIPWIRE = "network_tripwire"
    PROGRAMS_TRIPWIRE = "programs_tripwire"
    SCREEN_LEFT_OUT = "screen_left_out"
    COPIES_TAKEN_BACK = "copies_taken_back"
    FILES_SEEN_APART = "files_seen_apart"
    SWAP_ENCRYPTED = "swap_encrypted"
    HIBERNATION_ENCRYPTED = "hibernation_encrypted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One protection and whether it is in force in this process."""

    name: Name
    state: State


def report() -> tuple[Measure, ...]:
    """Every measure of this process, just measured; those of the kernel: not off Linux."""
    clean = all(environment.is_kept(name, value) for name, value in os.environ.items())
    kernel = sys.platform == "linux"
    return (
        _measure(Name.NETWORK_REFUSED, seccomp.network_is_refused() if kernel else None),
        _measure(Name.PROGRAMS_REFUSED, seccomp.exec_is_refused() if kernel else None),
        _measure(Name.PRIVILEGES_FIXED, seccomp.privileges_are_fixed() if kernel else None),
        _measure(Name.MEMORY_CLOSED, dumps.memory_is_closed()),
        _measure(Name.NO_CORE_FILES, dumps.core_files_are_off()),
        _measure(Name.ENVIRONMENT_CLEAN, clean),
        _measure(Name.NETWORK_TRIPWIRE, audit.network_is_refused()),
        _measure(Name.PROGRAMS_TRIPWIRE, audit.exec_is_refused()),
    )


def _measure(name: Name, found: bool | None) -> Measure:  # noqa: FBT001 - the value measured
    if found is None:
        return Measure(name=name, state=State.UNAVAILABLE)
    return Measure(name=name, state=State.ON if found else State.OFF)
