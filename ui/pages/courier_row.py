"""One bundle or part that a courier carries: its state, size, and what is told without a key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import sizes
from app.bundles.naming import NameCheck
from app.courier import Condition, Verdict
from app.errors import AppError, NotABundle
from app.i18n import _, ngettext
from app.messages import explain
from app.parts import Checked
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
        self,
        path: Path,
        dropped: Callable[[CourierRow], None],
        split: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        """`dropped`: take it off the list; `split`: split this bundle into parts."""
        super().__init__(parent=parent)
        self.path = path
        self.verdict: Verdict | None = None
        self.part: Checked | None = None
        self._split = split
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
        """Whether it is a bundle or a part that was not found damaged."""
        if self.part is not None:
            return self.part.is_whole
        return self.verdict is not None and self.verdict.condition is not Condition.DAMAGED

    @property
    def bytes(self) -> int:
        """The size, 0 before it was checked."""
        if self.part is not None:
            return self.part.head.split.part_bytes
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
        self._add_digest(verdict.sha256)
        self._offer_details()
        if verdict.condition is not Condition.DAMAGED:
            path = self.path
            verb = buttons.plain(_("Split into parts…"), lambda: self._split(path))
            self._more.addLayout(row(verb, STRETCH))

    def show_part(self, part: Checked) -> None:
        """It is a part of a bundle; this is its state."""
        self.part = part
        split = part.head.split
        about = _("Part {number} of {total}, {size}").format(
            number=part.head.index + 1, total=split.total, size=sizes.words(split.part_bytes)
        )
        clear(self._more)
        if part.is_whole:
            self._say(Tone.OK, _("Undamaged"), about)
            said = _("Every piece of this part is as it was made.")
            if part.named is NameCheck.RENAMED:
                said = _("Every piece of this part is as it was made. The file was renamed.")
        else:
            self._say(Tone.BAD, _("Damaged"), about)
            said = ngettext(
                "{count} piece of this part is damaged. The others can still be used.",
                "{count} pieces of this part are damaged. The others can still be used.",
                part.damaged,
            ).format(count=part.damaged)
        self._more.addWidget(Paragraph(said))
        self._offer_details()

    def show_failure(self, error: AppError | CryptoError) -> None:
        """It could not be checked, or is no bundle."""
        told = explain(error)
        word = _("Not a bundle") if isinstance(error, NotABundle) else told.title
        self._say(Tone.BAD, word, told.text)

    def _add_digest(self, digest: str) -> None:
        spaced = " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))
        self._more.addWidget(
            Paragraph(_("SHA-256: {digest}").format(digest=spaced), TextRole.SMALL)
        )

    def _offer_details(self) -> None:
        self._more.addWidget(
            Paragraph(
                _("In folder {folder}").format(folder=outside(self.path.parent.name)),
                TextRole.SMALL,
            )
        )
        self._fold.show()
        self._fold.setAccessibleName(_("Details of {name}").format(name=self.name.text()))

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
