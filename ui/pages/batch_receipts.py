"""Receipts for all bundles of a batch that came whole; what is left to be answered by hand."""

from __future__ import annotations

from collections.abc import Iterator

from app.i18n import _, ngettext
from app.inbox import answering
from app.inbox.answering import AllMade, Answerable
from app.sticks import Stick
from app.tasks import Progress
from app.vault import Vault
from ui.icons import Icon
from ui.page import Page
from ui.place import PlaceChoice
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, row
from ui.widgets.plain import Paragraph, Tone


class BatchReceipts(Card):
    """What can be answered at once, where to, and the button that does it."""

    def __init__(self, page: Page, found: Answerable) -> None:
        told = list(_told(found))
        super().__init__(_("Receipts"), Paragraph(" ".join(told)))
        self.says_something = bool(told)
        self._page = page
        self._found = found
        count = len(found.whole)
        words = ngettext("Make {count} receipt", "Make {count} receipts", count)
        self.make = buttons.primary(words.format(count=count), self._make, Icon.RECEIPT)
        self.place = PlaceChoice(page.desk)
        self.place.need((answering.RECEIPT_BYTES * count,))
        self.place.changed.connect(self._look)
        self.body.addWidget(self.place)
        self.body.addLayout(row(STRETCH, self.make))
        self.place.setVisible(bool(count))
        self.make.setVisible(bool(count))
        if count:
            self.place.look()
        self._look()

    def _look(self) -> None:
        self.make.setEnabled(bool(self._found.whole) and self.place.fits)

    def _make(self) -> None:
        if self.make.isEnabled():
            self.place.settle(self._make_at)

    def _make_at(self, place: Stick) -> None:
        wanted = self._found.whole
        self.make.setEnabled(False)

        def make(vault: Vault, progress: Progress) -> AllMade:
            return answering.make_all(vault, wanted, folder=place.path, progress=progress)

        self._page.session.do(self._page, make, self._made)

    def _made(self, made: AllMade) -> None:
        count = len(made.paths)
        words = ngettext("{count} receipt is sealed", "{count} receipts are sealed", count)
        left = ngettext("{count} was not made.", "{count} were not made.", made.left)
        good = _("Each was read back and is the same. Give them back to their senders.")
        self._page.tell(
            Tone.WARN if made.left else Tone.OK,
            words.format(count=count),
            left.format(count=made.left) if made.left else good,
        )


def _told(found: Answerable) -> Iterator[str]:
    if found.whole:
        yield ngettext(
            "{count} came whole: its sender can be told so.",
            "{count} came whole: their senders can be told so.",
            len(found.whole),
        ).format(count=len(found.whole))
    if found.by_hand:
        yield ngettext(
            "{count} did not: open it and answer by hand.",
            "{count} did not: open them and answer by hand.",
            len(found.by_hand),
        ).format(count=len(found.by_hand))
    if found.no_reply:
        yield ngettext(
            "{count} carries no way to answer.", "{count} carry no way to answer.", found.no_reply
        ).format(count=found.no_reply)
