"""One file that a courier carries: its state, its size, and what else can be told without a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import sizes
from app.courier import Condition, Verdict
from app.errors import AppError, NotABundle
from app.i18n import _
from app.messages import explain
from crypto.errors import CryptoError
from ui.icons import Icon
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, clear, column, group, row, within
from ui.widgets.beside import Beside
from ui.widgets.entry import OneLine
from ui.widgets.plain import Paragraph, TextRole, Tone, outside
from ui.widgets.stated import mark

_GROUP = 8


class CourierRow(Card):
    """Shows "checking" until it is told a verdict or a failure."""

    def __init__(
        self, path: Path, dropped: Callable[[CourierRow], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.path = path
        self.verdict: Verdict | None = None
        self.name = OneLine(outside(path.name), TextRole.STRONG)
        self.about = OneLine(_("Checking …"), TextRole.MUTED)
        self._state = row(spacing=INSIDE)
        self._more = column(spacing=INSIDE)
        self.details = group(self._more)
        self.details.hide()
        self._fold = buttons.quiet(_("Details"), self._turn)
        self._fold.hide()
        close = buttons.sign(
            Icon.CLOSE,
            _("Remove {name}").format(name=outside(path.name)),
            lambda: dropped(self),
        )
        words = group(self.name, self.about, spacing=2)
        state = within(QWidget(), row(self._state, self._fold, STRETCH, spacing=INSIDE))
        across = row(spacing=INSIDE)
        across.addWidget(Beside(words, state), 1)
        across.addWidget(close)
        self.body.addLayout(across)
        self.body.addWidget(self.details)
        self.setAccessibleName(f"{self.name.text()}, {self.about.text()}")

    @property
    def can_be_copied(self) -> bool:
        """Whether it is a bundle that was not found damaged."""
        return self.verdict is not None and self.verdict.condition is not Condition.DAMAGED

    @property
    def bytes(self) -> int:
        """The size, 0 before it was checked."""
        return 0 if self.verdict is None else self.verdict.outer.size

    def show_verdict(self, verdict: Verdict) -> None:
        """It is a bundle; this is its state."""
        self.verdict = verdict
        tone, word, sentence = _words(verdict.condition)
        self._say(tone, word, sizes.words(verdict.outer.size))
        clear(self._more)
        self._more.addWidget(Paragraph(sentence))
        strong = (
            _("Sealed so that quantum computers of the future cannot open it either.")
            if verdict.outer.post_quantum
            else _("Sealed in the older way, which stock tools of any age can open.")
        )
        self._more.addWidget(Paragraph(strong, TextRole.MUTED))
        digest = verdict.sha256
        spaced = " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
        self._more.addWidget(
            Paragraph(_("SHA-256: {digest}").format(digest=spaced), TextRole.SMALL)
        )
        self._more.addWidget(
            Paragraph(
                _("In folder {folder}").format(folder=outside(self.path.parent.name)),
                TextRole.SMALL,
            )
        )
        self._fold.show()
        self._fold.setAccessibleName(_("Details of {name}").format(name=self.name.text()))

    def show_failure(self, error: AppError | CryptoError) -> None:
        """It could not be checked, or is no bundle."""
        told = explain(error)
        word = _("Not a bundle") if isinstance(error, NotABundle) else told.title
        self._say(Tone.BAD, word, told.text)

    def _say(self, tone: Tone, word: str, about: str) -> None:
        clear(self._state)
        self._state.addWidget(mark(tone, word))
        self.about.setText(about)
        self.setAccessibleName(f"{self.name.text()}, {word}, {about}")

    def _turn(self) -> None:
        self.details.setVisible(self.details.isHidden())
        self._fold.setText(_("Less") if self.details.isVisible() else _("Details"))


def _words(condition: Condition) -> tuple[Tone, str, str]:
    return {
        Condition.UNDAMAGED: (
            Tone.OK,
            _("Undamaged"),
            _("Every byte is as it was sealed: the content fits the name of the file."),
        ),
        Condition.RENAMED: (
            Tone.WARN,
            _("Renamed"),
            _(
                "The file has another name than it was given, so it cannot vouch for itself. It has"
                " the shape of a bundle; the receiver will see whether it is whole."
            ),
        ),
        Condition.DAMAGED: (
            Tone.BAD,
            _("Damaged"),
            _(
                "The content does not fit the name of the file: it was altered or cut off. Fetch"
                " another copy if there is one."
            ),
        ),
    }[condition]
