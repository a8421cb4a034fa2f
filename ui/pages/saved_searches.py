"""Saved searches above the filters: choose one, save what is set, rename, forget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import searches
from app.changes import Changes
from app.i18n import _
from app.searches import Kept, Search
from ui.ask import Prompt
from ui.icons import Icon
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import column, row, within
from ui.widgets.choosing import Dropdown, Option
from ui.widgets.plain import Label, TextRole, outside


class SavedSearches(QWidget):
    """`chosen` carries the Search to ask for."""

    chosen = Signal(object)

    def __init__(self, page: Page, now: Callable[[], Search]) -> None:
        """`now`: what is set in the list, without a name."""
        super().__init__(page)
        self._page = page
        self._now = now
        self._searches: tuple[Search, ...] = ()
        self.list = Dropdown()
        self.list.setAccessibleName(_("Saved searches"))
        self.list.setPlaceholderText(_("None chosen"))
        self.list.setMinimumContentsLength(6)
        self.list.activated.connect(lambda _: self._on_chosen())
        self.save = buttons.quiet(_("Save this search"), self._on_save)
        self.rename = buttons.sign(Icon.WRITE, _("Rename this search"), self._on_rename)
        self.forget = buttons.sign(Icon.TRASH, _("Forget this search"), self._on_forget)
        title = Label(_("Saved searches"), TextRole.SMALL)
        chosen = row(self.list, self.rename, self.forget, spacing=4)
        within(self, column(title, chosen, self.save, spacing=2))
        self._show(())

    def refresh(self) -> None:
        """Ask the vault again."""
        self._page.session.ask(self._page, lambda vault, _: searches.every(vault), self._show)

    def _show(self, found: tuple[Search, ...]) -> None:
        chosen = self.list.chosen()
        self._searches = found
        self.list.offer([Option(id=each.id, label=outside(each.name)) for each in found])
        self.list.choose(chosen)
        self._enable()

    def _enable(self) -> None:
        for button in (self.rename, self.forget):
            button.setEnabled(self._held() is not None)

    def _held(self) -> Search | None:
        wanted = self.list.chosen()
        return next((each for each in self._searches if each.id == wanted), None)

    def _on_chosen(self) -> None:
        self._enable()
        held = self._held()
        if held is not None:
            self.chosen.emit(held)

    def _on_save(self) -> None:
        name = self._asked_name(_("Save this search"), _("Save"))
        if name:
            self._keep(replace(self._now(), name=name))

    def _on_rename(self) -> None:
        held = self._held()
        name = self._asked_name(_("Rename this search"), _("Rename")) if held else ""
        if held is not None and name:
            self._keep(replace(held, name=name))

    def _asked_name(self, title: str, verb: str) -> str:
        text = _("It is kept in the vault and never leaves it.")
        said = self._page.ask.text(Prompt(title=title, text=text, label=_("Name"), verb=verb))
        return (said or "").strip()

    def _keep(self, search: Search) -> None:
        def done(_kept: Kept) -> None:
            self.refresh()
            self._page.tell_passing(_("Search saved: {name}").format(name=outside(search.name)))

        self._page.session.do(self._page, lambda vault, _: searches.keep(vault, search), done)

    def _on_forget(self) -> None:
        held = self._held()
        if held is None:
            return

        def done(_changes: Changes) -> None:
            self.refresh()
            self._page.offer_undo(_("Search forgotten"), lambda: self._keep(held))

        self._page.session.do(self._page, lambda vault, _: searches.forget(vault, held), done)
