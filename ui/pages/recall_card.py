"""After a withdrawal: for each receiver the words of a notice, to be copied or read out (C-06)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QApplication

from app.i18n import _
from app.recall import Recall
from ui.icons import Icon
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, Card, Well, clear, column, hint, row
from ui.widgets.plain import Paragraph, outside, outside_text


class RecallCard(Card):
    """Hidden where nobody has to be told. `page` is where it is said that a text was copied."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Tell these receivers"))
        self._page = page
        self._notices = column(spacing=INSIDE)
        self.body.addWidget(
            hint(
                _(
                    "The program cannot call back what has left. These words name nobody; give them"
                    " sealed, or by voice."
                )
            )
        )
        self.body.addLayout(self._notices)
        self.hide()

    def show_notices(self, recalls: Sequence[Recall]) -> None:
        """One below the other; nothing where there is none."""
        clear(self._notices)
        for each in recalls:
            copy = buttons.plain(_("Copy the text"), partial(self._copy, each), Icon.COPY)
            copy.setAccessibleName(f"{copy.text()}: {outside(each.receiver)}")
            well = Well(Paragraph(outside_text(each.text)))
            well.body.addLayout(row(copy, STRETCH))
            self._notices.addWidget(well)
        self.setVisible(bool(recalls))

    def _copy(self, recall: Recall) -> None:
        # the program's own watch marks it as secret and takes it back after a while
        QApplication.clipboard().setText(recall.text)
        self._page.tell_passing(_("The text is copied for a short while."))
