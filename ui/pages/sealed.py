"""Sealed bundles: what went to whom, and whether an answer came."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app import sizes
from app.bundles import sent
from app.bundles.sent import Sent
from app.changes import Changes
from app.i18n import _, ngettext
from app.settings import Role
from ui import days, verdicts
from ui.icons import Icon
from ui.page import Desk, Needs, Page, Visit
from ui.widgets import buttons
from ui.widgets.arrange import INSIDE, STRETCH, clear, column, hint
from ui.widgets.empty import Empty
from ui.widgets.entry import Entry
from ui.widgets.plain import Tone, outside
from ui.widgets.stated import mark

AT_ONCE = 50


class SealedPage(Page):
    """The list, the latest first."""

    id = "sealed"
    icon = Icon.ARCHIVE
    needs = Needs.VAULT
    roles = frozenset({Role.RECORDER})

    @classmethod
    def title(cls) -> str:
        return _("Sealed bundles")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.list = column(spacing=INSIDE)
        self._shown = AT_ONCE
        self.put(
            hint(
                _(
                    "This list shows what you sealed and to whom. The bundles themselves are where"
                    " you saved them."
                )
            ),
            self.list,
            STRETCH,
        )
        self.session.changed.connect(self._on_changed)

    def arrive(self, visit: Visit) -> None:  # noqa: ARG002 - there is one list
        self.session.ask(self, lambda vault, _: tuple(sent.every(vault)), self._show)

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.kinds & {"bundle", "receipt"}:
            self.arrive(Visit(page=self.id))

    def _show(self, found: tuple[Sent, ...]) -> None:
        clear(self.list)
        if not found:
            self.list.addWidget(
                Empty(
                    Icon.ARCHIVE,
                    _("Nothing sealed yet"),
                    _("When you seal reports for somebody, the bundle is listed here."),
                    buttons.primary(
                        _("Seal and hand over"),
                        lambda: self.desk.go(Visit(page="seal")),
                        Icon.SEAL,
                    ),
                )
            )
        for each in found[: self._shown]:
            self.list.addWidget(self._entry(each))
        if len(found) > self._shown:
            self.list.addWidget(buttons.quiet(_("Show more"), lambda: self._show_more(found)))

    def _show_more(self, found: tuple[Sent, ...]) -> None:
        self._shown += AT_ONCE
        self._show(found)

    def _entry(self, bundle: Sent) -> Entry:
        marks = [mark(verdicts.tone(bundle.verdict), verdicts.word(bundle.verdict))]
        if bundle.changed:
            marks.insert(0, mark(Tone.WARN, _("Changed since")))
        return Entry(
            Icon.SEAL,
            _("To {name}").format(name=outside(bundle.receiver)),
            f"{days.day(bundle.day)} · {held_words(bundle)} · {bundle.name}",
            lambda: self.desk.go(Visit(page="sealed-bundle", reference=bundle.id)),
            *marks,
        )


def held_words(bundle: Sent) -> str:
    """What a bundle held, in one line."""
    reports = ngettext("{count} report", "{count} reports", len(bundle.incidents)).format(
        count=len(bundle.incidents)
    )
    files = ngettext("{count} file", "{count} files", bundle.evidence).format(count=bundle.evidence)
    parts = [reports, *([files] if bundle.evidence else []), sizes.words(bundle.size)]
    return " · ".join(parts)
