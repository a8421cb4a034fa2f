"""Why somebody looks at special facts: asked once on a page, kept before anything is shown (M-02).

looking = Looking(keep)      # keep(field, reason, show): note it in the vault, then call show()
looking.look("religion", "the letter asks for the ground", show)
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

Show = Callable[[], None]
Keep = Callable[[str, str, Show], None]


def _at_once(_field: str, _reason: str, show: Show) -> None:
    show()


class Looking(QObject):
    """The reason that was given on one page, for the facts that are uncovered there."""

    given = Signal()
    """A reason was given: other covers need not ask for one again."""

    def __init__(self, keep: Keep = _at_once) -> None:
        super().__init__()
        self._keep = keep
        self.reason = ""

    def look(self, field: str, reason: str, show: Show) -> None:
        """Have it kept that this field is looked at; `show` is called once it is."""

        def kept() -> None:
            if self.reason != reason:
                self.reason = reason
                self.given.emit()
            show()

        self._keep(field, reason, kept)
