"""Where reports are listed: the home of those who record, the reports of an organisation."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import store
from app.changes import Changes
from app.filters import Offered
from app.i18n import _, ngettext
from app.incidents import State
from app.records.ids import RecordId
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui.actions import Action
from ui.icons import Icon
from ui.page import Desk, Page, Visit
from ui.pages import copy_reminder
from ui.pages.incident_list import IncidentList
from ui.pages.waiting_card import WaitingCard
from ui.preferences import Preferences
from ui.widgets import buttons
from ui.widgets.arrange import STRETCH, Card, hint, row
from ui.widgets.empty import Empty
from ui.widgets.plain import Label, TextRole

ALTERING = frozenset({"incident", "act", "evidence_item", "bundle", "receipt", "draft"})
"""Kinds of change after which the list is asked for again."""

_READY = frozenset({State.SAVED, State.CHANGED})


class _ListPage(Page):
    """`Visit.reference`: a report that was just removed, and can be brought back."""

    list: IncidentList
    waiting: WaitingCard
    _removed = ""

    def arrive(self, visit: Visit) -> None:
        self.list.refresh()
        self.waiting.refresh()
        if visit.reference and visit.reference != self._removed:
            removed = RecordId(visit.reference)
            self.offer_undo(_("Report removed"), lambda: self._bring_back(removed))
        self._removed = visit.reference
        copy_reminder.remind(self)

    def search(self) -> None:
        self.list.search()

    def go_on(self) -> None:
        """Begin a new report."""
        self.go("incident")

    def go(self, page: str, reference: str = "") -> None:
        """Go to another page."""
        self.desk.go(Visit(page=page, reference=reference))

    def use(self, listed: IncidentList) -> None:
        """Show this list, and keep it current."""
        self.list = listed
        self.waiting = WaitingCard(self)
        self.waiting.filtered.connect(listed.show_only)
        self.body.addWidget(self.waiting)
        listed.opened.connect(lambda reference: self.go("incident", reference))
        self.body.addWidget(listed, 1)
        self.session.changed.connect(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & ALTERING:
            self.list.refresh()
            self.waiting.refresh()

    def _bring_back(self, removed: RecordId) -> None:
        def back(vault: Vault, _: Progress) -> Changes:
            return store.bring_back(vault, removed)

        def done(_: Changes) -> None:
            self.tell_passing(said)

        said = _("The report is back")
        self.session.do(self, back, done)


class HomePage(_ListPage):
    """The one big button, what is ready to seal, every report."""

    id = "home"
    icon = Icon.HOME
    roles = frozenset({Role.RECORDER})

    @classmethod
    def title(cls) -> str:
        return _("Home")

    @classmethod
    def opens_first(cls, preferences: Preferences) -> bool:  # noqa: ARG003 - whoever may see it
        return True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.record = record = buttons.main(_("Record what happened"), self._tell, Icon.WRITE)
        page = buttons.quiet(_("On one page"), self.go_on, Icon.WRITE)
        page.setToolTip(buttons.tip(_("Record what happened"), Action.NEW.shortcut()))
        self._ready = Label("", TextRole.SECTION)
        seal = buttons.primary(_("Seal and hand over"), lambda: self.go("seal"), Icon.SEAL)
        self.ready = Card("", row(self._ready, STRETCH, seal))
        self.ready.hide()
        safe = hint(
            _("Nothing leaves this computer. What you write is kept as you type, encrypted.")
        )
        alike = buttons.quiet(_("Templates"), lambda: self.go("templates"), Icon.COPY)
        under = row(safe, page, alike)
        under.setStretch(0, 1)
        nothing = Empty(
            Icon.REPORT,
            _("No reports yet"),
            _("Press the big button and write. One sentence is enough."),
        )
        self.put(
            record,
            under,
            self.ready,
        )
        self.use(IncidentList(self, nothing))
        self.list.looked.connect(self._count)

    def arrive(self, visit: Visit) -> None:
        super().arrive(visit)
        if self.window().focusWidget() is self:
            # two keys from the passphrase to the first word
            self.record.setFocus()

    def _tell(self) -> None:
        """Begin a report question by question."""
        self.go("quick")

    def _count(self, states: tuple[Offered, ...]) -> None:
        count = sum(each.count for each in states if each.value in _READY)
        self._ready.setText(
            ngettext(
                "{count} report is ready to seal", "{count} reports are ready to seal", count
            ).format(count=count)
        )
        self.ready.setVisible(count > 0)


class IncidentsPage(_ListPage):
    """The reports of an organisation: received ones and those recorded here."""

    id = "incidents"
    icon = Icon.REPORT
    roles = frozenset({Role.ORGANISATION})
    wide = True

    @classmethod
    def title(cls) -> str:
        return _("Reports")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        nothing = Empty(
            Icon.REPORT,
            _("No reports yet"),
            _("Open a bundle in the inbox, or record what somebody told you."),
        )
        record = buttons.primary(_("Record what happened"), self.go_on, Icon.WRITE)
        record.setToolTip(buttons.tip(record.text(), Action.NEW.shortcut()))
        self.tools.addWidget(buttons.plain(_("Templates"), lambda: self.go("templates"), Icon.COPY))
        self.tools.addWidget(record)
        self.use(IncidentList(self, nothing))
