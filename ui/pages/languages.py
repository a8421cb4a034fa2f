"""Choosing the language of the windows: names in their own script, drafts marked as drafts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app import i18n
from app.i18n import _
from ui.widgets import buttons
from ui.widgets.arrange import column, flow, hint, within


class LanguageChoice(QWidget):
    """One chip for each language that can be shown. `chosen` is called with its tag."""

    def __init__(self, now: str, chosen: Callable[[str], None]) -> None:
        super().__init__()
        chips = []
        for language in i18n.languages():
            chip = buttons.chip(language.native_name)
            chip.setChecked(language.tag == now)
            chip.clicked.connect(lambda _, tag=language.tag: chosen(tag))
            chips.append(chip)
        self._group = buttons.one_of(*chips)
        layout = column(flow(*chips), spacing=8)
        if any(each.tag == now and not each.checked for each in i18n.languages()):
            layout.addWidget(
                hint(_("A draft: nobody who grew up with this language has checked it yet."))
            )
        within(self, layout)
