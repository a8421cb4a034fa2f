"""Choosing a passphrase: a hidden field, and how hard to guess it is, in words and a bar."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app import passphrases
from app.i18n import _
from app.passphrases import Reason, Strength, Verdict
from ui.widgets.arrange import INSIDE, column, within
from ui.widgets.plain import Label, Paragraph, TextRole, restyle
from ui.widgets.secret import SecretLine

_ENOUGH_BITS = 100


class PassphraseField(QWidget):
    """A field for a new passphrase. `changed` carries its Strength."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.secret = SecretLine()
        self.secret.set_name(name)
        self.secret.line.textChanged.connect(self._judge)
        label = Label(name, TextRole.STRONG)
        label.setBuddy(self.secret.line)
        self._bar = QProgressBar()
        self._bar.setRange(0, _ENOUGH_BITS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Strength of the passphrase"))
        self._said = Paragraph("", TextRole.MUTED)
        within(self, column(label, self.secret, self._bar, self._said, spacing=INSIDE))
        self.setFocusProxy(self.secret)
        self._judge("")

    def text(self) -> str:
        """What was typed."""
        return self.secret.text()

    def strength(self) -> Strength:
        """How hard to guess what was typed is."""
        return passphrases.strength(self.secret.text())

    def clear(self) -> None:
        """Empty the field."""
        self.secret.clear()

    def _judge(self, text: str) -> None:
        found = passphrases.strength(text)
        self._bar.setVisible(bool(text))
        self._bar.setValue(round(min(found.bits, _ENOUGH_BITS)))
        self._bar.setProperty("tone", _TONES[found.verdict])
        restyle(self._bar)
        self._said.setText(strength_words(found) if text else _("A whole sentence is a good one."))
        self.changed.emit(found)


def strength_words(found: Strength) -> str:
    """The verdict, and one piece of advice."""
    verdict = {
        Verdict.WEAK: _("Weak: somebody with a copy of the vault could guess it."),
        Verdict.FAIR: _("Fair."),
        Verdict.STRONG: _("Strong."),
    }[found.verdict]
    advice = {
        Reason.TOO_SHORT: _("Make it longer: five words or more."),
        Reason.REPEATS: _("Repeating makes it no harder to guess."),
        Reason.SEQUENCE: _("Letters or digits in a row are tried first."),
        Reason.ONLY_DIGITS: _("Dates and numbers are tried first: add words."),
        Reason.LISTED_WORDS: _("Good if chance chose the words; weak if you did."),
    }
    said = next((advice[reason] for reason in found.reasons if reason in advice), "")
    return f"{verdict} {said}".strip()


_TONES = {Verdict.WEAK: "bad", Verdict.FAIR: "warn", Verdict.STRONG: "ok"}
