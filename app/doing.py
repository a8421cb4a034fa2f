"""What a job says it is doing, in words: one table for windows and command line."""

from __future__ import annotations

from typing import Final

from app.i18n import N_, window
from app.tasks import Step

_WORDS: Final = {
    "backing_up": N_("Making a safe copy"),
    "checking": N_("Checking"),
    "copying": N_("Copying"),
    "joining": N_("Joining the parts"),
    "listing": N_("Writing the slip"),
    "reading": N_("Reading"),
    "rekeying": N_("Writing everything under a new key"),
    "restoring": N_("Restoring"),
    "sealing": N_("Sealing"),
    "splitting": N_("Splitting"),
    "taking_in": N_("Taking in"),
}


def words(step: Step) -> str:
    """The step's code in the window's language; a text that is no code is translated as it is."""
    text = _WORDS.get(step.doing, step.doing)
    return window().gettext(text)
