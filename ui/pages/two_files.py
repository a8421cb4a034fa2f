"""One file or two when a vault is made, and the passphrase of a cover vault, explained."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from ui.pages.new_passphrase import NewPassphrase
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, column, flow, group, hint, within
from ui.widgets.plain import Label, TextRole


class Files(Enum):
    """What the vault will be made of."""

    ONE = auto()
    TWO = auto()
    TWO_WITH_COVER = auto()


class TwoFiles(Card):
    """`changed` is emitted whenever `is_ready` may have."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(_("One vault, or two files"))
        self.choice = Files.ONE
        self.cover = NewPassphrase()
        self.cover.changed.connect(self.changed)
        self._about = hint("")
        label = Label(_("Passphrase of the cover vault"), TextRole.STRONG)
        self._cover = group(label, self.cover, hint(_advice()), spacing=INSIDE)
        chips = []
        for choice, text in (
            (Files.ONE, _("One vault")),
            (Files.TWO, _("Two files, the second unused")),
            (Files.TWO_WITH_COVER, _("Two files, with a cover vault")),
        ):
            chip = buttons.chip(text)
            chip.setChecked(choice is self.choice)
            chip.clicked.connect(lambda _, choice=choice: self._choose(choice))
            chips.append(chip)
        self._group = buttons.one_of(*chips)
        self._first = chips[0]
        self.body.addLayout(
            column(within(QWidget(), flow(*chips)), self._about, self._cover, spacing=INSIDE)
        )
        self._choose(Files.ONE)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing for what was chosen."""
        return self.choice is not Files.TWO_WITH_COVER or self.cover.is_ready

    def forget(self) -> None:
        """Begin anew: one vault, and no passphrase."""
        self.cover.forget()
        self._first.setChecked(True)
        self._choose(Files.ONE)

    def _choose(self, choice: Files) -> None:
        self.choice = choice
        self._about.setText(_about(choice))
        self._cover.setVisible(choice is Files.TWO_WITH_COVER)
        self.changed.emit()


def _about(choice: Files) -> str:
    if choice is Files.ONE:
        return _(
            "One file, and everybody can see that there is no second vault. Right for those who"
            " may have to prove that they hide nothing."
        )
    common = _(
        "Two files of one length. Nobody can see whether the second one holds a vault or nothing,"
        " not even this program, so it can never be changed later."
    )
    if choice is Files.TWO:
        return common + " " + _("It holds nothing: no passphrase opens it.")
    return common + " " + _("It holds another vault, which its own passphrase opens.")


def _advice() -> str:
    return _(
        "Put harmless, believable things into the cover vault and use it now and then. It helps"
        " against one look only: times of change, copies made at two moments and other traces on"
        " the computer can give it away, and nobody can be kept from pressing you for more."
    )
