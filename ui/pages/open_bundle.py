"""Open a bundle: check, see what is inside, then take it in or reject it; nothing by itself.

Pages of both sides come here: reports and amendments are taken in, receipts are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import contacts, files
from app.bundles import opening
from app.bundles.manifest import BundleKind
from app.bundles.report import OpenedBundle
from app.changes import Changes
from app.errors import AppError
from app.i18n import _
from app.inbox import importing, receipts, statement
from app.inbox.importing import Doubt
from app.inbox.receipts import Taken
from app.inbox.statement import Statement
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from crypto.errors import CryptoError
from ui import days, verdicts
from ui.ask import Choice, Option
from ui.failures import notice_of
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.pages import bundle_checks
from ui.pages.bundle_content import BundleContent, Looked, look_into
from ui.pages.bundle_doubts import Doubts
from ui.widgets import buttons
from ui.widgets.arrange import BETWEEN, STRETCH, Card, clear, column, hint
from ui.widgets.empty import Empty
from ui.widgets.plain import Paragraph, outside, outside_text
from ui.widgets.stated import Stated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A receipt in a bundle: what it says, and the bundle that carries it."""

    opened: OpenedBundle
    said: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class _TakenIn:
    bundle: str
    changes: Changes


class OpenBundlePage(Page):
    """`Visit.files`: the one file to open."""

    id = "open-bundle"
    icon = Icon.INBOX
    needs = Needs.VAULT
    roles = frozenset({Role.ORGANISATION})
    in_rail = False
    under = "inbox"
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Open a bundle")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.path: Path | None = None
        self.looked: Looked | None = None
        self.answered: _Answered | None = None
        self.doubts: Doubts | None = None
        self.shown = column(spacing=BETWEEN)
        self.put(self.shown, STRETCH)
        self.reject = buttons.plain(_("Reject…"), self._reject, Icon.CLOSE)
        self.take = buttons.primary(_("Take in"), self.go_on, Icon.CHECK)
        self.put_foot(self.back_button(), STRETCH, self.reject, self.take)

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)

    def take_files(self, files: tuple[Path, ...]) -> None:
        path = files[0]
        self._begin(path)
        self.session.ask(
            self, lambda vault, progress: _open(vault, path, progress), self._show, self._failed
        )

    def go_on(self) -> None:
        if not self.take.isEnabled():
            return
        if self.answered is not None:
            self._keep_receipt(self.answered)
        elif self.looked is not None:
            self._take_in(self.looked)

    # --- what is shown --------------------------------------------------------------------------

    def _begin(self, path: Path) -> None:
        self.path = path
        self.looked = None
        self.answered = None
        self.doubts = None
        clear(self.shown)
        self.shown.addWidget(hint(_("Checking “{name}” …").format(name=outside(path.name))))
        self.take.show()
        self.take.setEnabled(False)
        self.reject.setEnabled(False)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, AppError | CryptoError):
            raise error
        clear(self.shown)
        self.take.hide()
        self.shown.addWidget(bundle_checks.failed_frame(error))
        steps = list(bundle_checks.failed_steps(error))
        if steps:
            self.shown.addWidget(Card(_("What was checked"), *steps))
        self.reject.setEnabled(True)

    def _show(self, found: Looked | _Answered) -> None:
        clear(self.shown)
        self.reject.setEnabled(True)
        if isinstance(found, _Answered):
            self._show_receipt(found)
            return
        self.looked = found
        opened = found.plan.opened
        self.shown.addWidget(bundle_checks.verdict_frame(opened))
        self.shown.addWidget(self._name(opened))
        self.shown.addWidget(Card(_("What was checked"), *bundle_checks.steps(opened)))
        self.shown.addWidget(BundleContent(found, self))
        self.take.setText(_("Take in"))
        self.doubts = Doubts(found.plan.doubts)
        self.doubts.changed.connect(self._look)
        self.shown.addWidget(self.doubts)
        self._look()

    def _name(self, opened: OpenedBundle) -> QWidget:
        return hint(
            _("Bundle {name}, sealed on {day}").format(
                name=outside(opened.file_name), day=days.day(opened.manifest.day)
            )
        )

    def _look(self) -> None:
        self.take.setEnabled(self.doubts is not None and self.doubts.settled)

    def _show_receipt(self, found: _Answered) -> None:
        self.answered = found
        said = found.said
        frame = bundle_checks.verdict_frame(found.opened)
        verdict = said.verdict.value
        card = Card(
            _("A receipt"),
            Stated(verdicts.tone(verdict), verdicts.word(verdict), verdicts.sentence(verdict)),
            Paragraph(_("Given on {day}.").format(day=days.day(said.day))),
        )
        if said.message:
            card.body.addWidget(hint(_("Message:")))
            card.body.addWidget(Paragraph(outside_text(said.message)))
        self.shown.addWidget(frame)
        self.shown.addWidget(card)
        self.take.setText(_("Keep this receipt"))
        self.take.setEnabled(True)

    # --- deciding -------------------------------------------------------------------------------

    def _take_in(self, looked: Looked) -> None:
        path = self.path
        doubts = self.doubts
        if path is None or doubts is None:
            return
        accepted, name = doubts.accepted, doubts.name
        self.take.setEnabled(False)

        def take(vault: Vault, progress: Progress) -> _TakenIn:
            done = importing.apply(vault, path, looked.plan, accepted=accepted, progress=progress)
            changes = done.changes
            key = looked.plan.opened.signer.key
            if Doubt.UNKNOWN in accepted and name and key is not None:
                contacts.remember_sender(vault, key, name)
                changes |= contacts.CHANGED
            return _TakenIn(bundle=done.bundle, changes=changes)

        def taken(done: _TakenIn) -> None:
            self._begin(path)
            self.desk.go(Visit(page="arrival", reference=done.bundle))

        task = self.session.do(self, take, taken, self._not_taken)
        if task is not None:
            task.finished.connect(self._look)

    def _keep_receipt(self, found: _Answered) -> None:
        self.take.setEnabled(False)

        def kept(done: Taken) -> None:
            self.desk.go(Visit(page="sealed-bundle", reference=done.bundle))

        self.session.do(
            self, lambda vault, _: receipts.take_in(vault, found.opened), kept, self._not_taken
        )

    def _not_taken(self, error: Exception) -> None:
        if not isinstance(error, AppError | CryptoError):
            raise error
        self.banner.tell(notice_of(error))

    def _reject(self) -> None:
        path = self.path
        if path is None:
            return
        chosen = self.ask.choose(
            Choice(
                title=_("Reject this bundle?"),
                text=_(
                    "Nothing of it is kept in the vault. The file stays where it is unless you"
                    " delete it; a deleted file can sometimes be found again on a stick."
                ),
                options=(
                    Option(id="leave", verb=_("Reject it")),
                    Option(id="delete", verb=_("Reject it and delete the file"), loses=True),
                ),
            )
        )
        if chosen == "delete":
            self.session.work(self, lambda _: files.remove(path), lambda _: self._rejected())
        elif chosen == "leave":
            self._rejected()

    def _rejected(self) -> None:
        clear(self.shown)
        self.shown.addWidget(
            Empty(Icon.CLOSE, _("Rejected"), _("Nothing of it was taken into the vault."))
        )
        self.take.hide()
        self.looked = None
        self.answered = None
        self.doubts = None
        self.take.setEnabled(False)
        self.reject.setEnabled(False)


class OpenReceiptPage(OpenBundlePage):
    """The same for those who seal: what comes back to them is a receipt."""

    id = "open-receipt"
    icon = Icon.RECEIPT
    roles = frozenset({Role.RECORDER})
    under = "receipts"

    @classmethod
    def title(cls) -> str:
        return _("Open a receipt")


def _open(vault: Vault, path: Path, progress: Progress) -> Looked | _Answered:
    opened = opening.open_bundle(vault, path, progress=progress)
    if opened.manifest.kind is BundleKind.RECEIPT and opened.receipt is not None:
        return _Answered(opened=opened, said=statement.read(opened.receipt))
    return look_into(vault, importing.plan_import(vault, opened))
