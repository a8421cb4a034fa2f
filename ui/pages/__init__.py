"""The pages, in the order of the rail. How to write one:

    class ContactsPage(Page):                       # ui/page.py
        id = "contacts"                             # never shown; other pages go to it by this
        icon = Icon.PEOPLE                          # ui/icons.py
        needs = Needs.VAULT                         # VAULT | NOTHING (always) | NO_VAULT (locked)
        roles = frozenset({Role.RECORDER, Role.ORGANISATION})
        in_rail = True                              # False: reached from another page; then
        under = ""                                  #   `under` names the entry that stays lit
        wide = False                                # True: tables, full width
        bare = False                                # True: no rail (welcome, unlock)
        takes_files = True                          # files dropped anywhere come to take_files()
        answers = None                              # Action.NEW | SETTINGS | GUIDE: opened by keys

        @classmethod
        def title(cls) -> str: return _("Contacts")

        @classmethod
        def opens_first(cls, preferences) -> bool: ...   # where the window starts

        def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
            super().__init__(desk, parent)
            self.put(hint(_("...")), Card(_("Title"), widget, ...))     # the body, scrolls
            self.put_foot(self.back_button(), STRETCH, buttons.primary(_("Seal now"), self.go_on))
            self.tools.addWidget(...)                                   # beside the heading
            self.session.changed.connect(self._on_changed)              # Changes: refresh

        def arrive(self, visit: Visit) -> None:                         # at each visit
            self.session.ask(self, lambda vault, _: contacts.every(vault), self._show)

- Reading `self.session.ask(self, query, done)`, writing `do`, files without a vault `work`
  (ui/session.py); `done(answer)` gets what the job returned. A command for `do` returns Changes or
  a value with `.changes`. A failure is shown on this page's banner by itself, in the words of
  app/messages.py. Jobs report with `progress(Step(doing=N_("Copying"), done=n, total=m))`: the
  strip with Cancel appears by itself. A job never asks a question: plan, show, then apply.
- Going: `self.desk.go(Visit(page="seal", reference=incident_id))`, `self.desk.back()`,
  `self.desk.lock()`. Settings: `self.desk.preferences.now`, `.keep(replace(now, ...))`.
- Saying: `self.tell(Tone.OK, title, text)`, `self.tell_passing(title)`,
  `self.offer_undo(title, undo)`. Asking: `self.ask.confirm(Question(...))`, `.open_files(...)`,
  `.save_file(...)`, `.folder(...)` (ui/ask.py; tests hand in ScriptedAsk).
- What was typed and not saved is handed in by `flush()` with `session.do`: it is called before the
  page is left, and before the vault is closed.
- Words are built once, in the constructor, with `_()`: a change of language, look or role makes all
  pages anew (so keep no state in a page that `arrive(visit)` could not bring back).
- Parts: ui/widgets/plain.py (Label, Paragraph, Line, TextArea; `outside(text)` around every value
  from a report, a card, a file name), buttons.py (main, primary, plain, quiet, danger, sign, chip,
  tile), arrange.py (column, row, Card, Well, heading, hint, STRETCH), banner, empty, filedrop,
  secret and passphrase, safetycode, qr, table; ui/models/records.py for lists; ui/forms for whole
  records. No QLabel, no setStyleSheet, no QMessageBox or QFileDialog here; sizes through
  `theme.dp(n)`; state by words and sign, and colour only besides.
"""

from __future__ import annotations

from ui.page import Page
from ui.pages.about import AboutPage
from ui.pages.arrival import ArrivalPage
from ui.pages.batch import BatchPage
from ui.pages.committee import CommitteePage
from ui.pages.committee_application import CommitteeApplicationPage
from ui.pages.committee_sessions import CommitteeSessionsPage
from ui.pages.compare import ComparePage
from ui.pages.consent import ConsentPage
from ui.pages.contact import ContactPage
from ui.pages.contacts import ContactsPage
from ui.pages.copies import CopiesPage
from ui.pages.courier import CourierPage
from ui.pages.cover import CoverPage, OrganisationCoverPage
from ui.pages.create import CreatePage
from ui.pages.history import HistoryPage, OrganisationHistoryPage
from ui.pages.home import HomePage, IncidentsPage
from ui.pages.inbox import InboxPage
from ui.pages.incident import IncidentPage, OrganisationIncidentPage
from ui.pages.observation import ObservationPage
from ui.pages.observations import ObservationsPage
from ui.pages.open_bundle import OpenBundlePage, OpenReceiptPage
from ui.pages.own_card import OwnCardPage
from ui.pages.protection import ProtectionPage
from ui.pages.quick import QuickPage
from ui.pages.receipts import ReceiptsPage
from ui.pages.record import OrganisationRecordPage, RecordPage
from ui.pages.removed import RemovedPage
from ui.pages.restore import RestorePage
from ui.pages.salvage import SalvagePage
from ui.pages.seal import SealPage
from ui.pages.sealed import SealedPage
from ui.pages.sealed_bundle import SealedBundlePage
from ui.pages.set_aside import SetAsidePage
from ui.pages.settings import SettingsPage
from ui.pages.shares_gather import DrillPage, OpenWithSharesPage
from ui.pages.templates import OrganisationTemplatesPage, TemplatesPage
from ui.pages.timeline import TimelinePage
from ui.pages.unlock import UnlockPage
from ui.pages.view import OrganisationViewPage, ViewPage
from ui.pages.way_passphrase import AddPassphrasePage, ChangePassphrasePage, RekeyPage
from ui.pages.way_phrase import RecoveryPhrasePage
from ui.pages.way_shares import SharesPage
from ui.pages.ways import WaysPage
from ui.pages.welcome import WelcomePage

PAGES: tuple[type[Page], ...] = (
    WelcomePage,
    UnlockPage,
    CreatePage,
    HomePage,
    CourierPage,
    InboxPage,
    IncidentsPage,
    CommitteePage,
    ContactsPage,
    SealPage,
    SealedPage,
    ReceiptsPage,
    TimelinePage,
    QuickPage,
    TemplatesPage,
    OrganisationTemplatesPage,
    IncidentPage,
    OrganisationIncidentPage,
    RecordPage,
    OrganisationRecordPage,
    ViewPage,
    OrganisationViewPage,
    CoverPage,
    OrganisationCoverPage,
    ConsentPage,
    HistoryPage,
    OrganisationHistoryPage,
    CommitteeApplicationPage,
    CommitteeSessionsPage,
    ObservationsPage,
    ObservationPage,
    ContactPage,
    ComparePage,
    OwnCardPage,
    SealedBundlePage,
    OpenBundlePage,
    OpenReceiptPage,
    BatchPage,
    SetAsidePage,
    ArrivalPage,
    SettingsPage,
    RemovedPage,
    WaysPage,
    AddPassphrasePage,
    ChangePassphrasePage,
    RecoveryPhrasePage,
    SharesPage,
    DrillPage,
    RekeyPage,
    OpenWithSharesPage,
    CopiesPage,
    RestorePage,
    SalvagePage,
    ProtectionPage,
    AboutPage,
)
"""The order is that of the rail, and of the search for the page the window starts with."""
