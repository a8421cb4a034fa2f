"""What protects the person on this computer beyond this process: its screen, its copies, its disk.

The screen, the clipboard and what shows files belong to a window, which tells what it found; the
rest is measured.
"""

from __future__ import annotations

from app.guard.measures import Measure, Name, State
from app.guard.swap import hibernation_is_safe, swap_is_safe


def around(
    *,
    screen: State = State.UNAVAILABLE,
    copies: State = State.UNAVAILABLE,
    seen_apart: State = State.UNAVAILABLE,
) -> tuple[Measure, ...]:
    """The same list for the window and the commands, in the order in which it is shown."""
    return (
        Measure(name=Name.SCREEN_LEFT_OUT, state=screen),
        Measure(name=Name.COPIES_TAKEN_BACK, state=copies),
        Measure(name=Name.FILES_SEEN_APART, state=seen_apart),
        Measure(name=Name.SWAP_ENCRYPTED, state=_state(swap_is_safe())),
        Measure(name=Name.HIBERNATION_ENCRYPTED, state=_state(hibernation_is_safe())),
    )


def _state(found: bool | None) -> State:  # noqa: FBT001 - the value measured
    if found is None:
        return State.UNAVAILABLE
    return State.ON if found else State.OFF
