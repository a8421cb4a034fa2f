"""The tags of the report that is open: each a chip that takes it off, and a button for one more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app import store, tagging
from app.changes import Changes
from app.i18n import _
from app.incidents import IncidentRow
from app.records import Incident
from app.records.ids import IncidentId
from app.tagging import Tagged
from app.tasks import Progress
from app.vault import Vault
from ui.ask import Prompt
from ui.icons import Icon
from ui.page import Page
from ui.widgets import buttons
from ui.widgets.arrange import clear, flow, within
from ui.widgets.choosing import removable
from ui.widgets.plain import outside

Verb = Callable[[Vault, tuple[IncidentId, ...], str], Tagged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retagged:
    """A report with other tags than before. `before`, `revision`: numbers of the revisions."""

    report: Incident
    before: int
    revision: int
    changes: Changes


class ReportTags(QWidget):
    """Kept at once, apart from what is typed: a tag is no part of what a report says."""

    def __init__(self, page: Page, retagged: Callable[[Retagged], None]) -> None:
        """`retagged` is told of every report whose tags were changed from here."""
        super().__init__(page)
        self._page = page
        self._retagged = retagged
        self._report: IncidentId | None = None
        self._flow = flow()
        within(self, self._flow)
        self.hide()

    def show_row(self, row: IncidentRow | None) -> None:
        """The report as it stands in the list; nothing for one that was never saved."""
        clear(self._flow)
        if row is None or not row.revision:
            self._report = None
            self.hide()
            return
        report = self._report = row.id
        for tag in row.tags:
            self._flow.addWidget(removable(outside(tag), self._taker(report, tag)))
        self._flow.addWidget(buttons.quiet(_("Add a tag"), self._on_add, Icon.PLUS))
        self.show()

    def _taker(self, report: IncidentId, tag: str) -> Callable[[], None]:
        return lambda: self._take_off(report, tag)

    def _on_add(self) -> None:
        report = self._report
        text = _("Tags stay in this vault. They never travel with a report.")
        prompt = Prompt(title=_("Add a tag"), text=text, label=_("Tag"), verb=_("Add"))
        tag = " ".join((self._page.ask.text(prompt) or "").split())
        if report is not None and tag:
            self._add(report, tag)

    def _add(self, report: IncidentId, tag: str) -> None:
        said = _("Tag added: {tag}").format(tag=outside(tag))
        self._do(tagging.add, report, tag, said, lambda: self._take_off(report, tag))

    def _take_off(self, report: IncidentId, tag: str) -> None:
        said = _("Tag taken off: {tag}").format(tag=outside(tag))
        self._do(tagging.take_off, report, tag, said, lambda: self._add(report, tag))

    def _do(
        self, verb: Verb, report: IncidentId, tag: str, said: str, undo: Callable[[], None]
    ) -> None:
        def do(vault: Vault, _: Progress) -> Retagged:
            before = store.kept(vault, Incident, report).revision
            came = verb(vault, (report,), tag)
            kept = store.kept(vault, Incident, report)
            return Retagged(
                report=kept.record, before=before, revision=kept.revision, changes=came.changes
            )

        def done(came: Retagged) -> None:
            self._retagged(came)
            if came.revision != came.before:
                self._page.offer_undo(said, undo)

        self._page.session.do(self._page, do, done)
