"""Protection: each measure of the guard as it was measured just now, and what no program can do."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget

from app import guard
from app.guard import Measure, Name, State
from app.i18n import _
from ui import capture
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, hint
from ui.widgets.plain import Paragraph, Tone
from ui.widgets.stated import Step


class ProtectionPage(Page):
    """Nothing here is remembered or promised: it is measured at each visit."""

    id = "protection"
    icon = Icon.SHIELD
    needs = Needs.NOTHING
    in_rail = False
    under = "settings"

    @classmethod
    def title(cls) -> str:
        return _("Protection")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.measures = column(spacing=INSIDE)
        self.around = column(spacing=INSIDE)
        limits = (
            _("Somebody who looks over your shoulder, or a camera behind you."),
            _("A program that was put on this computer before, with the rights of its owner."),
            _("What you copied out of the vault, or printed."),
            _("A passphrase that somebody is made to say."),
        )
        self.put(
            Card(
                _("In force now"),
                hint(_("Measured in this very moment, in this process.")),
                self.measures,
            ),
            Card(_("On this computer"), self.around),
            Card(
                _("Against this no program helps"),
                column(*(Paragraph(f"• {limit}") for limit in limits), spacing=INSIDE),
            ),
            STRETCH,
        )
        self.put_foot(self.back_button(), STRETCH)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - measured anew at every visit
        clear(self.measures)
        for measure in guard.report():
            self.measures.addWidget(_step(measure))
        self._show_around(None)
        # a decoder tries what it must not be able to do; its answer takes a moment
        self.session.is_seeing_confined(self, self._show_around)

    def _show_around(self, confined: bool | None) -> None:  # noqa: FBT001 - the value measured
        clear(self.around)
        # The clipboard is emptied by this program (ui/clipboard.py), whatever the system.
        found = guard.around(
            screen=capture.state(self.window()),
            copies=State.ON,
            seen_apart=_seen_apart(confined),
        )
        for measure in found:
            self.around.addWidget(_step(measure))


def _seen_apart(confined: bool | None) -> State:  # noqa: FBT001 - the value measured
    """Off Linux decoders are apart, and limited, but the system does not hold them."""
    if confined is None or (not confined and sys.platform != "linux"):
        return State.UNAVAILABLE
    return State.ON if confined else State.OFF


def _stated(name: str, state: State) -> Step:
    tone = {State.ON: Tone.OK, State.OFF: Tone.BAD, State.UNAVAILABLE: Tone.WARN}[state]
    said = {
        State.ON: _("In force"),
        State.OFF: _("Not in force: do not rely on it here"),
        State.UNAVAILABLE: _("Not possible on this system"),
    }[state]
    return Step(tone, name, said)


def _step(measure: Measure) -> Step:
    name = {
        Name.NETWORK_REFUSED: _("The kernel refuses network sockets"),
        Name.PROGRAMS_REFUSED: _("The kernel refuses to start other programs"),
        Name.PRIVILEGES_FIXED: _("No program started from here gains rights"),
        Name.MEMORY_CLOSED: _("Other programs cannot read this memory"),
        Name.NO_CORE_FILES: _("A crash leaves no image of the memory"),
        Name.ENVIRONMENT_CLEAN: _("Only known settings came from the environment"),
        Name.NETWORK_TRIPWIRE: _("Python refuses network calls"),
        Name.PROGRAMS_TRIPWIRE: _("Python refuses to start other programs"),
        Name.SCREEN_LEFT_OUT: _("Pictures of the screen leave this window out"),
        Name.COPIES_TAKEN_BACK: _(
            "What you copy is marked as secret and taken back after 20 seconds"
        ),
        Name.FILES_SEEN_APART: _(
            "Files are decoded in processes that can open, start and reach nothing"
        ),
        Name.SWAP_ENCRYPTED: _(
            "Memory that the system moves to the disk is encrypted there, or none is"
        ),
        Name.HIBERNATION_ENCRYPTED: _(
            "A computer that sleeps on its disk leaves memory only encrypted there, or cannot"
        ),
    }[measure.name]
    return _stated(name, measure.state)
