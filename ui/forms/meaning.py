"""What a term means, in words under its list: of the one chosen, or of the one pointed at."""

from __future__ import annotations

from app import vocabulary
from ui.widgets.choosing import Dropdown
from ui.widgets.plain import Paragraph, TextRole


class Meaning(Paragraph):
    """The definition of a term of one vocabulary; hidden where there is none to say."""

    def __init__(self, name: str, beside: Dropdown) -> None:
        super().__init__("", TextRole.SMALL)
        self._vocabulary = name
        self._list = beside
        beside.pointed.connect(self.tell)
        beside.activated.connect(lambda _: self.tell(beside.chosen()))
        self.hide()

    def tell(self, key: str) -> None:
        """Say what this term means; "" for the one that is chosen in the list."""
        meant = key or self._list.chosen()
        said = vocabulary.definition(self._vocabulary, meant) if meant else ""
        self.setText(said)
        self.setVisible(bool(said))
        self._list.setAccessibleDescription(said)
