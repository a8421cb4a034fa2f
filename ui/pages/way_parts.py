"""What the pages about ways in share: the passphrase that opens now, and words asked back."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app import typed
from app.i18n import _
from crypto import recovery
from crypto.secret import Passphrase
from ui.widgets.arrange import INSIDE, TIGHT, column, group, hint, within
from ui.widgets.capslock import CapsLockHint
from ui.widgets.plain import Label, Line, TextRole
from ui.widgets.secret import SecretLine

_ASKED = 2


class CurrentPassphrase(QWidget):
    """Asked for again whenever a way in is changed: the vault may stand open before a stranger."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretLine()
        name = _("The passphrase that opens it now")
        self.secret.set_name(name)
        self.secret.line.textChanged.connect(lambda _: self.changed.emit())
        label = Label(name, TextRole.STRONG)
        label.setBuddy(self.secret.line)
        within(
            self,
            column(
                label,
                self.secret,
                CapsLockHint(self.secret.line),
                PhraseHint(self.secret.line),
                hint(_("The recovery phrase will do as well.")),
                spacing=TIGHT,
            ),
        )

    @property
    def is_there(self) -> bool:
        """Whether something was typed."""
        return bool(self.secret.text())

    def take(self) -> Passphrase:
        """What was typed; the field is empty afterwards. Raises UnusablePassphrase (crypto)."""
        return typed.passphrase(self.secret.take())

    def clear(self) -> None:
        """Empty the field."""
        self.secret.clear()


class PhraseHint(Label):
    """Under a hidden field: shown while it holds twelve words that are nearly a recovery phrase."""

    def __init__(self, line: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("", TextRole.STRONG, parent)
        line.textChanged.connect(self._look)
        self.hide()

    def _look(self, text: str) -> None:
        found = recovery.look(text)
        said = ""
        if found.is_whole:
            said = "✓ " + _("A whole recovery phrase")
        elif found.has_wrong_checksum:
            said = _("Twelve words, but one is another than it was, or two changed places.")
        elif found.words == recovery.WORDS and len(found.unknown) == 1:
            said = _("Word {number} is in no list of words.").format(number=found.unknown[0])
        self.setText(said)
        self.setVisible(bool(said))


class AskBack(QWidget):
    """Two words of a row of words, asked by their number: whoever knows them has the paper."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._expected: tuple[str, ...] = ()
        self.lines = tuple(Line() for _ in range(_ASKED))
        self._labels = tuple(Label("", TextRole.STRONG) for _ in range(_ASKED))
        rows = []
        for label, line in zip(self._labels, self.lines, strict=True):
            label.setBuddy(line)
            line.textChanged.connect(lambda _: self.changed.emit())
            rows.append(group(label, line, spacing=TIGHT))
        within(self, column(*rows, spacing=INSIDE))

    def ask(self, words: str) -> None:
        """Ask for two of these words, chosen by chance."""
        each = words.split()
        numbers = sorted(secrets.SystemRandom().sample(range(len(each)), _ASKED))
        self._expected = tuple(each[number] for number in numbers)
        for label, line, number in zip(self._labels, self.lines, numbers, strict=True):
            text = _("Word {number}").format(number=number + 1)
            label.setText(text)
            line.setAccessibleName(text)
            line.clear()

    @property
    def is_right(self) -> bool:
        """Whether both words are those asked for."""
        given = tuple(line.text().strip().casefold() for line in self.lines)
        return bool(self._expected) and given == self._expected

    def forget(self) -> None:
        """Empty everything."""
        self._expected = ()
        for line in self.lines:
            line.clear()
