"""Receipts: those that came back for what was sealed here, and those made for what arrived."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.bundles import sent
from app.changes import Changes
from app.i18n import _
from app.inbox import arrived, receipts
from app.settings import Role
from app.tasks import Progress
from app.vault import Vault
from ui import days, verdicts
from ui.ask import OpenWish
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets.arrange import INSIDE, STRETCH, clear, column
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.filedrop import FileDrop
from ui.widgets.plain import outside
from ui.widgets.stated import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A receipt in the list: `party`: who gave it, or whom it was made for; "" not known."""

    bundle: str
    verdict: str
    party: str
    message: str
    day: str


class ReceiptsPage(Page):
    """Recorders open receipts here; organisations see those they made."""

    id = "receipts"
    icon = Icon.RECEIPT
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER, Role.ORGANISATION})
    takes_files = True

    @classmethod
    def title(cls) -> str:
        return _("Receipts")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._makes = desk.preferences.now.role is Role.ORGANISATION
        self.drop = FileDrop(
            _("Drop a receipt here that came back to you."),
            _("Open a receipt…"),
            self._choose,
            Icon.RECEIPT,
        )
        self.drop.dropped.connect(self.take_files)
        self.list = column(spacing=INSIDE)
        self.put(self.drop, self.list, STRETCH)
        self.drop.setVisible(not self._makes)
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:
        if visit.files:
            self.take_files(visit.files)
            return
        self.session.ask(self, _made if self._makes else _received, self._show)

    def take_files(self, files: tuple[Path, ...]) -> None:
        page = "open-bundle" if self._makes else "open-receipt"
        self.desk.go(Visit(page=page, files=files[:1]))

    def go_on(self) -> None:
        if not self._makes:
            self._choose()

    def _choose(self) -> None:
        path = self.ask.open_file(OpenWish(title=_("Open a receipt")))
        if path is not None:
            self.take_files((path,))

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and "receipt" in changes.kinds:
            self.arrive(Visit(page=self.id))

    def _show(self, found: tuple[Line, ...]) -> None:
        clear(self.list)
        if not found:
            self.list.addWidget(self._nothing())
        for each in found:
            self.list.addWidget(self._entry(each))

    def _nothing(self) -> QWidget:
        if self._makes:
            text = _("After you take a bundle in, you can seal a receipt for its sender.")
        else:
            text = _("When the organisation has your bundle, it can send a receipt. Open it here.")
        return Empty(Icon.RECEIPT, _("No receipts yet"), text)

    def _entry(self, line: Line) -> Entry:
        party = outside(line.party) if line.party else _("an unknown sender")
        title = _("For {name}") if self._makes else _("From {name}")
        page = "arrival" if self._makes else "sealed-bundle"
        said = outside(line.message.replace("\n", " ")) if line.message else ""
        return Entry(
            Icon.RECEIPT,
            title.format(name=party),
            " · ".join(part for part in (days.day_of(line.day), said) if part),
            lambda: self.desk.go(Visit(page=page, reference=line.bundle)),
            mark(verdicts.tone(line.verdict), verdicts.word(line.verdict)),
        )


def _received(vault: Vault, _: Progress) -> tuple[Line, ...]:
    return tuple(
        Line(
            bundle=each.bundle,
            verdict=each.verdict,
            party=sent.get(vault, each.bundle).receiver,
            message=each.message,
            day=each.day,
        )
        for each in receipts.received(vault)
    )


def _made(vault: Vault, _: Progress) -> tuple[Line, ...]:
    found: list[Line] = []
    for each in receipts.made(vault):
        sender = arrived.get(vault, each.bundle).sender
        found.append(
            Line(
                bundle=each.bundle,
                verdict=each.verdict,
                party="" if sender is None else sender.name,
                message=each.message,
                day=each.day,
            )
        )
    return tuple(found)
