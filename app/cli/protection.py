"""`hoopoe protection` and `hoopoe selftest`: what guards us, and does crypto compute."""

from __future__ import annotations

import argparse

from app import guard
from app.cli.output import Answer, Terminal
from app.cli.parsing import Nouns, add_verb
from app.errors import Exit
from app.guard import Measure, Name, State
from app.i18n import N_, _
from crypto import selftest

_NAMES = {
    Name.NETWORK_REFUSED: N_("The kernel refuses network sockets"),
    Name.PROGRAMS_REFUSED: N_("The kernel refuses to start other programs"),
    Name.PRIVILEGES_FIXED: N_("No program started from here gains rights"),
    Name.MEMORY_CLOSED: N_("Other programs cannot read this memory"),
    Name.NO_CORE_FILES: N_("A crash leaves no image of the memory"),
    Name.ENVIRONMENT_CLEAN: N_("Only known settings came from the environment"),
    Name.NETWORK_TRIPWIRE: N_("Python refuses network calls"),
    Name.PROGRAMS_TRIPWIRE: N_("Python refuses to start other programs"),
    Name.SCREEN_LEFT_OUT: N_("Pictures of the screen leave this window out"),
    Name.COPIES_TAKEN_BACK: N_("What you copy is marked as secret and taken back after 20 seconds"),
    Name.FILES_SEEN_APART: N_(
        "Files are decoded in processes that can open, start and reach nothing"
    ),
    Name.SWAP_ENCRYPTED: N_(
        "Memory that the system moves to the disk is encrypted there, or none is"
    ),
    Name.HIBERNATION_ENCRYPTED: N_(
        "A computer that sleeps on its disk leaves memory only encrypted there, or cannot"
    ),
}
_OF_A_WINDOW = frozenset({Name.SCREEN_LEFT_OUT, Name.COPIES_TAKEN_BACK, Name.FILES_SEEN_APART})
_STATES = {
    State.ON: N_("on"),
    State.OFF: N_("OFF"),
    State.UNAVAILABLE: N_("not on this system"),
}


def add_to(nouns: Nouns) -> None:
    add_verb(nouns, "protection", _("measure what protects this process"), _protection)
    add_verb(nouns, "selftest", _("compute known answers with every primitive"), _selftest)


def _protection(_arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    measures = guard.report()
    around = guard.around()
    # Only what this process does itself can be wrong with it.
    is_off = any(each.state is State.OFF for each in measures)
    return Answer(
        facts={
            "measures": {each.name.value: each.state.value for each in measures},
            "around": {each.name.value: each.state.value for each in around},
        },
        lines=tuple(f"{_(_NAMES[each.name])}: {_state(each)}" for each in (*measures, *around)),
        status=Exit.NO if is_off else Exit.DONE,
    )


def _state(measure: Measure) -> str:
    if measure.name in _OF_A_WINDOW:
        return _("shown by the window, which this command does not have")
    return _(_STATES[measure.state])


def _selftest(_arguments: argparse.Namespace, _terminal: Terminal) -> Answer:
    # They were computed before this verb was asked, as before every verb.
    names = [each.primitive for each in selftest.KNOWN_ANSWERS]
    return Answer(
        facts={"primitives": list(names)},
        lines=(*names, _("All answers are right.")),
    )
