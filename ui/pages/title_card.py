"""The title of the window: a neutral one from a list, or one that somebody types."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.i18n import _
from app.settings import TITLE_LENGTH, Title, title_of
from ui.failures import notice_of
from ui.page import Page
from ui.titles import titles
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, flow, group, hint, row, within
from ui.widgets.plain import Label, Line, TextRole


class TitleCard(Card):
    """What is chosen takes effect at once; what is typed, when its button is pressed: a title is
    kept outside every vault, and must not get there by typing into the wrong field."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Title of the window"))
        self._page = page
        now = page.desk.preferences.now
        chips = []
        for value, text in titles():
            chip = buttons.chip(text)
            chip.setChecked(value is now.title)
            chip.clicked.connect(lambda _, value=value: self._keep(value, ""))
            chips.append(chip)
        own = buttons.chip(_("Another title"))
        own.setChecked(now.title is Title.OWN)
        own.clicked.connect(self._offer)
        self._group = buttons.one_of(*chips, own)
        self.line = Line()
        self.line.setMaxLength(TITLE_LENGTH)
        self.line.setText(now.own_title)
        self.line.setAccessibleName(_("Another title"))
        self.line.returnPressed.connect(self._take)
        self._typed = group(
            Label(_("Another title"), TextRole.STRONG),
            row(self.line, buttons.plain(_("Use this title"), self._take)),
            hint(
                _(
                    "It is kept on this computer outside your vault, and others can read it: no"
                    " name, nothing that tells."
                )
            ),
            spacing=INSIDE,
        )
        self._typed.setVisible(now.title is Title.OWN)
        about = _("Others see it in the list of windows, and on a screen that is shared.")
        for part in (within(QWidget(), flow(*chips, own)), hint(about), self._typed):
            self.body.addWidget(part)

    def _offer(self) -> None:
        self._typed.show()
        self.line.setFocus()

    def _take(self) -> None:
        typed = title_of(self.line.text())
        self.line.setText(typed)
        if typed:
            self._keep(Title.OWN, typed)
        else:
            self._page.warn(_("Type a title first. The window is called as before."))

    def _keep(self, title: Title, own: str) -> None:
        preferences = self._page.desk.preferences
        self._typed.setVisible(title is Title.OWN)
        try:
            preferences.keep(replace(preferences.now, title=title, own_title=own))
        except AppError as error:
            self._page.banner.tell(notice_of(error))
        else:
            self._page.tell_passing(_("The window has another title now"))
