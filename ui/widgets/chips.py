"""A few answers as chips side by side, of which one or none is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets import buttons
from ui.widgets.arrange import flow, within


class ChipChoice(QWidget):
    """One of a few answers, or none: pressing the chosen one again takes it back."""

    chosen = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """`options`: key and words of each."""
        super().__init__()
        self.setAccessibleName(name)
        self.chips: dict[str, buttons.Button] = {}
        for key, words in options:
            chip = buttons.chip(words)
            # "Yes" alone tells a listener nothing
            chip.setAccessibleName(f"{name}: {words}")
            chip.clicked.connect(self._presser(key))
            self.chips[key] = chip
        within(self, flow(*self.chips.values()))

    def value(self) -> str:
        """The key of the answer; "" for none."""
        return next((key for key, chip in self.chips.items() if chip.isChecked()), "")

    def choose(self, value: str) -> None:
        """Show this answer."""
        for key, chip in self.chips.items():
            chip.setChecked(key == value)

    def _presser(self, pressed: str) -> Callable[[], None]:
        def press() -> None:
            if self.chips[pressed].isChecked():
                self.choose(pressed)
            self.chosen.emit()

        return press
