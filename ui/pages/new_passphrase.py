"""Choosing a passphrase for a new vault: words proposed first, one's own second, typed once more.

Proposed words have a known strength; one's own are judged, and a weak one needs a decision that is
made with a tick of its own (design of the vault's slots).
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app import passphrases
from app.i18n import _
from app.passphrases import Reason, Strength, Verdict
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, TIGHT, Well, column, group, hint, row, within
from ui.widgets.capslock import CapsLockHint
from ui.widgets.choosing import Tick
from ui.widgets.plain import Label, Paragraph, TextRole, restyle
from ui.widgets.secret import SecretLine

_FULL_BITS = 80


class NewPassphrase(QWidget):
    """`changed` is emitted whenever `is_ready` may have; `take` empties every field."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = passphrases.offer()
        self._offered = self._make_offered()
        self._own = self._make_own()
        self._own.hide()
        self.again = SecretLine()
        self.again.set_name(_("The same passphrase once more"))
        self.again.line.textChanged.connect(lambda _: self._on_changed())
        self._same = Label("", TextRole.STRONG)
        label = Label(_("Type it once more"), TextRole.STRONG)
        label.setBuddy(self.again.line)
        within(
            self,
            column(
                self._offered,
                self._own,
                group(label, self.again, CapsLockHint(self.again.line), self._same, spacing=TIGHT),
            ),
        )
        self._on_changed()

    @property
    def words(self) -> str:
        """The words proposed now."""
        return self._words

    @property
    def is_ready(self) -> bool:
        """Whether there is a passphrase that was typed twice alike, or proposed and typed."""
        wanted = self._wanted()
        accepted = not self._own.isVisibleTo(self) or self._accepted()
        return bool(wanted) and accepted and _same(wanted, self.again.text())

    def take(self) -> str:
        """The passphrase; every field is empty and the words are forgotten afterwards."""
        taken = self._wanted()
        self.forget()
        return taken

    def forget(self) -> None:
        """Empty everything, and propose other words."""
        self.again.clear()
        self.typed.clear()
        self.anyway.setChecked(False)
        self.propose()

    def propose(self) -> None:
        """Propose other words."""
        self._words = passphrases.offer()
        self._shown.setText(self._words)
        self.again.clear()
        self._on_changed()

    def use_own(self) -> None:
        """Let the person think of one."""
        self._turn(self._own, self._offered)
        self.typed.line.setFocus()

    def use_offered(self) -> None:
        """Go back to the words proposed."""
        self._turn(self._offered, self._own)

    def _turn(self, shown: QWidget, hidden: QWidget) -> None:
        hidden.hide()
        shown.show()
        self.again.clear()
        self._on_changed()

    def _wanted(self) -> str:
        return self.typed.text() if self._own.isVisibleTo(self) else self._words

    def _accepted(self) -> bool:
        return passphrases.strength(self.typed.text()).accepted or self.anyway.isChecked()

    # --- parts --------------------------------------------------------------------------------

    def _make_offered(self) -> QWidget:
        self._shown = Paragraph(self._words, TextRole.CODE)
        self._shown.setAccessibleName(_("The words proposed"))
        self.another = buttons.plain(_("Another one"), self.propose)
        self.make_own = buttons.quiet(_("I'll make my own"), self.use_own)
        bits = int(passphrases.offered_bits())
        strong = _("Very strong ({bits} bits): nobody finds it by trying.").format(bits=bits)
        return group(
            hint(
                _(
                    "Six words, picked by chance. Write them on paper until you know them by"
                    " heart, then destroy the paper."
                )
            ),
            Well(self._shown),
            Label(strong, TextRole.SMALL),
            row(self.another, self.make_own, STRETCH, spacing=INSIDE),
            spacing=INSIDE,
        )

    def _make_own(self) -> QWidget:
        self.typed = SecretLine()
        self.typed.set_name(_("Your own passphrase"))
        self.typed.line.textChanged.connect(lambda _: self._on_typed())
        self._bar = QProgressBar()
        self._bar.setRange(0, _FULL_BITS)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Strength"))
        self._verdict = Paragraph("", TextRole.STRONG)
        self._advice = hint("")
        self.anyway = Tick(_("It is easy to guess, and I want it all the same"))
        self.anyway.toggled.connect(lambda _: self._on_changed())
        self.anyway.hide()
        label = Label(_("Your own passphrase"), TextRole.STRONG)
        label.setBuddy(self.typed.line)
        back = buttons.quiet(_("Propose words instead"), self.use_offered, Icon.BACK)
        return group(
            label,
            self.typed,
            CapsLockHint(self.typed.line),
            self._bar,
            self._verdict,
            self._advice,
            self.anyway,
            row(back, STRETCH),
            spacing=INSIDE,
        )

    # --- what is shown ------------------------------------------------------------------------

    def _on_typed(self) -> None:
        found = passphrases.strength(self.typed.text())
        empty = not self.typed.text()
        self._bar.setValue(0 if empty else min(_FULL_BITS, round(found.bits)))
        self._bar.setProperty("tone", "bad" if found.verdict is Verdict.WEAK else "")
        restyle(self._bar)
        self._verdict.setText("" if empty else _said(found.verdict))
        self._advice.setText("" if empty else _advice(found))
        self.anyway.setVisible(not empty and not found.accepted)
        self._on_changed()

    def _on_changed(self) -> None:
        typed = self.again.text()
        wanted = self._wanted()
        if not typed or not wanted:
            said = ""
        elif _same(wanted, typed):
            said = "✓ " + _("The same")
        elif wanted.startswith(typed):
            said = _("Right so far")
        else:
            said = _("Not the same yet")
        self._same.setText(said)
        self._same.setVisible(bool(said))
        self.changed.emit()


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)


def _said(verdict: Verdict) -> str:
    return {
        Verdict.WEAK: _("Weak: somebody with a copy of the vault could guess it."),
        Verdict.FAIR: _("Fair, if nobody else would think of it."),
        Verdict.STRONG: _("Strong, if nobody else would think of it."),
    }[verdict]


def _advice(found: Strength) -> str:
    known = {
        Reason.TOO_SHORT: _("Use 16 characters or 5 words at least."),
        Reason.REPEATS: _("Saying the same again makes it longer, not stronger."),
        Reason.SEQUENCE: _("Letters or digits in a row are tried first."),
        Reason.ONLY_DIGITS: _("Dates and numbers are tried first."),
        Reason.LISTED_WORDS: _("Words that chance has not chosen are guessed sooner."),
    }
    return " ".join(known[reason] for reason in found.reasons)
