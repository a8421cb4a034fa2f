"""What can be done with the reports that are chosen in the list: put a tag on, take one off."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import tagging
from app.i18n import _, ngettext
from app.incidents import IncidentRow
from app.records.ids import IncidentId
from app.tagging import Tagged
from ui.ask import Choice, Option, Prompt
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, row, within
from ui.widgets.plain import Label, outside


class TagBar(QWidget):
    """Shown while reports are chosen (with Ctrl or Shift and a click, or the arrow keys)."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._rows: tuple[IncidentRow, ...] = ()
        self._said = Label("")
        self.add = buttons.quiet(_("Add a tag"), self._on_add)
        self.take_off = buttons.quiet(_("Take a tag off"), self._on_take_off)
        within(self, row(self._said, self.add, self.take_off, STRETCH))
        self.hide()

    def show_rows(self, rows: tuple[IncidentRow, ...]) -> None:
        """These reports are chosen; drafts that were never saved can have no tag yet."""
        self._rows = tuple(each for each in rows if each.revision)
        count = len(self._rows)
        self._said.setText(
            ngettext("{count} report chosen", "{count} reports chosen", count).format(count=count)
        )
        self.take_off.setEnabled(bool(self._tags()))
        self.setVisible(bool(count))

    def _tags(self) -> list[str]:
        return sorted({tag for each in self._rows for tag in each.tags})

    def _ids(self) -> tuple[IncidentId, ...]:
        return tuple(each.id for each in self._rows)

    def _on_add(self) -> None:
        text = _("Tags stay in this vault. They never travel with a report.")
        prompt = Prompt(title=_("Add a tag"), text=text, label=_("Tag"), verb=_("Add"))
        tag = (self._page.ask.text(prompt) or "").strip()
        if tag:
            self._do_add(self._ids(), tag)

    def _on_take_off(self) -> None:
        options = tuple(Option(id=tag, verb=outside(tag)) for tag in self._tags())
        text = _("It is taken off all reports that are chosen.")
        tag = self._page.ask.choose(
            Choice(title=_("Take a tag off"), text=text, options=options, keep=_("Leave it"))
        )
        if tag:
            self._do_take_off(self._ids(), tag)

    def _do_add(self, reports: tuple[IncidentId, ...], tag: str) -> None:
        def done(came: Tagged) -> None:
            self._page.offer_undo(
                _("Tag added: {tag}").format(tag=outside(tag)),
                lambda: self._do_take_off(came.reports, tag),
            )

        self._page.session.do(self._page, lambda vault, _: tagging.add(vault, reports, tag), done)

    def _do_take_off(self, reports: tuple[IncidentId, ...], tag: str) -> None:
        def done(came: Tagged) -> None:
            self._page.offer_undo(
                _("Tag taken off: {tag}").format(tag=outside(tag)),
                lambda: self._do_add(came.reports, tag),
            )

        self._page.session.do(
            self._page, lambda vault, _: tagging.take_off(vault, reports, tag), done
        )
