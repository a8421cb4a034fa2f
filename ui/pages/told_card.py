"""Beside a statement: what the same person has told already, to be read before asking (R-07)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app import interviews, titles
from app.i18n import _, ngettext
from app.records import Record, Statement
from ui.page import Page
from ui.widgets.arrange import INSIDE, Card, clear, column, hint
from ui.widgets.choosing import Fold
from ui.widgets.plain import Label, Paragraph, TextRole, outside_text


class ToldCard(Card):
    """Hidden where nothing was told. Folded: the words are read when somebody wants to."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Told already"))
        self._page = page
        self._words = QWidget()
        self._listed = column(spacing=INSIDE)
        self._words.setLayout(self._listed)
        self._head = Fold("", self._turn)
        for part in (
            hint(_("Read it first. Do not ask again for what stands here.")),
            self._head,
            self._words,
        ):
            self.body.addWidget(part)
        self.hide()

    def look_at(self, record: Record) -> None:
        """Show what belongs to this statement; nothing for other records."""
        self.hide()
        if isinstance(record, Statement):
            self._page.session.ask(
                self, lambda vault, _: interviews.earlier(vault, record), self._show
            )

    def _show(self, found: Sequence[Statement]) -> None:
        clear(self._listed)
        for each in found:
            self._listed.addWidget(Label(outside_text(titles.title(each)), TextRole.STRONG))
            self._listed.addWidget(Paragraph(outside_text(each.text.text)))
            if each.wellbeing_note:
                self._listed.addWidget(hint(_("There is a note on how the person was.")))
        count = len(found)
        self._head.setText(
            ngettext("{count} statement", "{count} statements", count).format(count=count)
        )
        self._head.setChecked(False)
        self._turn()
        self.setVisible(bool(found))

    def _turn(self) -> None:
        self._words.setVisible(self._head.isChecked())
