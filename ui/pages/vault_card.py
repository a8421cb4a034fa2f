"""The vault among the settings: where it is, and a look at whether all of it is whole."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import mending
from app.i18n import _, ngettext
from app.mending import RepairReport
from app.tasks import Progress, Step
from app.upkeep import CheckReport, Finding, Look
from app.vault import Vault
from ui.icons import Icon
from ui.page import Page, Visit
from ui.tasks import Task
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, Card, clear, column, flow, hint, within
from ui.widgets.entry import OneLine
from ui.widgets.plain import Paragraph, TextRole, Tone, outside
from ui.widgets.stated import Stated

_MOST_FINDINGS = 50


class VaultCard(Card):
    """Shown while a vault is open. `page` is where failures are said."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Your vault"))
        self._page = page
        self._where = OneLine()
        self.check = buttons.plain(_("Check the vault"), self._check, Icon.CHECK)
        self.repair = buttons.plain(_("Repair"), self._repair, Icon.CHECK)
        self.rescue = buttons.plain(
            _("Save what is readable…"),
            lambda: page.desk.go(Visit(page="salvage")),
            Icon.COPY,
        )
        self._found = column(spacing=INSIDE)
        self.body.addWidget(self._where)
        self.body.addWidget(within(QWidget(), flow(self.check, self.repair, self.rescue)))
        self.repair.hide()
        self.rescue.hide()
        self.body.addWidget(
            hint(
                _(
                    "Reads every page, every entry and every file, and compares them with what"
                    " was noted when they were kept."
                )
            )
        )
        self.body.addLayout(self._found)

    def refresh(self) -> None:
        """Say where the vault is."""
        self._page.session.ask(self._page, lambda vault, _: vault.folder, self._show_folder)

    def _show_folder(self, folder: Path) -> None:
        self._where.setText(outside(str(folder)))

    def _check(self) -> None:
        self._begin()
        self._until(self._page.session.ask(self._page, _checked, self.show_report))

    def _repair(self) -> None:
        self._begin()
        self._until(self._page.session.do(self._page, _repaired, self._show_repair))

    def _begin(self) -> None:
        self.check.setEnabled(False)
        self.repair.hide()
        self.rescue.hide()
        clear(self._found)

    def _until(self, task: Task | None) -> None:
        if task is None:
            self.check.setEnabled(True)
        else:
            task.finished.connect(lambda: self.check.setEnabled(True))

    def show_report(self, report: CheckReport) -> None:
        """Say what was found, item by item."""
        clear(self._found)
        counted = " · ".join(
            (
                ngettext("{count} entry", "{count} entries", report.entries).format(
                    count=report.entries
                ),
                ngettext("{count} record", "{count} records", report.records).format(
                    count=report.records
                ),
                ngettext("{count} file", "{count} files", report.evidence).format(
                    count=report.evidence
                ),
            )
        )
        if report.whole:
            self._found.addWidget(Stated(Tone.OK, _("The vault is whole"), counted))
        else:
            text = _(
                "Copy the whole folder before anything else. What is not named below is not"
                " affected."
            )
            self._found.addWidget(Stated(Tone.BAD, _("Not everything is whole"), text))
            self._list(report.findings)
            self._offer(report.findings)
        noted = _(
            "Digest of the newest entry: {digest}. Noted on paper, it shows later whether an older"
            " copy of the whole vault was put in its place."
        ).format(digest=_grouped(report.last_hash))
        self._found.addWidget(Paragraph(noted, TextRole.SMALL))

    def _show_repair(self, done: RepairReport) -> None:
        clear(self._found)
        mended = ngettext(
            "{count} thing is right again.", "{count} things are right again.", done.mended
        ).format(count=done.mended)
        if not done.left:
            self._found.addWidget(Stated(Tone.OK, _("Repaired: everything is whole"), mended))
            return
        text = _("What is named below, a repair cannot mend.")
        title = _("Repaired, but not everything is whole")
        if not done.mended:
            title = _("A repair mends nothing here")
        self._found.addWidget(Stated(Tone.BAD, title, f"{mended} {text}" if done.mended else text))
        self._list(done.left)
        self._offer_rescue(done.left)

    def _list(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings[:_MOST_FINDINGS]:
            self._found.addWidget(Paragraph(f"• {_said(finding)}"))
        left = len(findings) - _MOST_FINDINGS
        if left > 0:
            more = ngettext("and {count} more", "and {count} more", left).format(count=left)
            self._found.addWidget(Paragraph(more, TextRole.MUTED))

    def _offer(self, findings: tuple[Finding, ...]) -> None:
        if mending.can_mend(findings):
            self.repair.show()
            self._found.addWidget(
                hint(
                    _(
                        "A repair builds again what finds records. It changes nothing that was"
                        " written."
                    )
                )
            )
        self._offer_rescue(findings)

    def _offer_rescue(self, findings: tuple[Finding, ...]) -> None:
        if mending.needs_salvage(findings):
            self.rescue.show()
            self._found.addWidget(
                hint(
                    _(
                        "What is readable can be saved into a new vault. If there is a safe copy"
                        " that is not damaged, restore that one as well."
                    )
                )
            )


def _checked(vault: Vault, progress: Progress) -> CheckReport:
    def said(step: Step) -> None:
        progress(Step(doing=_("Checking the vault"), done=step.done, total=step.total))

    return vault.check(said)


def _repaired(vault: Vault, progress: Progress) -> RepairReport:
    def said(step: Step) -> None:
        progress(Step(doing=_("Repairing the vault"), done=step.done, total=step.total))

    return mending.repair(vault, progress=said)


def _said(finding: Finding) -> str:
    what = {
        Look.PAGES: _("The database cannot be read in one place"),
        Look.CHAIN: _("An entry of the log was altered or is missing"),
        Look.NEWEST: _("A record is not in its newest state"),
        Look.DERIVED: _("What finds a record does not fit it"),
        Look.EVIDENCE: _("A file is damaged or missing"),
    }[finding.look]
    where = " ".join(part for part in (finding.reference, finding.detail) if part)
    return f"{what}: {outside(where)}" if where else what


def _grouped(digest: str) -> str:
    """Sixteen characters of the digest in groups, enough to compare by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))
